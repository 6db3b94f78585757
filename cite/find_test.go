package cite

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/document"
)

func doc(t testing.TB, text string) *document.Document {
	t.Helper()
	return docNamed(t, "a.txt", text)
}

func docNamed(t testing.TB, name, text string) *document.Document {
	t.Helper()
	d, err := document.Parse(t.Context(), name, []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestFind(t *testing.T) {
	for _, tc := range []struct{ name, text, quote, want string }{ // want: kind page "source", or nothing
		{"exact", "Data is kept for 7 years.", "kept for 7 years", `exact 1 "kept for 7 years"`},
		{"line break", "Data is kept\nfor 7 years.", "kept for 7 years", `folded 1 "kept\nfor 7 years"`},
		{"blanks", "kept  for\t7\u00a0years", "kept for 7 years", "folded 1 \"kept  for\\t7\\u00a0years\""},
		{"the quote's own breaks", "kept for 7 years", "kept\n  for 7 years", `folded 1 "kept for 7 years"`},
		{"page break", "one\n\fData is kept\n\ffor 7 years.", "kept for 7 years", `folded 2 "kept\n\ffor 7 years"`},
		{"hyphenated word", "personal infor-\nmation is kept", "information is kept", `folded 1 "infor-\nmation is kept"`},
		{"hyphen of the word's own", "a long-\nterm plan", "a long-term plan", `folded 1 "a long-\nterm plan"`},
		{"hyphen that goes", "a long-\nterm plan", "a longterm plan", `folded 1 "a long-\nterm plan"`},
		{"hyphen in the line stays", "a re-sign here", "a resign here", ""},
		{"two hyphens of both kinds", "the long-\nterm infor-\nmation", "the long-term information", `folded 1 "the long-\nterm infor-\nmation"`},
		{"hyphen before a number is none", "pages 5-\n7 here", "pages 57 here", ""},
		{"hyphen and blank in the quote", "personal infor-\nmation is kept", "infor- mation is kept", `folded 1 "infor-\nmation is kept"`},
		{"hyphen and line end in the quote", "the non-technical data", "the non-\ntechnical data", `folded 1 "the non-technical data"`},
		{"hyphen and blank in the text", "the non- technical data", "the non-technical data", `folded 1 "the non- technical data"`},
		{"hyphen and blank on both sides", "the non- technical data", "the non-\ntechnical data", `folded 1 "the non- technical data"`},
		{"hyphen that hangs", "pre- and post-release", "pre- and post-release", `exact 1 "pre- and post-release"`},
		{"a dash is no hyphen", "kept — always", "kept -always", ""},
		{"soft hyphen", "infor\u00admation kept", "information kept", `folded 1 "infor\u00admation kept"`},
		{"ligatures", "the ﬁrst oﬃce", "the first office", `folded 1 "the ﬁrst oﬃce"`},
		{"curly quotes", "ICE’s “unlimited rights”", `ICE's "unlimited rights"`, `folded 1 "ICE’s “unlimited rights”"`},
		{"straight in the text", `ICE's "rights"`, "ICE’s “rights”", `folded 1 "ICE's \"rights\""`},
		{"dashes", "kept – always", "kept - always", `folded 1 "kept – always"`},
		{"full width", "ＩＣＥ keeps", "ICE keeps", `folded 1 "ＩＣＥ keeps"`},
		{"composed and decomposed", "cafe\u0301 records", "café records", `folded 1 "café records"`},
		{"zero width", "data\u200b base kept", "data base kept", `folded 1 "data\u200b base kept"`},
		{"byte order mark", "\ufeffData is kept", "Data is kept", `exact 1 "Data is kept"`},
		{"case counts", "Data is kept", "data is kept", ""},
		{"another number", "kept for 7 years", "kept for 8 years", ""},
		{"a longer number", "kept for 17 years", "7 years", ""},
		{"a part of a decimal", "7.5 percent and 1,700 people", "5 percent", ""},
		{"thousands", "1,700 people", "700 people", ""},
		{"a part of a word", "is unable to", "able to", ""},
		{"a part of a hyphenated word", "the non-retained data", "retained data", ""},
		{"a part of a word over a line end", "the non-\nretained data", "retained data", ""},
		{"after a dash", "the agency—retained data", "retained data", `exact 1 "retained data"`},
		{"a dropped not", "does not collect names", "does collect names", ""},
		{"an added word", "collects names", "collects all names", ""},
		{"elision", "BI may keep the data, as agreed, indefinitely or longer.", "BI may keep ... indefinitely or longer", `elided 1 "BI may keep the data, as agreed, indefinitely or longer"`},
		{"elision in brackets", "BI may keep the data indefinitely or so", "BI may keep [...] indefinitely or so", `elided 1 "BI may keep the data indefinitely or so"`},
		{"elision character", "BI may keep the data indefinitely or so", "BI may keep … indefinitely or so", `elided 1 "BI may keep the data indefinitely or so"`},
		{"elision to the next page", "a b c\n\fd e f", "a b ... e f", `elided 1 "a b c\n\fd e f"`},
		{"elision over two pages", "a b c\n\fd\n\fe f", "a b ... e f", ""},
		{"elision, the shortest", "a b x a b y c d", "a b ... c d", `elided 1 "a b y c d"`},
		{"elision in the wrong order", "c d and a b", "a b ... c d", ""},
		{"elision of single words", "BI may not keep data", "BI ... keep ... data", ""},
		{"literal dots", "and so on ... end", "so on ... end", `exact 1 "so on ... end"`},
		{"twice", "a name. a name.", "a name", `exact 1 "a name" exact 1 "a name"`},
		{"empty", "text", "  ", ""},
		{"only an ellipsis", "text", "...", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := doc(t, tc.text)
			var got []string
			for _, m := range Find(d, tc.quote) {
				got = append(got, fmt.Sprintf("%s %d %q", m.Kind, m.Page, d.Text[m.Start:m.End]))
			}
			want := tc.want
			if tc.name == "composed and decomposed" {
				want = "folded 1 \"cafe\u0301 records\""
			}
			if s := strings.Join(got, " "); s != want {
				t.Errorf("got  %s\nwant %s", s, want)
			}
		})
	}
}

func TestFindSpanningPages(t *testing.T) {
	m := Find(doc(t, "x\n\fkept\n\ffor ever"), "kept for ever")
	if len(m) != 1 || m[0].Page != 2 || m[0].EndPage != 3 {
		t.Errorf("got %+v", m)
	}
}

func TestNearest(t *testing.T) {
	d := doc(t, "The cover.\n\fOther words stand here. Records are kept for seven years, then destroyed. More words.")
	p, ok := Nearest(d, "Records are kept for eight years, then destroyed.")
	if !ok || p.Page != 2 || p.Text != "Records are kept for seven years, then destroyed." || p.Similarity < 0.85 || p.Similarity >= 1 {
		t.Errorf("got %+v, %v", p, ok)
	}
	if _, ok := Nearest(d, "zyx wvu"); ok {
		t.Error("something like nothing was found")
	}
}

func FuzzFind(f *testing.F) {
	f.Add("personal infor-\nmation — “kept”", "information - \"kept\"")
	f.Add("a b c\n\fd e f", "a b ... e f")
	f.Add("long-\nterm", "long-term")
	f.Add("ﬁ\u00ad\nx \xff", "fi x")
	f.Fuzz(func(t *testing.T, text, quote string) {
		d, err := document.Parse(t.Context(), "a.txt", []byte(text), document.Options{})
		if err != nil {
			return
		}
		for _, m := range Find(d, quote) {
			if m.Start < 0 || m.End > len(d.Text) || m.Start >= m.End {
				t.Fatalf("%+v in %d bytes", m, len(d.Text))
			}
			source := d.Text[m.Start:m.End]
			switch m.Kind {
			case Exact:
				if source != strings.TrimSpace(quote) {
					t.Fatalf("exact %q for %q", source, quote)
				}
			case Folded:
				got, want := strings.TrimSpace(fold(source).text), strings.TrimSpace(fold(quote).text)
				// A hyphen may have been dropped at a line end.
				if strings.ReplaceAll(got, "-", "") != strings.ReplaceAll(want, "-", "") {
					t.Fatalf("folded %q for %q", got, want)
				}
			}
		}
		Nearest(d, quote)
	})
}

func megabyte(b *testing.B) *document.Document {
	var s strings.Builder
	for i := 0; s.Len() < 1<<20; i++ {
		fmt.Fprintf(&s, "Record group %d is retained for %d years after the last action.\n", i, i%90)
	}
	return doc(b, s.String())
}

func BenchmarkFind(b *testing.B) {
	d := megabyte(b)
	for b.Loop() {
		Find(d, "Record group 15000 is retained for 60 years after the last action.")
	}
}

func BenchmarkNearest(b *testing.B) {
	d := megabyte(b)
	for b.Loop() {
		Nearest(d, "Record group 15000 is retained for 61 years after the last action.")
	}
}
