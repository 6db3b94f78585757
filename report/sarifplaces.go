package report

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// locations puts a finding at the claim in the case file, where GitHub can
// show it, and at the passages that are held against the public ones; these are
// related, as are the other claims.
func (w *sarifWriter) locations(r *check.Result, f *check.Finding) (locations, related []json.RawMessage, err error) {
	at := focus(f)
	if at == nil {
		place, err := pruned(sarif.NewLocation().WithPhysicalLocation(sarifPlace(claims.Pos{File: r.File, Line: 1})))
		return []json.RawMessage{place}, nil, err
	}
	public, held := sides(f)
	if len(held) == 0 {
		public, held = nil, public
	}
	var others []json.RawMessage
	for _, c := range append(slices.Clip(held), public...) {
		texts, err := w.placesOf(r, c)
		if err != nil {
			return nil, nil, err
		}
		if c == at {
			locations = append([]json.RawMessage{texts[0]}, locations...)
		} else {
			others = append(others, texts[0])
		}
		if slices.Contains(held, c) {
			locations = append(locations, texts[1:]...)
		} else {
			related = append(related, texts[1:]...)
		}
	}
	return locations, append(related, others...), nil
}

// placesOf returns the places of a claim, encoded: in the case file, then of
// its quotes.
func (w *sarifWriter) placesOf(r *check.Result, c *check.Claim) ([]json.RawMessage, error) {
	return w.places.get(c, func(c *check.Claim) ([]json.RawMessage, error) {
		var texts []json.RawMessage
		for _, l := range append([]*sarif.Location{sarifClaim(r, c)}, sarifPassages(r, c)...) {
			text, err := pruned(l)
			if err != nil {
				return nil, err
			}
			texts = append(texts, text)
		}
		return texts, nil
	})
}

// sarifClaim is the place of a claim in the case.
func sarifClaim(r *check.Result, c *check.Claim) *sarif.Location {
	return sarif.NewLocation().
		WithPhysicalLocation(sarifPlace(claims.Pos{File: c.File, Line: c.Line, Column: c.Column})).
		WithLogicalLocations([]*sarif.LogicalLocation{sarif.NewLogicalLocation().WithKind("claim").WithName(c.ID).WithFullyQualifiedName(r.ID + "/" + c.ID)}).
		WithMessage(sarifMessage(fmt.Sprintf("The claim %s of the case", c.ID)))
}

// sarifPassages are the places of a claim's quotes: the page and section, and
// the characters of the document's text.
func sarifPassages(r *check.Result, c *check.Claim) []*sarif.Location {
	var list []*sarif.Location
	for _, cit := range c.Citations {
		region := sarif.NewRegion().WithCharOffset(cit.Start).WithCharLength(cit.End - cit.Start).WithSnippet(sarif.NewArtifactContent().WithText(cit.Quote))
		kind, _ := claims.KindOf(c.Document.Kind)
		at := place(cit)
		logical := []*sarif.LogicalLocation{sarif.NewLogicalLocation().WithKind("page").WithName(at).WithFullyQualifiedName(c.Document.Title + ", " + at)}
		if cit.Section != "" {
			logical = append(logical, sarif.NewLogicalLocation().WithKind("section").WithName(cit.Section).WithFullyQualifiedName(c.Document.Title+", "+cit.Section))
		}
		list = append(list, sarif.NewLocation().
			WithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(sarifArtifact(documentPath(r, &c.Document))).WithRegion(region)).
			WithLogicalLocations(logical).
			WithMessage(sarifMessage(fmt.Sprintf("%s: %s (%s), %s", sideLabel(c.Document.Side), c.Document.Title, kind.Label, at))))
	}
	return list
}

func sarifPlace(at claims.Pos) *sarif.PhysicalLocation {
	l := sarif.NewPhysicalLocation().WithArtifactLocation(sarifArtifact(at.File))
	if at.Line > 0 {
		region := sarif.NewRegion().WithStartLine(at.Line)
		if at.Column > 0 {
			region.WithStartColumn(at.Column)
		}
		l.WithRegion(region)
	}
	return l
}

func sarifArtifact(file string) *sarif.ArtifactLocation {
	return sarif.NewArtifactLocation().WithURI((&url.URL{Path: file}).String()).WithURIBaseID("%SRCROOT%")
}
