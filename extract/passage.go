package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pia-check/pia-check/document"
)

// passage is what rules look at: a sentence, or the sentence that introduces a
// list together with its items.
type passage struct {
	text      string
	parts     []part
	kind      document.SentenceKind
	about     string   // what its section answers, "" when unknown
	headings  string   // the titles above it, for its subject
	schedule  string   // the number of the records schedule that its row of a table gives
	label     string   // the context that it stands in, such as risk
	not       []string // topics that it says nothing about
	marker    string   // the letter or number of the list item
	redacted  bool
	continues bool // stands in one paragraph with the sentence before
	placed    bool // in a table: the title of its column says what it is about
	runIn     bool // capitalised words before more text: "Encryption of Data. The Contractor ..."
	unticked  bool // stands in the row of a form that has no mark
	answer    bool // a question with its bare yes or no
	introOnly bool // parts[0] is an introduction whose items are too long to be quoted with it
}

// part is a sentence in a passage: text[start:end] is the document's sentence.
type part struct {
	start, end int
	sentence   int
}

// maxIntro and maxList bound in bytes what one passage takes of an introduction
// and of its items.
const maxIntro, maxList = 1200, 5000

// fragmentWords is up to how many words an item can be a mere member of a list.
const fragmentWords = 8

// passages cuts a document into what rules look at.
func (x *Rules) passages(d *document.Document) []passage {
	sentences := d.Sentences()
	introduced := make([][]int, len(sentences)) // by sentence: the items that it introduces
	for i, s := range sentences {
		if s.Kind == document.Item && s.Intro >= 0 && s.Intro < i {
			introduced[s.Intro] = append(introduced[s.Intro], i)
		}
	}
	var list []passage
	taken := make([]bool, len(sentences)) // items that stand in a passage with their introduction
	abouts := x.abouts(d)
	tables := rows(d)
	for i, s := range sentences {
		if taken[i] || s.Kind == document.Margin || strings.Contains(s.Text, "....") {
			continue // what a table of contents lists is said elsewhere
		}
		box := boxBefore(d, &s)
		if box == emptyBox+" " && !strings.ContainsAny(s.Text, tickedBoxes) {
			continue // a choice that isn't made
		}
		p := passage{kind: s.Kind, redacted: s.Redacted, marker: markerOf(d, &s)}
		p.continues = i > 0 && s.Kind == document.Prose && sentences[i-1].Kind == document.Prose && sentences[i-1].End <= s.Start &&
			strings.Count(d.Text[sentences[i-1].End:s.Start], "\n") < 2
		p.runIn = runIn(d, i)
		if shouted(s.Text) {
			p.kind = document.Heading
		}
		if s.Section >= 0 {
			p.about, p.headings = abouts[s.Section].about, abouts[s.Section].path
		}
		if r := tables[i]; r != nil {
			x.place(&p, r, i)
		}
		items := introduced[i]
		if len(items) == 0 || s.Kind == document.Heading || s.Kind == document.Question {
			p.add(i, s.Text, box)
			if r := tables[i]; r != nil {
				p.clauseRow(r, i, sentences, taken)
			}
			list = append(list, p)
			continue
		}
		// Short items make one passage with their introduction, long ones one each.
		joined := p
		joined.add(i, tail(s.Text, maxIntro), "")
		for _, j := range items {
			if runIn(d, j) {
				head := p
				head.runIn = true
				head.add(j, sentences[j].Text, "")
				list = append(list, head)
				taken[j] = true
				continue
			}
			if boxBefore(d, &sentences[j]) == emptyBox+" " {
				continue
			}
			if !x.fragment(&sentences[j], sentences, introduced[j]) {
				alone := p
				alone.kind, alone.marker = document.Item, markerOf(d, &sentences[j])
				alone.introOnly = true
				alone.add(i, tail(s.Text, maxIntro), "")
				alone.add(j, sentences[j].Text, " ")
				alone.redacted = alone.redacted || sentences[j].Redacted
				list = append(list, alone)
				taken[j] = true
				continue
			}
			if len(joined.text)+len(sentences[j].Text) > maxList {
				list = append(list, joined)
				joined = p
				joined.add(i, tail(s.Text, maxIntro), "")
			}
			joined.addItem(j, "; ", sentences, introduced, taken)
		}
		list = append(list, joined)
	}
	slices.SortStableFunc(list, func(a, b passage) int { return a.order() - b.order() })
	x.addAnswers(list)
	return list
}

var itemMarker = regexp.MustCompile(`(?:^|\s)[(\[]?([A-Za-z]|[0-9]{1,2}|[ivxIVX]{1,5})[.)\]]{1,2}\s*$`)

// markerOf returns the letter or number before a list item, "" for none.
func markerOf(d *document.Document, s *document.Sentence) string {
	if s.Kind != document.Item {
		return ""
	}
	if m := itemMarker.FindStringSubmatch(d.Text[max(s.Start-16, 0):s.Start]); m != nil {
		return m[1]
	}
	return ""
}

