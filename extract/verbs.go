package extract

import (
	"slices"
	"strings"
)

// verbForm is how a word stands for a verb.
type verbForm uint8

const (
	baseForm verbForm = 1 << iota // retain
	sForm                         // retains
	pastForm                      // retained, as past tense
	partForm                      // retained, as participle
	ingForm                       // retaining
)

// verbWord is what a word can be: forms of verbs, and the classes of these.
type verbWord struct {
	forms   verbForm
	classes []string
	noun    bool // is as often a noun: use, record
}

// group is a verb with its auxiliaries: "must not be retained". The tokens are
// [start, end); head is the verb itself.
type group struct {
	start, head, end int
	classes          []string
	forms            verbForm // what the head can be
	passive          bool     // "is retained"
	bare             bool     // "retained" or "retaining" without an auxiliary, "to retain"
	infinitive       bool     // "to retain"
	negated          bool
	unreal           bool // could, might, would
	condition        bool // "if it is retained"
	presumed         bool // "when it is retained": said of something that is known
	listed           bool // opens a list whose items have its auxiliaries: "shall not: (a) retain"
	joined           bool // has the auxiliaries of the verb before it: "must be kept and then destroyed"
	advised          bool // should
	mood             string
}

// The moods of a group, by its auxiliaries; plain is none.
const (
	plain   = "does"
	allowed = "may"
	obliged = "must"
	future  = "will"
)

// verbLexicon knows the forms of the verbs.
type verbLexicon map[string]*verbWord

// add enters a verb, written "hold held" or "take took taken".
func (l verbLexicon) add(class, entry string) {
	parts := strings.Fields(entry)
	base := parts[0]
	past, participle := regularPast(base), regularPast(base)
	if len(parts) > 1 {
		past, participle = parts[1], parts[1]
	}
	if len(parts) > 2 {
		participle = parts[2]
	}
	l.form(base, baseForm, class)
	l.form(sFormOf(base), sForm, class)
	l.form(past, pastForm, class)
	l.form(participle, partForm, class)
	l.form(ingOf(base), ingForm, class)
}

func (l verbLexicon) form(word string, f verbForm, class string) {
	word = strings.ReplaceAll(word, "-", "")
	w := l[word]
	if w == nil {
		w = &verbWord{}
		l[word] = w
	}
	w.forms |= f
	if !slices.Contains(w.classes, class) {
		w.classes = append(w.classes, class)
	}
}

func vowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

// doubles says whether the last consonant is doubled before -ed and -ing: in
// one syllable, or where the verb is one of those that end so.
func doubles(base string) bool {
	n := len(base)
	if n < 3 || vowel(base[n-1]) || !vowel(base[n-2]) || vowel(base[n-3]) || strings.IndexByte("wxy", base[n-1]) >= 0 {
		return false
	}
	vowels := 0
	for i := range n {
		if vowel(base[i]) {
			vowels++
		}
	}
	return vowels == 1 || slices.Contains([]string{"transfer", "submit", "transmit", "refer", "permit", "control"}, base)
}

func regularPast(base string) string {
	n := len(base)
	switch {
	case base[n-1] == 'e':
		return base + "d"
	case base[n-1] == 'y' && !vowel(base[n-2]):
		return base[:n-1] + "ied"
	case doubles(base):
		return base + base[n-1:] + "ed"
	}
	return base + "ed"
}

func sFormOf(base string) string {
	n := len(base)
	switch {
	case base == "have":
		return "has"
	case base[n-1] == 'y' && !vowel(base[n-2]):
		return base[:n-1] + "ies"
	case strings.HasSuffix(base, "s"), strings.HasSuffix(base, "x"), strings.HasSuffix(base, "ch"), strings.HasSuffix(base, "sh"), strings.HasSuffix(base, "o"):
		return base + "es"
	}
	return base + "s"
}

func ingOf(base string) string {
	n := len(base)
	switch {
	case base[n-1] == 'e' && !strings.HasSuffix(base, "ee"):
		return base[:n-1] + "ing"
	case doubles(base):
		return base + base[n-1:] + "ing"
	}
	return base + "ing"
}

