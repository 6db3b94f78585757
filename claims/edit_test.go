package claims

import (
	"testing"

	"gopkg.in/yaml.v3"
)

func TestEdit(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"block", "- quote: x\n  # why\n  note: y\n", "- quote: x\n  page: 2\n  start: 3\n  # why\n  note: y\n"},
		{"comment on the line", "- quote: x # why\n", "- quote: x # why\n  page: 2\n  start: 3\n"},
		{"no newline at the end", "- quote: x", "- quote: x\n  page: 2\n  start: 3"},
		{"CRLF", "- quote: x\r\n- y\r\n", "- quote: x\n  page: 2\n  start: 3\r\n- y\r\n"},
		{"flow", "- {quote: x, note: y}\n", "- {quote: x, page: 2, start: 3, note: y}\n"},
		{"flow at the end", "- {note: y, quote: 'it''s'}\n", "- {note: y, quote: 'it''s', page: 2, start: 3}\n"},
		{"double quotes", "- quote: \"a \\\" b\"\n", "- quote: \"a \\\" b\"\n  page: 2\n  start: 3\n"},
		{"folded", "- quote: >-\n    a\n\n    b\n\n- z\n", "- quote: >-\n    a\n\n    b\n  page: 2\n  start: 3\n\n- z\n"},
		{"plain over lines", "- quote: a\n    b\n    c\n- z\n", "- quote: a\n    b\n    c\n  page: 2\n  start: 3\n- z\n"},
		{"replaced", "- quote: x\n  page: 1 # was\n  start: 9\n", "- quote: x\n  page: 2 # was\n  start: 3\n"},
		{"no anchor", "- note: y\n", "- page: 2\n  start: 3\n  note: y\n"},
		{"wide characters", "- {quote: “ä”, note: y}\n", "- {quote: “ä”, page: 2, start: 3, note: y}\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := edit("f", []byte(tc.in), settingsOfFirst(t, tc.in))
			if err != nil || string(got) != tc.want {
				t.Errorf("got %q, %v\nwant %q", got, err, tc.want)
			}
		})
	}
}

func settingsOfFirst(t testing.TB, in string) map[Pos][]Setting {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(in), &doc); err != nil {
		t.Skip()
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.SequenceNode || len(doc.Content[0].Content) == 0 {
		t.Skip()
	}
	n := doc.Content[0].Content[0]
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		t.Skip()
	}
	return map[Pos][]Setting{{File: "f", Line: n.Line, Column: n.Column}: {{"quote", "page", "2"}, {"page", "start", "3"}}}
}

// Whatever the layout, an edit either keeps everything else as it was or is
// refused.
func FuzzEdit(f *testing.F) {
	for _, s := range []string{"- quote: x\n", "- {quote: x}\n", "- quote: |\n    a\n  b: c\n", "- quote: 'a'\n  page: 3\n", "- ? quote\n  : x\n", "- \"quote\": x\n", "- ? quote", "- {}:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		want := settingsOfFirst(t, in)
		got, err := edit("f", []byte(in), want)
		if err != nil {
			return
		}
		again, err := edit("f", got, want)
		if err != nil || string(again) != string(got) {
			t.Errorf("not stable: %q becomes %q, %v", got, again, err)
		}
	})
}
