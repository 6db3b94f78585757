package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// contextLabels are the contexts in which a passage states no practice. A
// passage that is labelled "risk:" or "mitigation:" starts a stretch that lasts
// up to the next such label or heading.
var contextLabels = []string{"risk", "risk:", "mitigation:", "definition", "law", "prompt", "subject", "rights-of-the-person", "document", "history", "plan", "consequence", "hearsay", "duty", "routine-use", "authority"}

// contextOf returns the label of a passage, "" where it may state a practice,
// and the topics that it says nothing about.
func (x *Rules) contextOf(p *passage, a *analysis, kind string) (label string, not []string) {
	if n := len(a.tokens); p.kind == document.Question || n > 0 && a.tokens[n-1].text == "?" {
		return "question", nil
	}
	for _, c := range x.contexts {
		if len(c.kinds) > 0 && !slices.Contains(c.kinds, kind) || len(c.about) > 0 && !slices.Contains(c.about, p.about) {
			continue
		}
		if !x.inContext(c, a) {
			continue
		}
		if len(c.topics) == 0 {
			return c.label, nil
		}
		not = append(not, c.topics...)
	}
	return "", not
}

// inContext reports whether the words of a passage make it one of a context.
func (x *Rules) inContext(c *contextRule, a *analysis) bool {
	matches := func(p *pattern) bool { return len(x.find(p, a)) > 0 }
	return slices.ContainsFunc(c.patterns, matches) && !slices.ContainsFunc(c.unless, matches)
}

// subjectless are the topics of which a contract speaks about other things than
// personal data, too, such as the vendor's own records.
var subjectless = []string{"retention", "collection", "use", "sharing", "source", "safeguard", "rights", "tracking"}

// impersonal are words before "data" that make it no personal data.
var impersonal = words("technical test testing cost pricing price sales market engineering product performance financial scientific clinical design reference master computer usage network")

const confidentialInformation = "confidential-information"

// confidential reports whether a contract says that its confidential
// information includes personal data. Else that is the parties' business.
func confidential(analyses []*analysis) bool {
	return slices.ContainsFunc(analyses, func(a *analysis) bool {
		named, others, defines := false, false, false
		for _, m := range a.mentions {
			named = named || m.id == confidentialInformation
			others = others || m.list == "data" && m.id != confidentialInformation
		}
		for i := range a.tokens {
			k := a.tokens[i].key
			defines = defines || k == "mean" || k == "include" || k == "including"
		}
		return named && others && defines
	})
}

// personal reports whether a passage, or the heading above it, names personal
// data.
func (x *Rules) personal(p *passage, a *analysis, confidential bool) bool {
	names := func(m mention) bool { return m.list == "data" && (confidential || m.id != confidentialInformation) }
	controller, processor := false, false
	for i := range a.tokens {
		t := &a.tokens[i]
		controller, processor = controller || t.key == "controller", processor || t.key == "processor"
		if controller && processor || t.text == "data" && (i == 0 || !impersonal[a.tokens[i-1].text]) && !a.compound(i) || t.text == "privacy" || t.key == "database" || t.text == "sensitive" && i+1 < len(a.tokens) && a.tokens[i+1].text == "information" || x.entrusted(a, i) {
			return true
		}
	}
	if slices.ContainsFunc(a.mentions, a.fileOf) {
		return true
	}
	return slices.ContainsFunc(a.mentions, names) || slices.ContainsFunc(x.headingData(p.headings), names)
}

// headingData returns the terms of data that a heading names for certain.
func (x *Rules) headingData(heading string) []mention {
	a := &analysis{tokens: tokenize(heading)}
	return slices.DeleteFunc(x.lexicon.find(a.tokens), func(m mention) bool { return m.list != "data" || x.ambiguous[a.keyOf(&m)] })
}

// compound reports whether the word at a token only says which thing the next
// word is: a data center holds data and is none.
func (a *analysis) compound(i int) bool {
	return i+1 < len(a.tokens) && ofData[a.tokens[i+1].key]
}

// ofData are words before which "data" names another thing; the recipient of data
// is a party.
var ofData = words("recipient controller processor provider exporter importer owner center centre processing entry communication network line plan rate service field")

