// Package cite finds quotes in documents, proves that they stand there and says
// where, in the terms of a W3C Web Annotation TextQuoteSelector and
// TextPositionSelector.
package cite

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pia-check/pia-check/document"
)

// Match is a place where a quote stands. Start and End are byte offsets in the
// document's text.
type Match struct {
	Start, End    int
	Page, EndPage int
	Kind          string // Exact, Folded or Elided
}

// The kinds of match.
const (
	Exact  = "exact"  // character by character
	Folded = "folded" // but for white space, hyphenation and typographic forms
	Elided = "elided" // and the quote leaves words out
)

// maxMatches bounds how many places of one quote are told.
const maxMatches = 1000

type foldKey struct{}

func foldOf(d *document.Document) *folded {
	return d.Memo(foldKey{}, func() any { return fold(d.Text) }).(*folded)
}

// Find returns the places where the quote stands in the document, in order.
// Characters are compared one by one first; where that finds nothing, with
// white space, hyphenation at line ends, ligatures, quotation marks, dashes and
// Unicode forms levelled; and at last with "..." and "[...]" as words left out
// within a page and its next. No words or numbers are cut, and case counts.
func Find(d *document.Document, quote string) []Match {
	quote = strings.TrimSpace(quote)
	if !utf8.ValidString(quote) {
		return nil // half a character would match inside another
	}
	f := foldOf(d)
	if list := findExact(d, f, quote); len(list) > 0 {
		return list
	}
	folded := strings.TrimSpace(fold(quote).text)
	if list := findFolded(d, f, folded); len(list) > 0 {
		return list
	}
	segments, elided := split(folded)
	if !elided || !telling(segments) {
		return nil
	}
	return findElided(d, f, segments)
}

func findExact(d *document.Document, f *folded, quote string) []Match {
	var list []Match
	if quote == "" {
		return nil
	}
	for from := 0; len(list) < maxMatches; {
		at := strings.Index(d.Text[from:], quote)
		if at < 0 {
			break
		}
		start := from + at
		end := start + len(quote)
		// The folded text tells whether a word is cut, across line ends, too.
		if i, j := f.within(start, end); i < j && f.wholeWords(i, j) {
			list = append(list, match(d, start, end, Exact))
		}
		from = start + 1
	}
	return list
}

// within returns the folded bytes that come from the source span.
func (f *folded) within(start, end int) (i, j int) {
	i = lowerBound(f.start, start)
	j = lowerBound(f.start, end)
	return i, j
}

// lowerBound returns the first index whose offset is at least the given one.
func lowerBound(offsets []int32, offset int) int {
	lo, hi := 0, len(offsets)
	for lo < hi {
		mid := (lo + hi) / 2
		if int(offsets[mid]) < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func findFolded(d *document.Document, f *folded, quote string) []Match {
	var list []Match
	for from := 0; len(list) < maxMatches; {
		i, j, ok := f.find(quote, from, len(f.text))
		if !ok {
			break
		}
		start, end := f.span(i, j)
		list = append(list, match(d, start, end, Folded))
		from = i + 1
	}
	return list
}

var ellipsis = regexp.MustCompile(`\[ ?\.\.\. ?\]|\.\.\.\.?|\. \. \.(?: \.)?`)

// split cuts a folded quote at its ellipses.
func split(quote string) (segments []string, elided bool) {
	parts := ellipsis.Split(quote, -1)
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			segments = append(segments, p)
		}
	}
	return segments, len(parts) > 1
}

// telling reports whether every segment has two words or more: single words
// can be picked from any page to say anything.
func telling(segments []string) bool {
	for _, s := range segments {
		if len(strings.Fields(s)) < 2 {
			return false
		}
	}
	return len(segments) > 0
}

func findElided(d *document.Document, f *folded, segments []string) []Match {
	var list []Match
	for from := 0; len(list) < maxMatches; {
		i, j, ok := f.find(segments[0], from, len(f.text))
		if !ok {
			break
		}
		from = i + 1
		start, end := f.span(i, j)
		limit := f.pageLimit(d, start)
		for _, s := range segments[1:] {
			var k int
			if k, j, ok = f.find(s, j, limit); !ok {
				break
			}
			_, end = f.span(k, j)
		}
		if !ok {
			continue
		}
		m := match(d, start, end, Elided)
		// A later start with the same end is the shorter span.
		if n := len(list); n > 0 && list[n-1].End == m.End {
			list[n-1] = m
		} else {
			list = append(list, m)
		}
	}
	return list
}

// pageLimit returns the folded offset at which the page after that of a source
// offset ends.
func (f *folded) pageLimit(d *document.Document, offset int) int {
	page, _ := d.Page(d.PageAt(offset))
	if next, ok := d.Page(page.Number + 1); ok {
		page = next
	}
	return lowerBound(f.start, page.End)
}

func match(d *document.Document, start, end int, kind string) Match {
	return Match{start, end, d.PageAt(start), d.PageAt(end - 1), kind}
}
