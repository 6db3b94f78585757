package claims

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Comparison pairs claims of one topic for the policies. A claim is taken apart
// into practices of a single term per role, as PolicyLint (Andow et al., USENIX
// Security 2019) does with policy sentences; each practice is held against the
// practices of public documents that touch it in every role. How they relate
// is said here; what that means is the policies' business.
//
// The cost is linear in claims: practices that repeat each other in one
// document fold into the first, and are found through their terms.

// practice is one claim in one combination of single terms.
type practice struct {
	order int // of the claim in the case
	claim *Claim
	doc   *Document
	kind  Kind
	terms [numRoles]string // by role; "" where the claim leaves the role out
	rest  string           // every other value, so that practices that differ do not fold
}

const numRoles = 6

func roleIndex(role string) int { return slices.Index(roles, role) }

// key identifies what the practice says, within its document.
func (p *practice) key(rest string) string {
	return p.doc.ID + "\x00" + Polarity(p.claim.Modality) + "\x00" + strings.Join(p.terms[:], "\x00") + "\x00" + rest
}

// topicIndex finds the public practices of one topic.
type topicIndex struct {
	topic   *Topic
	fields  [numRoles]*Field // the field that plays each role, nil if none
	primary int              // the role by which practices are found
	byTerm  map[string][]*practice
	related map[string][]string
}

// compare returns the comparisons of one topic, whose current claims have these
// indices.
func (n *normaliser) compare(topic *Topic, indices []int) []any {
	if len(indices) == 0 {
		return []any{}
	}
	ix := &topicIndex{topic: topic, primary: -1, byTerm: map[string][]*practice{}, related: map[string][]string{}}
	for i := range topic.Fields {
		f := &topic.Fields[i]
		if f.Role == "" {
			continue
		}
		ix.fields[roleIndex(f.Role)] = f
		if f.Each && (ix.primary < 0 || f.Required == "always") {
			ix.primary = roleIndex(f.Role)
		}
	}
	if ix.primary < 0 {
		return []any{} // a topic without roles, such as oversight
	}
	practices := n.practices(ix, indices)
	for _, p := range extremes(practices) {
		t := p.terms[ix.primary]
		ix.byTerm[t] = append(ix.byTerm[t], p)
	}
	entries := []any{}
	seen := map[string]bool{}
	for _, p := range practices {
		if key := p.key(p.rest); !seen[key] {
			seen[key] = true
			entries = append(entries, n.entry(ix, p))
		}
	}
	return entries
}

// practices takes the current claims of a topic, by their indices, apart, reviewed claims before
// drafts so that a draft which repeats a reviewed claim folds into it.
func (n *normaliser) practices(ix *topicIndex, indices []int) []*practice {
	var list []*practice
	for _, drafts := range []bool{false, true} {
		for _, i := range indices {
			c := &n.c.Claims[i]
			if (c.Review == "draft") != drafts {
				continue
			}
			d := n.docs[c.Document]
			kind, _ := KindOf(d.Kind)
			base := practice{order: i, claim: c, doc: d, kind: kind, rest: restOf(ix.topic, c)}
			list = append(list, explode(ix, base)...)
		}
	}
	return list
}

// explode returns a practice for every combination of single terms.
func explode(ix *topicIndex, base practice) []*practice {
	all := []practice{base}
	for r, f := range ix.fields {
		if f == nil || !f.Each && f.Type == "terms" {
			continue // sets are related as sets
		}
		terms := termsOf(base.claim.Values[f.Name])
		if len(terms) == 0 {
			if f.Default == "" {
				continue
			}
			terms = []string{f.Default}
		}
		next := make([]practice, 0, len(all)*len(terms))
		for _, p := range all {
			for _, t := range terms {
				if f.Type == "names" {
					t = nameSlug(t)
				}
				p.terms[r] = t
				next = append(next, p)
			}
		}
		all = next
	}
	list := make([]*practice, len(all))
	for i := range all {
		list[i] = &all[i]
	}
	return list
}

