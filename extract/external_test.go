//go:build unix

package extract

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

const externalText = "# 5.1 Retention\n\nThe agency keeps voice prints for 7 years. Names are kept for the life of the contract.\n\n\f# 6.1 Sharing\n\nData is shared with courts.\n"

// drafted runs a shell script as the extractor of a document.
func drafted(t *testing.T, script string, timeout time.Duration) (Draft, claims.Problems) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pia.md")
	if err := os.WriteFile(path, []byte(externalText), 0o644); err != nil {
		t.Fatal(err)
	}
	o := Options{Kinds: map[string]string{"": "pia"}, External: &External{Command: []string{"sh", "-c", script}, Timeout: timeout}}
	list, problems := builtin(t).Drafts(t.Context(), document.NewReader(document.Options{}), []string{path}, o)
	if len(list) == 0 {
		return Draft{}, problems
	}
	return list[0], problems
}

func builtin(t *testing.T) *Rules {
	t.Helper()
	x, problems := Load(claims.DefaultVocabulary())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return x
}

// prints is a script that prints claims about the document's retention.
func prints(list ...string) string {
	return "cat > /dev/null; cat <<'END'\n{\"version\": 1, \"claims\": [" + strings.Join(list, ",\n") + "]}\nEND"
}

func retention(period, rest string) string {
	return `{"topic": "retention", "modality": "does", "retention": {"period": "` + period + `", "data": "voice-print"}` + rest + "}"
}

const quoted = `, "citations": [{"quote": "The agency keeps voice prints for 7 years.", "page": 1}]`

func TestExternal(t *testing.T) {
	d, problems := drafted(t, prints(
		retention("P84M", quoted),
		retention("P8Y", quoted),
		retention("P7Y", `, "citations": [{"quote": "The agency keeps voice prints for 8 years.", "page": 1}]`),
		retention("P7Y", `, "citations": [{"quote": "The agency keeps voice prints for 7 years.", "page": 2}]`),
		retention("P7Y", `, "citations": [{"quote": "The agency keeps ... 7 years.", "page": 1}]`),
		retention("P7Y", `, "document": "another"`+quoted),
		retention("seven", quoted),
		`{"topic": "sharing", "modality": "may", "document": "pia", "sharing": {"recipients": ["court"]}, "citations": [{"quote": "Data is shared with courts."}]}`,
	), time.Minute)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(d.Claims) != 3 || d.Dropped != 5 {
		t.Fatalf("%d claims, %d dropped: %v", len(d.Claims), d.Dropped, d.Notices)
	}
	for i, want := range []string{"", "the rule retention-keep-for reads period P7Y in these words", ""} {
		if c := d.Claims[i]; c.Review != "draft" || c.Extracted == nil || c.Extracted.Rule != "sh" || !c.Citations[0].HasOffsets || (want == "") != (c.Note == "") || !strings.Contains(c.Note, want) {
			t.Errorf("claim %d: %+v, want the note %q", i+1, c, want)
		}
	}
	if c := d.Claims[2].Citations[0]; c.Page != 2 || c.Section != "6.1 Sharing" {
		t.Errorf("the place was not filled in: %+v", c)
	}
	var notes strings.Builder
	for _, n := range d.Notices {
		notes.WriteString(n.Message + "\n")
	}
	for _, want := range []string{
		`claim 3 of sh is dropped: its quote does not stand`, `claim 4 of sh is dropped: its quote does not stand`, `claim 5 of sh is dropped`,
		`claim 6 of sh is dropped: it is about the document "another", which the program wasn't given`, `claim 7 of sh is dropped: retention.period "seven"`,
	} {
		if !strings.Contains(notes.String(), want) {
			t.Errorf("no note says %q:\n%s", want, notes.String())
		}
	}
}

// A program that fails in any way has drafted nothing.
func TestExternalFails(t *testing.T) {
	whole := prints(retention("P7Y", quoted))
	for name, tc := range map[string]struct{ script, want string }{
		"half a JSON":     {`cat > /dev/null; printf '{"version": 1, "claims": ['`, "ends too early"},
		"crash":           {whole + "\necho oh no >&2; exit 3", "exit status 3: oh no"},
		"killed":          {whole + "\nkill -9 $$", "signal: killed"},
		"flood":           {"yes", "printed too much"},
		"no JSON":         {"echo hello", "not JSON"},
		"nothing":         {"true", "ends too early"},
		"another version": {`echo '{"version": 9, "claims": []}'`, `version "9"`},
	} {
		t.Run(name, func(t *testing.T) {
			if d, problems := drafted(t, tc.script, time.Minute); !strings.Contains(problems.Error(), tc.want) || len(d.Claims) > 0 {
				t.Errorf("got %+v and %v, want %q", d, problems, tc.want)
			}
		})
	}
	if d, problems := drafted(t, whole+"\nsleep 60", 500*time.Millisecond); !strings.Contains(problems.Error(), "took longer than 500ms") || len(d.Claims) > 0 {
		t.Errorf("a program that hangs: %+v and %v", d, problems)
	}
}

// What a program reads is as the schema says, and holds the schema of what it
// prints.
func TestExternalInput(t *testing.T) {
	d, err := document.Parse(context.Background(), "pia.md", []byte(externalText), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := builtin(t).externalInput("pia", d, "pia")
	if n := len(in.Document.Pages); n != 2 {
		t.Fatalf("%d pages", n)
	}
	if s := in.Document.Pages[1].Sections[0]; s.Heading != "6.1 Sharing" || !strings.Contains(s.Text, "shared with courts") {
		t.Errorf("got %+v", s)
	}
	var value, schema any
	for v, from := range map[*any]any{&value: in, &schema: ExternalSchema()} {
		text, err := json.Marshal(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, v); err != nil {
			t.Fatal(err)
		}
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(value); err != nil {
		t.Error(err)
	}
}
