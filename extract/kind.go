package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/pia-check/pia-check/document"
)

// kindRule is a sign of a kind of document.
type kindRule struct {
	kind     string
	weight   int
	anywhere bool // else in the opening of the document only
	title    bool // weighs half outside a title: other documents speak of such documents
	times    int  // in how many sentences it has to stand
	patterns []*pattern
}

// Kind is the proposed kind of a document, and why.
type Kind struct {
	Name   string
	Reason string // "“privacy impact assessment” on page 1"
	Line   string // the sentence that gave it away first
}

// opening is how many bytes of a document its title and first words take, and
// scanned how many are looked at for other signs.
const opening, scanned = 2500, 60_000

// KindOf proposes what kind of document this is, by the words that such
// documents have at their start and throughout. ok is false when nothing tells.
func (x *Rules) KindOf(d *document.Document) (k Kind, ok bool) {
	scores := map[string]int{}
	reasons, lines := map[string][]string{}, map[string]string{}
	seen, spoken := map[*kindRule]bool{}, map[*kindRule]bool{} // found; found outside a title
	times := map[*kindRule]int{}
	for _, s := range d.Sentences() {
		if s.Start > scanned {
			break
		}
		a := x.analyse(s.Text)
		for _, r := range x.kinds {
			if seen[r] || !r.anywhere && s.Start > opening {
				continue
			}
			for _, p := range r.patterns {
				m := x.find(p, a)
				if len(m) == 0 {
					continue
				}
				if times[r]++; times[r] < r.times {
					break
				}
				if r.title && !titular(&s, a) {
					if !spoken[r] {
						spoken[r] = true
						scores[r.kind] += r.weight / 2
					}
				} else {
					seen[r] = true
					scores[r.kind] += r.weight
					if spoken[r] {
						scores[r.kind] -= r.weight / 2
					}
				}
				if lines[r.kind] == "" {
					lines[r.kind] = s.Text
				}
				words := s.Text[a.tokens[m[0].start].start:a.tokens[max(m[0].end-1, 0)].end]
				reasons[r.kind] = append(reasons[r.kind], fmt.Sprintf("“%s” on page %d", words, d.PageAt(s.Start)))
				break
			}
		}
	}
	best := ""
	for _, r := range x.kinds { // in their order, so that a tie has one winner
		if scores[r.kind] > scores[best] {
			best = r.kind
		}
	}
	if scores[best] < 3 {
		return Kind{}, false
	}
	list := reasons[best]
	return Kind{best, strings.Join(list[:min(len(list), 3)], ", "), lines[best]}, true
}

// titular reports whether a sentence reads as a title: short, without a point at
// its end or a verb.
func titular(s *document.Sentence, a *analysis) bool {
	return s.Kind == document.Heading || s.Kind != document.Question && len(strings.Fields(s.Text)) <= 24 && !strings.HasSuffix(s.Text, ".") && a.fragment()
}

func (l *ruleLoader) kind(n *yaml.Node) {
	k := &kindRule{weight: 1, times: 1}
	number := func(value *yaml.Node, what string) int {
		n, err := strconv.Atoi(value.Value)
		if err != nil || n < 1 || n > 10 {
			l.addf(value, "%s %q is not a whole number from 1 to 10", what, value.Value)
		}
		return n
	}
	for key, value := range l.pairs(n, "a kind") {
		switch key.Value {
		case "kind":
			k.kind = l.str(value, "kind")
			l.oneOf(value, "kind", []string{k.kind}, kindNames())
		case "weight":
			k.weight = number(value, "weight")
		case "times":
			k.times = number(value, "times")
		case "anywhere":
			k.anywhere = value.Value == "true"
		case "title":
			k.title = value.Value == "true"
		case "patterns":
			l.patterns(value, &k.patterns)
		default:
			l.addf(key, "unknown key %q; a kind has kind, weight, anywhere, title, times, patterns", key.Value)
		}
	}
	l.x.kinds = append(l.x.kinds, k)
}

func (l *ruleLoader) heading(n *yaml.Node) {
	h := &headingRule{}
	for key, value := range l.pairs(n, "a heading") {
		switch key.Value {
		case "about":
			h.about = l.str(value, "about")
		case "patterns":
			l.patterns(value, &h.patterns)
		default:
			l.addf(key, "unknown key %q; a heading has about, patterns", key.Value)
		}
	}
	l.x.headings = append(l.x.headings, h)
}

// language is one that documents may be in, and the words that give it away.
type language struct {
	name  string
	words map[string]bool
}

// Foreign returns the language of a text that is not in English, "" for one
// that is, by its script, or by which language's function words it has most of. A
// text of few words is taken for English.
func (x *Rules) Foreign(text string) string {
	counts := make([]int, len(x.languages))
	english, total := 0, 0
	for _, t := range tokenize(text[:min(len(text), 400_000)]) {
		if t.mark {
			continue
		}
		total++
		for i := range x.languages {
			if x.languages[i].words[t.text] {
				counts[i]++
				if x.languages[i].name == "English" {
					english++
				}
			}
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	switch script := foreignScript(text); {
	case script != "":
		return "another script (" + script + ")"
	case total < 40 || len(counts) == 0:
		return ""
	case counts[best] >= 2*english && counts[best]*12 >= total:
		return x.languages[best].name
	case english*25 < total:
		return "another language than English"
	}
	return ""
}

// foreignScript returns the script of a text most of whose letters are not Latin.
func foreignScript(text string) string {
	counts := map[string]int{}
	letters := 0
	for _, r := range text[:min(len(text), 100_000)] {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if unicode.Is(unicode.Latin, r) {
			continue
		}
		for _, name := range scripts {
			if unicode.Is(unicode.Scripts[name], r) {
				counts[name]++
				break
			}
		}
	}
	for _, name := range scripts {
		if counts[name]*2 > letters && letters > 10 {
			return name
		}
	}
	return ""
}

var scripts = []string{"Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hiragana", "Katakana", "Hangul", "Devanagari", "Bengali", "Tamil", "Thai", "Armenian", "Georgian", "Ethiopic"}

func (l *ruleLoader) languages(n *yaml.Node) {
	for key, value := range l.pairs(n, "languages") {
		lang := language{key.Value, words(l.str(value, "the words of "+key.Value))}
		if i := slices.IndexFunc(l.x.languages, func(have language) bool { return have.name == lang.name }); i >= 0 {
			for w := range lang.words {
				l.x.languages[i].words[w] = true
			}
			continue
		}
		l.x.languages = append(l.x.languages, lang)
	}
}
