package claims

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

func item(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Content[0]
}

func TestAppendItems(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a new file", "", "claims:\n  - id: b\n    quote: 'It''s: so'\n"},
		{"a list with comments", "claims:\n  # first\n  - id: a # why\n    note: x\n", "claims:\n  # first\n  - id: a # why\n    note: x\n\n  - id: b\n    quote: 'It''s: so'\n"},
		{"a list without indent", "claims:\n- id: a\n", "claims:\n- id: a\n\n- id: b\n  quote: 'It''s: so'\n"},
		{"a key behind it", "claims:\n  - id: a\n\n# the end\nother: 1\n", "claims:\n  - id: a\n\n  - id: b\n    quote: 'It''s: so'\n\n# the end\nother: 1\n"},
		{"no such key", "case: {id: c}\n", "case: {id: c}\n\nclaims:\n  - id: b\n    quote: 'It''s: so'\n"},
		{"no newline at the end", "claims:\n  - id: a", "claims:\n  - id: a\n\n  - id: b\n    quote: 'It''s: so'"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := appendItems([]byte(tt.text), "claims", []*yaml.Node{item(t, "id: b\nquote: 'It''s: so'")})
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
	for _, text := range []string{"claims: [{id: a}]\n", "claims: none\n", "- a\n"} {
		if got, err := appendItems([]byte(text), "claims", []*yaml.Node{item(t, "id: b")}); err == nil {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func FuzzAppendItems(f *testing.F) {
	f.Add("claims:\n  - id: a\n", "id: b")
	f.Add("a: 1\nclaims:\n- x\n# end\n", "quote: \"a\\nb\"")
	f.Fuzz(func(t *testing.T, text, added string) {
		var doc yaml.Node
		if yaml.Unmarshal([]byte(added), &doc) != nil || len(doc.Content) == 0 {
			return
		}
		got, err := appendItems([]byte(text), "claims", []*yaml.Node{doc.Content[0]})
		if err != nil {
			return
		}
		var before, after struct{ Claims []any }
		if yaml.Unmarshal([]byte(text), &before) != nil {
			return
		}
		if err := yaml.Unmarshal(got, &after); err == nil && len(after.Claims) != len(before.Claims)+1 {
			t.Errorf("%d claims became %d", len(before.Claims), len(after.Claims))
		}
		if !strings.Contains(string(got), strings.TrimRight(text, "\n \t\r")) && len(before.Claims) == 0 {
			t.Errorf("the text changed")
		}
	})
}
