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
	f := foldOf(d)
	want := words(strings.TrimSpace(fold(quote).text))
	have := words(f.text)
	if len(want) == 0 || len(have) == 0 {
		return Passage{}, false
	}
	text := func(w word, of string) string { return strings.ToLower(of[w.start:w.end]) }
	quoteText := fold(quote).text
	quoteText = strings.TrimSpace(quoteText)
	missing := map[string]int{} // how often the quote has the word beyond the window
	for _, w := range want {
		missing[text(w, quoteText)]++
	}
	n := min(len(want), len(have))
	shared, best, at := 0, 0, -1
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
		if k >= n-1 && shared > best {
			best, at = shared, k-n+1
		}
	}
	if at < 0 {
		return Passage{}, false
	}
	from, to := have[at].start, have[at+n-1].end
	start, _ := f.span(from, to)
	found := f.text[from:to]
	return Passage{Text: found, Page: d.PageAt(start), Similarity: similarity(found, quoteText)}, true
}

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
			list = append(list, word{start, i})
			start = -1
		}
	}
	return list
}
