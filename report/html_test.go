package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"image"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// A result of two sides, with what reports must not believe.
func twoSides(title, quote, url string) *check.Result {
	public := check.Document{ID: "pia", Kind: "pia", Side: claims.Public, Title: title, URL: url, Date: "2023-03", Path: "pia.pdf", SHA256: "1"}
	contract := check.Document{ID: "contract", Kind: "contract", Side: claims.Binding, Title: "The contract", Date: "2022", Supersedes: []string{"old"}}
	old := check.Document{ID: "old", Kind: "contract", Side: claims.Binding, Title: "The old contract", Superseded: true}
	claim := func(id string, d check.Document, says string, values map[string]any) check.Claim {
		return check.Claim{ID: id, Document: d, Topic: "retention", Modality: "does", Review: "accepted", Says: says, Values: values,
			Citations: []check.Citation{{Quote: quote, Page: 3, Section: "5.1", End: 5, Match: "exact"}}}
	}
	a := claim("a", public, "is kept for 7 years", map[string]any{"kind": "temporal", "text": "for 7 years", "days": map[string]any{"min": 2555.0, "max": json.Number("2557")}})
	b := claim("b", contract, "is kept indefinitely", map[string]any{"kind": "endless", "text": "indefinitely"})
	finding := func(fingerprint string, o check.Outcome, message string, cs ...check.Claim) check.Finding {
		return check.Finding{Policy: "A-1", Title: title, Severity: "high", Topic: "retention", Outcome: o, Message: message, Fingerprint: fingerprint, Claims: cs}
	}
	before := claim("c", old, "is kept for 3 years", nil)
	before.Citations[0].Quote = "Three years, no more."
	return &check.Result{Path: "case", ID: "x", Title: title, Documents: []check.Document{public, contract, old}, Superseded: []check.Claim{before}, Findings: []check.Finding{
		finding("aaa", check.Fail, "First "+quote, a, b),
		finding("bbb", check.Fail, "Second", a, b),
		finding("ccc", check.Open, "Third", a),
		finding("ddd", check.Pass, "Fourth", b, a),
		{Policy: "N-1", Outcome: check.NotApplicable},
	}}
}

func TestHTML(t *testing.T) {
	got := written(t, "html", Options{}, twoSides("The assessment", "seven years", "https://example.gov/pia.pdf"))
	for _, want := range []string{
		`The public claims do not hold: 2 findings fail.`,
		`Compared: 1 public and 2 binding documents, in 4 comparisons. Of these 2 do not hold, 1 is open and 1 holds.`,
		`<a href=#f-aaa>First seven years</a>`, // the sentence, and
		`id=f-aaa>`,                            // where it leads
		`<a href="https://example.gov/pia.pdf#page=3">p. 3</a>`,
		`data-f=1.2:0>2 fail</a>`, // the matrix
		`<rect width="85.0%" />`,  // the bars
		`<rect width="100%" />`,
		`<time datetime="2023-03">March 2023</time>`,
		`Superseded by “The contract” (2022)`,
		`<q>Three years, no more.</q>`, // what was said before
		`1 policy has nothing to compare here: N-1.`,
	} {
		if !strings.Contains(html.UnescapeString(got), want) {
			t.Errorf("%s is not in the page", want)
		}
	}
	if n := strings.Count(got, "<article"); n != 3 {
		t.Errorf("%d entries, want 3: the two findings over the same quotes share one", n)
	}
}

// What the page may do is what its own script and style do, and no more.
func TestHTMLSecurityPolicy(t *testing.T) {
	got := written(t, "html", Options{}, twoSides("T", "q", ""))
	for _, tag := range []string{"script", "style"} {
		parts := regexp.MustCompile(`(?s)<`+tag+`[^>]*>(.*?)</`+tag+`>`).FindAllStringSubmatch(got, -1)
		if len(parts) != 1 {
			t.Fatalf("%d %s elements", len(parts), tag)
		}
		sum := sha256.Sum256([]byte(parts[0][1]))
		if hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(got, tag+"-src "+hash) {
			t.Errorf("the policy doesn't name the hash of the %s, %s", tag, hash)
		}
	}
	if regexp.MustCompile(`<[^>]* (style|on\w+)=`).MatchString(got) {
		t.Error("an attribute holds style or script, which the policy forbids")
	}
}

