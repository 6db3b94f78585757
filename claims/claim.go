package claims

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// claimKeys are the keys of a claim that don't depend on its topic.
var claimKeys = []string{"id", "document", "topic", "modality", "review", "extracted", "redacted", "note", "citations"}

// ownTopicKey holds the values of topics that are not built in.
const ownTopicKey = "values"

func (l *loader) readClaims(n *yaml.Node) {
	items := l.optionalItems(n, "claims")
	l.c.Claims = slices.Grow(l.c.Claims, len(items))
	for i, item := range items {
		l.within("claim", i+1, func(what *subject) {
			c, m := l.readClaim(item, what)
			if m == nil {
				return
			}
			for _, key := range []string{"id", "document", "citations"} {
				if !m.has(key) {
					l.addf(item, "%s has no %s", what, key)
				}
			}
			if len(c.Citations) == 0 && m.has("citations") {
				l.addf(m.get("citations"), "%s has no citation; every claim needs at least one quote", what)
			}
			l.c.Claims = append(l.c.Claims, c)
		})
	}
}

// readClaim reads one claim. The mapping is nil when the node is none.
func (l *loader) readClaim(n *yaml.Node, what *subject) (Claim, mapping) {
	c := Claim{Pos: l.pos(n)}
	m := l.pairs(n, "")
	if m == nil {
		return c, nil
	}
	if c.ID = l.slug(m.get("id"), "id"); c.ID != "" {
		what.id = c.ID
	}
	c.Topic = l.slug(m.get("topic"), "topic")
	topic, values := l.topicOf(m, c.Topic)
	for _, p := range m {
		if key := p.key.Value; key != values && !slices.Contains(claimKeys, key) {
			l.addf(p.key, "%s: unknown key %q%s", what, key, l.unknownClaimKey(key, c.Topic, topic, append(slices.Clone(claimKeys), values)))
		}
	}
	for _, key := range []string{"topic", "modality"} {
		if !m.has(key) {
			l.addf(n, "%s has no %s", what, key)
		}
	}
	c.Document = l.str(m.get("document"), "document")
	c.Modality = l.oneOf(m.get("modality"), "modality", Modalities)
	if c.Review = l.oneOf(m.get("review"), "review", Reviews); c.Review == "" {
		c.Review = "accepted"
	}
	c.Extracted = l.readExtracted(m.get("extracted"))
	c.Redacted = l.boolean(m.get("redacted"), "redacted")
	c.Note = l.str(m.get("note"), "note")
	switch {
	case topic != nil && m.has(topic.Name):
		c.Values = l.readValues(m.get(topic.Name), topic, c.Modality)
	case topic != nil:
		l.addf(n, "%s: no values: put them under %q", what, topic.Name)
	case m.has(ownTopicKey):
		c.Values = map[string]any{ownTopicKey: l.raw(m.get(ownTopicKey))}
	}
	citations := l.optionalItems(m.get("citations"), "citations")
	c.Citations = make([]Citation, 0, len(citations))
	for i, item := range citations {
		l.within("citation", i+1, func(what *subject) { l.readCitation(&c, item, what) })
	}
	return c, m
}

// readExtracted reads where a drafted claim comes from.
func (l *loader) readExtracted(n *yaml.Node) *Extracted {
	if n == nil {
		return nil
	}
	m := l.mapping(n, "extracted", "rule", "confidence")
	e := &Extracted{Rule: l.str(m.get("rule"), "extracted: rule")}
	if !m.has("rule") && n.Kind == yaml.MappingNode {
		l.addf(n, "%s has no rule", l.named("extracted"))
	}
	if s := l.str(m.get("confidence"), "extracted: confidence"); s != "" {
		var err error
		if e.Confidence, err = strconv.ParseFloat(s, 64); err != nil || !(e.Confidence >= 0 && e.Confidence <= 1) {
			l.addf(m.get("confidence"), "%s %q is not a number from 0 to 1", l.named("extracted: confidence"), s)
		}
	}
	return e
}