// restOf renders the values that are not taken apart but change what is said.
// Free text, such as the number of a records schedule, doesn't.
func restOf(topic *Topic, c *Claim) string {
	var b strings.Builder
	for i := range topic.Fields {
		f := &topic.Fields[i]
		if f.Role != "" && (f.Each || f.Type != "terms") || f.Type == "string" || f.Type == "enum" {
			continue
		}
		if v, ok := c.Values[f.Name]; ok {
			if p, ok := v.(Period); ok {
				v = p.Written
			}
			fmt.Fprintf(&b, "%s=%v\x00", f.Name, v)
		}
	}
	if c.Redacted {
		b.WriteString("redacted")
	}
	return b.String()
}

// extremes returns the public practices that others are held against. Of those
// of one document that differ in their length only, the shortest and the
// longest stand for all: what keeps within the one and exceeds the other is
// decided by them.
func extremes(practices []*practice) []*practice {
	type group struct{ shortest, longest *practice }
	groups := map[string]*group{}
	var order []string
	for _, p := range practices {
		if p.kind.Side != Public {
			continue
		}
		key := p.key(p.rest)
		period, isPeriod := p.claim.Values["period"].(Period)
		if _, _, bounded := period.Bounds(); isPeriod && bounded && !p.claim.Redacted {
			key = p.key(fmt.Sprint("length from ", p.claim.Values["from"]))
		}
		g := groups[key]
		if g == nil {
			groups[key] = &group{p, p}
			order = append(order, key)
			continue
		}
		if isPeriod {
			if CompareDurations(period, g.shortest.claim.Values["period"].(Period)) == Shorter {
				g.shortest = p
			}
			if CompareDurations(period, g.longest.claim.Values["period"].(Period)) == Longer {
				g.longest = p
			}
		}
	}
	var list []*practice
	for _, key := range order {
		g := groups[key]
		list = append(list, g.shortest)
		if g.longest != g.shortest {
			list = append(list, g.longest)
		}
	}
	return list
}

// maxAlike is how many public practices of one document are given that a
// practice stands to in the very same way. It is more than a person reads, and
// keeps a practice about all personal data from being held against every
// category of a long list.
const maxAlike = 4

// entry returns one practice with the public practices that it touches.
func (n *normaliser) entry(ix *topicIndex, p *practice) map[string]any {
	with := []any{}
	alike := map[string]int{}
	for _, q := range n.touching(ix, p) {
		relation, key, ok := n.relate(ix, p, q)
		if !ok {
			continue
		}
		if alike[key]++; alike[key] > maxAlike {
			continue
		}
		with = append(with, map[string]any{
			"claim": q.claim.ID, "document": q.doc.ID, "kind": q.doc.Kind, "polarity": Polarity(q.claim.Modality),
			"at": at(q), "relation": relation, "unbounded": n.unbounded(ix, p, q),
		})
	}
	return map[string]any{
		"claim": p.claim.ID, "document": p.doc.ID, "kind": p.doc.Kind, "side": string(p.kind.Side),
		"polarity": Polarity(p.claim.Modality), "at": at(p), "with": with,
	}
}

func at(p *practice) map[string]any {
	m := map[string]any{}
	for r, t := range p.terms {
		if t != "" && roles[r] != "mode" {
			m[roles[r]] = t
		}
	}
	return m
}

// touching returns the public practices that may relate to p, in the order of
// their claims. A public practice is held against those of other documents
// that stand before it, so that each pair comes once.
func (n *normaliser) touching(ix *topicIndex, p *practice) []*practice {
	var found []*practice
	take := func(list []*practice) {
		for _, q := range list {
			if p.kind.Side != Public || q.order < p.order && q.doc != p.doc {
				found = append(found, q)
			}
		}
	}
	t := p.terms[ix.primary]
	if t == "" {
		for _, list := range ix.byTerm {
			take(list)
		}
	} else {
		for _, other := range n.relatedTerms(ix, t) {
			take(ix.byTerm[other])
		}
		take(ix.byTerm[""])
	}
	slices.SortFunc(found, func(a, b *practice) int {
		return cmp.Or(cmp.Compare(a.order, b.order), slices.Compare(a.terms[:], b.terms[:]))
	})
	return found
}

