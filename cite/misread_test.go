package cite

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/document"
)

// scan returns a document whose pages OCR read.
func scan(t testing.TB, text string) *document.Document {
	d := doc(t, text)
	for i := range d.Pages {
		d.Pages[i].Source, d.Pages[i].Confidence = document.OCR, 0.9
	}
	return d
}

func TestFindInScans(t *testing.T) {
	const quote = "The contractor shall retain all location information for 7 years and must not disclose it."
	for _, tc := range []struct{ name, scanned string }{
		{"read right", "The contractor shall retain all location information for 7 years and must not disclose it."},
		{"over lines", "The contractor shall retain all location infor-\nmation for 7 years\nand must not disclose it."},
		{"letters misread", "The contractor shall retain all iocation inforrnation for 7 years and must not disciose it."},
		{"letters misread for digits", "The contract0r shal1 retain all location information for 7 years and must not di5close it."},
		{"a mark misread", "The contractor shall retain all location information, for 7 years and must not disclose it"},
		{"specks", "The contractor | shall retain all ~ location information for 7 years — and must not disclose it."},
		{"a word split", "The con tractor shall retain all location information for 7 years and must not disclose it."},
		{"words joined", "The contractor shallretain all location information for 7 years and must not disclose it."},
		{"one unlikely letter in a long word", "The contractor shall retain all location informaxion for 7 years and must not disclose it."},
	} {
		m := Find(scan(t, "Before it.\n"+tc.scanned+"\nAfter it."), quote)
		if len(m) != 1 || m[0].Kind != OCR || m[0].Similarity < leastSimilar || m[0].Confidence < 0.89 {
			t.Errorf("%s: got %+v", tc.name, m)
		}
	}
	if m := Find(scan(t, quote), quote); m[0].Similarity != 1 {
		t.Errorf("read right, but %v similar", m[0].Similarity)
	}
	if m := Find(scan(t, strings.Replace(quote, "location", "iocation", 1)), quote); m[0].Similarity >= 1 {
		t.Errorf("misread, but %v similar", m[0].Similarity)
	}
	for name, scanned := range map[string]string{
		"another number":       "The contractor shall retain all location information for 1 years and must not disclose it.",
		"a number more":        "The contractor shall retain all location information for 77 years and must not disclose it.",
		"no not":               "The contractor shall retain all location information for 7 years and must disclose it.",
		"now for not":          "The contractor shall retain all location information for 7 years and must now disclose it.",
		"a not more":           "The contractor shall not retain all location information for 7 years and must not disclose it.",
		"another word":         "The contractor shall delete all location information for 7 years and must not disclose it.",
		"a word with a prefix": "The contractor shall retain all location information for 7 years and must not undisclose it.",
		"another name":         "The subcontractor shall retain all location information for 7 years and must not disclose it.",
	} {
		if m := Find(scan(t, scanned), quote); len(m) > 0 {
			t.Errorf("%s: %+v", name, m)
		}
	}
	if m := Find(doc(t, strings.Replace(quote, "location", "iocation", 1)), quote); len(m) > 0 {
		t.Errorf("a misreading was forgiven in text that no OCR read: %+v", m)
	}
	if m := Find(scan(t, "The contractor shall\nretain all\n\flocatlon information for 7 years and must not disclose it."), "contractor shall ... information for 7 years [...] not disclose"); len(m) != 1 || m[0].Page != 1 || m[0].EndPage != 2 {
		t.Errorf("elided: %+v", m)
	}
}

func TestFindOverTheMarksOfNotes(t *testing.T) {
	const text = "As set out in Section 7.646, it is kept for 7 years12 with care 3 at hand."
	d := doc(t, text)
	for _, mark := range []string{"46", "12", "3 "} {
		at := strings.LastIndex(text, mark)
		d.Asides = append(d.Asides, document.Aside{Start: at, End: at + len(strings.TrimSpace(mark)), Kind: document.Footnote})
	}
	for quote, found := range map[string]bool{
		"set out in Section 7.6, it is kept": true,
		"kept for 7 years with care at hand": true,
		"set out in Section 7.646, it":       true, // as the characters stand
		"kept for 7 yearswith care":          false,
		"kept for 712 years":                 false,
	} {
		if got := len(Find(d, quote)) == 1; got != found {
			t.Errorf("%q: found %v, want %v", quote, got, found)
		}
	}
}

func TestFindOverAsides(t *testing.T) {
	text := "The data is kept by the con-\n\nPrivacy Impact Assessment 1\n\fDepartment of Examples\n\ntractor for\n\nPrivacy Impact Assessment 2\n\f7 years. The end."
	d := doc(t, text)
	for _, aside := range []string{"Privacy Impact Assessment 1", "Department of Examples", "Privacy Impact Assessment 2"} {
		at := strings.Index(text, aside)
		d.Asides = append(d.Asides, document.Aside{Start: at, End: at + len(aside), Kind: document.Footer})
	}
	for quote, want := range map[string]string{
		"The data is kept by the contractor for 7 years.": "folded 1-3",
		"kept by the contractor":                          "folded 1-2",
		"7 years. The end.":                               "exact 3-3",
		"Department of Examples":                          "exact 2-2",
		"Privacy Impact Assessment":                       "exact 1-1 exact 2-2",
		"tractor for Privacy Impact Assessment 2":         "",
		"The data is kept ... The end.":                   "",
		"data is kept ... contractor for":                 "elided 1-2",
	} {
		var got []string
		for _, m := range Find(d, quote) {
			got = append(got, fmt.Sprintf("%s %d-%d", m.Kind, m.Page, m.EndPage))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: got %q, want %q", quote, s, want)
		}
	}
}

// An exact place must not hide the one where a line end falls into the quote.
func TestFindTellsEveryPlace(t *testing.T) {
	m := Find(doc(t, "kept\nfor ever\n\fkept for ever"), "kept for ever")
	if len(m) != 2 || m[0].Kind != Folded || m[1].Kind != Exact || m[1].Page != 2 {
		t.Errorf("got %+v", m)
	}
}
