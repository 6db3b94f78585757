package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// htmlMatrix holds topics against documents, the documents by their side.
type htmlMatrix struct {
	Sides     []htmlSide
	Documents []*htmlDocument
	Rows      []htmlRow
}

type htmlSide struct {
	Side  claims.Side
	Label string
	Span  int
}

type htmlRow struct {
	Topic  string
	Fields [][]htmlMark
}

// htmlMark counts the findings of one outcome in a field, and leads to them.
type htmlMark struct {
	Outcome              check.Outcome
	Text, Anchor, Filter string
}

// htmlField is what the findings make of what a document says of a topic.
type htmlField struct {
	counts  map[check.Outcome]int
	anchors map[check.Outcome]string // of the first
}

// matrixMarks say a count in a field of the matrix.
var matrixMarks = map[check.Outcome][2]string{
	check.Fail: {"fails", "fail"}, check.Review: {"to decide", "to decide"},
	check.Open: {"open", "open"}, check.Accepted: {"accepted", "accepted"}, check.Pass: {"holds", "hold"},
}

// count enters a finding into the fields of its claims, once each.
func (b *htmlBuilder) count(f *check.Finding, anchor string) {
	seen := map[*htmlField]bool{}
	for i := range f.Claims {
		c := &f.Claims[i]
		d, topic := b.of(c), topicOf(f, c)
		field := d.fields[topic]
		if field == nil {
			field = &htmlField{map[check.Outcome]int{}, map[check.Outcome]string{}}
			d.fields[topic] = field
		}
		if seen[field] {
			continue
		}
		seen[field] = true
		field.counts[f.Outcome]++
		if field.anchors[f.Outcome] == "" {
			field.anchors[f.Outcome] = anchor
		}
	}
}

// matrix makes the matrix; nil when nothing was compared. The topics stand in
// the order of the built-in ones, an author's own after them.
func (b *htmlBuilder) matrix() *htmlMatrix {
	m := &htmlMatrix{Documents: slices.Clone(b.v.Documents)}
	slices.SortStableFunc(m.Documents, func(x, y *htmlDocument) int {
		return slices.Index(claims.Sides, x.Side) - slices.Index(claims.Sides, y.Side)
	})
	var topics []string
	for _, d := range m.Documents {
		if n := len(m.Sides); n == 0 || m.Sides[n-1].Side != d.Side {
			m.Sides = append(m.Sides, htmlSide{Side: d.Side, Label: d.SideLabel})
		}
		m.Sides[len(m.Sides)-1].Span++
		for topic := range d.fields {
			if !slices.Contains(topics, topic) {
				topics = append(topics, topic)
			}
		}
	}
	if len(topics) == 0 {
		return nil
	}
	slices.SortFunc(topics, func(x, y string) int { return cmp.Or(topicRank(x)-topicRank(y), cmp.Compare(x, y)) })
	for _, topic := range topics {
		row := htmlRow{Topic: title1(topic)}
		for _, d := range m.Documents {
			row.Fields = append(row.Fields, b.marks(d, topic))
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func topicRank(name string) int {
	all := claims.Topics()
	if i := slices.IndexFunc(all, func(t claims.Topic) bool { return t.Name == name }); i >= 0 {
		return i
	}
	return len(all)
}

func (b *htmlBuilder) marks(d *htmlDocument, topic string) []htmlMark {
	field := d.fields[topic]
	if field == nil {
		return nil
	}
	var marks []htmlMark
	for _, o := range shownOutcomes {
		if n := field.counts[o]; n > 0 {
			marks = append(marks, htmlMark{o, claims.Count(n, matrixMarks[o][0], matrixMarks[o][1]), field.anchors[o],
				fmt.Sprintf("%s:%d", d.Key, b.h.topic(topic))})
		}
	}
	return marks
}
