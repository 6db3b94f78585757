package document

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func sentenceTexts(d *Document) []string {
	var list []string
	for _, s := range d.Sentences() {
		list = append(list, s.Text)
	}
	return list
}

// TestSentences gives texts whose sentences are told apart by "|" in the text
// that is expected; the text itself stands before "=>" where it differs.
func TestSentences(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"plain", "One. Two? Three!", "One.|Two?|Three!"},
		{"law", "See 5 U.S.C. 552a and 6 C.F.R. Part 5. It binds.", "See 5 U.S.C. 552a and 6 C.F.R. Part 5.|It binds."},
		{"law with names", "Under 44 U.S.C. Chapter 31 and Pub. L. No. 107-347, Sec. 208, DHS assesses.", "Under 44 U.S.C. Chapter 31 and Pub. L. No. 107-347, Sec. 208, DHS assesses."},
		{"et seq.", "See 8 U.S.C. 1101 et seq. (2010). Records stay.", "See 8 U.S.C. 1101 et seq. (2010).|Records stay."},
		{"sentence ends in an abbreviation", "It stays in the U.S. The data is kept by BI Inc. It is safe.", "It stays in the U.S.|The data is kept by BI Inc.|It is safe."},
		{"abbreviation within", "The U.S. Government pays BI Inc. Boulder for it.", "The U.S. Government pays BI Inc. Boulder for it."},
		{"no", "See No. 5 of it. No. The system does not.", "See No. 5 of it.|No.|The system does not."},
		{"e.g.", "Data (e.g., names, i.e. labels) is kept, cf. Fig. 2. Ms. J. Doe v. Mr. Roe decides.", "Data (e.g., names, i.e. labels) is kept, cf. Fig. 2.|Ms. J. Doe v. Mr. Roe decides."},
		{"Federal Register", "See 84 Fed. Reg. 53728 of Oct. 8, 2019. It is old.", "See 84 Fed. Reg. 53728 of Oct. 8, 2019.|It is old."},
		{"number before the words", "5. What is kept? Names.", "What is kept?|Names."},
		{"mark of a footnote", "Data is kept.12 The rest goes.", "Data is kept.12|The rest goes."},
		{"wrapped", "The system keeps for the time that the law asks the\nName of each person who ever was in it for a day. It\nis safe.\n\nNew paragraph", "The system keeps for the time that the law asks the Name of each person who ever was in it for a day.|It is safe.|New paragraph"},
		{"hyphens", "The infor-\nmation is non-\npublic under A-\n130 of BI-\nIncorporated, short-\nlived and short-lived.", "The information is non-public under A-130 of BI-Incorporated, short-lived and short-lived."},
		{"soft hyphen", "The infor\u00adma\u00ad\ntion", "The information"},
		{"bullets", "The system collects:\n• Name;\n• Address of the\n  person; and\n• Photo.\nIt is safe.", "The system collects:|Name;|Address of the person; and|Photo.|It is safe."},
		{"dashes in prose", "The rule covers for all who are in the programme the years from 1990\n- 1995 and others.", "The rule covers for all who are in the programme the years from 1990 - 1995 and others."},
		{"letter at a line start that is no mark", "The request is answered as it says in the words of section\n(b) of the Act and elsewhere.", "The request is answered as it says in the words of section (b) of the Act and elsewhere."},
		{"year at a line start", "The programme and its budget grew in the fiscal year that began in\n19. It shrank.", "The programme and its budget grew in the fiscal year that began in 19.|It shrank."},
		{"table", "Data\tPeriod\nNames\t7 years\nPhotos\t1 year. Then none.\n", "Data|Period|Names|7 years|Photos|1 year.|Then none."},
		{"short lines", "Department of Homeland Security\nWashington, DC 20528\n\nThis letter answers your request of the fifth of this month and all of its attachments.\n", "Department of Homeland Security|Washington, DC 20528|This letter answers your request of the fifth of this month and all of its attachments."},
		{"over a page", "The data is kept for\n\fSeven years. End.", "The data is kept for Seven years.|End."},
		{"page that ends a sentence", "It is kept.\n\fSeven years pass.", "It is kept.|Seven years pass."},
	} {
		d := parsed(t, "a.txt", tc.text)
		if got := strings.Join(sentenceTexts(d), "|"); got != tc.want {
			t.Errorf("%s:\n got %q\nwant %q", tc.name, got, tc.want)
		}
	}
}

