package claims

import (
	_ "embed"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"
)

// Topic is one row of the table of built-in topics (topics.yaml).
type Topic struct {
	Name, Doc  string
	Says       []string // what a claim says in words; the first template that its values fill
	Permission bool     // the verb of Says is one of allowing
	Fields     []Field

	fieldNames []string
}

// Field is one value that claims of a topic carry; topics.yaml explains each
// part.
type Field struct {
	Name, Type, Vocabulary, Role string
	Each                         bool
	Default, Required, Needs     string
	Values                       []string
	Doc                          string

	path string // "retention.period", for messages
}

//go:embed topics.yaml
var topicsYAML []byte

// Topics returns the built-in topics in their fixed order.
var Topics = sync.OnceValue(func() []Topic {
	var table struct{ Topics []Topic }
	if err := yaml.Unmarshal(topicsYAML, &table); err != nil {
		panic("claims: topics.yaml: " + err.Error()) // embedded, so a fault of the build
	}
	for i := range table.Topics {
		t := &table.Topics[i]
		for j := range t.Fields {
			f := &t.Fields[j]
			f.path = t.Name + "." + f.Name
			t.fieldNames = append(t.fieldNames, f.Name)
		}
	}
	return table.Topics
})

// TopicOf returns the built-in topic of that name, nil when there is none.
func TopicOf(name string) *Topic {
	topics := Topics()
	for i := range topics {
		if topics[i].Name == name {
			return &topics[i]
		}
	}
	return nil
}

// Field returns the topic's field of that name, nil when it has none.
func (t *Topic) Field(name string) *Field {
	if i := slices.IndexFunc(t.Fields, func(f Field) bool { return f.Name == name }); i >= 0 {
		return &t.Fields[i]
	}
	return nil
}

// roles are the dimensions of a comparison whose terms stand in a vocabulary
// or in a list of names, in the order in which they are compared.
var roles = []string{"entity", "data", "purpose", "condition", "action", "mode"}