// entrusted reports whether a token is the information of a government body,
// which a contract is about: "VA information", not VA's information systems; or
// what a party collects for it.
func (x *Rules) entrusted(a *analysis, i int) bool {
	if a.tokens[i].key == "information" && i+1 < len(a.tokens) && (a.tokens[i+1].text == "collected" || a.tokens[i+1].text == "gathered") {
		return true
	}
	if k := a.tokens[i].key; k != "information" && k != "record" || i+1 < len(a.tokens) && ofInformation[a.tokens[i+1].key] {
		return false
	}
	for i--; i > 0 && (a.tokens[i].text == "sensitive" || a.tokens[i].text == "protected"); i-- {
	}
	if i < 0 {
		return false
	}
	if t := &a.tokens[i]; t.upper && len(t.text) > 1 && len(t.text) <= 5 {
		return true
	}
	return slices.ContainsFunc(a.mentions, func(m mention) bool {
		return m.list == "actors" && m.end == i+1 && x.within("actors", m.id, "government")
	})
}

var ofInformation = words("system security technology assurance management resource officer act schedule")

// refers reports whether a passage speaks of the data of the one before: "such
// information", "these files".
func (a *analysis) refers() bool {
	for i := range a.tokens[:max(0, len(a.tokens)-1)] {
		if t := a.tokens[i].text; (t == "such" || t == "these" || t == "those") && (fileWords[a.tokens[i+1].key] || a.tokens[i+1].key == "image" || a.tokens[i+1].key == "recording") {
			return true
		}
	}
	return false
}

// fileOf reports whether a mention is of a person whose files are named: "the
// participant's case files", "records of clients".
func (a *analysis) fileOf(m mention) bool {
	if m.list != "subjects" {
		return false
	}
	i := m.start - 1
	for i > 0 && a.tokens[i].filler {
		i--
	}
	if i > 0 && (a.tokens[i].text == "concerning" || a.tokens[i].text == "regarding") {
		return slices.ContainsFunc(a.tokens[max(0, i-14):i], func(t token) bool { return fileWords[t.key] })
	}
	if i > 0 && (a.tokens[i].text == "about" || a.tokens[i].text == "of" && a.tokens[i-1].key != "information") && fileWords[a.tokens[i-1].key] {
		return true
	}
	for _, t := range a.tokens[m.end:min(m.end+3, len(a.tokens))] {
		if t.mark {
			return false
		}
		if fileWords[t.key] {
			return true
		}
	}
	return false
}

var fileWords = words("file record information")

// secures reports whether a passage names a safeguard that is one of personal
// data though none is named: one of the rules' list, or one in a section on
// security, where buildings are guarded, too.
func (x *Rules) secures(p *passage, a *analysis) bool {
	section := slices.ContainsFunc(tokenize(p.headings), func(t token) bool { return security[t.text] })
	for i := range a.tokens[:max(0, len(a.tokens)-1)] {
		section = section || a.tokens[i].text == "cjis" || security[a.tokens[i].text] && !a.namedSecurity(i)
	}
	return slices.ContainsFunc(a.mentions, func(m mention) bool {
		return m.list == "safeguards" && (section && m.id != "physical-security" || x.evident[m.id])
	})
}

// namedSecurity reports whether the word at a token is security in a name, not of data.
func (a *analysis) namedSecurity(i int) bool {
	return i > 0 && (a.tokens[i-1].text == "homeland" || a.tokens[i-1].text == "social" || a.tokens[i-1].text == "transportation" || a.tokens[i-1].text == "national")
}

var security = words("security cybersecurity privacy safeguards safeguarding safeguard measures breach breaches incident incidents")

// silent returns the topics that a passage of a contract says nothing about: of
// the clauses' numbers and titles all, and of what isn't personal all but rights
// in data of any kind and safeguards that are plainly of personal data.
func (x *Rules) silent(p *passage, a *analysis, personal bool) []string {
	switch {
	case p.clauseLine(a):
		return subjectless
	case personal:
		return nil
	}
	rights, secures := a.names("rights", 0), x.secures(p, a)
	return slices.DeleteFunc(slices.Clone(subjectless), func(topic string) bool {
		return topic == "rights" && rights || topic == "safeguard" && secures
	})
}

