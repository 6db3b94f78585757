package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
	"github.com/pia-check/pia-check/process"
)

// External is a program that drafts claims in place of the rules, such as a
// wrapper of a language model. It reads a document on stdin, as ExternalSchema
// describes it, and prints claims, as claims.DraftsSchema does.
type External struct {
	Command []string // the program and its arguments
	Timeout time.Duration
}

// maxExternalOutput bounds what a program may print, in bytes.
const maxExternalOutput = 32 << 20

// ExternalVersion is the version of the form in which a program gets a document.
const ExternalVersion = 1

type externalInput struct {
	Version      int              `json:"version"`
	Document     externalDocument `json:"document"`
	ClaimsSchema map[string]any   `json:"claims_schema"`
}

type externalDocument struct {
	ID     string         `json:"id"`
	Kind   string         `json:"kind"`
	SHA256 string         `json:"sha256"`
	Pages  []externalPage `json:"pages"`
}

type externalPage struct {
	Number   int               `json:"number"`
	Label    string            `json:"label,omitempty"`
	Unread   bool              `json:"unread,omitempty"`
	Sections []externalSection `json:"sections"`
}

type externalSection struct {
	Heading string `json:"heading"` // of all levels, the outermost first, divided by " > "
	Text    string `json:"text"`
}

// ExternalSchema returns the JSON Schema (2020-12) of what a program reads on
// stdin.
func ExternalSchema() map[string]any {
	type object = map[string]any
	closed := func(properties object, required ...string) object {
		return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	}
	str := object{"type": "string"}
	section := closed(object{
		"heading": object{"type": "string", "description": "The headings above the text, the outermost first, divided by \" > \"; empty before the first."},
		"text":    str,
	}, "heading", "text")
	page := closed(object{
		"number":   object{"type": "integer", "minimum": 1, "description": "In the file, from 1: the page that a citation states."},
		"label":    object{"type": "string", "description": "The number printed on the page, where it is another."},
		"unread":   object{"type": "boolean", "description": "The page is an image whose text is not known."},
		"sections": object{"type": "array", "items": section},
	}, "number", "sections")
	schema := closed(object{
		"version": object{"const": ExternalVersion},
		"document": closed(object{
			"id":     str,
			"kind":   object{"enum": kindNames()},
			"sha256": object{"type": "string", "pattern": "^[0-9a-f]{64}$"},
			"pages":  object{"type": "array", "minItems": 1, "items": page},
		}, "id", "kind", "sha256", "pages"),
		"claims_schema": object{"type": "object", "description": "The schema of what the program is to print."},
	}, "version", "document", "claims_schema")
	schema["$schema"], schema["title"] = "https://json-schema.org/draft/2020-12/schema", "a document for a program that drafts claims"
	return schema
}

// external drafts the claims of a document by a program. Its claims pass the same
// gate as ours: a claim that is wrong, that is about another document, or whose
// quote doesn't stand in this one word for word is dropped and counted, with a
// note that says why. A program that fails has drafted nothing.
func (x *Rules) external(ctx context.Context, e *External, id string, d *document.Document, kind string) (Result, []document.Notice, error) {
	in, err := json.Marshal(x.externalInput(id, d, kind))
	if err != nil {
		return Result{}, nil, err
	}
	name := e.Command[0]
	limits := process.Limits{Time: e.Timeout, Output: maxExternalOutput}
	out, err := process.Run(ctx, limits, nil, bytes.NewReader(in), name, e.Command[1:]...)
	switch {
	case errors.Is(err, process.ErrTime):
		return Result{}, nil, fmt.Errorf("the extractor %s took longer than %s and was ended; raise --extractor-timeout if it is worth the wait", name, e.Timeout)
	case err != nil:
		return Result{}, nil, fmt.Errorf("the extractor %s: %w", name, err)
	}
	drafts, err := claims.ReadDrafts(name, out, x.vocabulary)
	if err != nil {
		return Result{}, nil, fmt.Errorf("the extractor %s: %w", name, err)
	}
	var r Result
	var notes []document.Notice
	drop := func(i int, format string, args ...any) {
		r.Dropped++
		notes = append(notes, document.Notice{Message: fmt.Sprintf("claim %d of %s is dropped: ", i+1, name) + fmt.Sprintf(format, args...)})
	}
	m := merger{index: map[string]int{}}
	ours := x.Extract(d, kind).Claims
	for i := range drafts {
		c := &drafts[i].Claim
		switch {
		case len(drafts[i].Problems) > 0:
			drop(i, "%s", strings.TrimPrefix(drafts[i].Problems[0].Message, fmt.Sprintf("claim %d: ", i+1)))
			continue
		case c.Document != "" && c.Document != id:
			drop(i, "it is about the document %q, which the program wasn't given", c.Document)
			continue
		}
		if quote := gate(c, d); quote != "" {
			drop(i, "its quote does not stand in the document word for word, or not on one page that it states: %q", clip(quote))
			continue
		}
		c.ID, c.Document = "", ""
		if c.Extracted == nil {
			c.Extracted = &claims.Extracted{Rule: name}
		}
		if said := disagreement(c, ours); said != "" {
			c.Note = strings.TrimSpace(c.Note + " " + said)
			notes = append(notes, document.Notice{Page: c.Citations[0].Page, Message: fmt.Sprintf("claim %d of %s: %s", i+1, name, said)})
		}
		m.add(*c)
	}
	r.Claims = m.list
	if more := len(notes) - maxNotes; more > 0 {
		notes = append(notes[:maxNotes], document.Notice{Message: fmt.Sprintf("and %d more remarks on the claims of %s", more, name)})
	}
	return r, notes, nil
}

