package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
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
	doc   *source
	terms [numRoles]*Term // by role; nil where the claim leaves the role out
	rest  string          // every other value, so that practices that differ do not fold
}

const numRoles = 6

func roleIndex(role string) int { return slices.Index(roles, role) }

// practiceKey identifies what a practice says, within its document.
type practiceKey struct {
	doc            *source
	polarity, rest string
	terms          [numRoles]*Term
}

func (p *practice) key(rest string) practiceKey {
	return practiceKey{p.doc, Polarity(p.claim.Modality), rest, p.terms}
}

// topicIndex finds the public practices of one topic.
type topicIndex struct {
	topic   *Topic
	fields  [numRoles]*Field    // the field that plays each role, nil if none
	lists   [numRoles]*TermList // its vocabulary, nil if none
	primary int                 // the role by which practices are found
	timed   bool                // claims carry a period
	names   map[string]*Term    // words of roles without a vocabulary
	byTerm  map[*Term][]*practice
	related map[*Term][]*Term

	// OPA's terms that were made before, for practices that stand alike.
	ats       map[[numRoles]*Term]*ast.Term
	relations map[relation]*ast.Term
}

// termOf returns the term of a role. A word that no vocabulary has, such as a
// name, is a term of its own.
func (ix *topicIndex) termOf(role int, id string) *Term {
	if l := ix.lists[role]; l != nil && l.Terms[id] != nil {
		return l.Terms[id]
	}
	if ix.fields[role].Type == "names" {
		id = nameSlug(id)
	}
	if ix.names[id] == nil {
		ix.names[id] = &Term{ID: id, term: ast.StringTerm(id)}
	}
	return ix.names[id]
}

// compare returns the comparisons of one topic, whose current claims have these
// indices.
func (n *normaliser) compare(topic *Topic, indices []int) *ast.Term {
	if len(indices) == 0 {
		return ast.InternedEmptyArray
	}
	ix := &topicIndex{
		topic: topic, primary: -1, timed: topic.Field("period") != nil, names: map[string]*Term{},
		byTerm: map[*Term][]*practice{}, related: map[*Term][]*Term{},
		ats: map[[numRoles]*Term]*ast.Term{}, relations: map[relation]*ast.Term{},
	}
	for i := range topic.Fields {
		f := &topic.Fields[i]
		if f.Role == "" {
			continue
		}
		role := roleIndex(f.Role)
		ix.fields[role], ix.lists[role] = f, n.v.List(f.Vocabulary)
		if f.Each && (ix.primary < 0 || f.Required == "always") {
			ix.primary = role
		}
	}
	if ix.primary < 0 {
		return ast.InternedEmptyArray // a topic without roles, such as oversight
	}
	practices := n.practices(ix, indices)
	for _, p := range extremes(practices) {
		t := p.terms[ix.primary]
		ix.byTerm[t] = append(ix.byTerm[t], p)
	}
	list := make([]*ast.Term, 0, len(practices))
	seen := make(map[practiceKey]bool, len(practices))
	for _, p := range practices {
		if key := p.key(p.rest); !seen[key] {
			seen[key] = true
			list = append(list, n.entry(ix, p))
		}
	}
	return arrayTerm(list)
}

// practices takes the current claims of a topic, by their indices, apart,
// reviewed claims before drafts so that a draft which repeats a reviewed claim
// folds into it.
func (n *normaliser) practices(ix *topicIndex, indices []int) []*practice {
	all := make([]practice, 0, len(indices))
	for _, drafts := range []bool{false, true} {
		for _, i := range indices {
			c := n.list[i]
			if (c.Review == "draft") == drafts {
				all = explode(ix, all, practice{order: i, claim: c, doc: n.docs[c.Document], rest: restOf(ix.topic, c)})
			}
		}
	}
	list := make([]*practice, len(all))
	for i := range all {
		list[i] = &all[i]
	}
	return list
}

