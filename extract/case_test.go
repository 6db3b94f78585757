package extract

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// TestQuotesVerify holds every quote of our documents against its document, as
// a check does.
func TestQuotesVerify(t *testing.T) {
	paths, _ := filepath.Glob("../fixtures/*/documents/*")
	docs := document.NewReader(document.Options{OCR: document.OCROff})
	var readable []string
	for _, p := range paths {
		if ext := filepath.Ext(p); ext == ".md" || ext == ".txt" {
			readable = append(readable, p)
		}
	}
	drafts, problems := Built().Drafts(t.Context(), docs, readable, Options{Kinds: map[string]string{"": "pia"}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c, err := CaseOf(drafts, claims.DefaultVocabulary())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Claims) < 50 {
		t.Errorf("only %d claims", len(c.Claims))
	}
	if problems := cite.Verify(t.Context(), c, docs); len(problems) > 0 {
		t.Error(problems)
	}
}

func extractText(t testing.TB, name, text, kind string) []claims.Claim {
	t.Helper()
	d, err := document.Parse(context.Background(), name, []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Built().Extract(d, kind).Claims
}

// TestDuplicates: said three times it is one claim with three citations; two
// periods are two claims.
func TestDuplicates(t *testing.T) {
	list := extractText(t, "a.md", "# One\n\nRecords are kept for 7 years.\n\n# Two\n\nAll records are retained for seven years.\n\n# Three\n\nRecords are stored for 7 years. Records are kept for 15 years.\n", "pia")
	var got []string
	for i := range list {
		got = append(got, fmt.Sprintf("%s x%d", Describe(&list[i]), len(list[i].Citations)))
	}
	if want := "retention (does): period P7Y x3; retention (does): period P15Y x1"; strings.Join(got, "; ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
	}
}

func FuzzExtract(f *testing.F) {
	f.Add("The system collects names, photographs (7) and\nSocial Security numbers.\n\n- a\n- b\n")
	f.Add("5.1 How long? Records are kept for seventy-five (75) years or until N1-567-09-2, item 3…")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := document.Parse(context.Background(), "a.md", []byte(text), document.Options{})
		if err != nil {
			return
		}
		x := Built()
		kind, _ := x.KindOf(d)
		for _, k := range []string{kind.Name, "contract"} {
			for _, c := range x.Extract(d, k).Claims {
				for _, cit := range c.Citations {
					if len(cite.Find(d, cit.Quote)) == 0 {
						t.Errorf("the quote %q of %q doesn't stand", cit.Quote, text)
					}
				}
			}
		}
		x.Foreign(text)
	})
}

func FuzzRules(f *testing.F) {
	f.Add("rules:\n  - {id: a, topic: use, patterns: \"(a | <keep not> {data+} ...3 b*) [@x]\", match: a}\n")
	f.Add("values: [{part: period, value: P1Y, patterns: a}]\nverbs: {keep: [keep kept]}\npatterns: {x: \"@x\"}\n")
	f.Fuzz(func(t *testing.T, text string) {
		x := *Built()
		var problems claims.Problems
		l := &ruleLoader{x: &x, problems: &problems, ids: map[string]claims.Pos{}, macros: map[string]string{}}
		x.verbs = verbLexicon{}
		x.ambiguous, x.generic, x.evident, x.wordKeys, x.prefixKeys = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]string{}, map[string]string{}
		x.languages = nil
		l.parse("a.yaml", []byte(text))
		l.compile()
		for _, p := range problems {
			if p.Pos.File != "a.yaml" {
				t.Errorf("a problem without its file: %v", p)
			}
		}
	})
}

// BenchmarkExtract measures from text to claims; a page has some 3,000
// characters.
func BenchmarkExtract(b *testing.B) {
	for _, pages := range []int{10, 100} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			var text strings.Builder
			for text.Len() < 3000*pages {
				fmt.Fprintf(&text, "## %d Section\n\nThe system collects names, dates of birth and the %dth photograph of each participant in order to verify identity. Records are kept for %d years after case closure and may be shared with the Department of Justice. Nothing of note is said in this sentence, which is there to be read. There is a risk that data is kept for longer. All data is encrypted.\n\n", text.Len(), text.Len(), 1+text.Len()%90)
			}
			x := Built()
			for b.Loop() {
				d, err := document.Parse(context.Background(), "a.md", []byte(text.String()), document.Options{})
				if err != nil {
					b.Fatal(err)
				}
				x.Extract(d, "pia")
			}
			b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
