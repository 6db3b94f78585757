package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

var update = flag.Bool("update", false, "write the golden files anew")

// hostileText is what a document may hold that wants to be more than text.
const hostileText = "=HYPERLINK(\"https://evil.example\",\"x\") <script>alert(1)</script> [x](javascript:alert(1)) ![x](https://evil.example/x.png) @octocat #1 owner/repo#2 " +
	"|a|b| `code` *bold* _em_ ~~no~~ ]]> &lt; $\\frac{1}{2}$ :shipit: www.evil.example mailto:a@evil.example ::error file=x::y %0A \u202egnitirw \x1b[2J </testcase> '';--"

// hostile is a case of every outcome in which every text is hostile.
func hostile() *check.Result {
	lines := "- " + hostileText + "\n\n# " + hostileText + "\r\n::error::" + hostileText + "\n---\n```\n"
	document := func(id string, side claims.Side, kind string) check.Document {
		return check.Document{ID: id, Kind: kind, Side: side, Title: hostileText, Path: "documents/a b(1)<x>%.pdf", URL: "https://agency.example/a(b)|c?x=<y>\"z\"", Date: "2023-03"}
	}
	claim := func(d check.Document, line int) check.Claim {
		return check.Claim{
			ID: "claim-" + d.ID, Document: d, Topic: "retention", Modality: "does", Review: "accepted", Says: hostileText, Values: map[string]any{"text": hostileText},
			File: "cases/a,b:c/case.yaml", Line: line, Column: 5,
			Citations: []check.Citation{{Quote: lines, Page: 3, EndPage: 4, Section: hostileText, Start: 10, End: 20, Match: "exact"}},
		}
	}
	pia, contract := document("pia", claims.Public, "pia"), document("contract", claims.Binding, "contract")
	r := &check.Result{
		Path: "cases/a,b:c", File: "cases/a,b:c/case.yaml", Dir: "cases/a,b:c", ID: "hostile", Title: hostileText, Documents: []check.Document{pia, contract},
		Notices:  claims.Problems{{Pos: claims.Pos{File: "cases/a,b:c/case.yaml"}, Message: hostileText}},
		Problems: claims.Problems{{Pos: claims.Pos{File: "cases/a,b:c/case.yaml", Line: 7, Column: 2}, Message: hostileText}},
	}
	for i, o := range check.Outcomes {
		f := check.Finding{
			Policy: "RET-00" + strconv.Itoa(i+1), Title: hostileText, Severity: check.Severities[i%4], Topic: "retention", Outcome: o, Message: lines,
			Unreviewed: o == check.Review, Fingerprint: strings.Repeat(strconv.Itoa(i), 32), Claims: []check.Claim{claim(pia, 10), claim(contract, 20)},
			Baseline: check.States[i%3],
		}
		switch o {
		case check.Accepted:
			f.Waiver = &check.Waiver{Reason: hostileText, Who: hostileText, Until: "2027-06-30"}
		case check.NotApplicable:
			f.Message, f.Claims, f.Baseline = "", nil, check.Unchanged
		case check.Open:
			f.Claims = f.Claims[:1]
		}
		if f.Baseline == check.Updated {
			f.Was = &check.Was{Outcome: o, Severity: "low", Message: hostileText}
		}
		r.Findings = append(r.Findings, f)
	}
	gone := r.Findings[0]
	gone.Baseline, gone.Fingerprint = check.Absent, strings.Repeat("f", 32)
	r.Absent = []check.Finding{gone}
	return r
}

var hostilePolicies = []check.Policy{{
	ID: "RET-001", Title: hostileText, Description: hostileText, Severity: "critical", Topic: "retention",
	Authority: []check.Authority{{Title: hostileText, URL: "https://agency.example/law"}, {Title: "no link", URL: "javascript:alert(1)"}},
}}

// machineFormats are the formats of this file's tests.
var machineFormats = []string{"markdown", "changes", "json", "sarif", "junit", "github", "csv"}

