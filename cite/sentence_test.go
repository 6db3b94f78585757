package cite

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/pia-check/pia-check/document"
)

// checkSentences finds every sentence of a document as a quote at its place.
func checkSentences(t *testing.T, d *document.Document) {
	t.Helper()
	for _, s := range d.Sentences() {
		matches := Find(d, s.Text)
		if len(matches) < maxMatches && !slices.ContainsFunc(matches, func(m Match) bool { return m.Start <= s.Start && m.End >= s.End }) {
			t.Errorf("%s: sentence %q at %d to %d is found at %+v", d.Path, s.Text, s.Start, s.End, matches)
		}
	}
}

func TestSentencesAreQuotes(t *testing.T) {
	files, err := filepath.Glob("../fixtures/*/documents/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, file := range files {
		d, err := document.NewReader(document.Options{}).Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		checkSentences(t, d)
	}
	for name, text := range map[string]string{
		"a.md":  "> the **whole** un*believ*able [infor-\n> mation](x.html) is\n> kept in FAR 52.224-\n> 1 files.\n\n| a | `b` |\n|---|---|\n| c | d e |\n\n- one\n  two\n",
		"a.txt": "The infor-\nmation of self-\nemployed persons in the\u00ad\nses \u200bof A-\n130 and BI-\n\fIncorporated.12 The “rest”—all of it… goes;\n• here\n• there ﬁrst, 5 U.S.C. 552a.\n",
	} {
		checkSentences(t, docNamed(t, name, text))
	}
}