// auxiliaries by what they do to the verb that follows.
var (
	beForms   = words("is are was were be been being am gets get")
	haveForms = words("has have had having")
	doForms   = words("does do did")
	negations = words("not never cannot cant wont dont doesnt didnt isnt arent wasnt werent wouldnt couldnt shouldnt neither nor")
	modals    = map[string]string{
		"may": allowed, "can": allowed, "might": allowed, "could": allowed, "cannot": allowed, "cant": allowed, "couldnt": allowed,
		"must": obliged, "shall": obliged, "should": obliged, "shouldnt": obliged, "will": future, "wont": future, "would": future, "wouldnt": future,
	}
	unreal = words("could might would couldnt wouldnt")
	// phrases before "to" or a gerund that give a mood: "is required to".
	semiModals = map[string]string{
		"required": obliged, "obligated": obliged, "obliged": obliged, "needs": obliged, "need": obliged, "needed": obliged,
		"duty": obliged, "obligation": obliged, "obligations": obliged, "obliges": obliged, "obligates": obliged, "agrees": obliged, "agree": obliged, "undertakes": obliged, "undertake": obliged, "covenants": obliged, "directed": obliged,
		"permitted": allowed, "allowed": allowed, "authorized": allowed, "authorised": allowed, "entitled": allowed, "able": allowed,
		"capable": allowed, "free": allowed, "right": allowed, "option": allowed, "ability": allowed, "opt": allowed, "choose": allowed, "chooses": allowed, "opts": allowed, "elect": allowed, "elects": allowed,
		"prohibited": "not", "forbidden": "not", "refrain": "not", "decline": "not", "declines": "not", "declined": "not", "refuse": "not", "refuses": "not", "fail": "not", "fails": "not", "prevented": "not", "restricted": "not", "unable": "not", "precluded": "not",
	}
	// binds are words that make a passive with "to" a duty: "are to be kept", "has to be kept".
	binds   = words("is are has have")
	adverbs = words("also only then thus sometimes often hereby further otherwise first again already still always ever even just both either therefore consequently subsequently thereafter all each themselves itself")
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

func adverb(t *token) bool {
	return adverbs[t.text] || len(t.text) > 4 && strings.HasSuffix(t.text, "ly") && t.text != "supply" && t.text != "apply"
}

// find returns the verb groups of a sequence of tokens, in order.
func (l verbLexicon) find(tokens []token) []group {
	var groups []group
	for i := range tokens {
		w := l[tokens[i].text]
		if w == nil || tokens[i].mark {
			continue
		}
		if i+1 < len(tokens) && tokens[i+1].glued && w.forms&baseForm != 0 && l[tokens[i+1].text] == nil {
			continue // a log-in is no logging, but delete/destroy is both
		}
		if tokens[i].text == "limited" && i > 0 && tokens[i-1].text == "not" {
			continue // including but not limited to
		}
		if tokens[i].text == "save" && (i > 0 && tokens[i-1].mark || i+1 < len(tokens) && tokens[i+1].text == "for") {
			continue // an exception: "none (save for the name)"
		}
		if tokens[i].text == "limiting" && i > 0 && tokens[i-1].text == "without" {
			continue // "without limiting the foregoing"
		}
		if g, ok := l.group(tokens, i, w, groups); ok {
			groups = append(groups, g)
		}
	}
	return groups
}

// group reads the auxiliaries to the left of a verb. ok is false where the word
// is no verb: "use" and "record" are nouns behind an article.
func (l verbLexicon) group(tokens []token, head int, w *verbWord, before []group) (g group, ok bool) {
	g = group{start: head, head: head, end: head + 1, classes: w.classes, forms: w.forms, mood: plain}
	be, have, do, to, modal, lead := false, false, false, false, false, false
	i, apart := head-1, false
scan:
	for ; i >= 0; i-- {
		t := &tokens[i]
		switch {
		case t.mark && i == g.start-1 && aside(tokens, i) >= 0:
			i = aside(tokens, i) + 1 // shall, within 60 days, delete
			apart = true
			continue
		case t.mark && i == g.start-1 && !apart && opensList(tokens, i) >= 0:
			i = opensList(tokens, i) + 1 // shall not (a) sell
			apart, g.listed = true, true
			continue
		case t.mark:
			break scan
		case modals[t.text] != "" && !modal:
			modal = true
			g.mood, g.unreal, g.advised = modals[t.text], unreal[t.text], t.text == "should" || t.text == "shouldnt"
			g.negated = g.negated || negations[t.text]
		case t.text == "to" && (i == g.start-1 || g.listed && !to) && !be && !modal:
			to, lead = true, apart
		case negations[t.text]:
			g.negated = true
			do = do || strings.HasPrefix(t.text, "do") || t.text == "didnt"
			be = be || strings.HasPrefix(t.text, "is") || strings.HasPrefix(t.text, "are") || strings.HasPrefix(t.text, "was") || strings.HasPrefix(t.text, "were")
		case beForms[t.text]:
			be = true
		case haveForms[t.text] && !be && w.forms&partForm == 0:
			break scan
		case haveForms[t.text]:
			have = true
		case doForms[t.text]:
			do = true
		case adverb(t):
			if i == g.start-1 {
				g.start-- // kept only where an auxiliary follows to the left
			}
			continue
		default:
			break scan
		}
		if !apart {
			g.start = i
		}
	}
	if g.start < head && adverb(&tokens[g.start]) && !(be || have || do || to || modal || g.negated) {
		g.start, i = head, head-1
	}
	if be && w.forms&(partForm|pastForm|ingForm) == 0 || to && w.noun && head+1 < len(tokens) && tokens[head+1].text == "of" {
		return g, false // "there will be processes", "consent to use of the data"
	}
	if be && !modal && i > 0 && i == g.start-1 && tokens[i].text == "to" && binds[tokens[i-1].text] {
		g.start, g.mood = i-1, obliged
	}
	g.infinitive = to
	g.listed = g.listed && (modal || g.negated)
	if i >= 0 && i == g.start-1 && tokens[i].mark {
		g.goesOn(tokens, i, before)
	}
	joined := false
	if i >= 0 && g.start == i+1 {
		joined = g.inherit(tokens, i, before, be || have || do || modal)
		g.joined = joined
		if to {
			g.semi(tokens, i)
		}
	} else if to && apart { // agrees to: not process
		start := g.start
		g.semi(tokens, i)
		to = to && !lead
		g.start, g.infinitive, g.listed = start, to, g.listed || g.mood != plain
	}
	if !modal && !to && g.mood == plain && (be || w.forms&baseForm != 0) {
		g.inverted(tokens)
	}
	if n := len(before); n > 0 && g.mood == plain && tokens[g.start].text == "nor" && before[n-1].negated {
		g.mood = before[n-1].mood // "will neither sell it nor give it to others"
	}
	g.condition = conditional(tokens, g.start)
	g.presumed = presumed(tokens, g.start)
	switch {
	case w.forms&(partForm|pastForm) != 0 && w.forms&baseForm == 0:
		g.passive = g.passive || be
		g.bare = g.bare || !be && !have && !modal && !(joined && g.passive)
	case w.forms&ingForm != 0:
		g.bare = !be
		g.gerund(tokens)
	case w.forms&partForm != 0 && be: // put, cut: one form for all
		g.passive = true
	case w.forms&baseForm != 0 && to && g.mood == plain:
		g.bare = true
	}
	if !(be || have || do || to || modal || g.negated) && g.mood == plain && l.noun(tokens, head, w) {
		return g, false
	}
	return g, true
}

// inherit gives a verb in a row the auxiliaries of the first: "must be retained
// and then destroyed".
func (g *group) inherit(tokens []token, i int, before []group, own bool) (joined bool) {
	if own || g.infinitive || len(before) == 0 {
		return false
	}
	last := &before[len(before)-1]
	// "We don't make profiles or give them to anybody."
	far := last.negated && (tokens[i].text == "or" || tokens[i].text == "nor") && g.end < len(tokens) && (tokens[g.end].text == "it" || tokens[g.end].text == "them")
	joined = far
	j := i
	for ; j >= last.end && i-j < 5 && !far; j-- {
		t := tokens[j].text
		switch {
		case t == "and" || t == "or" || t == "then" || t == "," || t == "/" || t == "nor" || t == "but":
			joined = true
		case adverb(&tokens[j]) || t == "securely":
		case j > last.end && tokens[j-1].text == "," && rowing[tokens[j+1].text]: // one that no list has: "sell, mine, or share"
		default:
			return false
		}
	}
	if !joined || j >= last.end && !far {
		return false
	}
	g.mood, g.passive, g.negated, g.unreal, g.infinitive = last.mood, last.passive, last.negated, last.unreal, last.infinitive
	g.bare = last.bare
	return true
}

// rowing are what stands between the verbs of a row.
var rowing = words("and or ,")

// semi reads what stands before "to": required, permitted, prohibited.
func (g *group) semi(tokens []token, i int) {
	for j := i; j >= 0 && i-j < 3; j-- {
		if tokens[j].mark {
			return
		}
		mood := semiModals[tokens[j].text]
		if j == i && haveForms[tokens[j].text] && tokens[j].text != "having" {
			mood = obliged // has to
		}
		switch mood {
		case "":
			continue
		case "not":
			if j > 0 && negations[tokens[j-1].text] {
				g.mood = allowed // is not prohibited
				break
			}
			g.negated, g.mood = true, obliged
		default:
			if granted[tokens[j].text] && j > 0 && (people[tokens[j-1].key] || j > 1 && adverb(&tokens[j-1]) && people[tokens[j-2].key]) {
				return // persons authorised to see it: who they are
			}
			g.mood = mood
			g.advised = g.advised || j > 1 && tokens[j-1].text == "be" && tokens[j-2].text == "should"
			if j > 0 && negations[tokens[j-1].text] {
				g.negated = true
			}
		}
		g.bare = false
		g.start = j
		return
	}
}

// noun reports words that stand for a thing: "the use", "records", "a request".
func (l verbLexicon) noun(tokens []token, head int, w *verbWord) bool {
	if head > 0 && w.forms&baseForm != 0 && owners[tokens[head-1].text] {
		return true // "its own data"
	}
	if !w.noun || w.forms&(baseForm|sForm) == 0 {
		return false
	}
	next := ""
	if head+1 < len(tokens) {
		next = tokens[head+1].text
	}
	if nounBefore[next] || next == "," || next == ":" || next == "and" || next == "or" || beForms[next] || haveForms[next] || modals[next] != "" {
		return true
	}
	if head == 0 || tokens[head-1].mark {
		return w.forms&baseForm == 0 // "Records are": but "Report after"
	}
	p := &tokens[head-1]
	if (p.text == "and" || p.text == "or") && articles[next] {
		return false // "keeps the names and uses the rest"
	}
	if p.possessive || tokens[head].capital && !tokens[head].upper && p.capital && !p.upper {
		return true // the GSA's Records Management
	}
	if before := l[p.text]; before != nil && !before.noun || determiners[p.text] {
		return true
	}
	after := l[next]
	participle := after != nil && after.forms&(baseForm|sForm|ingForm) == 0 && w.forms&sForm == 0
	return after != nil && !after.noun && !participle // "system records include", but "share aggregated data"
}

// nounBefore are words before which such a word is a noun: "records for".
var nounBefore = words("of for in from with by at on about that which who related relating pertaining concerning regarding held kept")

var owners = words("its their our your his her my")

// articles are words before an object: what stands before them is no noun.
var articles = words("the a an these those its their your it them")

// determiners are words that only a noun follows.
var determiners = words("the a an this these those any such no its their our your his her of in for on with by from through routine limited authorized intended each all proper improper appropriate unauthorized government personal official other same per under upon and or certain some both as than into within public open commercial primary original")
