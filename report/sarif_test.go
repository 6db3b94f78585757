package report

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pia-check/pia-check/check"
)

func TestPruned(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{`{}`, `{}`},
		{`{"a":-1}`, `{}`},
		{`{"a":[],"b":1}`, `{"b":1}`},
		{`{"b":1,"a":[]}`, `{"b":1}`},
		{`{"a":[-1,[],{"x":-1,"y":"}],\"-1"}],"b":true,"c":null,"d":-12}`, `{"a":[-1,[],{"y":"}],\"-1"}],"b":true,"c":null,"d":-12}`},
		{`[{"a":[{"b":-1}]},"\\"]`, `[{"a":[{}]},"\\"]`},
		{`-1`, `-1`},
	} {
		got, err := pruned(json.RawMessage(test.in))
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %s, %v, want %s", test.in, got, err, test.want)
		}
	}
}

// TestSARIF validates against the official schema (errata 01), which the
// library carries, and what the schema can't say.
func TestSARIF(t *testing.T) {
	schema := sarifOfficialSchema(t)
	for name, results := range map[string][]*check.Result{"none": nil, "hostile": {hostile()}, "two": {result("m", "q"), hostile()}, "many": {manyFindings(50)}} {
		for _, verbose := range []bool{false, true} {
			text := written(t, "sarif", Options{Verbose: verbose, Policies: hostilePolicies, Version: "1.0.0"}, results...)
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, text)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func sarifOfficialSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3").Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "pkg/report/v210/sarif/schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && len(lit.Value) > len(text) {
			text, _ = strconv.Unquote(lit.Value)
		}
		return true
	})
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// What SARIF and GitHub ask for beyond the schema.
func TestSARIFConstraints(t *testing.T) {
	r := hostile()
	var log sarifLog
	if err := json.Unmarshal([]byte(written(t, "sarif", Options{Verbose: true, Policies: hostilePolicies}, r)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if rule := run.Tool.Driver.Rules[0]; !strings.Contains(rule.Help.Text, "https://agency.example/law") || regexp.MustCompile(`[^\\]\]\(javascript`).MatchString(rule.Help.Markdown) {
		t.Errorf("rule: %+v", rule)
	}
	if len(run.Results) != len(r.Findings)+len(r.Absent) {
		t.Errorf("%d results", len(run.Results))
	}
	suppressed := 0
	for i, result := range run.Results {
		if result.Kind != "fail" && result.Level != "none" {
			t.Errorf("result %d: kind %s has the level %s", i, result.Kind, result.Level)
		}
		if result.BaselineState == "" || result.Suppressions == nil {
			t.Errorf("result %d lacks a baselineState or suppressions that the others have", i)
		}
		for _, s := range result.Suppressions {
			suppressed++
			if s.Kind != "external" || s.Status != "accepted" || s.Justification == "" || result.Kind != "fail" {
				t.Errorf("suppression: %+v", s)
			}
		}
		// GitHub refuses results without a file, and regions without a line.
		first := result.Locations[0].PhysicalLocation
		if first.ArtifactLocation.URI != "cases/a,b:c/case.yaml" || first.Region == nil || first.Region.StartLine == nil {
			t.Errorf("result %d: GitHub can't place it: %+v", i, first)
		}
		if result.PartialFingerprints["primaryLocationLineHash"] == "" {
			t.Errorf("result %d has no fingerprint", i)
		}
		if result.Kind != "fail" {
			continue
		}
		held, told := result.Locations[1], result.RelatedLocations[0]
		for _, l := range []sarifLogLocation{held, told} {
			if region := l.PhysicalLocation.Region; region == nil || *region.CharOffset != 10 || *region.CharLength != 10 {
				t.Errorf("result %d: no character region: %+v", i, region)
			}
			if l.LogicalLocations[0].Kind != "page" || l.LogicalLocations[0].Name != "pp. 3-4" {
				t.Errorf("result %d: no page: %+v", i, l.LogicalLocations)
			}
		}
		if uri := held.PhysicalLocation.ArtifactLocation.URI; uri != "cases/a,b:c/documents/a%20b%281%29%3Cx%3E%25.pdf" && uri != "cases/a,b:c/documents/a%20b(1)%3Cx%3E%25.pdf" {
			t.Errorf("URI %s", uri)
		}
	}
	if suppressed != 1 {
		t.Errorf("%d suppressions", suppressed)
	}
	if in := run.Invocations[0]; in.ExecutionSuccessful || len(in.ToolExecutionNotifications) != 1 {
		t.Errorf("errors are not told: %+v", in)
	}
	plain := written(t, "sarif", Options{}, result("m", "q"))
	if strings.Contains(plain, "baselineState") || strings.Contains(plain, `"pass"`) {
		t.Errorf("without a baseline:\n%s", plain)
	}
}

// A run of more than GitHub takes leaves out what passes first, and says so.
func TestSARIFLimit(t *testing.T) {
	const failures = 4000
	r := manyFindings(maxNotFailing + 5 + failures)
	for i := range r.Findings[:maxNotFailing+5] {
		r.Findings[i].Outcome = check.Review
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(written(t, "sarif", Options{}, r)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	failing := 0
	for _, result := range run.Results {
		if result.Kind == "fail" {
			failing++
		}
	}
	if len(run.Results) != maxNotFailing+failures || failing != failures || !strings.Contains(run.Invocations[0].ToolExecutionNotifications[0].Message.Text, "left out") {
		t.Errorf("%d results, %d failing, %+v", len(run.Results), failing, run.Invocations)
	}
}
