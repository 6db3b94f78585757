package cite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// loaded returns the case of one document and one claim with these citations.
func loaded(t *testing.T, text, citations string) *claims.Case {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"doc.md": text, "case.yaml": `case: {id: x, title: X}
documents: [{id: d, kind: pia, title: D, path: doc.md}]
claims:
  - id: a
    document: d
    topic: use
    modality: does
    use: {purposes: audit}
    citations: [` + citations + "]\n"}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, problems := claims.Load(dir, claims.DefaultVocabulary())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

const text = "# Title\n\nData is kept.\n\n## 5.1 How long?\n\nData is kept for “7 years”.\n\n\f\n## 5.2 Why?\n\nData is kept. It is kept for long.\n"

func TestVerify(t *testing.T) {
	for _, tc := range []struct{ name, citation, want string }{
		{"right", `{quote: "Data is kept for \"7 years\"", page: 1, section: "5.1"}`, ""},
		{"section by its words", `{quote: Data is kept for, page: 1, section: "how long?"}`, ""},
		{"section above", `{quote: Data is kept for, page: 1, section: Title}`, ""},
		{"no page, one place", `{quote: It is kept for long.}`, ""},
		{"wrong page", `{quote: It is kept for long., page: 1}`, "case.yaml:9:53: claim \"a\": the quote stands on page 2, not on page 1; write page: 2"},
		{"no page, two places", `{quote: Data is kept.}`, "the quote stands on pages 1 and 2; state which page is meant"},
		{"wrong section", `{quote: Data is kept for, page: 1, section: "5.2"}`, `does not stand in section "5.2" but in section "Title > 5.1 How long?"`},
		{"section by a prefix of its number", `{quote: Data is kept for, page: 1, section: "5"}`, `does not stand in section "5"`},
		{"offsets", `{quote: Data is kept., page: 1, start: 9, end: 22}`, ""},
		{"wrong offsets", `{quote: Data is kept., page: 1, start: 8, end: 21}`, "stands at characters 9 to 22, not 8 to 21"},
		{"not there", `{quote: Data is kept for “8 years”., page: 1}`, `closest: "Data is kept for \"7 years\"." (page 1, 96% alike)`},
		{"too little", `{quote: Data ... years, page: 1}`, "quote at least two words in a row"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := loaded(t, text, tc.citation)
			problems := Verify(t.Context(), c, document.NewReader(document.Options{}))
			if tc.want == "" && len(problems) > 0 || !strings.Contains(problems.Error(), tc.want) {
				t.Errorf("got %v\nwant %q", problems, tc.want)
			}
			if tc.want == "" && c.Claims[0].Citations[0].Verified == nil {
				t.Error("not verified")
			}
		})
	}
}

func TestVerifyFillsInThePlace(t *testing.T) {
	c := loaded(t, text, `{quote: "Data is kept for \"7 years\"", page: 1}`)
	if problems := Verify(t.Context(), c, document.NewReader(document.Options{})); len(problems) > 0 {
		t.Fatal(problems)
	}
	got := *c.Claims[0].Citations[0].Verified
	want := claims.Place{Page: 1, EndPage: 1, Section: "5.1 How long?", Start: 42, End: 68, Match: Folded}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if c.Documents[0].SHA256 == "" {
		t.Error("the document's sum was not filled in")
	}
}

func TestVerifyDocuments(t *testing.T) {
	c := loaded(t, text, `{quote: Data is kept for, page: 1}, {quote: It is kept for long., page: 2}`)
	c.Documents[0].SHA256 = strings.Repeat("0", 64)
	problems := Verify(t.Context(), c, document.NewReader(document.Options{}))
	if len(problems) != 1 || !strings.Contains(problems.Error(), strings.Repeat("0", 64)) || !strings.Contains(problems.Error(), "has the SHA-256 ") {
		t.Errorf("got %v", problems)
	}
	c.Documents[0].Path = "gone.md"
	problems = Verify(t.Context(), c, document.NewReader(document.Options{}))
	if len(problems) != 1 || !strings.Contains(problems.Error(), "gone.md does not exist; 2 of its quotes cannot be verified") {
		t.Errorf("got %v", problems)
	}
}
