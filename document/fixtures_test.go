package document

import (
	"os"
	"strings"
	"testing"
)

func testdata(t testing.TB, name string) *Document {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse(t.Context(), name, data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A file of which only the second page is a scan.
func TestMixedFile(t *testing.T) {
	needTesseract(t)
	d := testdata(t, "mixed.pdf")
	if len(d.Pages) != 2 || d.Pages[0].Source != TextLayer || d.Pages[1].Source != OCR || d.Pages[1].Confidence < 0.8 {
		t.Fatalf("pages %+v", d.Pages)
	}
	for i, want := range []string{"Location points were kept for ninety days and then deleted.", "copied to a backup, which is kept for three years."} {
		p := d.Pages[i]
		if got := strings.Join(strings.Fields(d.Text[p.Start:p.End]), " "); !strings.Contains(got, want) {
			t.Errorf("page %d lacks %q: %q", i+1, want, got)
		}
	}
	t.Setenv("PATH", t.TempDir())
	d = testdata(t, "mixed.pdf")
	if d.Pages[0].Source != TextLayer || d.Pages[1].Source != Unread || len(d.Notices) != 1 || d.Notices[0].Page != 2 {
		t.Errorf("without tesseract: pages %+v, notices %+v", d.Pages, d.Notices)
	}
}

// A scan with black boxes, and codes in white, in a frame and beside a box.
func TestReleasedFile(t *testing.T) {
	needTesseract(t)
	d := testdata(t, "release.pdf")
	var redacted, exemptions []string
	for _, r := range d.Redactions {
		exemptions = append(exemptions, r.Exemption)
	}
	for _, s := range d.Sentences() {
		if s.Redacted {
			first, _, _ := strings.Cut(s.Text, " ")
			redacted = append(redacted, first)
		}
	}
	if got := strings.Join(exemptions, " | "); got != " | (b)(6), (b)(7)(C) | (b)(7)(E) | (b)(4) |  | " {
		t.Errorf("exemptions %s", got)
	}
	if got := strings.Join(redacted, " "); !strings.HasPrefix(got, "On The The The") || strings.Contains(got, "Nothing") || strings.Contains(got, "Records") {
		t.Errorf("redacted sentences begin with %s", got)
	}
}
