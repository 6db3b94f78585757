package claims

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write makes a case folder of files and returns its path.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const head = "case: {id: x, title: X}\ndocuments: [{id: pia, kind: pia, title: P, path: p.txt}, {id: c, kind: contract, title: C, path: c.txt}]\n"

func TestLoadErrors(t *testing.T) {
	claim := func(rest string) string {
		return head + "claims:\n  - {id: a, document: pia, citations: [{quote: q}], " + rest + "}\n"
	}
	for _, tc := range []struct{ name, text, want string }{
		{"empty", "", "is empty"},
		{"only comments", "# nothing\n", "is empty"},
		{"a list", "- a\n", "the case file must be a mapping of keys to values, not a list"},
		{"two documents", head + "---\n" + head, "holds several YAML documents"},
		{"NUL byte", head + "claims: \x00\n", "case.yaml:3: holds a NUL byte"},
		{"tab indentation", "case:\n\tid: x\n", "case.yaml:2: not valid YAML"},
		{"no case", "documents: []\n", `has no "case"`},
		{"unknown top key", head + "claim: []\n", `unknown key "claim"; did you mean "claims"?`},
		{"key twice", head + "documents: []\n", `"documents" stands twice`},
		{"alias", "case: &c {id: x, title: X}\ndocuments: []\nsystem: *c\n", "anchors and aliases are not read"},
		{"bad sha", strings.Replace(head, "path: p.txt", "path: p.txt, sha256: abc", 1), "is not 64 lower-case hexadecimal digits"},
		{"bad url", strings.Replace(head, "path: p.txt", "path: p.txt, url: ftp://x", 1), "must start with https:// or http://"},
		{"supersedes nothing", strings.Replace(head, "path: p.txt", "path: p.txt, supersedes: pias", 1), `supersedes "pias", which is no document of this case; did you mean "pia"?`},
		{"redaction without page", strings.Replace(head, "path: p.txt", "path: p.txt, redactions: [{exemption: (b)(4)}]", 1), "a redaction names no page"},
		{"period", claim("topic: retention, modality: does, retention: {period: 7 yrs}"), `case.yaml:4:107: claim "a": retention.period "7 yrs" is not an ISO 8601 duration; write P7Y`},
		{"period missing", claim("topic: retention, modality: does, retention: {from: collection}"), "retention has no period"},
		{"until missing", claim("topic: retention, modality: does, retention: {period: until-event}"), "until-event needs the event"},
		{"wrong value key", claim("topic: retention, modality: does, rights: {rights: unlimited}"), `the topic is retention, so its values stand under "retention"`},
		{"value not indented", claim("topic: retention, modality: does, retention: {period: P1Y}, from: collection"), `indent it below "retention"`},
		{"enum", claim("topic: tracking, modality: does, tracking: {triggers: log-in, mode: practise}"), `did you mean "practice"?`},
		{"integer", claim("topic: safeguard, modality: does, safeguard: {incident: loss, affected: many}"), `affected "many" is not a whole number from 0 upwards`},
		{"needs", claim("topic: safeguard, modality: does, safeguard: {affected: 6000}"), "makes sense only together with incident"},
		{"twice in a list", claim("topic: collection, modality: does, collection: {data: [name, name]}"), `names "name" twice`},
		{"empty list", claim("topic: collection, modality: does, collection: {data: []}"), "is empty"},
		{"no values", claim("topic: collection, modality: does"), `no values: put them under "collection"`},
		{"a form for a term", claim("topic: collection, modality: does, collection: {data: SSN}"), `did you mean "social-security-number"?`},
		{"start without end", head + "claims: [{id: a, document: pia, topic: use, modality: does, use: {purposes: audit}, citations: [{quote: q, start: 4}]}]\n", "start and end stand together"},
		{"end before start", head + "claims: [{id: a, document: pia, topic: use, modality: does, use: {purposes: audit}, citations: [{quote: q, start: 4, end: 2}]}]\n", "end 2 must be greater than start 4"},
		{"empty quote", head + "claims: [{id: a, document: pia, topic: use, modality: does, use: {purposes: audit}, citations: [{quote: ''}]}]\n", "empty quote"},
		{"bad id", head + "claims: [{id: a b, document: pia}]\n", "use letters, digits"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, problems := Load(write(t, map[string]string{"case.yaml": tc.text}), DefaultVocabulary())
			if !strings.Contains(problems.Error(), tc.want) {
				t.Errorf("got %v\nwant %q", problems, tc.want)
			}
		})
	}
}

