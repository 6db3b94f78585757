package claims

import (
	"strings"
	"testing"
)

func TestDescribe(t *testing.T) {
	years, err := ParsePeriod("P7Y")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		topic, modality string
		values          map[string]any
		want            string
	}{
		{"retention", "does", map[string]any{"period": years, "from": "end-of-participation"}, "personal data is kept for 7 years after the end of participation"},
		{"retention", "must-not", map[string]any{"period": years, "data": []string{"voice-print"}}, "data must not be kept for 7 years (voice print)"},
		{"collection", "does", map[string]any{"data": []string{"voice-print"}}, "collects voice print"},
		{"collection", "may", map[string]any{"data": []string{"voice-print"}, "means": []string{"mobile-app"}}, "may collect voice print by a mobile app"},
		{"tracking", "does-not", map[string]any{"triggers": []string{"continuous"}, "mode": "capability"}, "does not take data (continuous tracking), as a capability"},
		{"rights", "may", map[string]any{"rights": "unlimited", "holder": "ice", "acts": []string{"use", "sell"}}, "allows ICE unlimited rights in the data: use and sale"},
		{"rights", "must-not", map[string]any{"acts": []string{"sell"}}, "does not allow: sale"},
		{"safeguard", "does", map[string]any{"incident": "breach", "affected": 12}, "tells of breach, 12 people affected"},
		{"coverage", "must", map[string]any{"systems": []string{"HART", "VeriWatch"}}, "must cover HART and VeriWatch"},
		{"oversight", "does", map[string]any{"recommendation": "delete it", "status": "partially-implemented"}, "says that a recommendation is partially implemented: delete it"},
		{"cost", "does", map[string]any{"values": map[string]any{"amount": float64(5), "currency": "USD"}}, "says of cost: amount 5; currency USD"},
		{"cost", "does", map[string]any{"values": []any{"high", true}}, "says of cost: high and true"},
	} {
		_, says := DefaultVocabulary().Describe(&Claim{Topic: test.topic, Modality: test.modality, Values: test.values})
		if says != test.want {
			t.Errorf("%s %s: %q, want %q", test.topic, test.modality, says, test.want)
		}
	}
}

func TestDescribeValues(t *testing.T) {
	p, err := ParsePeriod("P1D")
	if err != nil {
		t.Fatal(err)
	}
	values, _ := DefaultVocabulary().Describe(&Claim{Topic: "retention", Modality: "does", Values: map[string]any{"period": p}})
	days, _ := values["days"].(map[string]any)
	if days["min"] != 1.0 || days["max"] != 1.0 || values["period"] != "P1D" {
		t.Errorf("%#v", values)
	}
}

// A topic's templates name its own fields, and one of them can be filled by
// whatever a claim must have.
func TestSaysTemplates(t *testing.T) {
	v := DefaultVocabulary()
	for i := range Topics() {
		topic := &Topics()[i]
		if topic.Field("period") != nil {
			continue // put in words by its period
		}
		for _, template := range topic.Says {
			for _, part := range strings.Split(template, "{")[1:] {
				name, _, closed := strings.Cut(part, "}")
				name, _, _ = strings.Cut(name, "|")
				if !closed || topic.Field(name) == nil {
					t.Errorf("%s: %q names no field of the topic", topic.Name, name)
				}
			}
		}
		for _, f := range topic.Fields {
			c := &Claim{Topic: topic.Name, Modality: "does", Values: map[string]any{}}
			for _, g := range topic.Fields {
				if g.Required == "always" || g.Name == f.Name || g.Name == f.Needs {
					switch g.Type {
					case "terms":
						c.Values[g.Name] = []string{v.List(g.Vocabulary).IDs()[0]}
					case "term":
						c.Values[g.Name] = v.List(g.Vocabulary).IDs()[0]
					case "names":
						c.Values[g.Name] = []string{"Name"}
					case "integer":
						c.Values[g.Name] = 1
					case "enum":
						c.Values[g.Name] = g.Values[0]
					default:
						c.Values[g.Name] = "text"
					}
				}
			}
			if _, says := v.Describe(c); strings.HasPrefix(says, "speaks") || strings.ContainsAny(says, "[]{}|") {
				t.Errorf("%s with %s: %q", topic.Name, f.Name, says)
			}
		}
	}
}
