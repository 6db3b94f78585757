package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"github.com/pia-check/pia-check/document"
)

// OCR misreads letters, joins and splits words, and sees specks as marks. A quote
// is found in such text when every one of its words stands there in order, each
// read right or by a likely mistake. What carries meaning is not forgiven: no
// digit for another, no word more or less, nothing put before a word.

// leastSimilar is the floor: the share of a quote's characters that OCR must
// have read as they are quoted.
const leastSimilar = 0.85

// seldom is the length from which a word may hold one unlikely mistake.
const seldom = 6

// misreadings brings characters together that OCR takes for each other, as far
// as no two digits meet. They are applied to words in lower case, in order.
var misreadings = strings.NewReplacer(
	"rn", "m", "vv", "w",
	"1", "l", "i", "l", "|", "l", "!", "l", "0", "o", "5", "s", "8", "b", "h", "b", "e", "c",
	"-", "", "'", "",
)

// scanned is the words of a document's OCR pages as they may have been misread.
type scanned struct {
	text  string // folded
	words []scannedWord
}

type scannedWord struct {
	word
	skeleton string
	broken   bool // a page without OCR lies before it
}

type scannedKey struct{}

func scannedOf(d *document.Document) *scanned {
	return d.Memo(scannedKey{}, func() any {
		f := foldOf(d, false)
		s := &scanned{text: f.text}
		broken := false
		page := d.Pages[0]
		for _, w := range words(f.text) {
			at := int(f.start[w.start])
			if at < page.Start || at >= page.End {
				page, _ = d.Page(d.PageAt(at))
			}
			if page.Source != document.OCR {
				broken = true
				continue
			}
			if skeleton := skeletonOf(f.text[w.start:w.end]); skeleton != "" {
				s.words = append(s.words, scannedWord{w, skeleton, broken})
				broken = false
			}
		}
		return s
	}).(*scanned)
}

// skeletonOf returns a word as OCR may have misread it, "" for mere marks.
func skeletonOf(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return ""
	}
	return misreadings.Replace(strings.ToLower(s))
}

// findMisread returns the places on OCR pages where the segments stand in order
// within a page and its next, misread by likely mistakes only.
func findMisread(d *document.Document, segments []string) []Match {
	if !hasOCR(d) {
		return nil
	}
	quote := make([][]quotedWord, len(segments))
	for i, s := range segments {
		if quote[i] = quoted(s); len(quote[i]) == 0 {
			return nil
		}
	}
	f, s := foldOf(d, false), scannedOf(d)
	var list []Match
	for from := 0; from < len(s.words) && len(list) < maxMatches; from++ {
		end, edits := s.match(from, quote[0])
		if end < 0 {
			continue
		}
		start, _ := f.span(s.words[from].start, s.words[from].end)
		limit := f.pageLimit(d, start)
		for _, q := range quote[1:] {
			next := -1
			for at := end; at < len(s.words) && s.words[at].start < limit && next < 0; at++ {
				var more int
				if next, more = s.match(at, q); next >= 0 {
					edits += more
				}
			}
			if end = next; end < 0 {
				break
			}
		}
		if end < 0 {
			continue
		}
		length := 0
		for _, segment := range segments {
			length += utf8.RuneCountInString(segment)
		}
		_, stop := f.span(s.words[from].start, f.markEnd(s.words[end-1].end))
		m := match(d, start, stop, OCR)
		m.Similarity = 1 - float64(edits)/float64(length)
		if m.Similarity < leastSimilar {
			continue
		}
		if n := len(list); n > 0 && list[n-1].End == m.End {
			list[n-1] = m // the shorter span
		} else {
			list = append(list, m)
		}
	}
	return list
}

func hasOCR(d *document.Document) bool {
	for _, p := range d.Pages {
		if p.Source == document.OCR {
			return true
		}
	}
	return false
}

// markEnd returns the end of the marks that follow a word directly.
func (f *folded) markEnd(i int) int {
	for i < len(f.text) && f.text[i] != ' ' {
		i++
	}
	return i
}

type quotedWord struct{ text, skeleton string }

func quoted(segment string) []quotedWord {
	var list []quotedWord
	for _, w := range words(segment) {
		text := segment[w.start:w.end]
		if skeleton := skeletonOf(text); skeleton != "" {
			list = append(list, quotedWord{text, skeleton})
		}
	}
	return list
}

// match matches the quoted words from the scanned word at index from on. It
// returns the index behind the last one and the characters misread, or -1.
func (s *scanned) match(from int, quote []quotedWord) (end, edits int) {
	at := from
	for i := 0; i < len(quote); {
		if at >= len(s.words) || at > from && s.words[at].broken {
			return -1, 0
		}
		w := s.words[at]
		if n, ok := misread(quote[i].text, quote[i].skeleton, s.text[w.start:w.end], w.skeleton); ok {
			i, at, edits = i+1, at+1, edits+n
			continue
		}
		if at+1 < len(s.words) && !s.words[at+1].broken { // one word read as two
			next := s.words[at+1]
			if w.skeleton+next.skeleton == quote[i].skeleton {
				i, at, edits = i+1, at+2, edits+1
				continue
			}
		}
		if i+1 < len(quote) && quote[i].skeleton+quote[i+1].skeleton == w.skeleton { // two read as one
			i, at, edits = i+2, at+1, edits+1
			continue
		}
		return -1, 0
	}
	return at, edits
}

// misread reports whether a word of the quote can have been read as the scanned
// one, and how many characters differ.
func misread(quote, quoteSkeleton, have, haveSkeleton string) (edits int, ok bool) {
	if quote == have {
		return 0, true
	}
	if quoteSkeleton != haveSkeleton {
		if len(quoteSkeleton) < seldom || len(haveSkeleton) < seldom || quoteSkeleton[0] != haveSkeleton[0] ||
			hasDigit(quote) || hasDigit(have) || levenshtein.ComputeDistance(quoteSkeleton, haveSkeleton) > 1 {
			return 0, false
		}
	}
	return levenshtein.ComputeDistance(quote, have), true
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
