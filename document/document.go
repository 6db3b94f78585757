// Package document turns files into text with pages, sections and offsets, so
// that a quote can be found in them and cited to its exact place.
//
// A format is one file with a reader and a row in the table of formats.
package document

import (
	"fmt"
	"sort"
	"sync"
	"unicode/utf8"
)

// Document is the text of one file. Offsets are byte offsets in Text unless
// their name says characters.
type Document struct {
	Path   string // as it was asked for
	Format string // the name of its row in the table of formats
	SHA256 string // of the file's bytes, lower-case hexadecimal
	Text   string
	Pages  []Page // at least one, in order, together all of Text
	// Sections are the headings, in order; none where the format or the file
	// has none.
	Sections []Section
	// Asides are the parts of Text that stand outside the running text, in
	// order and apart from each other.
	Asides []Aside
	// Cells are the cells of tables, in order, for formats that tell them. A row
	// whose cells are short is a line, with tabs between them; else its cells are
	// read one after the other.
	Cells []TableCell
	// Words says where words stand on their pages, in order of Start; empty
	// for formats whose pages have no size.
	Words      []Word
	Redactions []Redaction // in order of pages
	Notices    []Notice    // in order of pages

	memo      sync.Map
	charsOnce sync.Once
	chars     []int // characters before every charStep bytes; nil when all ASCII
}

// Page is one page. Number counts from 1; Label is what is printed on the page
// where that differs, such as "iii" or "1" for the second page of a file.
type Page struct {
	Number        int
	Label         string
	Start, End    int
	Width, Height float32 // in points of 1/72 inch, as shown; 0 where pages have no size
	Source        Source
	Confidence    float32 // of OCR, from 0 to 1; 0 for other sources
}

// Source says where the text of a page comes from.
type Source uint8

// The sources of a page's text. An unread page is an image whose text is not
// known: nothing may be concluded from its silence.
const (
	TextLayer Source = iota
	OCR
	Unread
)

// Section is a heading and what follows it, up to the next heading of its
// level or above. The heading itself is Text[Start:End].
type Section struct {
	Level  int    // 1 for the outermost
	Number string // "5.1", "C.3.2", "(a)", as written but for its final point; empty when there is none
	Title  string // the whole heading, number and words, white space folded
	Start  int
	End    int
	// About names what the section answers, such as "retention" or "sharing",
	// where a template of this kind of document says so.
	About string
}

// Aside is a part of the text that a reader skips while reading on.
type Aside struct {
	Start, End int
	Kind       AsideKind
}

// AsideKind is a kind of Aside.
type AsideKind uint8

// The kinds of asides: what repeats at the top and bottom of pages, footnotes,
// the lines of a table of contents, and marks that are no words, such as those
// of emphasis in Markdown.
const (
	Header AsideKind = iota
	Footer
	Footnote
	Contents
	Markup
)

// TableCell is the text of a cell that has any. Rows count over all tables, so
// that a table is a run of rows with one number; columns count from 0.
type TableCell struct {
	Start, End         int
	Table, Row, Column int
}

// Word is a word of the text and its place on its page.
type Word struct {
	Start, End int32
	Box        Box
}

// Box is a rectangle on a page, in points of 1/72 inch from the page's upper
// left corner as it is shown (rotation applied).
type Box struct{ X0, Y0, X1, Y1 float32 }

// Redaction is a withheld passage that was recognised on a page. At is the
// offset in Text where it stands; Exemption is the code beside it, such as
// "(b)(7)(E)", empty when there is none.
type Redaction struct {
	Page      int
	At        int
	Box       Box
	Exemption string
}

// Notice tells something about the document that a reader must know, such as
// an attachment that is not read. Page is 0 where it concerns the whole.
type Notice struct {
	Page    int
	Message string
}

func (n Notice) String() string {
	if n.Page > 0 {
		return fmt.Sprintf("page %d: %s", n.Page, n.Message)
	}
	return n.Message
}

// PageAt returns the number of the page that the offset lies on.
func (d *Document) PageAt(offset int) int {
	i := sort.Search(len(d.Pages), func(i int) bool { return d.Pages[i].End > offset })
	return d.Pages[min(i, len(d.Pages)-1)].Number
}

// Page returns the page of that number; ok is false when there is none.
func (d *Document) Page(number int) (p Page, ok bool) {
	if number < 1 || number > len(d.Pages) {
		return Page{}, false
	}
	return d.Pages[number-1], true
}

// SectionAt returns the titles of the headings above the offset, the outermost
// first.
func (d *Document) SectionAt(offset int) []string {
	var path []Section
	for _, s := range d.Sections {
		if s.Start > offset {
			break
		}
		for len(path) > 0 && path[len(path)-1].Level >= s.Level {
			path = path[:len(path)-1]
		}
		path = append(path, s)
	}
	titles := make([]string, len(path))
	for i, s := range path {
		titles[i] = s.Title
	}
	return titles
}

// charStep is how far apart the counted places of a text are.
const charStep = 4096

// Characters converts a byte offset to characters (code points) before it.
func (d *Document) Characters(offset int) int {
	d.count()
	if d.chars == nil {
		return offset
	}
	step := min(offset/charStep, len(d.chars)-1)
	count := d.chars[step]
	for i := step * charStep; i < offset; i++ {
		if utf8.RuneStart(d.Text[i]) {
			count++
		}
	}
	return count
}

// Offset converts a number of characters to the byte offset behind them, at most
// the length of the text.
func (d *Document) Offset(characters int) int {
	d.count()
	if d.chars == nil {
		return min(characters, len(d.Text))
	}
	step := max(sort.SearchInts(d.chars, characters+1)-1, 0)
	count := d.chars[step]
	for i := step * charStep; i < len(d.Text); i++ {
		if utf8.RuneStart(d.Text[i]) {
			if count == characters {
				return i
			}
			count++
		}
	}
	return len(d.Text)
}

func (d *Document) count() {
	d.charsOnce.Do(func() {
		ascii := true
		for i := 0; i < len(d.Text) && ascii; i++ {
			ascii = d.Text[i] < utf8.RuneSelf
		}
		if ascii {
			return
		}
		d.chars = []int{0}
		count := 0
		for i := range len(d.Text) {
			if i > 0 && i%charStep == 0 {
				d.chars = append(d.chars, count)
			}
			if utf8.RuneStart(d.Text[i]) {
				count++
			}
		}
	})
}

// Memo returns what was made of the document under that key, making it the
// first time. It lets a package keep what it derives from a document as long
// as the document lives.
func (d *Document) Memo(key any, make func() any) any {
	if v, ok := d.memo.Load(key); ok {
		return v
	}
	v, _ := d.memo.LoadOrStore(key, make())
	return v
}
