package check

import (
	"path/filepath"

	"github.com/pia-check/pia-check/claims"
)

// Result is what one case yields: all that a report is made from, and what is
// saved of a run. With Problems, the case was not evaluated and has no findings,
// or some policies failed on it and the rest stands.
type Result struct {
	Path      string     `json:"path"`           // as given
	File      string     `json:"file,omitempty"` // the case file
	Dir       string     `json:"dir,omitempty"`  // the folder that document paths are relative to
	ID        string     `json:"id,omitempty"`   // empty, as the title, when the case couldn't be read
	Title     string     `json:"title,omitempty"`
	Documents []Document `json:"documents"` // every document of the case, in its order
	Findings  []Finding  `json:"findings"`
	Absent    []Finding  `json:"absent,omitempty"` // findings of the baseline that are gone
	// Superseded are the claims of superseded documents: nothing is held against
	// them, but what was said before is told.
	Superseded []Claim         `json:"superseded,omitempty"`
	Unclaimed  []string        `json:"unclaimed,omitempty"` // documents without claims, relative to Dir
	Notices    claims.Problems `json:"notices,omitempty"`   // worth knowing, but no error
	Problems   claims.Problems `json:"errors"`

	vocabulary *claims.Vocabulary // what Describe puts claims in words by
}

func newResult(path string, c *claims.Case, v *claims.Vocabulary) *Result {
	r := &Result{Path: path, vocabulary: v}
	if c == nil {
		return r
	}
	r.File, r.Dir, r.ID, r.Title = c.File, filepath.ToSlash(c.Dir), c.ID, c.Title
	r.Documents = make([]Document, len(c.Documents))
	for i := range c.Documents {
		r.Documents[i] = newDocument(&c.Documents[i])
		r.Documents[i].Notices = c.Documents[i].Notices
	}
	return r
}

func newDocument(d *claims.Document) Document {
	kind, _ := claims.KindOf(d.Kind)
	return Document{
		ID: d.ID, Kind: d.Kind, Side: kind.Side, Title: d.Title, Path: d.Path, URL: d.URL, Date: d.Date, SHA256: d.SHA256,
		Supersedes: d.Supersedes, Superseded: d.Superseded,
	}
}

// addSuperseded enters the claims of superseded documents, but those that a
// person has rejected.
func (e *Engine) addSuperseded(r *Result, c *claims.Case) {
	for i := range c.Claims {
		cl := &c.Claims[i]
		if d := c.Document(cl.Document); d == nil || !d.Superseded || cl.Review == "rejected" {
			continue
		}
		said, err := e.newClaim(cl, c)
		if err != nil {
			r.Problems.Addf(cl.Pos, "%v", err)
			continue
		}
		r.Superseded = append(r.Superseded, said)
	}
}

// Applied counts the policies that had something to compare.
func (r *Result) Applied() int {
	applied := map[string]bool{}
	for _, f := range r.Findings {
		if f.Outcome != NotApplicable {
			applied[f.Policy] = true
		}
	}
	return len(applied)
}

// Describe fills in what the claims of the findings say, their Values and Says.
// A report that shows them calls it; those that don't spare the time. Where a
// result was saved they are there already.
func (r *Result) Describe() {
	type description struct {
		values map[string]any
		says   string
	}
	known := map[*claims.Claim]description{} // findings share claims
	describe := func(list []Claim) {
		for i := range list {
			c := &list[i]
			if c.claim == nil || c.Values != nil {
				continue
			}
			d, ok := known[c.claim]
			if !ok {
				d.values, d.says = r.vocabulary.Describe(c.claim)
				known[c.claim] = d
			}
			c.Values, c.Says = d.values, d.says
		}
	}
	for i := range r.Findings {
		describe(r.Findings[i].Claims)
	}
	describe(r.Superseded)
}
