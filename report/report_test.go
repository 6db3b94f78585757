package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

func result(message, quote string) *check.Result {
	claim := check.Claim{
		ID: "a", Topic: "retention", Modality: "does", Review: "draft",
		Document:  check.Document{ID: "d", Kind: "pia", Side: claims.Public, Title: "The assessment"},
		Implied:   &check.Implied{Claim: "b", Clause: "FAR 52.227-17, Rights in Data-Special Works"},
		Citations: []check.Citation{{Quote: quote, Page: 3, EndPage: 4, Section: "5.1", End: 5, Match: "exact"}},
	}
	return &check.Result{Path: "case", ID: "x", Title: "Case", Findings: []check.Finding{
		{Policy: "B-1", Title: "Low", Severity: "low", Outcome: check.Fail, Message: message, Unreviewed: true, Claims: []check.Claim{claim}},
		{Policy: "A-1", Title: "Critical", Severity: "critical", Outcome: check.Fail, Message: message, Claims: []check.Claim{claim}},
		{Policy: "C-1", Title: "Passing", Severity: "low", Outcome: check.Pass, Message: "It holds.", Claims: []check.Claim{claim}},
		{Policy: "D-1", Title: "Not applicable", Outcome: check.NotApplicable},
	}}
}

func written(t *testing.T, format string, o Options, results ...*check.Result) string {
	t.Helper()
	f, ok := Named(format)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	var b bytes.Buffer
	w, total := f.New(&b, o), check.NewSummary()
	for _, r := range results {
		s := check.Of(r)
		total.Merge(s)
		if err := w.Case(r, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(nil, total); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	got := written(t, "text", Options{}, result("A message.", "the  quote\nof it"))
	want := `Case
The public claims do not hold: 2 findings fail, 1 by drafts that no person has reviewed.

FAIL critical  A-1  Critical
  A message.

    Public: The assessment (privacy impact assessment), pp. 3-4, 5.1
    By the clause FAR 52.227-17, Rights in Data-Special Works, which it
    contains.
    | “the quote of it”

FAIL low  B-1  Low
  A message.
  Unreviewed: this rests on a draft claim that no person has read against its
  quote.

    Public: The assessment (privacy impact assessment), pp. 3-4, 5.1
    By the clause FAR 52.227-17, Rights in Data-Special Works, which it
    contains.
    | “the quote of it”

1 comparison passes; 1 policy has nothing to compare here.

1 case: 2 failing (1 critical, 1 low), 0 to review, 0 open, 1 passing.
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if verbose := written(t, "text", Options{Verbose: true}, result("m", "q")); !strings.Contains(verbose, "PASS  C-1  Passing") || !strings.Contains(verbose, "here: D-1.") {
		t.Errorf("verbose:\n%s", verbose)
	}
}

func TestTextKeepsToItsWidth(t *testing.T) {
	long := strings.Repeat("word ", 80) + strings.Repeat("x", 200)
	for _, width := range []int{10, 40, 72, 500} {
		for _, line := range strings.Split(written(t, "text", Options{Width: width, Color: true}, result(long, long)), "\n") {
			// A word that is too long stands alone; verdict and summary are one line each.
			tooLong := strings.Contains(line, "xxx") || !strings.HasPrefix(line, "  ")
			if n := visible(line); !tooLong && n > min(max(width, 40), maxWidth) {
				t.Errorf("width %d: a line of %d columns: %q", width, n, line)
			}
		}
	}
}

// Document text is hostile: it must not steer the terminal or reorder a line.
func TestTextIsPrintable(t *testing.T) {
	got := written(t, "text", Options{}, result("m\x1b[2J", "a\x1b]0;title\x07 \u202egnitirw \u0085"))
	for _, r := range got {
		if r == '\x1b' || r == '\a' || r == '\u202e' || r == '\u0085' {
			t.Fatalf("%q is in the report", r)
		}
	}
}

func TestJSON(t *testing.T) {
	for _, results := range [][]*check.Result{nil, {result("m <&>", "q")}, {result("m", "q"), result("m", "q")}} {
		got := written(t, "json", Options{}, results...)
		var doc struct {
			Version int
			Cases   []any
			Errors  []any
			Summary check.Summary
		}
		if err := json.Unmarshal([]byte(got), &doc); err != nil {
			t.Fatalf("%v\n%s", err, got)
		}
		if doc.Version != check.ReportVersion || len(doc.Cases) != len(results) || doc.Errors == nil || doc.Summary.Cases != len(results) {
			t.Errorf("got %+v", doc)
		}
		if strings.Contains(got, `\u003c`) {
			t.Error("what people read is escaped")
		}
	}
}

// On a wide terminal the two sides stand next to each other.
func TestTextSideBySide(t *testing.T) {
	r := twoSides("The assessment", "Data is kept for seven years after the end of participation, and no longer.", "")
	r.Findings = r.Findings[:1]
	r.Findings[0].Claims[1].Document.Title = "個人情報の取扱いに関する契約書"
	got := written(t, "text", Options{Width: 120}, r)
	want := `The assessment
The public claims do not hold: 1 finding fails.

FAIL high  A-1  The assessment
  First Data is kept for seven years after the end of participation, and no longer.

    Public: The assessment (privacy impact assessment), p.      Binding: 個人情報の取扱いに関する契約書 (contract), p.
    3, 5.1                                                      3, 5.1
    | “Data is kept for seven years after the end of            | “Data is kept for seven years after the end of
    | participation, and no longer.”                            | participation, and no longer.”

0 comparisons pass.

1 case: 1 failing (1 high), 0 to review, 0 open, 0 passing.
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// One side alone is not put into a column.
	r.Findings[0].Claims = r.Findings[0].Claims[:1]
	if got := written(t, "text", Options{Width: 120}, r); !strings.Contains(got, "\n    Public: The assessment (privacy impact assessment), p. 3, 5.1\n") {
		t.Errorf("got\n%s", got)
	}
}

// Text without spaces is broken where the line ends, by columns.
func TestTextWithoutSpaces(t *testing.T) {
	r := result("m", strings.Repeat("個人情報は七年間保管されます。", 9))
	for _, width := range []int{40, 80, 120} {
		for _, line := range strings.Split(written(t, "text", Options{Width: width}, r), "\n") {
			if n := visible(line); strings.Contains(line, "|") && n > width {
				t.Errorf("width %d: %d columns: %s", width, n, line)
			}
		}
	}
}

func TestTextQuiet(t *testing.T) {
	got := written(t, "text", Options{Quiet: true}, result("m", "q"), result("m", "q"))
	want := strings.Repeat("Case: The public claims do not hold: 2 findings fail, 1 by drafts that no person has reviewed.\n", 2) +
		"2 cases: 4 failing (2 critical, 2 low), 0 to review, 0 open, 2 passing.\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPlace(t *testing.T) {
	for _, c := range []struct {
		want string
		cit  check.Citation
	}{
		{"p. 3", check.Citation{Page: 3}},
		{"pp. 3-4", check.Citation{Page: 3, EndPage: 4}},
		{"p. iv (page 4 of the file)", check.Citation{Page: 4, PageLabel: "iv"}},
		{"pp. iv-v (pages 4-5 of the file)", check.Citation{Page: 4, EndPage: 5, PageLabel: "iv", EndPageLabel: "v"}},
		{"pp. iv-5 (pages 4-5 of the file)", check.Citation{Page: 4, EndPage: 5, PageLabel: "iv"}},
	} {
		if got := place(c.cit); got != c.want {
			t.Errorf("%+v: %s, want %s", c.cit, got, c.want)
		}
	}
}