// maxNotes bounds what is said of the claims of one program.
const maxNotes = 20

func (x *Rules) externalInput(id string, d *document.Document, kind string) *externalInput {
	in := &externalInput{Version: ExternalVersion, ClaimsSchema: claims.DraftsSchema(x.vocabulary)}
	in.Document = externalDocument{ID: id, Kind: kind, SHA256: d.SHA256}
	next := 0 // section
	for _, p := range d.Pages {
		page := externalPage{Number: p.Number, Label: p.Label, Unread: p.Source == document.Unread, Sections: []externalSection{}}
		for start := p.Start; start < p.End; {
			end := p.End
			for next < len(d.Sections) && d.Sections[next].Start <= start {
				next++
			}
			if next < len(d.Sections) {
				end = min(end, d.Sections[next].Start)
			}
			if text := strings.TrimSpace(d.Text[start:end]); text != "" {
				page.Sections = append(page.Sections, externalSection{strings.Join(d.SectionAt(start), " > "), text})
			}
			start = end
		}
		in.Document.Pages = append(in.Document.Pages, page)
	}
	return in
}

// gate verifies the citations of a claim and fills in their places. It returns
// the first quote that doesn't stand, "" when all do. Words left out are more
// than a program is trusted with.
func gate(c *claims.Claim, d *document.Document) string {
	for i := range c.Citations {
		cit := &c.Citations[i]
		matches := slices.DeleteFunc(cite.Find(d, cit.Quote), func(m cite.Match) bool {
			return m.Kind == cite.Elided || cit.Page != 0 && m.Page != cit.Page
		})
		if len(matches) == 0 || cit.Page == 0 && matches[0].Page != matches[len(matches)-1].Page {
			return cit.Quote
		}
		m := matches[0]
		cit.Page, cit.Start, cit.End, cit.HasOffsets = m.Page, d.Characters(m.Start), d.Characters(m.End), true
		cit.Section = ""
		if path := d.SectionAt(m.Start); len(path) > 0 {
			cit.Section = path[len(path)-1]
		}
	}
	return ""
}

// disagreement says how the rules read the words of a program's claim where they
// read a value of it otherwise, "" where they agree or read nothing there.
func disagreement(c *claims.Claim, ours []claims.Claim) string {
	topic := claims.TopicOf(c.Topic)
	if topic == nil {
		return ""
	}
	var said []string
	for i := range ours {
		o := &ours[i]
		if o.Topic != c.Topic || !citesSame(c, o) {
			continue
		}
		var differences []string
		if claims.Polarity(o.Modality) != claims.Polarity(c.Modality) {
			differences = append(differences, "modality "+o.Modality)
		}
		for _, f := range topic.Fields {
			have, want := c.Values[f.Name], o.Values[f.Name]
			if have != nil && want != nil && !sameValue(have, want) {
				differences = append(differences, f.Name+" "+strings.Join(valueTexts(want), ", "))
			}
		}
		if len(differences) == 0 {
			return ""
		}
		said = append(said, fmt.Sprintf("the rule %s reads %s in these words", o.Extracted.Rule, strings.Join(differences, "; ")))
	}
	return strings.Join(said, "; ")
}

// sameValue reports whether two values of a field say the same: lists in any
// order, periods of one length however written.
func sameValue(a, b any) bool {
	p, ok1 := a.(claims.Period)
	q, ok2 := b.(claims.Period)
	if ok1 && ok2 && p.Written != q.Written {
		_, _, bounded := p.Bounds()
		_, _, both := q.Bounds()
		return bounded && both && claims.CompareDurations(p, q) == claims.Equal
	}
	return slices.Equal(slices.Sorted(slices.Values(valueTexts(a))), slices.Sorted(slices.Values(valueTexts(b))))
}

// citesSame reports whether two claims rest on the same words.
func citesSame(a, b *claims.Claim) bool {
	for _, x := range a.Citations {
		for _, y := range b.Citations {
			if x.Page == y.Page && overlaps(x.Start, x.End, y.Start, y.End) {
				return true
			}
		}
	}
	return false
}

// clip shortens a quote for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