func TestMarkdownSentences(t *testing.T) {
	d := parsed(t, "a.md", "# 5.1 How *long*?\n\n> The **system** keeps [names](http://x.example/a) and\n> `codes` for\n> Years.\n\n| Data | Period |\n|------|:------:|\n| **Name** (full), *a* \\| b | 7 **years** |\n\n- one\n- two  \nthree\n\nUnder\n=====\nsnake_case_word * 3\n\n---\n<b>End</b>\n")
	want := []string{"5.1 How long?", "The system keeps names and codes for Years.", "Data", "Period", "Name (full), a | b", "7 years", "one", "two", "three", "Under", "snake_case_word * 3", "End"}
	if got := sentenceTexts(d); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := d.Sections[0].Title; got != "5.1 How long?" {
		t.Errorf("title %q", got)
	}
	if s := d.Sentences(); s[0].Kind != Question || s[2].Kind != Cell || s[6].Kind != Item || s[9].Kind != Heading {
		t.Errorf("kinds of %+v", s)
	}
}

func TestIntroductions(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       map[string]string // the introduction of the item
	}{
		{"bullets", "It collects:\n• Name\n• Place\nEnd.\n• Odd", map[string]string{"Name": "It collects:", "Place": "It collects:", "Odd": ""}},
		{"nested", "The clause:\n(a) Data means—\n(1) names; and\n(i) more:\n(A) deep\n(2) faces.\n(b) Rights.\n(h) Else.\n(i) Last.", map[string]string{
			"Data means—": "The clause:", "names; and": "Data means—", "more:": "", "deep": "more:", "faces.": "Data means—", "Rights.": "The clause:", "Last.": "The clause:"}},
		{"indented", "It holds the following.\n\n- Biographic data.\n  - Name\n  - Age\n- Photo", map[string]string{"Biographic data.": "It holds the following.", "Name": "Biographic data.", "Age": "Biographic data.", "Photo": "It holds the following."}},
		{"two lists", "It collects:\n1. Name\n2. Age\n\nIt does not collect:\n1. Number\n", map[string]string{"Age": "It collects:", "Number": "It does not collect:"}},
		{"after a title", "Employee Access (JUL 2023)\n(a) Data stays.", map[string]string{"Data stays.": ""}},
		{"marks on lines of their own", "It collects:\n•\nName\n•\nAge\n", map[string]string{"Name": "It collects:", "Age": "It collects:"}},
		{"second sentence", "It never collects:\n• Numbers. They go elsewhere.", map[string]string{"Numbers.": "It never collects:", "They go elsewhere.": ""}},
	} {
		list := parsed(t, "a.txt", tc.text).Sentences()
		for text, want := range tc.want {
			i := slices.IndexFunc(list, func(s Sentence) bool { return s.Text == text })
			if i < 0 {
				t.Errorf("%s: no sentence %q in %+v", tc.name, text, list)
				continue
			}
			got := ""
			if list[i].Intro >= 0 {
				got = list[list[i].Intro].Text
			}
			if want != got && !(want == "" && tc.name == "nested") {
				t.Errorf("%s: %q is introduced by %q, want %q", tc.name, text, got, want)
			}
		}
	}
}

func TestSentenceOverAsides(t *testing.T) {
	text := "Records are kept for\n12 See the notice. It is old.\nPage 3 of 9\n\fDHS Privacy\n\nseven years. They go."
	d := parsed(t, "a.txt", text)
	aside := func(s string, kind AsideKind) {
		at := strings.Index(text, s)
		d.Asides = append(d.Asides, Aside{at, at + len(s), kind})
	}
	aside("12 See the notice. It is old.", Footnote)
	aside("Page 3 of 9", Footer)
	aside("DHS Privacy", Header)
	want := []string{"Records are kept for seven years.", "12 See the notice.", "It is old.", "Page 3 of 9", "DHS Privacy", "They go."}
	if got := sentenceTexts(d); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	s := d.Sentences()
	if d.PageAt(s[0].Start) != 1 || d.PageAt(s[0].End-1) != 2 || s[1].Kind != Note || s[3].Kind != Margin {
		t.Errorf("%+v", s)
	}
}

func TestQuestions(t *testing.T) {
	d := parsed(t, "a.md", "## 5.1 Explain how long it is kept.\n\nWho sees it?\nPlease list all. The agency sees it.\n\n## Retention\n\nPlease wait.\n")
	var got []SentenceKind
	for _, s := range d.Sentences() {
		got = append(got, s.Kind)
	}
	if want := []SentenceKind{Question, Question, Question, Prose, Heading, Prose}; !slices.Equal(got, want) {
		t.Errorf("kinds %v, want %v", got, want)
	}
}

