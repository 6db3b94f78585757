package extract

import (
	"bytes"
	"fmt"
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/pia-check/pia-check/claims"
)

// ClaimNode returns a claim as a case file has it, its keys in the order in
// which a person reads them.
func ClaimNode(c *claims.Claim) *yaml.Node {
	m := mapping{}
	m.text("id", c.ID)
	m.text("document", c.Document)
	m.text("topic", c.Topic)
	m.text("modality", c.Modality)
	m.text("review", c.Review)
	if e := c.Extracted; e != nil {
		from := mapping{flow: true}
		from.text("rule", e.Rule)
		from.plain("confidence", strconv.FormatFloat(e.Confidence, 'g', 3, 64))
		m.node("extracted", from.yaml())
	}
	if c.Redacted {
		m.plain("redacted", "true")
	}
	m.text("note", c.Note)
	if topic := claims.TopicOf(c.Topic); topic != nil {
		values := mapping{flow: true}
		for _, f := range topic.Fields {
			switch v := c.Values[f.Name].(type) {
			case nil:
			case []string:
				list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
				for _, s := range v {
					list.Content = append(list.Content, scalar(s))
				}
				values.node(f.Name, list)
			case int:
				values.plain(f.Name, strconv.Itoa(v))
			case claims.Period:
				values.text(f.Name, v.Written)
			default:
				values.text(f.Name, fmt.Sprint(v))
			}
		}
		m.node(topic.Name, values.yaml())
	}
	citations := &yaml.Node{Kind: yaml.SequenceNode}
	for _, cit := range c.Citations {
		n := mapping{}
		n.text("quote", cit.Quote)
		n.plain("page", strconv.Itoa(cit.Page))
		n.text("section", cit.Section)
		if cit.HasOffsets {
			n.plain("start", strconv.Itoa(cit.Start))
			n.plain("end", strconv.Itoa(cit.End))
		}
		citations.Content = append(citations.Content, n.yaml())
	}
	m.node("citations", citations)
	return m.yaml()
}

// mapping builds a YAML mapping; what is empty is left out.
type mapping struct {
	content []*yaml.Node
	flow    bool
}

func scalar(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	return n
}

func (m *mapping) node(key string, value *yaml.Node) {
	if len(value.Content) > 0 || value.Kind == yaml.ScalarNode {
		m.content = append(m.content, scalar(key), value)
	}
}

func (m *mapping) text(key, value string) {
	if value != "" {
		m.node(key, scalar(value))
	}
}

// plain adds a number or a truth value.
func (m *mapping) plain(key, value string) {
	m.node(key, &yaml.Node{Kind: yaml.ScalarNode, Value: value})
}

func (m *mapping) yaml() *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Content: m.content}
	if m.flow {
		n.Style = yaml.FlowStyle
	}
	return n
}

// render returns a node as YAML text.
func render(n *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil {
		return nil, err
	}
	return b.Bytes(), enc.Close()
}

// ClaimValue returns a claim as a case file has it, as plain Go values.
func ClaimValue(c *claims.Claim) (map[string]any, error) {
	var v map[string]any
	if err := ClaimNode(c).Decode(&v); err != nil {
		return nil, err
	}
	return v, nil
}