// topicOf returns the built-in topic of that name, nil when the topic is the
// author's own, and the key under which its values stand. A slip of a built-in
// topic is told, and its values are read as that topic's all the same.
func (l *loader) topicOf(m mapping, name string) (*Topic, string) {
	if topic := TopicOf(name); topic != nil {
		return topic, topic.Name
	}
	if name == "" || m.has(ownTopicKey) {
		return nil, ownTopicKey
	}
	near := nearest(name, topicNames())
	if near == "" {
		l.addf(m.get("topic"), "%s: topic %q is not built in; a topic of your own keeps its values under %q. Built in are %s",
			l.subject, name, ownTopicKey, strings.Join(topicNames(), ", "))
		return nil, name
	}
	l.addf(m.get("topic"), "%s: unknown topic %q; did you mean %q?", l.subject, name, near)
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
func (l *loader) readValues(n *yaml.Node, topic *Topic, modality string) map[string]any {
	m := l.mapping(n, topic.Name, topic.fieldNames...)
	values := make(map[string]any, len(m))
	for i := range topic.Fields {
		f := &topic.Fields[i]
		value := m.get(f.Name)
		if value == nil {
			if f.Required == "always" || f.Required == "affirmed" && Polarity(modality) == "does" {
				l.addf(n, "%s: %s has no %s", l.subject, topic.Name, f.Name)
			}
			continue
		}
		if v := l.readValue(value, f); v != nil {
			values[f.Name] = v
		}
		if f.Needs != "" && !m.has(f.Needs) {
			l.addf(value, "%s: %s makes sense only together with %s", l.subject, f.path, f.Needs)
		}
	}
	if p, ok := values["period"].(Period); ok && p.Written == "until-event" && !m.has("until") {
		l.addf(m.get("period"), "%s: %s.period until-event needs the event: add until", l.subject, topic.Name)
	}
	if len(m) == 0 && n.Kind == yaml.MappingNode {
		l.addf(n, "%s: %s holds no value", l.subject, topic.Name)
	}
	return values
}

// readValue reads one value by its field's type; nil when it is no such value.
func (l *loader) readValue(n *yaml.Node, f *Field) any {
	what := f.path
	switch f.Type {
	case "term":
		if s := l.term(n, what, f.Vocabulary); s != "" {
			return s
		}
	case "terms":
		vocabulary := l.vocabulary.List(f.Vocabulary)
		if known := l.strs(n, what, func(s string, item *yaml.Node) bool {
			if vocabulary.Terms[s] == nil {
				l.addf(item, "%s: %s", l.named(what), vocabulary.unknownTerm(s))
				return false
			}
			return true
		}); len(known) > 0 {
			return known
		}
		if n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
			l.addf(n, "%s is empty; name a term or leave the key out", l.named(what))
		}
	case "names":
		if list := l.strs(n, what, nil); len(list) > 0 {
			return list
		}
	case "period":
		s := l.str(n, what)
		if s == "" {
			return nil
		}
		p, err := ParsePeriod(s)
		if err != nil {
			l.addf(n, "%s %v", l.named(what), err)
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

func (l *loader) readCitation(c *Claim, n *yaml.Node, what *subject) {
	m := l.mapping(n, "", "quote", "page", "section", "start", "end")
	if !m.has("quote") {
		if n.Kind == yaml.MappingNode {
			l.addf(n, "%s has no quote", what)
		}
		return
	}
	cit := Citation{
		Quote: l.str(m.get("quote"), "quote"), Section: l.str(m.get("section"), "section"),
		Pos: l.pos(n), QuotePos: l.pos(m.get("quote")), PagePos: l.pos(m.get("page")),
		SectionPos: l.pos(m.get("section")), OffsetPos: l.pos(m.get("start")),
	}
	if m.get("page") != nil {
		cit.Page, _ = l.integer(m.get("page"), "page", 1)
	}
	if cit.Quote == "" {
		l.addf(m.get("quote"), "%s has an empty quote", what)
		return
	}
	if m.has("start") != m.has("end") {
		l.addf(n, "%s: start and end stand together or not at all; `pia-check verify --update` fills them in", what)
	} else if m.get("start") != nil {
		var ok1, ok2 bool
		cit.Start, ok1 = l.integer(m.get("start"), "start", 0)
		cit.End, ok2 = l.integer(m.get("end"), "end", 1)
		cit.HasOffsets = ok1 && ok2
		if cit.HasOffsets && cit.End <= cit.Start {
			l.addf(m.get("end"), "%s: end %d must be greater than start %d", what, cit.End, cit.Start)
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
			l := loader{vocabulary: v, decoder: decoder{file: t.Pos.File, problems: problems, subject: &subject{kind: "clause", id: id}}}
			l.within("implied claim", i+1, func(what *subject) {
				if c, m := l.readClaim(&t.Implies[i], what); m != nil {
					t.implied = append(t.implied, c)
				}
			})
		}
	}
}

// AddImplied adds what the clauses that a contract contains say, each as a claim
// of its own that rests on the same citations. Load does so.
func (c *Case) AddImplied(v *Vocabulary) {
	clauses := v.List("clauses")
	for i := range c.Claims {
		parent := &c.Claims[i]
		if parent.Topic != "clause" || Polarity(parent.Modality) != "does" {
			continue
		}
		named, _ := parent.Values["clauses"].([]string)
		for _, id := range named {
			for n, implied := range clauses.Terms[id].implied {
				implied.ID = fmt.Sprintf("%s.%s.%d", parent.ID, id, n+1)
				implied.Document, implied.Citations, implied.Review, implied.Redacted = parent.Document, parent.Citations, parent.Review, parent.Redacted
				implied.ImpliedBy, implied.Clause, implied.Pos = parent.ID, id, parent.Pos
				c.Claims = append(c.Claims, implied)
			}
		}
	}
}
