package claims

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// InputVersion is the version of the normalised input's shape.
const InputVersion = 1

// Parts names the parts of the input that are wanted: its keys, such as
// "claims", and "comparisons.retention" for the comparisons of one topic.
// Nil stands for all.
type Parts map[string]bool

func (p Parts) want(key string) bool { return p == nil || p[key] }

// inputParts are the parts of the input and what makes each. The schema says
// the same of their shapes (InputSchema).
var inputParts = []struct {
	key  *ast.Term
	make func(*normaliser) *ast.Term
}{
	{keyVersion, func(*normaliser) *ast.Term { return ast.InternedTerm(InputVersion) }},
	{keyCase, func(n *normaliser) *ast.Term {
		return objectOf(keyID, ast.StringTerm(n.c.ID), keyTitle, ast.StringTerm(n.c.Title))
	}},
	{keySystem, func(n *normaliser) *ast.Term {
		s := n.c.System
		return objectOf(keyName, ast.StringTerm(s.Name), keyOperator, ast.StringTerm(s.Operator), keyContractor, ast.StringTerm(s.Contractor))
	}},
	{keyDocuments, (*normaliser).documents},
	{keySides, (*normaliser).sides},
	{keyClaims, func(n *normaliser) *ast.Term { return n.claims(n.current) }},
	{keyPosition, (*normaliser).position},
	{keySuperseded, func(n *normaliser) *ast.Term { return n.claims(n.superseded) }},
	{keyTopics, func(n *normaliser) *ast.Term {
		var topics entries
		for i := range Topics() {
			t := &Topics()[i]
			topics = topics.add(word(t.Name), n.bySide(n.byTopic[t.Name]))
		}
		return topics.term()
	}},
	{keyOwnTopics, func(n *normaliser) *ast.Term {
		var topics entries
		for topic, indices := range n.byTopic {
			if TopicOf(topic) == nil {
				topics = topics.add(ast.StringTerm(topic), n.bySide(indices))
			}
		}
		return topics.term()
	}},
	{keyNamed, func(n *normaliser) *ast.Term {
		return n.index(func(_ *TermList, terms []string) []string { return terms })
	}},
	{keyCovered, func(n *normaliser) *ast.Term { return n.index((*TermList).lineageOf) }},
	{keyComparisons, (*normaliser).comparisons},
}

// Normalise returns the input that policies see for a case, as the JSON Schema
// "input" describes it, or the wanted parts of it. Superseded and rejected
// claims are set aside, terms carry their ancestors, periods their bounds, and
// related claims of the sides are paired, so that a policy needs no loop over
// all claims.
func Normalise(c *Case, v *Vocabulary, wanted Parts) ast.Value {
	n := newNormaliser(c, v, wanted)
	var in entries
	for _, part := range inputParts {
		if key := string(part.key.Value.(ast.String)); wanted.want(key) || part.key == keyComparisons {
			in = in.add(part.key, part.make(n))
		}
	}
	return in.term().Value
}

// Data returns the vocabulary as policies see it under data.vocabulary.
func (v *Vocabulary) Data() map[string]any {
	lists := map[string]any{}
	for _, l := range v.Lists() {
		terms := map[string]any{}
		for id, t := range l.Terms {
			term := map[string]any{"label": t.Label, "ancestors": anyList(t.Ancestors)}
			for key, s := range map[string]string{"iri": t.IRI, "number": t.Number, "title": t.Title} {
				if s != "" {
					term[key] = s
				}
			}
			terms[id] = term
		}
		lists[l.Name] = terms
	}
	return map[string]any{"vocabulary": lists}
}

// normaliser makes the input of one case.
type normaliser struct {
	c      *Case
	v      *Vocabulary
	wanted Parts

	list                []*Claim
	docs                map[string]*source
	ids                 []*ast.Term      // by index in list; nil of rejected ones
	current, superseded []int            // indices in list
	byTopic             map[string][]int // of current ones
	inWords             map[*Claim]said
}

// source is a document and what is said of it in many places.
type source struct {
	*Document
	kind                           Kind
	id, name, kindTerm, side, date *ast.Term
}