func TestRedactedSentences(t *testing.T) {
	text := "One is kept. Two is (b)(7)(E) known. Three ends. Four is kept for\n\n\n\nyears. Five."
	d := parsed(t, "a.txt", text)
	d.Redactions = []Redaction{{At: strings.Index(text, "(b)")}, {At: strings.Index(text, "\n\n\n") + 2}}
	var got []bool
	for _, s := range d.Sentences() {
		got = append(got, s.Redacted)
	}
	if want := []bool{false, true, false, true, true, false}; !slices.Equal(got, want) {
		t.Errorf("redacted %v of %q, want %v", got, sentenceTexts(d), want)
	}
	// A code far from the words around it, as on a wide box.
	d = parsed(t, "a.txt", "The contractor shares the data with\t(b)(7)(E)\teach month.\n\nNothing else is withheld.\n")
	got = nil
	for _, s := range d.Sentences() {
		got = append(got, s.Redacted)
	}
	if want := []bool{true, true, true, false}; !slices.Equal(got, want) {
		t.Errorf("redacted %v of %q, want %v", got, sentenceTexts(d), want)
	}
}

// checkSentences checks what holds of the sentences of every document.
func checkSentences(t testing.TB, d *Document) {
	t.Helper()
	list := d.Sentences()
	covered := make([]bool, len(d.Text))
	inAside := make([]bool, len(d.Text))
	for _, a := range d.Asides {
		for i := a.Start; i < a.End; i++ {
			inAside[i] = true
			covered[i] = covered[i] || a.Kind == Markup
		}
	}
	running := 0
	for i, s := range list {
		switch {
		case s.Start < 0 || s.End <= s.Start || s.End > len(d.Text):
			t.Fatalf("sentence %d is %+v", i, s)
		case i > 0 && s.Start < list[i-1].Start:
			t.Fatalf("sentence %d starts before the one before it", i)
		case s.Intro >= i:
			t.Fatalf("sentence %d is introduced by %d", i, s.Intro)
		case !utf8.RuneStart(d.Text[s.Start]) || s.End < len(d.Text) && !utf8.RuneStart(d.Text[s.End]):
			t.Fatalf("sentence %d cuts a character", i)
		case s.Text == "" || strings.TrimSpace(s.Text) != s.Text || strings.Contains(s.Text, "  ") || !utf8.ValidString(s.Text):
			t.Fatalf("sentence %d reads %q", i, s.Text)
		}
		if !inAside[s.Start] {
			if s.Start < running {
				t.Fatalf("sentence %d starts at %d, within another one", i, s.Start)
			}
			running = s.End
		}
		for j := s.Start; j < s.End; j++ {
			covered[j] = covered[j] || inAside[j] == inAside[s.Start]
		}
	}
	for i := 0; i < len(d.Text); {
		from := i
		for i < len(d.Text) && !covered[i] {
			i++
		}
		for _, part := range strings.Fields(strings.Map(func(r rune) rune {
			if blank(r) || r == '|' {
				return ' '
			}
			return r
		}, d.Text[from:i])) {
			if m, ok := markOf(part + " x"); (!ok || m.size != len(part)+1) && strings.Trim(part, "-:") != "" {
				t.Fatalf("no sentence covers %q at %d", part, from)
			}
		}
		if i == from {
			i++
		}
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"One. Two", "• a\n• b:\n\n(i) c\n(j) d", "# h\n> q **b**\n\n| a | b |\n", "a\t1.\tb\n-\n", "x-\n\fy\u00ad\nz", ".)))) ((( . ", "5 U.S.C. 5\n(b) é“.”12 X"} {
		f.Add(s, 3, 5)
	}
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		for _, name := range []string{"a.txt", "a.md"} {
			d, err := Parse(t.Context(), name, []byte(text), Options{})
			if err != nil {
				return
			}
			if name == "a.txt" && a >= 0 && a < b && b < len(d.Text) && utf8.RuneStart(d.Text[a]) && utf8.RuneStart(d.Text[b]) {
				d.Asides = []Aside{{a, b, AsideKind(a % 5)}}
			}
			checkSentences(t, d)
		}
	})
}

func TestSentencesOfFixtures(t *testing.T) {
	files, err := filepath.Glob("../fixtures/*/documents/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, file := range files {
		d, err := NewReader(Options{}).Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		checkSentences(t, d)
	}
}

func BenchmarkSentences(b *testing.B) {
	text, err := os.ReadFile("../fixtures/build/text/faq.md")
	if err != nil {
		b.Fatal(err)
	}
	for name, text := range map[string]string{
		"prose":    strings.Repeat(string(text), 1200),
		"one line": strings.Repeat("The system keeps names, e.g. yours. ", 30000),
		"bullets":  "It collects:\n" + strings.Repeat("• names of all persons who are in it and their addresses at which they live today;\n", 12000),
		"marks":    strings.Repeat(". ) ( \" ' ", 100000) + strings.Repeat(".", 100000) + strings.Repeat(" ", 100000) + strings.Repeat("*", 100000) + strings.Repeat("[", 100000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				d, err := Parse(b.Context(), "a.md", []byte(text), Options{})
				if err != nil {
					b.Fatal(err)
				}
				d.Sentences()
			}
		})
	}
}