func TestHTMLIsNotFooled(t *testing.T) {
	evil := "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>\u202egnp.exe\u2066 \x1b[2J\x00 &#8238; {{.}}"
	for _, url := range []string{"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "https:", " JAVASCRIPT:alert(1)"} {
		got := written(t, "html", Options{}, twoSides(evil, evil, url))
		if n := strings.Count(got, "<script"); n != 1 {
			t.Errorf("%d scripts", n)
		}
		if strings.ContainsAny(got, "\u202e\u2066\x1b\x00") {
			t.Error("a character that steers is in the page")
		}
		if strings.Contains(got, "<img") || strings.Contains(got, "&#8238;") {
			t.Error("document text became markup")
		}
		if m := regexp.MustCompile(`href="?([^"#h][^" >]*)`).FindString(got); m != "" {
			t.Errorf("%s: the page links to %s", url, m)
		}
	}
}

func TestHTMLSeveralCases(t *testing.T) {
	unread := &check.Result{Path: "broken", Problems: claims.Problems{{Pos: claims.Pos{File: "broken/case.yaml", Line: 3}, Message: "no <id>"}}}
	got := written(t, "html", Options{}, twoSides("One", "q", ""), unread, twoSides("Two", "q", ""))
	for _, want := range []string{
		"<h2>3 cases</h2>", "The public claims do not hold: 4 findings fail in 3 cases.",
		"Not checked: 1 error.", "broken/case.yaml:3: no &lt;id&gt;",
		`id=f-aaa>`, `id=f-aaa-2>`, // one fingerprint in two cases
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in the page", want)
		}
	}
	_, got, _ = strings.Cut(got, "</script>") // which has ids in its strings
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="?([^" >]*)`).FindAllStringSubmatch(got, -1) {
		if ids[m[1]] {
			t.Errorf("the id %s is there twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(` href="?#([^" >]*)`).FindAllStringSubmatch(got, -1) {
		if !ids[m[1]] {
			t.Errorf("a link leads to %s, which is not there", m[1])
		}
	}
	if empty := written(t, "html", Options{}); !strings.Contains(empty, "Nothing was checked.") {
		t.Error("a report on nothing doesn't say so")
	}
}

func TestHTMLPictures(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	asked := 0
	o := Options{Picture: func(_ string, d check.Document, _ check.Citation) ([]byte, error) {
		asked++
		switch d.ID {
		case "pia":
			return b.Bytes(), nil
		case "contract":
			return nil, errors.New("page 3 is <blank>")
		}
		return nil, nil
	}}
	got := written(t, "html", o, twoSides("The assessment", "q", ""), twoSides("The assessment", "q", ""))
	want := `<img id=p-1 src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(b.Bytes()) +
		`" width=4 height=3 alt="The passage on p. 3 of “The assessment”, highlighted. It is quoted above.">`
	if strings.Count(html.UnescapeString(got), want) != 1 || strings.Count(got, `<a href=#p-1>`) != 5 {
		t.Errorf("the picture is not there once, and led to where it would come again: %q", regexp.MustCompile(`<img[^>]*>`).FindString(got))
	}
	if !strings.Contains(got, "There is no picture of the passage: page 3 is &lt;blank&gt;.") {
		t.Error("why there is no picture is not told")
	}
	if asked != 3 { // the picture once, the one that can't be made for each case
		t.Errorf("asked for %d pictures", asked)
	}
}

// A page that is too large for memory waits in files.
func TestHTMLSpool(t *testing.T) {
	for _, wrapped := range []bool{false, true} {
		var s spool
		defer s.close()
		var want strings.Builder
		for i := range 9 << 4 {
			before := len(s.sizes)
			for range 1 << 12 {
				s.number(i).tag(" 3456789abcdef")
			}
			if err := s.cut(); err != nil {
				t.Fatal(err)
			}
			if len(s.sizes) != before+1 {
				t.Fatal("the chunk was not ended")
			}
			part := strings.Repeat(fmt.Sprint(i)+" 3456789abcdef", 1<<12)
			if wrapped {
				part = "<noscript>" + part + "</noscript>"
			}
			want.WriteString(part)
		}
		if s.file == nil {
			t.Fatal("still in memory")
		}
		var out bytes.Buffer
		if err := s.writeTo(&out, wrapped); err != nil || out.String() != want.String() {
			t.Errorf("%d bytes came back, want %d; %v", out.Len(), want.Len(), err)
		}
	}
}