func newNormaliser(c *Case, v *Vocabulary, wanted Parts) *normaliser {
	n := &normaliser{
		c: c, v: v, wanted: wanted, list: c.byID(), docs: make(map[string]*source, len(c.Documents)),
		ids: make([]*ast.Term, len(c.Claims)), current: make([]int, 0, len(c.Claims)), byTopic: map[string][]int{},
	}
	for i := range c.Documents {
		d := &c.Documents[i]
		kind, _ := KindOf(d.Kind)
		n.docs[d.ID] = &source{
			Document: d, kind: kind, id: ast.StringTerm(d.ID), name: ast.StringTerm(d.Name()),
			kindTerm: word(d.Kind), side: word(kind.Side), date: stated(d.Date),
		}
	}
	for i, cl := range n.list {
		d := n.docs[cl.Document]
		if cl.Review == "rejected" || d == nil {
			continue
		}
		n.ids[i] = ast.StringTerm(cl.ID)
		if d.Superseded {
			n.superseded = append(n.superseded, i)
			continue
		}
		n.current = append(n.current, i)
		n.byTopic[cl.Topic] = append(n.byTopic[cl.Topic], i)
	}
	return n
}

// byID returns the claims of the case in the order of their ids. Where a few
// claims stand for many, or two are held against each other, what the policies
// say is then the same in whatever order the case file has them.
func (c *Case) byID() []*Claim {
	list := make([]*Claim, len(c.Claims))
	for i := range c.Claims {
		list[i] = &c.Claims[i]
	}
	slices.SortStableFunc(list, func(a, b *Claim) int { return strings.Compare(a.ID, b.ID) })
	return list
}

func (n *normaliser) documents() *ast.Term {
	all := make([]*ast.Term, 0, len(n.c.Documents))
	for i := range n.c.Documents {
		d := n.docs[n.c.Documents[i].ID]
		redacted := make([]*ast.Term, 0, len(d.Redactions))
		for _, r := range d.Redactions {
			redacted = append(redacted, ast.InternedTerm(r.Page))
		}
		all = append(all, objectOf(
			keyID, d.id, keyKind, d.kindTerm, keySide, d.side, keyTitle, ast.StringTerm(d.Title), keyName, d.name,
			keySuperseded, ast.InternedTerm(d.Superseded), keyRedacted, arrayTerm(redacted), keyDate, d.date,
		))
	}
	return arrayTerm(all)
}

// sides lists the current documents by side.
func (n *normaliser) sides() *ast.Term {
	ids := map[Side][]*ast.Term{}
	for i := range n.c.Documents {
		if d := n.docs[n.c.Documents[i].ID]; !d.Superseded {
			ids[d.kind.Side] = append(ids[d.kind.Side], d.id)
		}
	}
	return sidesTerm(ids)
}

// bySide lists claims by side.
func (n *normaliser) bySide(indices []int) *ast.Term {
	ids := map[Side][]*ast.Term{}
	for _, i := range indices {
		side := n.docs[n.list[i].Document].kind.Side
		ids[side] = append(ids[side], n.ids[i])
	}
	return sidesTerm(ids)
}

func sidesTerm(ids map[Side][]*ast.Term) *ast.Term {
	var e entries
	for _, s := range Sides {
		e = e.add(word(s), arrayTerm(ids[s]))
	}
	return e.term()
}

func (n *normaliser) position() *ast.Term {
	e := make(entries, 0, len(n.current))
	for at, i := range n.current {
		e = e.add(n.ids[i], ast.InternedTerm(at))
	}
	return e.term()
}

func (n *normaliser) comparisons() *ast.Term {
	e := make(entries, 0, 16)
	for i := range Topics() {
		t := &Topics()[i]
		if n.wanted.want("comparisons") || n.wanted.want("comparisons."+t.Name) {
			e = e.add(word(t.Name), n.compare(t, n.byTopic[t.Name]))
		}
	}
	if len(e) == 0 {
		return nil
	}
	return e.term()
}

// maxIndexed is how many claims are given for one term, to stand for all.
const maxIndexed = 4

// index lists the affirming claims by topic, kind of document, field and term:
// those that a field's terms stand for.
func (n *normaliser) index(standFor func(l *TermList, terms []string) []string) *ast.Term {
	type place struct{ topic, kind, field string }
	found := map[place]map[string][]*ast.Term{}
	for _, i := range n.current {
		c := n.list[i]
		topic := TopicOf(c.Topic)
		if topic == nil || Polarity(c.Modality) != "does" {
			continue
		}
		for j := range topic.Fields {
			f := &topic.Fields[j]
			if f.Vocabulary == "" {
				continue
			}
			terms := termsOf(c.value(f))
			if terms == nil {
				continue
			}
			at := place{c.Topic, n.docs[c.Document].Kind, f.Name}
			if found[at] == nil {
				found[at] = map[string][]*ast.Term{}
			}
			for _, t := range standFor(n.v.List(f.Vocabulary), terms) {
				if ids := found[at][t]; len(ids) < maxIndexed {
					found[at][t] = append(ids, n.ids[i])
				}
			}
		}
	}
	byTopic := map[string]map[string]entries{}
	for at, terms := range found {
		e := make(entries, 0, len(terms))
		for t, ids := range terms {
			e = e.add(ast.StringTerm(t), arrayTerm(ids))
		}
		if byTopic[at.topic] == nil {
			byTopic[at.topic] = map[string]entries{}
		}
		byTopic[at.topic][at.kind] = append(byTopic[at.topic][at.kind], ast.Item(word(at.field), e.term()))
	}
	var topics entries
	for topic, byKind := range byTopic {
		var kinds entries
		for kind, fields := range byKind {
			kinds = kinds.add(word(kind), fields.term())
		}
		topics = topics.add(word(topic), kinds.term())
	}
	return topics.term()
}

func (n *normaliser) claims(indices []int) *ast.Term {
	all := make([]*ast.Term, len(indices))
	for at, i := range indices {
		all[at] = n.claim(i)
	}
	return arrayTerm(all)
}

func (n *normaliser) claim(i int) *ast.Term {
	c := n.list[i]
	d := n.docs[c.Document]
	topic := TopicOf(c.Topic)
	key, values, lineage := keyValues, (*ast.Term)(nil), ast.InternedEmptyObject
	if topic != nil {
		key = word(topic.Name)
		values, lineage = n.values(c, topic)
	} else {
		values = anyTerm(c.Values[ownTopicKey])
	}
	return objectOf(
		keyID, n.ids[i], keyDocument, d.id, keyDocumentName, d.name, keyKind, d.kindTerm, keySide, d.side,
		keyTopic, word(c.Topic), keyModality, word(c.Modality), keyPolarity, word(Polarity(c.Modality)),
		keyReview, word(c.Review), keyRedacted, ast.InternedTerm(c.Redacted), keyDate, d.date,
		keyImpliedBy, stated(c.ImpliedBy), keyImpliedByClause, stated(c.Clause), key, values, keyLineage, lineage,
	)
}

// value returns the value of a field: what the claim states, or else the
// field's default; nil when it has none.
func (c *Claim) value(f *Field) any {
	if value, stated := c.Values[f.Name]; stated {
		return value
	}
	switch {
	case f.Default == "":
		return nil
	case f.Type == "terms":
		return []string{f.Default}
	}
	return f.Default
}

// values returns the values of a claim of a built-in topic, and by field the
// terms that it names with all their ancestors.
func (n *normaliser) values(c *Claim, topic *Topic) (values, lineage *ast.Term) {
	e, l := make(entries, 0, 16), make(entries, 0, 8)
	for i := range topic.Fields {
		f := &topic.Fields[i]
		value := c.value(f)
		if value == nil {
			continue
		}
		key := word(f.Name)
		if f.Vocabulary != "" {
			vocabulary := n.v.List(f.Vocabulary)
			l = l.add(key, vocabulary.lineageTerm(termsOf(value)))
			if _, one := value.(string); !one {
				e = e.add(key, vocabulary.listTerm(value.([]string)))
				continue
			}
			e = e.add(key, vocabulary.term(value.(string)))
			continue
		}
		switch value := value.(type) {
		case Period:
			e = n.period(e, value, c)
		case []string:
			e = e.add(key, stringList(value))
		case string:
			e = e.add(key, word(value))
		default:
			e = e.add(key, anyTerm(value))
		}
	}
	return e.term(), l.term()
}

// termsOf returns the terms of a field's value, be it one or several.
func termsOf(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []string:
		return value
	}
	return nil
}

// lineageOf returns the terms and all their ancestors, sorted.
func (l *TermList) lineageOf(terms []string) []string {
	var all []string
	for _, t := range terms {
		if term := l.Terms[t]; term != nil {
			all = append(append(all, t), term.Ancestors...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// term returns the shared OPA term of a term of the list.
func (l *TermList) term(id string) *ast.Term {
	if t := l.Terms[id]; t != nil {
		return t.term
	}
	return ast.StringTerm(id)
}

func (l *TermList) listTerm(ids []string) *ast.Term {
	terms := make([]*ast.Term, len(ids))
	for i, id := range ids {
		terms[i] = l.term(id)
	}
	return arrayTerm(terms)
}

// lineageTerm is the OPA term of lineageOf, which of a single term is shared.
func (l *TermList) lineageTerm(ids []string) *ast.Term {
	if len(ids) != 1 || l.Terms[ids[0]] == nil {
		return l.listTerm(l.lineageOf(ids))
	}
	t := l.Terms[ids[0]]
	if shared := t.lineageTerm.Load(); shared != nil {
		return shared
	}
	made := l.listTerm(l.lineageOf(ids))
	t.lineageTerm.Store(made)
	return made
}

var kept = map[string]string{
	"does": " is kept ", "may": " may be kept ", "must": " must be kept ",
	"does-not": " is not kept ", "must-not": " must not be kept ",
}

// period adds what there is to say of a period.
func (n *normaliser) period(e entries, p Period, c *Claim) entries {
	e = e.add(word("period"), ast.StringTerm(p.Written))
	e = e.add(keyKind, word(p.Kind))
	if shortest, longest, ok := p.Bounds(); ok {
		e = e.add(keyDays, objectOf(keyMin, numberTerm(shortest), keyMax, numberTerm(longest)))
	}
	said := n.said(c)
	e = e.add(keyText, said.text)
	return e.add(keySays, said.says)
}

// said is a retention claim in words: its period, so that "is kept" can precede
// it, and the whole claim, so that "says that" can.
type said struct{ text, says *ast.Term }

// said returns no words for a claim without a period.
func (n *normaliser) said(c *Claim) said {
	if known, ok := n.inWords[c]; ok {
		return known
	}
	p, ok := c.Values["period"].(Period)
	if !ok {
		return said{}
	}
	text := n.periodText(p, c)
	data, _ := c.Values["data"].([]string)
	if data == nil {
		data = []string{TopicOf(c.Topic).Field("data").Default}
	}
	list := n.v.List("data")
	says := "data" + kept[c.Modality] + text + " (" + list.words(data) + ")"
	if len(data) == 1 && data[0] == list.Root { // other labels are singular and plural, so they can't be the subject
		says = list.words(data) + kept[c.Modality] + text
	}
	made := said{ast.StringTerm(text), ast.StringTerm(says)}
	if n.inWords == nil {
		n.inWords = map[*Claim]said{}
	}
	n.inWords[c] = made
	return made
}

// words says a list of terms as a sentence does: "a", "a and b", "a, b and c".
func (l *TermList) words(terms []string) string {
	if len(terms) == 1 {
		return l.Label(terms[0])
	}
	labels := make([]string, len(terms))
	for i, t := range terms {
		labels[i] = l.Label(t)
	}
	return enumerate(labels)
}

// enumerate joins words as a sentence does.
func enumerate(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// periodText says a retention period so that "is kept ..." can precede it.
func (n *normaliser) periodText(p Period, c *Claim) string {
	events := n.v.List("events")
	until, _ := c.Values["until"].(string)
	if p.Written == "until-event" && until != "" {
		return "until " + events.Label(until)
	}
	text := p.Text()
	if p.Kind == Temporal {
		text = "for " + text
	}
	if from, _ := c.Values["from"].(string); from != "" && p.Kind != UntilTime && p.Kind != UntilEvent {
		text += " after " + events.Label(from)
	}
	return text
}

func anyList[T any](list []T) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// nameSlug folds a proper name so that spellings of one name compare equal.
func nameSlug(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 127)
	}), "-")
}
