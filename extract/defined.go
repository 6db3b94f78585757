package extract

import (
	"regexp"
	"strings"
)

// A contract gives data names of its own, “Customer Content” or ("Footage"), and
// speaks of it by these.

// definedName is such a name where it is given, and what stands behind it.
var definedName = regexp.MustCompile(`["“]((?:[A-Z][\w'’-]*\s+){0,3}[A-Z][\w'’-]*)["”][*_]{0,3}\s*(\)|(?:shall |will )?means?\b|is\b|are\b|(?:shall )?includes?\b|refers? to\b)`)

// carriers are words in which names of data end.
var carriers = words("content contents footage recording recordings record records information evidence image images video videos media file files audio transcript transcripts reads")

// defined returns the names that a contract gives personal data.
func (x *Rules) defined(analyses []*analysis) [][]token {
	var names [][]token
	for _, a := range analyses {
		for _, m := range definedName.FindAllStringSubmatchIndex(a.text, -1) {
			name := tokenize(a.text[m[2]:m[3]])
			carries := carriers[name[len(name)-1].text] && a.namesData()
			if carries || a.text[m[4]:m[5]] != ")" && a.headIsData(m[5]) {
				names = append(names, name)
			}
		}
	}
	return names
}

// namesData reports whether a passage names data about people, by a word for it
// or a term.
func (a *analysis) namesData() bool {
	for i := range a.tokens {
		if a.tokens[i].text == "data" {
			return true
		}
	}
	for _, m := range a.mentions {
		if m.list == "data" && m.id != confidentialInformation {
			return true
		}
	}
	return false
}

// headIsData reports whether what a name means is data itself, not something
// done with data: no preposition or relative stands before the word for it.
func (a *analysis) headIsData(from int) bool {
	start, _ := span(a.tokens, from, len(a.text))
	for i := start; i < len(a.tokens) && i < start+8; i++ {
		t := &a.tokens[i]
		switch {
		case t.text == "data" && !a.compound(i), carriers[t.text] && t.text != "information" && t.text != "content" && t.text != "contents":
			return true
		case relating[t.text], t.mark && strings.Contains(".;:()", t.text):
			return false
		}
	}
	return false
}

var relating = words("of for to that which who by in with under from on provided used")

// mark notes the names as mentions of data wherever they stand.
func (x *Rules) mark(analyses []*analysis, names [][]token) {
	for _, a := range analyses {
		for _, name := range names {
			for i := 0; i+len(name) <= len(a.tokens); i++ {
				if named(a.tokens[i:i+len(name)], name) {
					a.addMention(mention{"data", x.vocabulary.List("data").Root, i, i + len(name)})
				}
			}
		}
	}
}

func named(tokens, name []token) bool {
	for i := range name {
		if tokens[i].key != name[i].key || !tokens[i].capital {
			return false
		}
	}
	return true
}
