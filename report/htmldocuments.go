package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// htmlDocument is a document with what it said.
type htmlDocument struct {
	Key, Anchor      string
	Side             claims.Side
	SideLabel, Title string
	KindLabel, Kind  string // Kind is empty where the title says it
	Date, DateText   string
	URL, Host        string
	Notes            []string
	Said             []htmlSaid
	MoreSaid         int

	document check.Document
	fields   map[string]*htmlField // by topic
	quotes   map[string]bool       // that were counted as said
	said     map[string]int        // quotes by topic
}

type htmlSaid struct{ Topic, Quote, Place string }

// documents lists the documents, those with a date first, the oldest first.
func (b *htmlBuilder) documents() {
	dated := false
	for _, d := range b.r.Documents {
		doc := newHTMLDocument(d)
		b.byID[d.ID] = doc
		b.v.Documents = append(b.v.Documents, doc)
		dated = dated || d.Date != ""
	}
	slices.SortStableFunc(b.v.Documents, func(x, y *htmlDocument) int {
		if (x.Date == "") != (y.Date == "") {
			return strings.Compare(y.Date, x.Date)
		}
		return cmp.Or(strings.Compare(x.Date, y.Date), slices.Index(claims.Sides, x.Side)-slices.Index(claims.Sides, y.Side))
	})
	for i, d := range b.v.Documents {
		d.Key = fmt.Sprintf("%d.%d", b.v.N, i+1)
		d.Anchor = "d-" + d.Key
	}
	for _, d := range b.r.Documents {
		b.supersedes(d)
	}
	b.v.DocumentsTitle = "The documents"
	if dated {
		b.v.DocumentsTitle = "What was said when"
	}
}

// supersedes notes at a document what it supersedes, and at that by what.
func (b *htmlBuilder) supersedes(d check.Document) {
	for _, id := range d.Supersedes {
		older := b.byID[id]
		if older == nil {
			continue
		}
		newer := b.byID[d.ID]
		newer.Notes = append(newer.Notes, fmt.Sprintf("Supersedes “%s”.", older.Title))
		when := ""
		if newer.DateText != "" {
			when = " (" + newer.DateText + ")"
		}
		older.Notes = append(older.Notes, fmt.Sprintf("Superseded by “%s”%s: what it says is no longer compared.", newer.Title, when))
	}
}

// of returns the document of a claim. That a claim names one which the case
// doesn't list happens only in saved results that somebody edited.
func (b *htmlBuilder) of(c *check.Claim) *htmlDocument {
	d := b.byID[c.Document.ID]
	if d == nil {
		d = newHTMLDocument(c.Document)
		b.byID[c.Document.ID] = d
		b.v.Documents = append(b.v.Documents, d)
		d.Key = fmt.Sprintf("%d.%d", b.v.N, len(b.v.Documents))
		d.Anchor = "d-" + d.Key
	}
	return d
}

func newHTMLDocument(d check.Document) *htmlDocument {
	kind, _ := claims.KindOf(d.Kind)
	doc := &htmlDocument{
		Side: d.Side, SideLabel: sideLabel(d.Side), Title: d.Title, KindLabel: cmp.Or(kind.Label, d.Kind),
		Date: d.Date, DateText: dateText(d.Date), document: d,
		quotes: map[string]bool{}, said: map[string]int{}, fields: map[string]*htmlField{},
	}
	if !strings.Contains(strings.ToLower(d.Title), strings.ToLower(doc.KindLabel)) {
		doc.Kind = doc.KindLabel
	}
	if u := webURL(d.URL); u != nil {
		doc.URL, doc.Host = u.String(), u.Hostname()
	}
	return doc
}

// dateText says an ISO 8601 date as far as it is known.
func dateText(s string) string {
	for _, layout := range [][2]string{{time.DateOnly, "2 January 2006"}, {"2006-01", "January 2006"}} {
		if t, err := time.Parse(layout[0], s); err == nil {
			return t.Format(layout[1])
		}
	}
	return s
}

// said adds what a claim quotes to its document.
func (b *htmlBuilder) said(c *check.Claim) {
	d := b.of(c)
	for _, cit := range c.Citations {
		key := fmt.Sprint(c.Topic, cit.Start, cit.End)
		if d.quotes[key] {
			continue
		}
		d.quotes[key] = true
		d.said[c.Topic]++
		if len(d.Said) == maxSaid || d.said[c.Topic] > maxSaidOf {
			d.MoreSaid++
			continue
		}
		d.Said = append(d.Said, htmlSaid{title1(c.Topic), cit.Quote, place(cit)})
	}
}
