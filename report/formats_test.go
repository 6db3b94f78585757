package report

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

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