// relatedTerms returns the terms under which public practices stand that are
// not disjoint from t.
func (n *normaliser) relatedTerms(ix *topicIndex, t string) []string {
	if known, ok := ix.related[t]; ok {
		return known
	}
	all := map[string]bool{t: true}
	if f := ix.fields[ix.primary]; f.Vocabulary != "" {
		list := n.v.List(f.Vocabulary)
		if term := list.Terms[t]; term != nil {
			maps.Copy(all, term.lineage)
			for d := range term.descendant {
				maps.Copy(all, list.Terms[d].lineage) // what overlaps t shares a narrower term
			}
		}
	}
	var present []string
	for other := range all {
		if len(ix.byTerm[other]) > 0 {
			present = append(present, other)
		}
	}
	ix.related[t] = present
	return present
}

// relate says how practice p stands to the public practice q in every
// dimension of the topic, also as a key that is the same for all of one
// document that stand alike; ok is false when they are disjoint in one.
func (n *normaliser) relate(ix *topicIndex, p, q *practice) (relation map[string]any, key string, ok bool) {
	date := relateDates(p.doc.Date, q.doc.Date)
	var rels [numRoles]Relation
	for r, f := range ix.fields {
		if f == nil {
			continue
		}
		var rel Relation
		switch {
		case f.Role == "mode":
			rel = relateModes(p.terms[r], q.terms[r])
		case f.Type == "terms" && !f.Each:
			rel = n.v.List(f.Vocabulary).relateSets(termsOf(p.claim.Values[f.Name]), termsOf(q.claim.Values[f.Name]))
		case p.terms[r] == "" || q.terms[r] == "":
			rel = RelUnstated
		case p.terms[r] == q.terms[r]:
			rel = RelEqual
		case f.Role == "condition" && (deniesWhole(p, r, n.v.List(f.Vocabulary)) || deniesWhole(q, r, n.v.List(f.Vocabulary))):
			rel = RelDisjoint
		case f.Vocabulary == "":
			rel = RelDisjoint
		default:
			rel = n.v.List(f.Vocabulary).Relate(p.terms[r], q.terms[r])
		}
		if rel == RelDisjoint && (f.Each || f.Type != "terms") {
			return nil, "", false
		}
		rels[r] = rel
		key += string(rel) + " "
	}
	relation = map[string]any{"date": date}
	for r, rel := range rels {
		if rel != "" {
			relation[roles[r]] = string(rel)
		}
	}
	if ix.topic.Field("period") != nil {
		duration := relateRetention(p.claim, q.claim)
		relation["duration"] = duration
		key += duration
	}
	return relation, q.doc.ID + " " + Polarity(q.claim.Modality) + " " + key, true
}

// deniesWhole reports whether a practice denies the condition that is the sum of
// all others: "not continuously" leaves "at log-in" standing, while "no
// biometrics" denies voice prints.
func deniesWhole(p *practice, role int, l *TermList) bool {
	return p.terms[role] == l.Root && Polarity(p.claim.Modality) == "does-not"
}

// vagueRoles are those in which the broadest term says next to nothing:
// "personal data", "anyone", "any purpose". The broadest trigger, continuous,
// is as clear as can be.
var vagueRoles = []string{"entity", "data", "purpose"}

// unbounded returns the roles in which the public practice is that vague.
func (n *normaliser) unbounded(ix *topicIndex, p, q *practice) []any {
	list := []any{}
	for r, f := range ix.fields {
		if f == nil || !slices.Contains(vagueRoles, f.Role) || f.Vocabulary == "" || p.terms[r] == "" || q.terms[r] == "" {
			continue
		}
		if root := n.v.List(f.Vocabulary).Root; q.terms[r] == root && p.terms[r] != root {
			list = append(list, roles[r])
		}
	}
	return list
}