// label gives every passage its context, and what it is about where its section
// doesn't say so: then the last line that reads as a heading does.
func (x *Rules) label(list []passage, analyses []*analysis, kind string) {
	k, _ := claims.KindOf(kind)
	prompted := -1 // the sentence of the last prompt
	stretch, section, announced, heading := "", "", "", ""
	about := "" // the last heading under which a contract speaks of personal data
	personal, confidential := false, k.Name == "contract" && confidential(analyses)
	for i := range list {
		p := &list[i]
		if p.headings != section {
			stretch, section, announced, heading = "", p.headings, "", ""
		}
		if p.announces() {
			if p.kind != document.Prose {
				stretch = ""
			}
			switch about := x.aboutHeading(p.text); {
			case about == "" && x.prompts(p.text): // "Indicate all that apply" goes on about the question above
			case about != "" || p.kind != document.Prose || numbered.MatchString(p.text):
				announced = about
			}
			heading = p.text
		}
		stated := p.about
		if p.about == "" {
			p.about = announced
		}
		if heading != "" {
			p.headings = strings.TrimPrefix(p.headings+" > "+heading, " > ")
		}
		p.label, p.not = x.contextOf(p, analyses[i], kind)
		if p.unticked && p.label == "" {
			p.label = "unticked"
		}
		switch {
		case p.label == "prompt" && analyses[i].ticked():
			p.label = "" // a form's boxes are its answer
		case p.label == "prompt":
			prompted = p.order()
		case p.label == "" && p.continues && prompted == p.parts[0].sentence-1 && analyses[i].permits():
			p.label, prompted = "prompt", p.order() // "Information may come from the person, or ..."
		}
		if k.Name == "contract" {
			// A sentence goes on about the data of the one before it.
			personal = x.personal(p, analyses[i], confidential) || personal && (p.continues || analyses[i].refers() || p.kind == document.Item && p.marker == "")
			silent := x.silent(p, analyses[i], personal)
			if personal {
				about = worded(p.headings)
			} else if about != "" && about == worded(p.headings) && analyses[i].ofRecords() {
				silent = slices.DeleteFunc(silent, func(topic string) bool { return topic == "retention" })
			}
			p.not = append(p.not, silent...)
		}
		switch p.label {
		case "risk:":
			stretch, p.label = "risk", "risk"
		case "mitigation:":
			stretch, p.label = "mitigation", ""
		case "":
			if stretch == "risk" {
				p.label = "risk"
			}
		}
		if p.label == "" {
			switch { // by a section, which has an end
			case stated == "definition", stated == "definitions":
				p.label = "definition"
			case k.Name == "contract": // whose sections on risk or access lay down duties
			case stated == "recommendation":
				p.label = "plan"
			case stated == "risk" && stretch != "mitigation":
				p.label = "risk"
			case stated == "rights-of-the-person", stated == "access":
				p.label = "rights-of-the-person"
			}
		}
	}
	if k.Name == "pia" {
		promptsBefore(list)
	}
}

// worded returns the titles above a passage up to the last that has a word: "3.0
// RECORDS" of a paragraph 3.1.
func worded(headings string) string {
	for {
		i := strings.LastIndex(headings, " > ")
		if i < 0 || strings.IndexFunc(headings[i:], unicode.IsLetter) >= 0 {
			return headings
		}
		headings = headings[:i]
	}
}

// recordWords are what personal data is kept in, in a section of a contract that is about it.
var recordWords = words("record report file footage video manifest copy recording image material")

// ofRecords reports whether a passage names what personal data may be kept in.
func (a *analysis) ofRecords() bool {
	return slices.ContainsFunc(a.tokens, func(t token) bool { return recordWords[t.key] })
}

// promptsBefore labels what leads up to a prompt in its paragraph of a form.
func promptsBefore(list []passage) {
	for i := len(list) - 2; i >= 0; i-- {
		if next := &list[i+1]; next.label == "prompt" && next.continues && list[i].label == "" {
			list[i].label = "prompt"
		}
	}
}

// ticked reports whether a box of a form is ticked in a passage.
func (a *analysis) ticked() bool {
	return slices.ContainsFunc(a.tokens, func(t token) bool { return t.mark && ticked[t.text] })
}

// permits reports whether the first verb of a passage is put as a possibility.
func (a *analysis) permits() bool { return len(a.groups) > 0 && a.groups[0].mood == allowed }

// titled reports a line whose words start with capitals, all but the small ones.
func titled(line string) bool {
	words := strings.Fields(line)
	if len(words) < 2 || strings.ContainsAny(line, ".;:,") {
		return false
	}
	for i, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); (i == 0 || len(w) > 4) && !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

var numbered = regexp.MustCompile(`^(?:[0-9]{1,2}|[A-Z])(?:\.[0-9]{1,2})*\.?\)? +[A-Z]`)

// announces reports whether a passage reads as a heading: it is one, asks a
// question, or is a short line that ends in no point.
func (p *passage) announces() bool {
	switch p.kind {
	case document.Heading, document.Question:
		return true
	case document.Prose:
	default:
		return false
	}
	if p.placed || len(p.parts) > 1 || len(p.text) > 110 || strings.HasSuffix(p.text, ".") && !numbered.MatchString(p.text) {
		return false
	}
	words := len(strings.Fields(p.text))
	if titled(p.text) {
		return true
	}
	return strings.HasSuffix(p.text, ":") && words <= 8 || numbered.MatchString(p.text) && words <= 14 || words <= 6 && p.text != "" && !strings.Contains(p.text, ": ") && p.text[0] >= 'A' && p.text[0] <= 'Z'
}