// TestGolden holds every format against a file that a person has read.
func TestGolden(t *testing.T) {
	for _, format := range machineFormats {
		for name, o := range map[string]Options{"": {}, ".verbose": {Verbose: true}} {
			o.Policies, o.Version = hostilePolicies, "v1.0.0"
			got := written(t, format, o, hostile())
			file := filepath.Join("testdata", "hostile."+format+name)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs from %s; if it should, run `make golden` and read the difference", format, file)
			}
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

type sarifLog struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID, HelpURI string
					Help        struct{ Text, Markdown string }
				}
			}
		}
		Results []struct {
			RuleID, Kind, Level, BaselineState string
			RuleIndex                          *int
			PartialFingerprints                map[string]string
			Suppressions                       []struct{ Kind, Status, Justification string }
			Locations, RelatedLocations        []sarifLogLocation
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
	}
}

type sarifLogLocation struct {
	PhysicalLocation struct {
		ArtifactLocation struct{ URI string }
		Region           *struct{ StartLine, CharOffset, CharLength *int }
	}
	LogicalLocations []struct{ Kind, Name string }
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

// TestJUnit validates against Jenkins' schema with xmllint; the schema is in
// another project's module, from where it is fetched.
func TestJUnit(t *testing.T) {
	schema := junitSchema(t)
	for name, results := range map[string][]*check.Result{"none": nil, "hostile": {hostile()}, "two": {result("m", "q"), hostile()}} {
		for _, verbose := range []bool{false, true} {
			file := filepath.Join(t.TempDir(), name+".xml")
			if err := os.WriteFile(file, []byte(written(t, "junit", Options{Verbose: verbose}, results...)), 0o644); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command("xmllint", "--noout", "--schema", schema, file).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", name, err, out)
			}
		}
	}
}

// junitSchema returns Jenkins' schema, or skips where it can't be had, unless
// `make validate` says that it must.
func junitSchema(t *testing.T) string {
	t.Helper()
	must := t.Skipf
	if os.Getenv("PIA_CHECK_VALIDATE") != "" {
		must = t.Fatalf
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		must("no xmllint (Debian: libxml2-utils)")
	}
	cmd := exec.Command("go", "mod", "download", "-json", "github.com/yannh/kubeconform@v0.8.0")
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	var module struct{ Dir string }
	if err != nil || json.Unmarshal(out, &module) != nil {
		must("the module that carries the schema can't be fetched: %v", err)
	}
	return filepath.Join(module.Dir, "fixtures", "junit.xsd")
}

// The counts of a suite are those of its tests, whatever is in it.
func TestJUnitCounts(t *testing.T) {
	for _, verbose := range []bool{false, true} {
		var doc struct {
			Suites []struct {
				Tests    int `xml:"tests,attr"`
				Failures int `xml:"failures,attr"`
				Errors   int `xml:"errors,attr"`
				Skipped  int `xml:"skipped,attr"`
				Cases    []struct {
					Name    string    `xml:"name,attr"`
					Failure *struct{} `xml:"failure"`
					Error   *struct{} `xml:"error"`
					Skipped *struct{} `xml:"skipped"`
				} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(written(t, "junit", Options{Verbose: verbose}, hostile())), &doc); err != nil {
			t.Fatal(err)
		}
		s := doc.Suites[0]
		var failures, errors, skipped int
		names := map[string]bool{}
		for _, c := range s.Cases {
			names[c.Name] = true
			if c.Failure != nil {
				failures++
			}
			if c.Error != nil {
				errors++
			}
			if c.Skipped != nil {
				skipped++
			}
		}
		if s.Tests != len(s.Cases) || s.Failures != failures || s.Errors != errors || s.Skipped != skipped || failures != 1 || errors != 1 || len(names) != len(s.Cases) {
			t.Errorf("%+v: %d failures, %d errors, %d skipped", s, failures, errors, skipped)
		}
	}
}

// A reader gets every field back, and a spreadsheet no formula.
func TestCSV(t *testing.T) {
	text := written(t, "csv", Options{Verbose: true}, hostile())
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := hostile()
	if want := 1 + len(r.Findings) + len(r.Absent) + len(r.Problems); len(rows) != want {
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		for i, cell := range row {
			for line := range strings.Lines(cell) {
				if line = strings.TrimSpace(line); line != "" && strings.ContainsRune("=+-@", rune(line[0])) {
					t.Errorf("a formula in %s: %q", rows[0][i], line)
				}
			}
		}
	}
	if first := rows[1]; first[column["outcome"]] != "fail" || !strings.Contains(first[column["public quote"]], "<script>") || !strings.Contains(first[column["other quote"]], "<script>") || first[column["line"]] != "20" {
		t.Errorf("first row: %q", first)
	}
	if regexp.MustCompile(`[^\r]\n`).MatchString(text) || !strings.HasSuffix(text, "\r\n") {
		t.Error("RFC 4180 ends lines by CRLF")
	}
}

// No text ends a workflow command and begins another.
func TestGitHub(t *testing.T) {
	text := written(t, "github", Options{}, hostile())
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if !regexp.MustCompile(`^::(error|warning|notice) (file=[^:,]*(%3A|%2C)[^:,]*,line=\d+,col=\d+,title=[^:,]+|file=[^:,]+,title=[^:,]+)::[^\r\n]+$`).MatchString(line) {
			t.Errorf("not one command: %s", line)
		}
	}
	if !strings.Contains(text, "::error file=cases/a%2Cb%3Ac/case.yaml,line=20,col=5,title=RET-001 ") {
		t.Errorf("not at the claim:\n%s", text)
	}
}