// explode adds a practice for every combination of single terms.
func explode(ix *topicIndex, all []practice, base practice) []practice {
	first := len(all)
	all = append(all, base)
	for r, f := range slices.Backward(ix.fields[:]) { // so that the combinations stand in the order of the terms
		if f == nil || !f.Each && f.Type == "terms" {
			continue // sets are related as sets
		}
		row := len(all) - first
		for i, t := range termsOf(base.claim.value(f)) {
			if i > 0 {
				all = append(all, all[first:first+row]...)
			}
			term := ix.termOf(r, t)
			for at := len(all) - row; at < len(all); at++ {
				all[at].terms[r] = term
			}
		}
	}
	return all
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
			b.WriteString(f.Name + "=" + written(v) + "\x00")
		}
	}
	if c.Redacted {
		b.WriteString("redacted")
	}
	return b.String()
}

// written renders a value of a built-in topic, different ones differently.
func written(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		return strings.Join(v, "\x01")
	case Period:
		return v.Written
	}
	return fmt.Sprint(v)
}

// extremes returns the public practices that others are held against. Of those
// of one document that differ in their length only, the shortest and the
// longest stand for all: what keeps within the one and exceeds the other is
// decided by them.
func extremes(practices []*practice) []*practice {
	type group struct{ shortest, longest *practice }
	groups := map[practiceKey]*group{}
	var order []practiceKey
	for _, p := range practices {
		if p.doc.kind.Side != Public {
			continue
		}
		key := p.key(p.rest)
		period, isPeriod := p.claim.Values["period"].(Period)
		if _, _, bounded := period.Bounds(); isPeriod && bounded && !p.claim.Redacted {
			from, _ := p.claim.Values["from"].(string)
			key = p.key("length from " + from)
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
func (n *normaliser) entry(ix *topicIndex, p *practice) *ast.Term {
	touching := n.touching(ix, p)
	with := make([]*ast.Term, 0, len(touching))
	type standing struct {
		doc      *source
		polarity string
		relation relation
	}
	var alike map[standing]int
	if len(touching) > maxAlike {
		alike = map[standing]int{}
	}
	for _, q := range touching {
		r, ok := n.relate(ix, p, q)
		if !ok {
			continue
		}
		polarity := Polarity(q.claim.Modality)
		if alike != nil {
			s := standing{q.doc, polarity, r}
			if alike[s]++; alike[s] > maxAlike {
				continue
			}
		}
		with = append(with, objectOf(
			keyClaim, n.ids[q.order], keyDocument, q.doc.id, keyDocumentName, q.doc.name, keyKind, q.doc.kindTerm,
			keyPolarity, word(polarity), keySays, n.said(q.claim).says, keyAt, ix.at(q), keyRelation, ix.relationTerm(r), keyUnbounded, ix.unbounded(p, q),
		))
	}
	return objectOf(
		keyClaim, n.ids[p.order], keyDocument, p.doc.id, keyDocumentName, p.doc.name, keyKind, p.doc.kindTerm,
		keySide, p.doc.side, keyPolarity, word(Polarity(p.claim.Modality)), keySays, n.said(p.claim).says, keyAt, ix.at(p), keyWith, arrayTerm(with),
	)
}

// at returns the terms of a practice by role.
func (ix *topicIndex) at(p *practice) *ast.Term {
	if made := ix.ats[p.terms]; made != nil {
		return made
	}
	var e entries
	for r, t := range p.terms {
		if t != nil && roles[r] != "mode" {
			e = e.add(word(roles[r]), t.term)
		}
	}
	ix.ats[p.terms] = e.term()
	return ix.ats[p.terms]
}

// touching returns the public practices that may relate to p, in the order of
// their claims. A public practice is held against those of other documents
// that stand before it, so that each pair comes once.
func (n *normaliser) touching(ix *topicIndex, p *practice) []*practice {
	var found []*practice
	take := func(list []*practice) {
		for _, q := range list {
			if p.doc.kind.Side != Public || q.order < p.order && q.doc != p.doc {
				found = append(found, q)
			}
		}
	}
	t := p.terms[ix.primary]
	if t == nil {
		for _, list := range ix.byTerm {
			take(list)
		}
	} else {
		for _, other := range n.relatedTerms(ix, t) {
			take(ix.byTerm[other])
		}
		take(ix.byTerm[nil])
	}
	if len(found) < 2 {
		return found
	}
	slices.SortFunc(found, func(a, b *practice) int {
		return cmp.Or(cmp.Compare(a.order, b.order), slices.CompareFunc(a.terms[:], b.terms[:], func(x, y *Term) int {
			return strings.Compare(x.id(), y.id())
		}))
	})
	return found
}

// relatedTerms returns the terms under which public practices stand that are
// not disjoint from t.
func (n *normaliser) relatedTerms(ix *topicIndex, t *Term) []*Term {
	if known, ok := ix.related[t]; ok {
		return known
	}
	present := []*Term{t}
	if ix.lists[ix.primary] != nil { // names are unrelated
		present = present[:0]
		for other := range ix.byTerm {
			if other != nil && t.relate(other) != RelDisjoint {
				present = append(present, other)
			}
		}
	}
	ix.related[t] = present
	return present
}

// relation is how one practice stands to another in every dimension of the
// topic; "" where the topic does not have the dimension.
type relation struct {
	roles          [numRoles]Relation
	date, duration string
}

// relate says how practice p stands to the public practice q; ok is false when
// they are disjoint in one dimension.
func (n *normaliser) relate(ix *topicIndex, p, q *practice) (rel relation, ok bool) {
	for r, f := range ix.fields {
		if f == nil {
			continue
		}
		var one Relation
		switch list := ix.lists[r]; {
		case f.Role == "mode":
			one = relateModes(p.terms[r].ID, q.terms[r].ID)
		case f.Type == "terms" && !f.Each:
			one = list.relateSets(termsOf(p.claim.Values[f.Name]), termsOf(q.claim.Values[f.Name]))
		case p.terms[r] == nil || q.terms[r] == nil:
			one = RelUnstated
		case p.terms[r] == q.terms[r] && !Unnamed(p.terms[r].ID):
			one = RelEqual
		case f.Role == "condition" && (deniesWhole(p, r, list) || deniesWhole(q, r, list)):
			one = RelDisjoint
		case list == nil:
			one = RelDisjoint
		default:
			one = p.terms[r].relate(q.terms[r])
		}
		if one == RelDisjoint && (f.Each || f.Type != "terms") {
			return relation{}, false
		}
		rel.roles[r] = one
	}
	rel.date = relateDates(p.doc.Date, q.doc.Date)
	if ix.timed {
		rel.duration = relateRetention(p.claim, q.claim)
	}
	return rel, true
}

func (ix *topicIndex) relationTerm(r relation) *ast.Term {
	if made := ix.relations[r]; made != nil {
		return made
	}
	e := entries{ast.Item(keyDate, word(r.date))}
	for i, one := range r.roles {
		if one != "" {
			e = e.add(word(roles[i]), word(one))
		}
	}
	e = e.add(keyDuration, stated(r.duration))
	ix.relations[r] = e.term()
	return ix.relations[r]
}

// deniesWhole reports whether a practice denies the condition that is the sum of
// all others: "not continuously" leaves "at log-in" standing, while "no
// biometrics" denies voice prints.
func deniesWhole(p *practice, role int, l *TermList) bool {
	return l != nil && p.terms[role].ID == l.Root && Polarity(p.claim.Modality) == "does-not"
}

// vagueRoles are those in which the broadest term says next to nothing:
// "personal data", "anyone", "any purpose". The broadest trigger, continuous,
// is as clear as can be.
var vagueRoles = []string{"entity", "data", "purpose"}

// unbounded returns the roles in which the public practice is that vague.
func (ix *topicIndex) unbounded(p, q *practice) *ast.Term {
	var list []*ast.Term
	for r, l := range ix.lists {
		if l == nil || p.terms[r] == nil || q.terms[r] == nil || !slices.Contains(vagueRoles, roles[r]) {
			continue
		}
		if q.terms[r].ID == l.Root && p.terms[r].ID != l.Root {
			list = append(list, word(roles[r]))
		}
	}
	return arrayTerm(list)
}
