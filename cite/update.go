package cite

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// Change is one value that Update wrote.
type Change struct {
	Pos      claims.Pos // of the document or citation, before the change
	Of, Key  string
	Old, New string // Old is empty when the key was not there
}

func (c Change) String() string {
	if c.Old == "" {
		return fmt.Sprintf("%s: %s: %s %s", c.Pos, c.Of, c.Key, c.New)
	}
	return fmt.Sprintf("%s: %s: %s %s, was %s", c.Pos, c.Of, c.Key, c.New, c.Old)
}

// Update writes the documents' sums and the quotes' pages and offsets into the
// files of the case. Nothing else in them changes: comments, order, quoting and
// blank lines stay byte for byte. What can't be found is left as it is and
// told as a problem.
func Update(ctx context.Context, c *claims.Case, docs *document.Reader) ([]Change, claims.Problems) {
	var problems claims.Problems
	opened := open(ctx, c, docs, &problems)
	want := map[claims.Pos][]claims.Setting{} // by the place of the mapping
	var changes []Change
	set := func(pos claims.Pos, of, after, key, old, new string) {
		if old == new {
			return
		}
		want[pos] = append(want[pos], claims.Setting{After: after, Key: key, Value: new})
		changes = append(changes, Change{pos, of, key, old, new})
	}
	for i := range c.Documents {
		d := &c.Documents[i]
		if doc := opened[d.ID]; doc != nil {
			set(d.Pos, fmt.Sprintf("document %q", d.ID), "path", "sha256", d.SHA256, doc.SHA256)
		}
	}
	for i := range c.Claims {
		cl := &c.Claims[i]
		doc := opened[cl.Document]
		if doc == nil || cl.ImpliedBy != "" {
			continue
		}
		for j := range cl.Citations {
			cit := &cl.Citations[j]
			m, err := locate(cit, doc)
			if err != nil {
				problems.Addf(err.pos, "claim %q: %s", cl.ID, err.message)
				continue
			}
			place := placeOf(m, doc)
			of := fmt.Sprintf("claim %q", cl.ID)
			old := func(n int, stated bool) string {
				if !stated {
					return ""
				}
				return strconv.Itoa(n)
			}
			set(cit.Pos, of, "quote", "page", old(cit.Page, cit.Page > 0), strconv.Itoa(place.Page))
			if m.Kind == OCR && !cit.HasOffsets {
				continue // they hold for one version of the OCR only
			}
			set(cit.Pos, of, "page", "start", old(cit.Start, cit.HasOffsets), strconv.Itoa(place.Start))
			set(cit.Pos, of, "start", "end", old(cit.End, cit.HasOffsets), strconv.Itoa(place.End))
		}
	}
	claims.Edit(c.Files, want, &problems)
	problems.Sort()
	return changes, problems
}

// locate finds the quote for Update, which corrects a stated page where the
// quote stands on one other page only.
func locate(cit *claims.Citation, doc *document.Document) (Match, *fault) {
	matches := Find(doc, cit.Quote)
	if len(matches) == 0 {
		return Match{}, notFound(cit, doc)
	}
	m, err := choose(cit, doc, matches)
	if err != nil && len(pagesOf(matches)) == 1 {
		return matches[0], nil
	}
	return m, err
}
