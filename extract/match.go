package extract

import "slices"

// analysis is a passage as patterns see it: its tokens, and what stands at them.
type analysis struct {
	text     string
	tokens   []token
	groups   []group
	mentions []mention
	values   []value
	breaks   []int  // tokens at which another item of a list starts
	own      string // the agency whose document it is

	keys      map[string]bool
	groupAt   []int32   // by token: 1 + index of the group that starts there
	mentionAt [][]int32 // by token: indices of the mentions that start there
	valueAt   [][]int32
}

// value is a period, a schedule's number or the like at the tokens [start, end).
type value struct {
	kind, text string
	start, end int
}

// analyse reads a passage.
func (x *Rules) analyse(text string) *analysis {
	a := &analysis{text: text, tokens: tokenize(text)}
	a.mentions = x.lexicon.find(a.tokens)
	a.groups = verbsOutside(x.verbs.find(a.tokens), a.mentions)
	a.index(x)
	for _, v := range durations(a.tokens) {
		a.addValue(v)
	}
	for _, v := range identifiers(text, a.tokens) {
		a.addValue(v)
	}
	for _, v := range names(text, a.tokens) {
		a.addValue(v)
	}
	x.annotate(a)
	a.dropInner()
	a.dropAmbiguous(x)
	return a
}

// verbsOutside leaves out what is no verb but a word of data that is named by
// several: "driver's license number".
func verbsOutside(groups []group, mentions []mention) []group {
	return slices.DeleteFunc(groups, func(g group) bool {
		return slices.ContainsFunc(mentions, func(m mention) bool {
			return (m.list == "data" && m.start < g.head || m.list == "actors" && m.end-m.start > 1) && m.start <= g.head && g.head < m.end && m.start <= g.start
		})
	})
}

func (a *analysis) index(x *Rules) {
	n := len(a.tokens)
	a.keys = make(map[string]bool, 2*n)
	a.groupAt, a.mentionAt, a.valueAt = make([]int32, n), make([][]int32, n), make([][]int32, n)
	a.keys[anyWord] = n > 0
	for i := range a.tokens {
		t := &a.tokens[i]
		if key := x.wordKeys[t.key]; key != "" {
			a.keys[key] = true
		}
		if len(t.text) >= prefixKey && !t.mark {
			if key := x.prefixKeys[t.text[:prefixKey]]; key != "" {
				a.keys[key] = true
			}
		}
	}
	for i, g := range a.groups {
		a.groupAt[g.start] = int32(i + 1)
		for _, c := range g.classes {
			a.keys["verb:"+c] = true
		}
	}
	for i, m := range a.mentions {
		a.mentionAt[m.start] = append(a.mentionAt[m.start], int32(i))
		a.keys["part:"+m.list] = true
	}
}

func (a *analysis) addValue(v value) {
	a.valueAt[v.start] = append(a.valueAt[v.start], int32(len(a.values)))
	a.values = append(a.values, v)
	a.keys["part:"+v.kind] = true
}

// addMention adds a term that no form of the vocabulary names, unless one
// stands there already.
func (a *analysis) addMention(m mention) {
	for i, have := range a.mentions {
		if have.list == m.list && have.start < m.end && m.start < have.end && !a.coordinate(have, m) {
			if m.end-m.start <= have.end-have.start {
				return
			}
			a.unlist(i)
		}
	}
	a.mentionAt[m.start] = append(a.mentionAt[m.start], int32(len(a.mentions)))
	a.mentions = append(a.mentions, m)
	a.keys["part:"+m.list] = true
}

// coordinate reports whether of two purposes or agencies that overlap one starts behind
// an "and" or "or" within the other, with which it has its end in common: "federal,
// state or foreign agencies".
func (a *analysis) coordinate(m, n mention) bool {
	agencies := m.list == "actors" && levels[m.id] && levels[n.id]
	if m.list != "purposes" && !agencies || m.id == n.id || m.start == n.start {
		return false
	}
	if m.start > n.start {
		m, n = n, m
	}
	conjunction := a.tokens[n.start-1].text
	return n.start > m.start && n.end >= m.end && (conjunction == "and" || conjunction == "or" || agencies && (conjunction == "," || conjunction == "/"))
}

// levels are the terms for agencies that are named by their level of government.
var levels = words("federal-agency state-local-government foreign-government")

// word returns the text of a token, "" behind the last.
func (a *analysis) word(i int) string {
	if i >= len(a.tokens) {
		return ""
	}
	return a.tokens[i].text
}

// capture is what a part of a pattern matched.
type capture struct {
	name, kind string
	start, end int
	terms      []string // of a vocabulary
	value      string   // of a value part
	group      *group   // of a verb
}

// matched is one match of a pattern: the tokens [start, end).
type matched struct {
	start, end int
	captures   []capture
}

// matcher runs one pattern over one passage. What failed once at a place fails
// there again, so the time is bounded by the pattern's length times the
// passage's times the widest gap.
type matcher struct {
	a        *analysis
	x        *Rules
	p        *pattern
	failed   []bool
	captures []capture
	end      int
	clause   bool // gaps end at a comma
}

// find returns the matches of a pattern, leftmost first, none overlapping.
func (x *Rules) find(p *pattern, a *analysis) []matched { return x.search(p, a, false) }

func (x *Rules) search(p *pattern, a *analysis, clause bool) []matched {
	if !slices.ContainsFunc(p.keys, func(k string) bool { return a.keys[k] }) {
		return nil
	}
	m := &matcher{a: a, x: x, p: p, clause: clause}
	var list []matched
	for start := 0; start < len(a.tokens); {
		if !p.starts.at(a, start) {
			start++
			continue
		}
		if m.failed == nil {
			m.failed = make([]bool, len(p.code)*(len(a.tokens)+1))
		}
		m.captures = m.captures[:0]
		if !m.run(0, start) {
			start++
			continue
		}
		list = append(list, matched{start, m.end, slices.Clone(m.captures)})
		start = max(m.end, start+1)
	}
	return list
}

func (m *matcher) run(pc, at int) bool {
	memo := pc*(len(m.a.tokens)+1) + at
	if m.failed[memo] {
		return false
	}
	if m.step(pc, at) {
		return true
	}
	m.failed[memo] = true
	return false
}

func (m *matcher) step(pc, at int) bool {
	s := &m.p.code[pc]
	n := len(m.a.tokens)
	switch s.op {
	case opMatch:
		m.end = at
		return true
	case opStart:
		return (at == 0 || slices.Contains(m.a.breaks, at)) && m.run(pc+1, at)
	case opEnd:
		return (at == n || at == n-1 && m.a.tokens[at].text == ".") && m.run(pc+1, at)
	case opJump:
		return m.run(s.x, at)
	case opSplit:
		return m.run(s.x, at) || s.y >= 0 && m.run(s.y, at)
	case opGap:
		end := at + s.x // "access is restricted": the verb's own words are in reach
		for k := at; k <= end; k++ {
			if m.run(pc+1, k) {
				return true
			}
			if k >= n || stops(&m.a.tokens[k]) || (m.clause || s.clause) && m.a.tokens[k].text == "," {
				return false
			}
			if m.a.tokens[k].mark && m.a.tokens[k].text == "(" {
				end += m.a.aside(k) // what stands in parentheses is no word of the gap
			}
			if i := m.a.groupAt[k]; i > 0 && !s.across && m.a.ends(&m.a.groups[i-1]) {
				end = min(end, m.a.groups[i-1].head)
			}
		}
		return false
	}
	// A word, verb or part, with an article before it at most.
	for skipped := 0; at < n; skipped++ {
		saved := len(m.captures)
		if next, ok := m.one(s, at); ok {
			if m.run(pc+1, next) {
				return true
			}
			m.captures = m.captures[:saved]
		}
		if skipped == 2 || !m.a.tokens[at].filler {
			return false
		}
		at++
	}
	return false
}

// aside returns how many tokens a parenthesis has, 0 for a long one.
func (a *analysis) aside(open int) int {
	for i := open + 1; i < len(a.tokens) && i-open <= maxGap; i++ {
		if a.tokens[i].mark && a.tokens[i].text == ")" {
			return i - open
		}
	}
	return 0
}

// stops reports the marks that no gap runs across.
func stops(t *token) bool { return t.mark && (t.text == ";" || t.text == "•" || t.text == "?") }

// one matches a single word, verb or part.
func (m *matcher) one(s *step, at int) (next int, ok bool) {
	t := &m.a.tokens[at]
	switch s.op {
	case opWord:
		if s.prefix {
			return at + 1, len(t.text) >= len(s.text) && t.text[:len(s.text)] == s.text
		}
		return at + 1, t.key == s.text
	case opWords:
		return at + 1, s.words[t.key]
	case opVerb:
		i := m.a.groupAt[at]
		if i == 0 {
			return 0, false
		}
		g := &m.a.groups[i-1]
		if !slices.Contains(g.classes, s.text) || !g.spoken(s.voice) || s.not && g.negated == m.a.denied(g) {
			return 0, false
		}
		c := capture{name: s.name, kind: "verb", start: g.start, end: g.end, group: g}
		if s.name != "" {
			c.terms, _ = m.a.collect(s.name, g.head)
		}
		m.captures = append(m.captures, c)
		return g.end, true
	}
	if valueParts[s.text] {
		for _, i := range m.a.valueAt[at] {
			if v := &m.a.values[i]; v.kind == s.text && (s.term == "" || v.text == s.term) {
				m.captures = append(m.captures, capture{name: s.name, kind: v.kind, start: v.start, end: v.end, value: v.text})
				return v.end, true
			}
		}
		return 0, false
	}
	for _, i := range m.a.mentionAt[at] {
		mention := &m.a.mentions[i]
		if mention.list != s.text || m.a.otherwise(mention) || s.term != "" && !m.x.within(s.text, mention.id, s.term) || s.only && mention.id != s.term {
			continue
		}
		c := capture{name: s.name, kind: s.text, start: mention.start, end: mention.end, terms: []string{mention.id}}
		if s.list {
			c.terms, c.end = m.a.collect(s.text, at)
			if len(c.terms) == 0 {
				return 0, false
			}
		}
		m.captures = append(m.captures, c)
		return c.end, true
	}
	return 0, false
}

// spoken reports whether the group stands in a voice.
func (g *group) spoken(voice string) bool {
	participle := g.bare && g.forms&(pastForm|partForm) != 0 && !g.infinitive
	switch voice {
	case "does":
		return !g.passive && g.spoken("finite")
	case "finite":
		return !g.bare && (!g.infinitive || g.mood != plain)
	case "be":
		return g.passive && !g.bare
	case "passive":
		return g.passive || participle
	case "active":
		return !g.passive
	case "to":
		return g.infinitive && !g.passive
	case "ing":
		return g.forms&ingForm != 0
	}
	return true
}
