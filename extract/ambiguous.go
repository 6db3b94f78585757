package extract

import "strings"

// Words such as "address", "charges" and "position" are data about a person in
// a list of such data and something else elsewhere.

// dropAmbiguous drops the mentions of ambiguous words that nothing around them
// supports: a possessive before them, a person behind them ("the location of
// the user"), or another category of data beside them; of measures, as "in
// transit", another measure.
func (a *analysis) dropAmbiguous(x *Rules) {
	for i := range a.mentions {
		m := &a.mentions[i]
		switch {
		case !x.ambiguous[a.keyOf(m)]:
		case m.list == "data" && !a.supported(x, i), m.list == "safeguards" && !a.protected(x):
			a.unlist(i)
		}
	}
}

// protected reports whether a sentence names a measure plainly.
func (a *analysis) protected(x *Rules) bool {
	for i := range a.mentions {
		if m := &a.mentions[i]; m.list == "safeguards" && !x.ambiguous[a.keyOf(m)] {
			return true
		}
	}
	return false
}

// keyOf returns the words of a mention in the form in which words compare.
func (a *analysis) keyOf(m *mention) string {
	keys := make([]string, 0, m.end-m.start)
	for _, t := range a.tokens[m.start:m.end] {
		keys = append(keys, t.key)
	}
	return strings.Join(keys, " ")
}

var possessives = words("your his her their my ones individuals users participants persons applicants employees travelers passengers subjects")

// holders are what data is about or is taken of: the device's location.
var holders = words("device phone user individual participant person employee applicant traveler passenger driver vehicle wearer subject patient customer member visitor student inmate detainee noncitizen veteran borrower claimant tablet tag bracelet car bus truck van boat vessel client offender defendant officer worker")

// dropInner drops what is a part of a longer name: the vehicle of a motor vehicle
// agency is no data, the payment in a payment history no purpose.
func (a *analysis) dropInner() {
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.list != "data" && m.list != "purposes" {
			continue
		}
		for j := range a.mentions {
			n := &a.mentions[j]
			if (n.list == "actors" || n.list == "data" && m.list == "purposes") && n.start <= m.start && m.end <= n.end && m.end-m.start < n.end-n.start {
				a.unlist(i)
				break
			}
		}
	}
}

func (a *analysis) supported(x *Rules, i int) bool {
	m := &a.mentions[i]
	if m.end < len(a.tokens) && a.tokens[m.start].capital && a.tokens[m.end].capital && a.tokens[m.end].text == "data" {
		return false // the State's or the County's: State Data
	}
	if t := &a.tokens[m.start]; parties[t.key] && t.capital && m.start > 0 && !a.tokens[m.start-1].mark && m.end < len(a.tokens) && !a.tokens[m.end].mark {
		return false // the County, a party to a contract
	}
	for j := m.start - 1; j >= 0 && m.start-j <= 3; j-- {
		t := &a.tokens[j]
		if possessives[t.text] || t.owner || t.possessive && holders[t.key] {
			return true
		}
		if t.mark {
			break
		}
	}
	if at := m.end; at+1 < len(a.tokens) && a.tokens[at].text == "of" {
		for j := at + 1; j < len(a.tokens) && j < at+5; j++ {
			if j < at+4 && holders[a.tokens[j].key] {
				return true
			}
			for k := range a.mentions {
				if p := &a.mentions[k]; p.start == j && (p.list == "subjects" || p.list == "actors" && p.id == "individual") {
					return true
				}
			}
		}
	}
	for k := range a.groups {
		g := &a.groups[k]
		near := m.start - g.end // words between the verb and its object
		if near >= 0 && (near < 4 && hasClass(g, "track") || near == 0 || near == 1 && (a.tokens[g.end].filler || quantifiers[a.tokens[g.end].text])) && !g.passive {
			return true
		}
		if g.passive && g.start == m.end {
			return true
		}
	}
	for k := range a.mentions {
		other := &a.mentions[k]
		if k == i || other.list != "data" || x.ambiguous[a.keyOf(other)] && !a.listed(other, m) {
			continue
		}
		if a.listed(other, m) {
			return true
		}
	}
	return false
}

var quantifiers = words("all any each every these those such raw")

var parties = words("county city state town")

// listed reports whether two mentions stand in one list: at most three words
// apart, with a comma, semicolon, "and" or "or" between them.
func (a *analysis) listed(p, q *mention) bool {
	if p.start > q.start {
		p, q = q, p
	}
	if q.start-p.end > 5 || q.start < p.end {
		return false
	}
	for _, t := range a.tokens[p.end:q.start] {
		switch t.text {
		case ",", ";", "and", "or", "•":
			return true
		}
	}
	return q.start > p.end && a.tokens[q.start].glued
}

func hasClass(g *group, class string) bool {
	for _, c := range g.classes {
		if c == class {
			return true
		}
	}
	return false
}

// unlist takes a mention out.
func (a *analysis) unlist(i int) {
	m := &a.mentions[i]
	list := a.mentionAt[m.start][:0:0]
	for _, j := range a.mentionAt[m.start] {
		if int(j) != i {
			list = append(list, j)
		}
	}
	a.mentionAt[m.start] = list
	m.list = ""
}