// GitHub's Markdown makes nothing of document text but text.
func TestMarkdownIsText(t *testing.T) {
	text := written(t, "markdown", Options{Verbose: true}, hostile())
	var html bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote)).Convert([]byte(text), &html); err != nil {
		t.Fatal(err)
	}
	page := html.String()
	for _, m := range regexp.MustCompile(`<(/?[a-zA-Z!][^ >]*)([^>]*)>`).FindAllStringSubmatch(page, -1) {
		switch strings.TrimPrefix(m[1], "/") {
		case "h1", "h2", "h3", "p", "ul", "li", "em", "strong", "blockquote", "br", "code":
		case "a":
			if m[2] != "" && !strings.HasPrefix(m[2], ` href="https://agency.example/`) {
				t.Errorf("a link that no document has: %s", m[0])
			}
		default:
			t.Errorf("markup: %s", m[0])
		}
	}
	if strings.Contains(page, "raw HTML omitted") || regexp.MustCompile(`@[a-zA-Z0-9]|#[0-9]`).MatchString(page) {
		t.Error("HTML, a mention or a reference")
	}
	if !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;") || !strings.Contains(page, "|a|b| `code` *bold* _em_ ~~no~~ ]]&gt; &amp;lt; $") {
		t.Errorf("the text is not as it was:\n%.1500s", page)
	}
}

// A comment keeps to GitHub's length, leaves out what weighs least, and says so.
func TestMarkdownLength(t *testing.T) {
	many := manyFindings(3000)
	for i := range many.Findings {
		if i != 2500 {
			many.Findings[i].Outcome = check.Open
		}
	}
	var results []*check.Result
	for range 50 {
		results = append(results, hostile())
	}
	for name, results := range map[string][]*check.Result{"findings": {many}, "cases": results, "hostile": {hostile()}} {
		text := written(t, "markdown", Options{}, results...)
		if n := utf8.RuneCountInString(text); n > maxComment {
			t.Errorf("%s: %d characters", name, n)
		}
		if name != "hostile" && !strings.Contains(text, "Left out here, for a comment ends at 65536 characters: ") {
			t.Errorf("%s: nothing is said of what is left out:\n%s", name, text[len(text)-300:])
		}
		if name == "findings" && !strings.Contains(text, "### Does not hold") {
			t.Error("the failure is left out, and what is open is shown")
		}
	}
	if text := written(t, "markdown", Options{Verbose: true}, many); strings.Count(text, "### ") != 3000 {
		t.Errorf("asked for everything, %d findings are shown", strings.Count(text, "### "))
	}
}
