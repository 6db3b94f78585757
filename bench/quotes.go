package main

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/document"
)

// asked is how many sentences of the corpus are looked for.
const asked = 1000

type sample struct {
	doc  *document.Document
	text string
	page int
}

// quotes looks for random sentences of the documents in a folder: set anew they
// must be found on their page, changed in what they say they must not be found.
func quotes(corpus string) error {
	docs, err := readAll(corpus)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(1, 2))
	var all []sample
	var names []string
	for _, d := range docs {
		for _, s := range d.Sentences() {
			words := strings.Fields(s.Text)
			if s.Kind != document.Prose && s.Kind != document.Item || len(words) < 8 || len(words) > 120 {
				continue
			}
			all = append(all, sample{d, s.Text, d.PageAt(s.Start)})
			for _, w := range words[1:] {
				if w = strings.Trim(w, ",.;:()"); len(w) > 3 && unicode.IsUpper(rune(w[0])) && strings.ToLower(w[1:]) == w[1:] {
					names = append(names, w)
				}
			}
		}
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	fmt.Printf("  %d documents, %d sentences\n", len(docs), len(all))

	found, missed := 0, []string{}
	for _, s := range all[:min(asked, len(all))] {
		quote := reset(random, s.text)
		if slices.ContainsFunc(cite.Find(s.doc, quote), func(m cite.Match) bool { return m.Page == s.page }) {
			found++
		} else {
			missed = append(missed, fmt.Sprintf("%s p. %d: %q", s.doc.Path, s.page, s.text))
		}
	}
	fmt.Printf("  set anew: %d of %d found on their page\n", found, min(asked, len(all)))
	tell(missed)

	changed, standing, wrong := 0, 0, []string{}
	for i := 0; i < len(all) && changed < asked; i++ {
		s := all[i]
		for _, change := range changes {
			quote := change.make(random, s.text, names)
			if quote == s.text || changed == asked {
				continue
			}
			changed++
			if len(cite.Find(s.doc, quote)) == 0 {
				continue
			}
			// The change may make a sentence that the document has, too.
			if strings.Contains(plain(s.doc.Text), plain(quote)) {
				standing++
				continue
			}
			wrong = append(wrong, fmt.Sprintf("%s p. %d, %s: %q", s.doc.Path, s.page, change.name, quote))
		}
	}
	fmt.Printf("  changed in a number, date, \"not\" or name: %d of %d verify (limit: none); %d more make a sentence that the document has\n", len(wrong), changed, standing)
	tell(wrong)
	return nil
}

func tell(list []string) {
	for _, s := range list[:min(len(list), 20)] {
		fmt.Println("    " + s)
	}
}

// readAll reads the documents below a folder that can be read.
func readAll(corpus string) (docs []*document.Document, err error) {
	store, err := document.DefaultStore()
	if err != nil {
		return nil, err
	}
	reader := document.NewReader(document.Options{Store: store})
	err = filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "PROVENANCE.tsv") {
			return err
		}
		doc, err := reader.Open(context.Background(), path)
		if err != nil {
			fmt.Printf("  not read: %s %v\n", path, err)
			return nil
		}
		docs = append(docs, doc)
		return nil
	})
	return docs, err
}

// reset sets a sentence as a person might type or paste it.
func reset(random *rand.Rand, s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "ﬁ", "fi", "ﬂ", "fl").Replace(s)
	var b strings.Builder
	for i, w := range strings.Fields(s) {
		if i > 0 {
			b.WriteString([]string{" ", " ", " ", "\n", "  ", "\n    ", "\u00a0"}[random.IntN(7)])
		}
		b.WriteString(w)
	}
	return b.String()
}

var (
	number    = regexp.MustCompile(`\b\d+\b`)
	months    = strings.Fields("January February March April May June July August September October November December")
	month     = regexp.MustCompile(`\b(` + strings.Join(months, "|") + `)\b`)
	negation  = regexp.MustCompile(`\bnot `)
	auxiliary = regexp.MustCompile(`\b(is|are|shall|will|may|must|does|do|can) `)
)

// changes say something else with nearly the same words; what they can't change
// they return as it is.
var changes = []struct {
	name string
	make func(random *rand.Rand, s string, names []string) string
}{
	{"number", func(random *rand.Rand, s string, _ []string) string {
		return replaceOne(random, number, s, func(old string) string {
			n, err := strconv.Atoi(old)
			if err != nil {
				return old + "1"
			}
			return strconv.Itoa(n + 1 + random.IntN(9))
		})
	}},
	{"date", func(random *rand.Rand, s string, _ []string) string {
		return replaceOne(random, month, s, func(old string) string {
			return months[(slices.Index(months, old)+1+random.IntN(11))%12]
		})
	}},
	{"no not", func(_ *rand.Rand, s string, _ []string) string {
		if i := negation.FindStringIndex(s); i != nil {
			return s[:i[0]] + s[i[1]:]
		}
		return s
	}},
	{"a not more", func(random *rand.Rand, s string, _ []string) string {
		if negation.MatchString(s) {
			return s
		}
		return replaceOne(random, auxiliary, s, func(old string) string { return old + "not " })
	}},
	{"name", func(random *rand.Rand, s string, names []string) string {
		words := strings.Fields(s)
		for i, w := range words[1:] {
			w = strings.Trim(w, ",.;:()")
			if len(w) > 3 && unicode.IsUpper(rune(w[0])) {
				other := names[random.IntN(len(names))]
				if strings.EqualFold(other, w) {
					return s
				}
				words[i+1] = strings.Replace(words[i+1], w, other, 1)
				return strings.Join(words, " ")
			}
		}
		return s
	}},
}

func replaceOne(random *rand.Rand, what *regexp.Regexp, s string, by func(string) string) string {
	places := what.FindAllStringIndex(s, -1)
	if places == nil {
		return s
	}
	at := places[random.IntN(len(places))]
	return s[:at[0]] + by(s[at[0]:at[1]]) + s[at[1]:]
}

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }
