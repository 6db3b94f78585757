package claims

import (
	"maps"
	"slices"
	"strings"
)

// InputVersion is the version of the normalised input's shape.
const InputVersion = 1

// Normalise returns the input that policies see for a case: plain maps, lists,
// strings and numbers, as the JSON Schema "input" describes them. Superseded
// and rejected claims are set aside, terms carry their ancestors, periods their
// bounds, and related claims of the sides are paired, so that a policy needs
// no loop over all claims.
func Normalise(c *Case, v *Vocabulary) map[string]any {
	n := normaliser{c: c, v: v, docs: map[string]*Document{}, named: object{}, covered: object{}}
	documents := make([]any, 0, len(c.Documents))
	sides := map[Side][]any{}
	for i := range c.Documents {
		d := &c.Documents[i]
		n.docs[d.ID] = d
		documents = append(documents, documentInput(d))
		if kind, _ := KindOf(d.Kind); !d.Superseded {
			sides[kind.Side] = append(sides[kind.Side], d.ID)
		}
	}
	topics := map[string]any{}
	for _, t := range Topics() {
		topics[t.Name] = bySide(nil)
	}
	current, superseded := make([]any, 0, len(c.Claims)), []any{}
	position := make(map[string]any, len(c.Claims))
	index := map[string]map[Side][]any{}
	byTopic := map[string][]int{}
	for i := range c.Claims {
		cl := &c.Claims[i]
		d := n.docs[cl.Document]
		if cl.Review == "rejected" || d == nil {
			continue
		}
		in := n.claimInput(cl, d)
		if d.Superseded {
			superseded = append(superseded, in)
			continue
		}
		position[cl.ID] = len(current)
		byTopic[cl.Topic] = append(byTopic[cl.Topic], i)
		current = append(current, in)
		n.indexTerms(cl, d, in)
		if index[cl.Topic] == nil {
			index[cl.Topic] = map[Side][]any{}
		}
		kind, _ := KindOf(d.Kind)
		index[cl.Topic][kind.Side] = append(index[cl.Topic][kind.Side], cl.ID)
	}
	own := map[string]any{}
	for topic, ids := range index {
		if TopicOf(topic) == nil {
			own[topic] = bySide(ids)
		} else {
			topics[topic] = bySide(ids)
		}
	}
	comparisons := map[string]any{}
	for i := range Topics() {
		t := &Topics()[i]
		comparisons[t.Name] = n.compare(t, byTopic[t.Name])
	}
	return map[string]any{
		"version":     InputVersion,
		"case":        map[string]any{"id": c.ID, "title": c.Title},
		"system":      map[string]any{"name": c.System.Name, "operator": c.System.Operator, "contractor": c.System.Contractor},
		"documents":   documents,
		"sides":       bySide(sides),
		"claims":      current,
		"position":    position,
		"superseded":  superseded,
		"topics":      topics,
		"own_topics":  own,
		"named":       n.named,
		"covered":     n.covered,
		"comparisons": comparisons,
	}
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

type normaliser struct {
	c    *Case
	v    *Vocabulary
	docs map[string]*Document

	named, covered object // topic -> kind of document -> field -> term -> claims
}

// maxIndexed is how many claims are given for one term, to stand for all.
const maxIndexed = 4

// indexTerms enters an affirming claim under each term that it names, and under
// each that the terms are part of.
func (n *normaliser) indexTerms(c *Claim, d *Document, in object) {
	values, _ := in[c.Topic].(object)
	if values == nil || Polarity(c.Modality) != "does" {
		return
	}
	lineage := in["lineage"].(object)
	for field, covered := range lineage {
		named, several := values[field].([]any)
		if !several {
			named = []any{values[field]}
		}
		enter(n.named, c, d.Kind, field, named)
		enter(n.covered, c, d.Kind, field, covered.([]any))
	}
}

func enter(index object, c *Claim, kind, field string, terms []any) {
	at := index
	for _, key := range []string{c.Topic, kind, field} {
		next, _ := at[key].(object)
		if next == nil {
			next = object{}
			at[key] = next
		}
		at = next
	}
	for _, t := range terms {
		ids, _ := at[t.(string)].([]any)
		if len(ids) < maxIndexed {
			at[t.(string)] = append(ids, c.ID)
		}
	}
}

func bySide(ids map[Side][]any) map[string]any {
	m := make(map[string]any, len(Sides))
	for _, s := range Sides {
		if ids[s] == nil {
			m[string(s)] = []any{}
		} else {
			m[string(s)] = ids[s]
		}
	}
	return m
}

func documentInput(d *Document) map[string]any {
	kind, _ := KindOf(d.Kind)
	redacted := make([]any, 0, len(d.Redactions))
	for _, r := range d.Redactions {
		redacted = append(redacted, r.Page)
	}
	in := map[string]any{
		"id": d.ID, "kind": d.Kind, "side": string(kind.Side), "title": d.Title,
		"name": d.Name(), "superseded": d.Superseded, "redacted": redacted,
	}
	if d.Date != "" {
		in["date"] = d.Date
	}
	return in
}

func (n *normaliser) claimInput(c *Claim, d *Document) map[string]any {
	kind, _ := KindOf(d.Kind)
	in := map[string]any{
		"id": c.ID, "document": c.Document, "document_name": d.Name(), "kind": d.Kind, "side": string(kind.Side),
		"topic": c.Topic, "modality": c.Modality, "polarity": Polarity(c.Modality),
		"review": c.Review, "redacted": c.Redacted,
	}
	for key, s := range map[string]string{"date": d.Date, "implied_by": c.ImpliedBy, "implied_by_clause": c.Clause} {
		if s != "" {
			in[key] = s
		}
	}
	topic := TopicOf(c.Topic)
	if topic == nil {
		in["lineage"], in[ownTopicKey] = map[string]any{}, c.Values[ownTopicKey]
		return in
	}
	in[topic.Name], in["lineage"] = n.values(c, topic)
	return in
}

// values returns the values of a claim of a built-in topic, and by field the
// terms that it names with all their ancestors.
func (n *normaliser) values(c *Claim, topic *Topic) (values, lineage map[string]any) {
	values, lineage = make(map[string]any, len(c.Values)+4), map[string]any{}
	for i := range topic.Fields {
		f := &topic.Fields[i]
		value, stated := c.Values[f.Name]
		if !stated && f.Default != "" {
			value, stated = defaultValue(f), true
		}
		if !stated {
			continue
		}
		switch value := value.(type) {
		case []string:
			values[f.Name] = anyList(value)
		case Period:
			n.periodInput(values, value, c)
		default:
			values[f.Name] = value
		}
		if f.Vocabulary != "" {
			lineage[f.Name] = anyList(n.v.List(f.Vocabulary).lineageOf(termsOf(value)))
		}
	}
	return values, lineage
}

func defaultValue(f *Field) any {
	if f.Type == "terms" {
		return []string{f.Default}
	}
	return f.Default
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

func (l *TermList) lineageOf(terms []string) []string {
	all := map[string]bool{}
	for _, t := range terms {
		if term := l.Terms[t]; term != nil {
			maps.Copy(all, term.lineage)
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func (n *normaliser) periodInput(values map[string]any, p Period, c *Claim) {
	values["period"], values["kind"] = p.Written, string(p.Kind)
	if shortest, longest, ok := p.Bounds(); ok {
		values["days"] = map[string]any{"min": shortest, "max": longest}
	}
	text := n.periodText(p, c)
	values["text"] = text
	kept := map[string]string{
		"does": " is kept ", "may": " may be kept ", "must": " must be kept ",
		"does-not": " is not kept ", "must-not": " must not be kept ",
	}[c.Modality]
	data, _ := c.Values["data"].([]string)
	if data == nil {
		data = []string{TopicOf(c.Topic).Field("data").Default}
	}
	list := n.v.List("data")
	if len(data) == 1 && data[0] == list.Root {
		values["says"] = list.words(data) + kept + text
	} else { // labels are singular and plural, so they can't be the subject
		values["says"] = "data" + kept + text + " (" + list.words(data) + ")"
	}
}

// words says a list of terms as a sentence does: "a", "a and b", "a, b and c".
func (l *TermList) words(terms []string) string {
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
