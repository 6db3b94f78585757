package document

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

//go:embed words.yaml
var wordsYAML []byte

// wordSet is a list of words.
type wordSet map[string]bool

func (s *wordSet) UnmarshalYAML(n *yaml.Node) error {
	var list []string
	if err := n.Decode(&list); err != nil {
		return err
	}
	*s = make(wordSet, len(list))
	for _, w := range list {
		(*s)[w] = true
	}
	return nil
}

type wordLists struct {
	Always, Numbered, Sometimes, Starters, Open, Prefixes, Asks, Prompts wordSet
}

// words are the lists of words.yaml, which explains them.
var words = sync.OnceValue(func() (w wordLists) {
	if err := yaml.Unmarshal(wordsYAML, &w); err != nil {
		panic("document: words.yaml: " + err.Error()) // embedded, so a fault of the build
	}
	return w
})

// has reports whether the set holds the word, its first letter in either case.
func (s wordSet) has(word string) bool {
	if s[word] {
		return true
	}
	r, size := utf8.DecodeRuneInString(word)
	return size > 0 && (s[string(unicode.ToLower(r))+word[size:]] || s[string(unicode.ToUpper(r))+word[size:]])
}

// maxWord is as far as words are looked at, in bytes.
const maxWord = 64

// lastWord returns the last word before offset i, with the marks around it.
func lastWord(s string, i int) string {
	end := i
	for end > 0 && s[end-1] == ' ' {
		end--
	}
	start := end
	for start > 0 && s[start-1] != ' ' && end-start < maxWord {
		start--
	}
	return s[start:end]
}

// firstWord returns the first word from offset i on, with the marks around it.
func firstWord(s string, i int) string {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	end := i
	for end < len(s) && s[end] != ' ' && end-i < maxWord {
		end++
	}
	return s[i:end]
}

// The marks that stand around words.
const (
	openers = "\"'“‘„«([{*_"
	closers = "\"'”’»)]}*_"
)

// abbreviated reports whether the point that ends last is one of an
// abbreviation, so that the sentence goes on with next.
func abbreviated(last, next string) bool {
	word := strings.TrimLeft(last, openers+"-–—/")
	if i := strings.LastIndexAny(word, "/–—("); i >= 0 {
		word = word[i+1:]
	}
	word, point := strings.CutSuffix(word, ".")
	if !point {
		return false
	}
	word = strings.ReplaceAll(word, "’", "'")
	next = strings.TrimLeft(next, openers)
	switch r, size := utf8.DecodeRuneInString(word); {
	case words().Always.has(word):
		return true
	case words().Numbered.has(word) && strings.ContainsAny(next, "0123456789"):
		return true
	case words().Sometimes.has(word), size == len(word) && unicode.IsUpper(r):
		return !words().Starters[strings.TrimRight(next, closers+",;:")]
	}
	return false
}
