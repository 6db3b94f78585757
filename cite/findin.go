package cite

import (
	"strings"
	"unicode/utf8"

	"github.com/pia-check/pia-check/document"
)

// FindIn returns the first place that Find would return whose start lies in the
// bytes [from, to) of the text, without looking at the rest of the document. It
// finds no quotes with words left out, nor what OCR misread.
func FindIn(d *document.Document, quote string, from, to int) (Match, bool) {
	text := strings.TrimSpace(fold(quote).text)
	if text == "" || !utf8.ValidString(quote) {
		return Match{}, false
	}
	for _, whole := range []bool{false, true} {
		f := foldOf(d, whole)
		first, last := lowerBound(f.start, from), lowerBound(f.start, to)
		// Line ends and hyphens make the source longer than the folded text,
		// ligatures shorter; what the quote takes of it is bounded by its length.
		limit := min(len(f.text), last+len(text))
		if i, j, ok := f.find(text, first, limit); ok && i < last {
			start, end := f.span(i, j)
			m := match(d, start, end, Folded)
			if d.Text[m.Start:m.End] == strings.TrimSpace(quote) {
				m.Kind = Exact
			}
			return m, true
		}
	}
	return Match{}, false
}
