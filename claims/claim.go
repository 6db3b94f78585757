package claims

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// claimKeys are the keys of a claim that don't depend on its topic.
var claimKeys = []string{"id", "document", "topic", "modality", "review", "redacted", "note", "citations"}

// ownTopicKey holds the values of topics that are not built in.
const ownTopicKey = "values"

func (l *loader) readClaims(n *yaml.Node) {
	for i, item := range l.optionalItems(n, "claims") {
		c, m := l.readClaim(item, fmt.Sprintf("claim %d", i+1), "id", "document", "citations")
		if m == nil {
			continue
		}
		what := claimName(c.ID, i)
		if len(c.Citations) == 0 && m["citations"] != nil {
			l.addf(m["citations"], "%s has no citation; every claim needs at least one quote", what)
		}
		l.c.Claims = append(l.c.Claims, c)
	}
}

func claimName(id string, i int) string {
	if id != "" {
		return fmt.Sprintf("claim %q", id)
	}
	return fmt.Sprintf("claim %d", i+1)
}

// readClaim reads one claim; required names the keys that it must have beside
// topic and modality. The map is nil when the node is no mapping.
func (l *loader) readClaim(n *yaml.Node, what string, required ...string) (Claim, map[string]*yaml.Node) {
	c := Claim{Pos: l.pos(n)}
	entries := l.pairs(n, what)
	if entries == nil {
		return c, nil
	}
	m := make(map[string]*yaml.Node, len(entries))
	for _, p := range entries {
		m[p.key.Value] = p.value
	}
	if c.ID = l.slug(m["id"], what+": id"); c.ID != "" {
		what = fmt.Sprintf("claim %q", c.ID)
	}
	topicName := l.slug(m["topic"], what+": topic")
	topic, values := l.topicOf(m, topicName, what)
	allowed := append(slices.Clone(claimKeys), values)
	for _, p := range entries {
		if !slices.Contains(allowed, p.key.Value) {
			l.addf(p.key, "%s: unknown key %q%s", what, p.key.Value, l.unknownClaimKey(p.key.Value, topicName, topic, allowed))
		}
	}
	for _, key := range append(required, "topic", "modality") {
		if m[key] == nil {
			l.addf(n, "%s has no %s", what, key)
		}
	}
	c.Document = l.str(m["document"], what+": document")
	c.Topic = topicName
	c.Modality = l.oneOf(m["modality"], what+": modality", Modalities)
	if c.Review = l.oneOf(m["review"], what+": review", Reviews); c.Review == "" {
		c.Review = "accepted"
	}
	c.Redacted = l.boolean(m["redacted"], what+": redacted")
	c.Note = l.str(m["note"], what+": note")
	switch {
	case topic != nil:
		c.Values = l.readValues(m[topic.Name], topic, c.Modality, what, n)
	case m[ownTopicKey] != nil:
		c.Values = map[string]any{ownTopicKey: l.raw(m[ownTopicKey])}
	}
	for i, item := range l.optionalItems(m["citations"], what+": citations") {
		l.readCitation(&c, item, fmt.Sprintf("%s: citation %d", what, i+1))
	}
	return c, m
}

// topicOf returns the built-in topic of that name, nil when the topic is the
// author's own, and the key under which its values stand. A slip of a built-in
// topic is told, and its values are read as that topic's all the same.
func (l *loader) topicOf(m map[string]*yaml.Node, name, what string) (*Topic, string) {
	if topic := TopicOf(name); topic != nil {
		return topic, topic.Name
	}
	if name == "" || m[ownTopicKey] != nil {
		return nil, ownTopicKey
	}
	near := nearest(name, topicNames())
	if near == "" {
		l.addf(m["topic"], "%s: topic %q is not built in; a topic of your own keeps its values under %q. Built in are %s",
			what, name, ownTopicKey, strings.Join(topicNames(), ", "))
		return nil, name
	}
	l.addf(m["topic"], "%s: unknown topic %q; did you mean %q?", what, name, near)
	return TopicOf(near), near
}

func (l *loader) unknownClaimKey(key, topicName string, topic *Topic, allowed []string) string {
	if t := TopicOf(key); t != nil && topic != nil {
		return fmt.Sprintf("; the topic is %s, so its values stand under %q", topicName, topicName)
	}
	if topic != nil && topic.Field(key) != nil {
		return fmt.Sprintf("; indent it below %q", topicName)
	}
	return orList(didYouMean(key, allowed), allowed)
}

func topicNames() []string {
	var names []string
	for _, t := range Topics() {
		names = append(names, t.Name)
	}
	return names
}