func TestLoadTellsEveryProblemAtOnce(t *testing.T) {
	_, problems := Load(write(t, map[string]string{"case.yaml": head + `claims:
  - {id: a, document: pai, topic: retention, modality: dose, retention: {period: 7y, from: colection}, citations: []}
  - {id: a, document: pia, topic: use, modality: does, use: {purposes: [audti]}, citations: [{quot: x}]}
`}), DefaultVocabulary())
	if len(problems) < 8 {
		t.Errorf("%d problems told, want 8 or more:\n%v", len(problems), problems)
	}
}

func TestLoadRefusesHugeFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "case.yaml")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(100 << 20); err != nil {
		t.Fatal(err)
	}
	f.Close()
	_, problems := Load(file, DefaultVocabulary())
	if !strings.Contains(problems.Error(), "has 100 MB, more than the 64 MB that a case file may have") {
		t.Errorf("got %v", problems)
	}
}

func TestLoadSplitCase(t *testing.T) {
	c, problems := Load(write(t, map[string]string{
		"case.yaml":       head,
		"claims/a.yaml":   "claims:\n  - {id: a, document: pia, topic: use, modality: does, use: {purposes: audit}, citations: [{quote: q}]}\n",
		"claims/b.yaml":   "claims:\n  - {id: b, document: c, topic: use, modality: must, use: {purposes: [audit]}, citations: [{quote: q}]}\n",
		"claims/notes.md": "not read",
	}), DefaultVocabulary())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(c.Claims) != 2 || len(c.Files) != 3 || c.Claims[0].Review != "accepted" {
		t.Errorf("got %+v", c)
	}
}

func TestOwnTopicPassesUntouched(t *testing.T) {
	c, problems := Load(write(t, map[string]string{"case.yaml": head + `claims:
  - id: a
    document: pia
    topic: redress
    modality: may
    values: {days: 30, since: 2024-01-31, ways: [mail, {web: true}], share: 0.5}
    citations: [{quote: q}]
`}), DefaultVocabulary())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	in := facts(t, c)
	values := in["claims"].([]any)[0].(map[string]any)["values"].(map[string]any)
	if values["days"] != json.Number("30") || values["since"] != "2024-01-31" || values["share"] != json.Number("0.5") || len(values["ways"].([]any)) != 2 {
		t.Errorf("got %#v", values)
	}
	if ids := in["own_topics"].(map[string]any)["redress"].(map[string]any)["public"].([]any); len(ids) != 1 {
		t.Errorf("got %v", in["own_topics"])
	}
}

func TestClausesImplyClaims(t *testing.T) {
	c, problems := Load(write(t, map[string]string{"case.yaml": head + `claims:
  - {id: clauses, document: c, topic: clause, modality: does, clause: {clauses: [far-52.227-17]}, citations: [{quote: q}]}
`}), DefaultVocabulary())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	implied := c.Claim("clauses.far-52.227-17.1")
	if implied == nil || implied.Topic != "rights" || implied.Values["rights"] != "unlimited" ||
		implied.ImpliedBy != "clauses" || implied.Document != "c" || len(implied.Citations) != 1 {
		t.Errorf("got %+v", implied)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(head + "claims:\n  - {id: a, document: pia, topic: retention, modality: does, retention: {period: P7Y}, citations: [{quote: q, page: 1}]}\n")
	f.Add("case: &a [*a]\n")
	f.Add("documents: {a: b}\nclaims: {}\ncase: []\nsystem: 3\n")
	f.Add(head + "claims: [{topic: x, values: {a: {b: [1, 2.5, true, null, 2020-01-01]}}}]\n")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		file := filepath.Join(dir, "case.yaml")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		c, problems := Load(file, DefaultVocabulary())
		if len(problems) == 0 {
			facts(t, c)
		}
		for _, p := range problems {
			if p.Pos.File == "" || p.Message == "" {
				t.Errorf("a problem without place or words: %+v", p)
			}
		}
	})
}
