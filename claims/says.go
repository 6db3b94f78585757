package claims

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Describe returns what a claim says: its values in plain form, as policies see
// them, and the same in words that can follow the name of its document, such as
// "collects voice prints by a mobile app". The words follow the topic's
// templates in topics.yaml.
func (v *Vocabulary) Describe(c *Claim) (values map[string]any, says string) {
	topic := TopicOf(c.Topic)
	if topic == nil {
		values, ok := c.Values[ownTopicKey].(map[string]any)
		if !ok {
			values = map[string]any{ownTopicKey: c.Values[ownTopicKey]}
		}
		return values, modal(c.Modality, "say") + " of " + c.Topic + ": " + plainWords(c.Values[ownTopicKey])
	}
	n := normaliser{v: v}
	term, _ := n.values(c, topic)
	plain, err := ast.JSON(term.Value)
	if err != nil {
		panic("claims: " + err.Error()) // values hold what JSON holds only
	}
	values, _ = plainNumbers(plain).(map[string]any)
	if says, ok := values["says"].(string); ok {
		return values, says
	}
	for _, template := range topic.Says {
		if says, ok := v.fill(template, topic, c); ok {
			return values, says
		}
	}
	return values, modal(c.Modality, "speak") + " of " + c.Topic
}

// plainNumbers puts the numbers of a value in the type that JSON decoders give,
// so that a result is the same whether it was saved or not.
func plainNumbers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			v[key] = plainNumbers(item)
		}
	case []any:
		for i, item := range v {
			v[i] = plainNumbers(item)
		}
	case json.Number:
		f, _ := v.Float64()
		return f
	}
	return v
}

// modal puts a verb in the third person of a modality.
func modal(modality, verb string) string {
	switch modality {
	case "does":
		return verb + "s"
	case "does-not":
		return "does not " + verb
	}
	return strings.ReplaceAll(modality, "-", " ") + " " + verb
}

// fill fills in a template: a verb, then text with fields in braces, which may
// name what stands for a field that is left out, and parts in brackets, which
// fall away when a field in them is left out. ok is false when another field
// is.
func (v *Vocabulary) fill(template string, topic *Topic, c *Claim) (says string, ok bool) {
	end := strings.IndexAny(template, " [:")
	verb, rest := template[:end], template[end:]
	modality := c.Modality
	if topic.Permission { // "may" is what the verb says
		modality = Polarity(modality)
	}
	var b strings.Builder
	b.WriteString(modal(modality, verb))
	for rest != "" {
		part, optional := rest, false
		switch open, end := strings.IndexByte(rest, '['), strings.IndexByte(rest, ']'); {
		case open == 0:
			part, rest, optional = rest[1:end], rest[end+1:], true
		case open > 0:
			part, rest = rest[:open], rest[open:]
		default:
			rest = ""
		}
		filled, whole := v.fillFields(part, topic, c)
		switch {
		case whole:
			b.WriteString(filled)
		case !optional:
			return "", false
		}
	}
	return b.String(), true
}

func (v *Vocabulary) fillFields(part string, topic *Topic, c *Claim) (filled string, whole bool) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(part, "{")
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		var name string
		name, part, _ = strings.Cut(after, "}")
		name, fallback, _ := strings.Cut(name, "|")
		words := v.fieldWords(topic.Field(name), c)
		if words == "" {
			words = fallback
		}
		if words == "" {
			return "", false
		}
		b.WriteString(words)
	}
}

// fieldWords says a field's value; empty when the claim leaves it out.
func (v *Vocabulary) fieldWords(f *Field, c *Claim) string {
	switch value := c.Values[f.Name].(type) {
	case int:
		return strconv.Itoa(value)
	case string:
		if f.Vocabulary != "" {
			return v.List(f.Vocabulary).words([]string{value})
		}
		if f.Type == "enum" {
			return strings.ReplaceAll(value, "-", " ")
		}
		return value
	case []string:
		if f.Vocabulary != "" {
			return v.List(f.Vocabulary).words(value)
		}
		return enumerate(value)
	}
	return ""
}

// plainWords says a value of a topic that is not built in.
func plainWords(value any) string {
	switch value := value.(type) {
	case nil:
		return "nothing"
	case string:
		return value
	case []any:
		words := make([]string, len(value))
		for i, item := range value {
			words[i] = plainWords(item)
		}
		return enumerate(words)
	case map[string]any:
		var words []string
		for _, key := range slices.Sorted(maps.Keys(value)) {
			words = append(words, key+" "+plainWords(value[key]))
		}
		return strings.Join(words, "; ")
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case json.Number:
		return value.String()
	}
	return fmt.Sprint(value)
}