// readValues reads the values of a built-in topic by its row of the table.
func (l *loader) readValues(n *yaml.Node, topic *Topic, modality, what string, claim *yaml.Node) map[string]any {
	if n == nil {
		if claim != nil {
			l.addf(claim, "%s: no values: put them under %q", what, topic.Name)
		}
		return nil
	}
	var names []string
	for _, f := range topic.Fields {
		names = append(names, f.Name)
	}
	m := l.mapping(n, what+": "+topic.Name, names...)
	values := make(map[string]any, len(m))
	for i := range topic.Fields {
		f := &topic.Fields[i]
		if m[f.Name] == nil {
			if f.Required == "always" || f.Required == "affirmed" && Polarity(modality) == "does" {
				l.addf(n, "%s: %s has no %s", what, topic.Name, f.Name)
			}
			continue
		}
		if v := l.readValue(m[f.Name], f, what+": "+topic.Name+"."+f.Name); v != nil {
			values[f.Name] = v
		}
		if f.Needs != "" && m[f.Needs] == nil {
			l.addf(m[f.Name], "%s: %s.%s makes sense only together with %s", what, topic.Name, f.Name, f.Needs)
		}
	}
	if p, ok := values["period"].(Period); ok && p.Written == "until-event" && m["until"] == nil {
		l.addf(m["period"], "%s: %s.period until-event needs the event: add until", what, topic.Name)
	}
	if len(m) == 0 && n.Kind == yaml.MappingNode {
		l.addf(n, "%s: %s holds no value", what, topic.Name)
	}
	return values
}

// readValue reads one value by its field's type; nil when it is no such value.
func (l *loader) readValue(n *yaml.Node, f *Field, what string) any {
	switch f.Type {
	case "term":
		if s := l.term(n, what, f.Vocabulary); s != "" {
			return s
		}
	case "terms":
		list, nodes := l.strs(n, what)
		known := list[:0]
		vocabulary := l.vocabulary.List(f.Vocabulary)
		for i, s := range list {
			if vocabulary.Terms[s] == nil {
				l.addf(nodes[i], "%s: %s", what, vocabulary.unknownTerm(s))
				continue
			}
			known = append(known, s)
		}
		if len(known) > 0 {
			return known
		}
		if n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
			l.addf(n, "%s is empty; name a term or leave the key out", what)
		}
	case "names":
		if list, _ := l.strs(n, what); len(list) > 0 {
			return list
		}
	case "period":
		s := l.str(n, what)
		if s == "" {
			return nil
		}
		p, err := ParsePeriod(s)
		if err != nil {
			l.addf(n, "%s %v", what, err)
			return nil
		}
		return p
	case "enum":
		if s := l.oneOf(n, what, f.Values); s != "" {
			return s
		}
	case "integer":
		if i, ok := l.integer(n, what, 0); ok {
			return i
		}
	default:
		if s := l.str(n, what); s != "" {
			return s
		}
	}
	return nil
}

func (l *loader) readCitation(c *Claim, n *yaml.Node, what string) {
	m := l.mapping(n, what, "quote", "page", "section", "start", "end")
	if m["quote"] == nil {
		if n.Kind == yaml.MappingNode {
			l.addf(n, "%s has no quote", what)
		}
		return
	}
	cit := Citation{
		Quote: l.str(m["quote"], what+": quote"), Section: l.str(m["section"], what+": section"),
		Pos: l.pos(n), QuotePos: l.pos(m["quote"]), PagePos: l.pos(m["page"]),
		SectionPos: l.pos(m["section"]), OffsetPos: l.pos(m["start"]),
	}
	if m["page"] != nil {
		cit.Page, _ = l.integer(m["page"], what+": page", 1)
	}
	if cit.Quote == "" {
		l.addf(m["quote"], "%s has an empty quote", what)
		return
	}
	if (m["start"] == nil) != (m["end"] == nil) {
		l.addf(n, "%s: start and end stand together or not at all; `pia-check verify --update` fills them in", what)
	} else if m["start"] != nil {
		var ok1, ok2 bool
		cit.Start, ok1 = l.integer(m["start"], what+": start", 0)
		cit.End, ok2 = l.integer(m["end"], what+": end", 1)
		cit.HasOffsets = ok1 && ok2
		if cit.HasOffsets && cit.End <= cit.Start {
			l.addf(m["end"], "%s: end %d must be greater than start %d", what, cit.End, cit.Start)
		}
	}
	c.Citations = append(c.Citations, cit)
}

// readImplied reads what the clauses of the library imply, as claims.
func (v *Vocabulary) readImplied(problems *Problems) {
	list := v.List("clauses")
	if list == nil {
		return
	}
	for _, id := range list.IDs() {
		t := list.Terms[id]
		for i := range t.Implies {
			l := loader{vocabulary: v, decoder: decoder{file: t.Pos.File, problems: problems}}
			c, m := l.readClaim(&t.Implies[i], fmt.Sprintf("clause %q: implied claim %d", id, i+1))
			if m != nil {
				t.implied = append(t.implied, c)
			}
		}
	}
}

// addImplied adds what the clauses that a contract contains say, each as a
// claim of its own that rests on the same citations.
func (l *loader) addImplied() {
	clauses := l.vocabulary.List("clauses")
	for i := range l.c.Claims {
		parent := &l.c.Claims[i]
		if parent.Topic != "clause" || Polarity(parent.Modality) != "does" {
			continue
		}
		named, _ := parent.Values["clauses"].([]string)
		for _, id := range named {
			for n, c := range clauses.Terms[id].implied {
				c.ID = fmt.Sprintf("%s.%s.%d", parent.ID, id, n+1)
				c.Document, c.Citations, c.Review, c.Redacted = parent.Document, parent.Citations, parent.Review, parent.Redacted
				c.ImpliedBy, c.Clause, c.Pos = parent.ID, id, parent.Pos
				l.c.Claims = append(l.c.Claims, c)
			}
		}
	}
}