// shouted reports a short line in capitals, which is a heading whatever its
// format.
func shouted(s string) bool {
	return len(s) < 120 && strings.ContainsAny(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && strings.Contains(s, " ") && strings.ToUpper(s) == s
}

func (p *passage) order() int { return p.parts[len(p.parts)-1].sentence }

// addItem adds a short item, and the short items below it.
func (p *passage) addItem(j int, separator string, sentences []document.Sentence, introduced [][]int, taken []bool) {
	if len(p.parts) == 1 {
		separator = " "
	}
	p.add(j, sentences[j].Text, separator)
	p.redacted = p.redacted || sentences[j].Redacted
	taken[j] = true
	for n, k := range introduced[j] {
		separator := "; "
		if n == 0 {
			separator = ": " // the item is the title of those below it
		}
		p.addItem(k, separator, sentences, introduced, taken)
	}
}

// runIn reports whether a sentence is a heading with text behind it on its line:
// "Encryption of Data. The Contractor shall ...".
func runIn(d *document.Document, i int) bool {
	sentences := d.Sentences()
	return i+1 < len(sentences) && titled(strings.TrimSuffix(sentences[i].Text, ".")) && sentences[i].End <= sentences[i+1].Start &&
		strings.Trim(d.Text[sentences[i].End:sentences[i+1].Start], " *_") == ""
}

// boxBefore returns the box of a form that stands before a sentence, "" for none:
// an empty one, or a ticked one where the sentence holds other choices.
func boxBefore(d *document.Document, s *document.Sentence) string {
	before := strings.TrimRight(d.Text[max(s.Start-8, 0):s.Start], " \t")
	last, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case before == "":
	case strings.ContainsRune(emptyBoxes, last):
		return emptyBox + " "
	case strings.ContainsRune(tickedBoxes, last) && strings.ContainsAny(s.Text, emptyBoxes+tickedBoxes):
		return tickedBox + " "
	}
	return ""
}

func (p *passage) add(sentence int, text, separator string) {
	if separator == "; " || separator == ": " {
		p.text = strings.TrimRight(p.text, " ;,.:")
	}
	start := len(p.text) + len(separator)
	p.text += separator + text
	p.parts = append(p.parts, part{start, start + len(text), sentence})
}

// fragment reports whether an item is a member of a list and no sentence.
func (x *Rules) fragment(s *document.Sentence, sentences []document.Sentence, below []int) bool {
	if len(strings.Fields(s.Text)) > fragmentWords && !x.names(s.Text) {
		return false
	}
	for _, k := range below {
		if !x.fragment(&sentences[k], sentences, nil) {
			return false
		}
	}
	tokens := tokenize(s.Text)
	if len(tokens) > 0 && (tokens[0].text == "to" || tokens[0].text == "for") {
		return false // a routine use, a purpose
	}
	return !slices.ContainsFunc(verbsOutside(x.verbs.find(tokens), x.lexicon.find(tokens)), func(g group) bool {
		return !g.bare && !g.infinitive && (g.head > 3 || g.passive || g.mood != plain) && !subordinate(tokens, g.start)
	})
}

// maxNames is up to how many bytes an item can be a mere name of data.
const maxNames = 600

// names reports whether an item names data, however long it is explained: its
// verbs stand in parts that start with which, if or the like.
func (x *Rules) names(text string) bool {
	if len(text) > maxNames {
		return false
	}
	tokens := tokenize(text)
	mentions := x.lexicon.find(tokens)
	groups := verbsOutside(x.verbs.find(tokens), mentions)
	if slices.ContainsFunc(groups, func(g group) bool {
		noun := x.verbs[tokens[g.head].text].noun && g.start == g.head // "your access account"
		return !g.bare && !g.infinitive && !noun && !subordinate(tokens, g.start)
	}) {
		return false
	}
	return slices.ContainsFunc(mentions, func(m mention) bool { return m.list == "data" && m.start < 2*fragmentWords })
}

var subordinators = words("that which who whom when where whenever if whether while you they it")

// subordinate reports whether a verb's clause is one that explains a noun.
func subordinate(tokens []token, verb int) bool {
	for i := verb - 1; i >= 0 && verb-i <= 4; i-- {
		if subordinators[tokens[i].text] {
			return true
		}
	}
	return false
}

// tail returns the end of a text, from the start of a word on.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	return s[strings.IndexByte(s+" ", ' ')+1:]
}

// sectionAbout is what a section answers, and the titles above and of it.
type sectionAbout struct{ about, path string }

// abouts tells for every section what it answers: what its template says, else
// what its heading says, else what the section that it is part of answers.
func (x *Rules) abouts(d *document.Document) []sectionAbout {
	list := make([]sectionAbout, len(d.Sections))
	var path []int
	for i, s := range d.Sections {
		for len(path) > 0 && d.Sections[path[len(path)-1]].Level >= s.Level {
			path = path[:len(path)-1]
		}
		about := s.About
		if about == "" {
			about = x.aboutHeading(s.Title)
		}
		if about == "" && i > 0 && x.prompts(s.Title) {
			about = list[i-1].about
		}
		titles := s.Title
		if len(path) > 0 {
			above := list[path[len(path)-1]]
			if about == "" {
				about = above.about
			}
			titles = above.path + " > " + s.Title
		}
		list[i] = sectionAbout{about, titles}
		path = append(path, i)
	}
	return list
}

// prompts reports whether a heading asks for what the form wants.
func (x *Rules) prompts(title string) bool {
	a := x.analyse(title)
	return slices.ContainsFunc(x.contexts, func(c *contextRule) bool {
		return c.label == "prompt" && slices.ContainsFunc(c.patterns, func(p *pattern) bool { return len(x.find(p, a)) > 0 })
	})
}

// headingRule says what a heading with certain words announces.
type headingRule struct {
	about    string
	patterns []*pattern
}

// aboutHeading returns what a heading announces, "" when no rule knows it.
func (x *Rules) aboutHeading(title string) string {
	if len(x.headings) == 0 {
		return ""
	}
	a := x.analyse(title)
	for _, h := range x.headings {
		for _, p := range h.patterns {
			if len(x.find(p, a)) > 0 {
				return h.about
			}
		}
	}
	return ""
}
