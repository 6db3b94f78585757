package report

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// sides parts the claims of a finding: what the public was told, and what is
// held against it. Where all are public, the first stands against the others.
func sides(f *check.Finding) (public, held []*check.Claim) {
	for i := range f.Claims {
		if c := &f.Claims[i]; c.Document.Side == claims.Public {
			public = append(public, c)
		} else {
			held = append(held, c)
		}
	}
	if len(held) == 0 && len(public) > 1 {
		public, held = public[:1], public[1:]
	}
	return public, held
}

// columns are sides for a page or a screen: where none is public, the first
// stands left, so that the right is empty only of a single claim.
func columns(f *check.Finding) (left, right []*check.Claim) {
	left, right = sides(f)
	if len(left) == 0 && len(right) > 0 {
		left, right = right[:1], right[1:]
	}
	return left, right
}

// focus is the claim that a finding is shown at: the first that is held against
// the public ones, nil when the finding names no claim.
func focus(f *check.Finding) *check.Claim {
	public, held := sides(f)
	switch {
	case len(held) > 0:
		return held[0]
	case len(public) > 0:
		return public[0]
	}
	return nil
}

// documentPath is where a document lies, seen from where the check ran.
func documentPath(r *check.Result, d *check.Document) string {
	return path.Join(r.Dir, d.Path)
}

// oneLine puts white space of any kind in the form of a single space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// webURL parses an address that a page may link to: http and https only.
func webURL(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil
	}
	return u
}

// sourceURL is where a passage can be read on the web, at its page as PDF
// viewers understand it; empty when the document has no address.
func sourceURL(d check.Document, cit check.Citation) string {
	u := webURL(d.URL)
	if u == nil {
		return ""
	}
	if u.Fragment == "" {
		u.Fragment = fmt.Sprintf("page=%d", cit.Page)
	}
	return u.String()
}
