package cite

import (
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/pia-check/pia-check/document"
)

// Passage is a stretch of a document.
type Passage struct {
	Text       string // white space folded
	Page       int
	Similarity float64 // to what was looked for, 0 to 1: one minus the share of characters to edit
}

// maxCompared bounds the characters whose edit distance is counted.
const maxCompared = 2000

// Nearest returns the passage of the document that is most like the quote: the
// run of as many words that shares the most words with it. ok is false when
// nothing is shared.
func Nearest(d *document.Document, quote string) (p Passage, ok bool) {
	f := foldOf(d, false)
	quoteText := strings.TrimSpace(fold(quote).text)
	want := words(quoteText)
	have := words(f.text)
	if len(want) == 0 || len(have) == 0 {
		return Passage{}, false
	}
	text := func(w word, of string) string { return strings.ToLower(of[w.start:w.end]) }
	missing := map[string]int{} // how often the quote has the word beyond the window
	for _, w := range want {
		missing[text(w, quoteText)]++
	}
	n := min(len(want), len(have))
	shared, best := 0, 0
	var starts []int // of the windows that share most
	for k, w := range have {
		key := text(w, f.text)
		if c, known := missing[key]; known {
			if c > 0 {
				shared++
			}
			missing[key] = c - 1
		}
		if k >= n {
			old := text(have[k-n], f.text)
			if c, known := missing[old]; known {
				if c >= 0 {
					shared--
				}
				missing[old] = c + 1
			}
		}
		switch {
		case k < n-1 || shared == 0 || shared < best:
		case shared > best:
			best, starts = shared, []int{k - n + 1}
		case len(starts) < maxWindows:
			starts = append(starts, k-n+1)
		}
	}
	if len(starts) == 0 {
		return Passage{}, false
	}
	p.Similarity = -1
	for _, at := range starts {
		from, to := have[at].start, have[at+n-1].end
		for to < len(f.text) && f.text[to] != ' ' { // the marks behind the last word
			to++
		}
		if s := similarity(f.text[from:to], quoteText); s > p.Similarity {
			start, _ := f.span(from, to)
			p = Passage{f.text[from:to], d.PageAt(start), s}
		}
	}
	return p, true
}

// maxWindows bounds the passages whose edit distance to the quote is counted.
const maxWindows = 16

func similarity(a, b string) float64 {
	a, b = clip(a), clip(b)
	longest := max(len([]rune(a)), len([]rune(b)))
	if longest == 0 {
		return 0
	}
	return 1 - float64(levenshtein.ComputeDistance(a, b))/float64(longest)
}

func clip(s string) string {
	if r := []rune(s); len(r) > maxCompared {
		return string(r[:maxCompared])
	}
	return s
}

type word struct{ start, end int }

// words returns the words of a folded text, without the marks around them.
func words(text string) []word {
	var list []word
	start := -1
	for i := 0; i <= len(text); i++ {
		inside := i < len(text) && text[i] != ' '
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			w := strings.Trim(text[start:i], `.,;:!?"'()[]`)
			if w != "" {
				at := start + strings.Index(text[start:i], w)
				list = append(list, word{at, at + len(w)})
			}
			start = -1
		}
	}
	return list
}
