// Package cite finds quotes in documents, proves that they stand there and says
// where, in the terms of a W3C Web Annotation TextQuoteSelector and
// TextPositionSelector.
package cite

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pia-check/pia-check/document"
)

// Match is a place where a quote stands. Start and End are byte offsets in the
// document's text.
type Match struct {
	Start, End    int
	Page, EndPage int
	Kind          string // Exact, Folded, Elided or OCR
	// Similarity is the share of the quote's characters that stand there as
	// quoted, from 0 to 1; below 1 only where OCR misread some.
	Similarity float64
	// Confidence is that of the OCR, the least of the pages; 0 for other text.
	Confidence float64
}

// The kinds of match.
const (
	Exact  = "exact"  // character by character
	Folded = "folded" // but for white space, hyphenation and typographic forms
	Elided = "elided" // and the quote leaves words out
	OCR    = "ocr"    // in text that OCR read from a picture, however well it matches
)

// maxMatches bounds how many places of one quote are told.
const maxMatches = 1000

type foldKey struct{ whole bool }

// foldOf returns the folded text of a document, whole or as one reads on: without
// the asides. Where there are none the two are one.
func foldOf(d *document.Document, whole bool) *folded {
	if len(d.Asides) == 0 {
		whole = true
	}
	return d.Memo(foldKey{whole}, func() any {
		if whole {
			return fold(d.Text)
		}
		return fold(d.Text, d.Asides...)
	}).(*folded)
}

// Find returns the places where the quote stands in the document, in order.
// White space, hyphenation at line ends, ligatures, quotation marks, dashes and
// Unicode forms are levelled, and what stands outside the running text, such as
// the footer between two pages, is read over. Where that finds nothing, "..."
// and "[...]" stand for words left out within a page and its next, and at last
// words that OCR misread by a likely mistake match. No words or numbers are cut,
// and case counts.
func Find(d *document.Document, quote string) []Match {
	quote = strings.TrimSpace(quote)
	if !utf8.ValidString(quote) {
		return nil // half a character would match inside another
	}
	text := level(quote)
	running := foldOf(d, false)
	list := findFolded(d, running, text)
	if strings.Contains(quote, "\n") {
		if flat := level(plain(quote)); flat != text { // a hyphen at a line end of the quote stays
			list = running.merge(list, findFolded(d, running, flat))
		}
	}
	if len(d.Asides) > 0 {
		list = running.merge(list, findFolded(d, foldOf(d, true), text))
	}
	for i := range list {
		if m := &list[i]; m.Kind == Folded && d.Text[m.Start:m.End] == quote {
			m.Kind = Exact
		}
	}
	if len(list) > 0 {
		return list
	}
	segments, elided := split(text)
	if elided && !telling(segments) {
		return nil
	}
	if elided {
		list = findElided(d, running, segments)
	}
	if len(list) == 0 {
		list = findMisread(d, segments)
	}
	return list
}

// merge adds the matches of the whole text that reading over the asides missed,
// but for those that begin or end within a word that an aside divides.
func (f *folded) merge(list, more []Match) []Match {
	for _, m := range more {
		if i, j := lowerBound(f.start, m.Start), lowerBound(f.start, m.End); i < j && !f.wholeWords(i, j) {
			continue
		}
		if !slices.ContainsFunc(list, func(have Match) bool { return have.Start == m.Start }) {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b Match) int { return a.Start - b.Start })
	return list
}

// plain folds white space.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

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

// match returns a match on the pages that the source span covers.
func match(d *document.Document, start, end int, kind string) Match {
	m := Match{start, end, d.PageAt(start), d.PageAt(end - 1), kind, 1, 0}
	for n := m.Page; n <= m.EndPage; n++ {
		if p, _ := d.Page(n); p.Source == document.OCR {
			if c := float64(p.Confidence); m.Confidence == 0 || c < m.Confidence {
				m.Confidence = c
			}
			m.Kind = OCR
		}
	}
	return m
}
