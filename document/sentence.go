package document

import (
	"sort"
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Sentence is one sentence of the document, or what stands for one: a heading,
// a list item, a cell of a table. Text[Start:End] is its source, which may hold
// asides where it runs over a page break.
type Sentence struct {
	Start, End int
	// Text is the sentence as a person reads it: white space folded, words
	// joined that were hyphenated at line ends, asides left out.
	Text    string
	Kind    SentenceKind
	Section int // index in Sections of the innermost heading above, -1 for none
	// Intro is the index of the sentence that introduces this list item, such
	// as "The system collects:", -1 for none.
	Intro int
	// Redacted says that a passage of the sentence is withheld.
	Redacted bool
}

// SentenceKind says what a sentence is part of.
type SentenceKind uint8

// The kinds of sentences.
const (
	Prose SentenceKind = iota
	Heading
	Question // of a form, whose answer follows
	Item     // of a list
	Cell     // of a table
	Note     // of a footnote
	Margin   // a running header or footer, or a line of a table of contents
)

type sentencesKey struct{}

// Sentences returns the sentences of the document in order. They are found once
// and shared: callers must not change them.
func (d *Document) Sentences() []Sentence {
	return d.Memo(sentencesKey{}, func() any { return segment(d) }).([]Sentence)
}

// segment cuts the text at the sentence boundaries of Unicode (UAX #29).
func segment(d *Document) []Sentence {
	var list []Sentence
	it := sentences.FromString(d.Text)
	for it.Next() {
		text := strings.Join(strings.Fields(it.Value()), " ")
		if text == "" {
			continue
		}
		start := it.Start() + strings.Index(it.Value(), strings.TrimSpace(it.Value()))
		list = append(list, Sentence{
			Start: start, End: start + len(strings.TrimSpace(it.Value())), Text: text,
			Section: d.sectionIndex(start), Intro: -1,
		})
	}
	return list
}

// sectionIndex returns the innermost heading at or above the offset, -1 for
// none.
func (d *Document) sectionIndex(offset int) int {
	return sort.Search(len(d.Sections), func(i int) bool { return d.Sections[i].Start > offset }) - 1
}
