package check

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

const fixtures = "../fixtures"

func engine(t testing.TB, timeout time.Duration, paths ...string) *Engine {
	t.Helper()
	set, problems := LoadPolicies(len(paths) == 0, paths...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	e, err := NewEngine(context.Background(), set, claims.DefaultVocabulary(), timeout)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// store keeps what was read of documents: scans take seconds.
var store *document.Store

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "check-")
	if err != nil {
		panic(err)
	}
	store = document.NewStore(dir)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

func fixture(t testing.TB, name string) *claims.Case {
	t.Helper()
	if _, err := exec.LookPath("tesseract"); err != nil && name == "smartlink" {
		t.Skip("its contract is a scan; needs tesseract: apt-get install tesseract-ocr")
	}
	c, problems := Reader(claims.DefaultVocabulary(), document.NewReader(document.Options{Store: store}))(t.Context(), filepath.Join(fixtures, name))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

// policy writes a policy of the given rules and returns its file.
func policy(t *testing.T, rules string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "policy.rego")
	text := "# METADATA\n# title: Test\n# description: Test.\n# custom: {id: TST-001, severity: low, topic: test}\npackage test\n\n" + rules
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestFindingsRestOnVerifiedCitations(t *testing.T) {
	findings, problems := engine(t, DefaultTimeout).Evaluate(context.Background(), fixture(t, "smartlink"), 2)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, f := range findings {
		if f.Outcome == NotApplicable {
			continue
		}
		if f.Message == "" || f.Fingerprint == "" || len(f.Claims) == 0 {
			t.Errorf("%s %s is not whole: %+v", f.Policy, f.Outcome, f)
		}
		for _, c := range f.Claims {
			for _, cit := range c.Citations {
				if cit.Page < 1 || cit.End <= cit.Start || cit.Match == "" {
					t.Errorf("%s rests on %s, whose citation is not verified: %+v", f.Policy, c.ID, cit)
				}
			}
		}
	}
}

// The findings of the lead case that the public reporting is about.
func TestSmartLINK(t *testing.T) {
	findings, _ := engine(t, DefaultTimeout).Evaluate(context.Background(), fixture(t, "smartlink"), 1)
	got := map[string]bool{}
	for _, f := range findings {
		var ids []string
		for _, c := range f.Claims {
			ids = append(ids, c.ID)
		}
		got[f.Policy+" "+strings.Join(ids, " ")+" "+string(f.Outcome)] = true
	}
	for key, want := range map[string]Outcome{
		"RET-001 assessment-retention records-retention":       Fail, // 7 years against indefinite
		"RET-001 faq-retention records-retention":              Fail, // life of the contract against indefinite
		"RET-003 assessment-retention faq-retention":           Fail, // the public side contradicts itself
		"RGT-002 faq-no-sale contract-rights":                  Fail, // unlimited rights against no disclosure
		"TRK-002 faq-not-capable records-capable":              Fail, // not capable against capable
		"CON-001 statement-not-monitored marketplace-followed": Fail, // not monitored against 24 hours
		"TRK-001 assessment-tracking records-tracking":         Fail, // location during video calls
		"COL-001 assessment-collection records-collection":     Fail, // pregnancy, voice prints, contacts' numbers
		"SAF-001 faq-encryption":                               Open, // encryption with no contract term
	} {
		if !got[key+" "+string(want)] {
			t.Errorf("%s: no %s", key, want)
		}
	}
	for _, word := range []string{"pregnancy", "voice print", "phone numbers of a person's contacts"} {
		found := false
		for _, f := range findings {
			found = found || f.Policy == "COL-001" && f.Outcome == Fail && strings.Contains(f.Message, word)
		}
		if !found {
			t.Errorf("COL-001 does not name %s", word)
		}
	}
}

func TestKeepsItsWord(t *testing.T) {
	findings, _ := engine(t, DefaultTimeout).Evaluate(context.Background(), fixture(t, "keeps-its-word"), 1)
	passing := 0
	for _, f := range findings {
		switch f.Outcome {
		case Pass:
			passing++
		case NotApplicable:
		default:
			t.Errorf("%s %s: %s", f.Outcome, f.Policy, f.Message)
		}
	}
	if passing < 17 {
		t.Errorf("%d comparisons pass, want 17 or more", passing)
	}
}

func TestRedactedAndDraftClaims(t *testing.T) {
	e := engine(t, DefaultTimeout, policy(t, `fail contains {"message": "F.", "claims": ["a"]}
pass contains {"message": "P.", "claims": ["b"]}
open contains {"message": "O.", "claims": ["a"]}
`))
	place := &claims.Place{Page: 1, EndPage: 1, End: 1, Match: "exact"}
	c := &claims.Case{ID: "x", Documents: []claims.Document{{ID: "d", Kind: "pia"}}, Claims: []claims.Claim{
		{ID: "a", Document: "d", Topic: "use", Review: "draft", Redacted: true, Citations: []claims.Citation{{Quote: "q", Verified: place}}},
		{ID: "b", Document: "d", Topic: "use", Review: "accepted", Citations: []claims.Citation{{Quote: "q", Verified: place}}},
	}}
	findings, problems := e.Evaluate(context.Background(), c, 1)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, f := range findings {
		got = append(got, fmt.Sprint(f.Outcome, " ", f.Unreviewed, " ", f.Message))
	}
	want := []string{
		"review true F. The passage that would decide this is withheld, so a person must.",
		"open true O.",
		"pass false P.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestUnverifiedCitationIsNoFinding(t *testing.T) {
	e := engine(t, DefaultTimeout, policy(t, `fail contains {"message": "F.", "claims": ["a"]}`))
	c := &claims.Case{ID: "x", Documents: []claims.Document{{ID: "d", Kind: "pia"}}, Claims: []claims.Claim{
		{ID: "a", Document: "d", Topic: "use", Citations: []claims.Citation{{Quote: "q"}}},
	}}
	findings, problems := e.Evaluate(context.Background(), c, 1)
	if len(findings) != 0 || !strings.Contains(problems.Error(), "has a citation that was not verified") {
		t.Errorf("got %v, %v", findings, problems)
	}
}

func TestTimeLimit(t *testing.T) {
	e := engine(t, 50*time.Millisecond, policy(t, `fail contains {"message": "F.", "claims": ["a"]} if {
	some i in numbers.range(1, 1000000)
	some j in numbers.range(1, 1000000)
	i * j < 0
}`))
	_, problems := e.Evaluate(context.Background(), &claims.Case{ID: "x"}, 1)
	if !strings.Contains(problems.Error(), "took longer than 50ms and was stopped") {
		t.Errorf("got %v", problems)
	}
}

func TestForbiddenFunctions(t *testing.T) {
	for _, call := range []string{
		`http.send({"method": "get", "url": "http://127.0.0.1"})`, `net.lookup_ip_addr("localhost")`, `opa.runtime()`,
		`time.now_ns()`, `rand.intn("x", 10)`, `uuid.rfc4122("x")`,
	} {
		_, problems := LoadPolicies(false, policy(t, fmt.Sprintf(`fail contains {"message": "x", "claims": [x]} if x := %s`, call)))
		if !strings.Contains(problems.Error(), "policy.rego:7:") || !strings.Contains(problems.Error(), "is not available to policies") {
			t.Errorf("%s: got %v", call, problems)
		}
	}
}

func TestRunKeepsTheOrderAndOtherResults(t *testing.T) {
	e := engine(t, DefaultTimeout)
	paths := []string{"hart", "nowhere", "veriwatch", "smartlink", "nowhere", "hart"}
	for i := range paths {
		paths[i] = filepath.Join(fixtures, paths[i])
	}
	var got []string
	err := e.Run(context.Background(), paths, Reader(e.Vocabulary, document.NewReader(document.Options{Memory: 1 << 20, Store: store})), func(r *Result) error {
		got = append(got, r.Path)
		if strings.HasSuffix(r.Path, "nowhere") != (len(r.Problems) > 0) {
			t.Errorf("%s: %v", r.Path, r.Problems)
		}
		return nil
	})
	if err != nil || strings.Join(got, " ") != strings.Join(paths, " ") {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestSummary(t *testing.T) {
	s := Of(&Result{Path: "x", Findings: []Finding{{Outcome: Fail, Severity: "medium"}, {Outcome: Pass}}})
	if !s.Fails("low") || !s.Fails("medium") || s.Fails("high") || s.Fails("") {
		t.Error("the threshold does not decide")
	}
	empty := Of(&Result{Path: "x", Findings: []Finding{{Outcome: NotApplicable}}})
	if empty.Errors != 1 {
		t.Error("a case to which nothing applied passed for one without findings")
	}
}

// What we write and read fits the schemas that we publish.
func TestSchemas(t *testing.T) {
	compile := func(name string, schema any) *jsonschema.Schema {
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name, plain(t, schema)); err != nil {
			t.Fatal(err)
		}
		s, err := c.Compile(name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	v := claims.DefaultVocabulary()
	caseSchema, inputSchema, findingSchema := compile("case.json", claims.CaseSchema(v)), compile("input.json", claims.InputSchema()), compile("finding.json", FindingSchema())
	cases, _ := filepath.Glob(filepath.Join(fixtures, "*", "case.yaml"))
	for _, file := range cases {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := yaml.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		if err := caseSchema.Validate(plain(t, doc)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		input, err := ast.JSON(claims.Normalise(fixture(t, filepath.Base(filepath.Dir(file))), v, nil))
		if err != nil {
			t.Fatal(err)
		}
		if err := inputSchema.Validate(plain(t, input)); err != nil {
			t.Errorf("input of %s: %v", file, err)
		}
		want, err := os.ReadFile(filepath.Join(filepath.Dir(file), "want.json"))
		if err != nil {
			t.Fatal(err)
		}
		var report any
		if err := json.Unmarshal(want, &report); err != nil {
			t.Fatal(err)
		}
		if err := findingSchema.Validate(report); err != nil {
			t.Errorf("findings of %s: %v", file, err)
		}
	}
	bad := map[string]any{"case": map[string]any{"id": "x", "title": "X"}, "documents": []any{}, "claims": []any{map[string]any{"id": "a"}}}
	if caseSchema.Validate(bad) == nil {
		t.Error("the case schema accepts a claim without a topic")
	}
}

// plain turns a value into what a JSON decoder gives.
func plain(t *testing.T, v any) any {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	// YAML 1.1 makes a point in time of a date, which is text to JSON Schema.
	b = bytes.ReplaceAll(b, []byte("T00:00:00Z"), nil)
	var out any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func BenchmarkEvaluate(b *testing.B) {
	e, c := engine(b, DefaultTimeout), fixture(b, "smartlink")
	for b.Loop() {
		e.Evaluate(context.Background(), c, 1)
	}
}
