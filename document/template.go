package document

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

//go:embed templates/*.yaml
var templateFiles embed.FS

// template is the headings of a kind of document, one file in templates.
type template struct {
	Name     string
	Headings []templateHeading
}

// templateHeading is a heading of a template. A heading of a document is the
// one meant where it has the number, if there is one, and is one of the titles
// or has one of the words, in which a star stands for any end of a word.
type templateHeading struct {
	Number string
	Titles []string `yaml:"title"`
	Has    []string
	All    bool // a word of Has is the whole heading
	About  string
	// Inside says that the heading stands within a section and may repeat, and
	// that its text may follow on its line.
	Inside bool
	// Strong says that the title stands in no other kind of document.
	Strong bool

	titles [][]string // the titles' words, as keyWords gives them
}

// templates are those of the folder by name of file, and other the one
// that says what the headings of other documents are about.
var templates = sync.OnceValues(func() (list []*template, other *template) {
	files, err := fs.Glob(templateFiles, "templates/*.yaml")
	if err != nil {
		panic(err)
	}
	for _, name := range files {
		data, err := templateFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		t := new(template)
		if err := yaml.Unmarshal(data, t); err != nil {
			panic(fmt.Sprintf("document: %s: %v", name, err)) // embedded, so a fault of the build
		}
		for i := range t.Headings {
			h := &t.Headings[i]
			h.Number = plainNumber(h.Number)
			for _, title := range h.Titles {
				h.titles = append(h.titles, keyWords(title))
			}
			for j := range h.Has {
				h.Has[j] = strings.ToLower(h.Has[j])
			}
		}
		if path.Base(name) == "any.yaml" {
			other = t
			continue
		}
		list = append(list, t)
	}
	return list, other
})

// plainNumber writes the numbers 1 and 1.0 of sections in one way.
func plainNumber(s string) string { return strings.TrimSuffix(strings.ToUpper(s), ".0") }

// keyWords returns the words of a title in capitals, without marks.
func keyWords(title string) []string {
	return strings.FieldsFunc(strings.ToUpper(title), func(r rune) bool { return !wordRune(r) })
}

// matches reports whether a heading of that number and those words is the one
// that the template means.
func (h *templateHeading) matches(number, words string) bool {
	if h.Number != "" && h.Number != plainNumber(number) {
		return false
	}
	lower := strings.ToLower(words)
	for _, w := range h.Has {
		if h.All && strings.Trim(lower, " :.?") == w || !h.All && hasWord(lower, w) {
			return true
		}
	}
	for _, title := range h.titles {
		if n, _ := titlePrefix(words, title); n == len(strings.TrimRight(words, " :.?")) {
			return true
		}
	}
	return h.Number != "" && len(h.Has) == 0 && len(h.titles) == 0
}

// hasWord reports whether the text has the words w, or, where w ends in a star,
// words that start with it.
func hasWord(text, w string) bool {
	w, open := strings.CutSuffix(w, "*")
	for from := 0; ; {
		at := strings.Index(text[from:], w)
		if at < 0 {
			return false
		}
		at += from
		from = at + len(w)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[from:])
		if !wordRune(before) && (open || !wordRune(after)) {
			return true
		}
	}
}

// titlePrefix returns how much of the text the title's words make up, with the
// marks that belong to them, and whether the text starts with all of them.
func titlePrefix(text string, title []string) (n int, ok bool) {
	i := 0
	for _, w := range title {
		for i < len(text) {
			r, size := utf8.DecodeRuneInString(text[i:])
			if wordRune(r) {
				break
			}
			if r == ':' && i > 0 {
				return 0, false
			}
			i += size
		}
		if len(text)-i < len(w) || !strings.EqualFold(text[i:i+len(w)], w) {
			return 0, false
		}
		i += len(w)
	}
	if r, _ := utf8.DecodeRuneInString(text[i:]); wordRune(r) {
		return 0, false
	}
	if strings.HasPrefix(text[i:], ")") {
		i++
	}
	return i, true
}

// titlesBy are the titles of all templates by their first word.
var titlesBy = sync.OnceValue(func() map[string][]templateTitle {
	by := map[string][]templateTitle{}
	list, _ := templates()
	for _, t := range list {
		for i := range t.Headings {
			for _, title := range t.Headings[i].titles {
				by[title[0]] = append(by[title[0]], templateTitle{entry{t, i}, title})
			}
		}
	}
	return by
})

type templateTitle struct {
	entry entry
	title []string // its words
}

// firstKey returns the first word of a text in capitals.
func firstKey(text string) string {
	text = text[:min(len(text), maxWord)]
	start := strings.IndexFunc(text, wordRune)
	if start < 0 || start > 2 {
		return ""
	}
	text = text[start:]
	if end := strings.IndexFunc(text, func(r rune) bool { return !wordRune(r) }); end >= 0 {
		text = text[:end]
	}
	return strings.ToUpper(text)
}
