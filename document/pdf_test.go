package document

import (
	"testing"
)

func parsePDF(t testing.TB, data []byte) *Document {
	t.Helper()
	d, err := Parse(t.Context(), "a.pdf", data, Options{OCR: OCROff})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPDFText(t *testing.T) {
	m := newPDF()
	m.page(paragraph(72, 700, "The contractor keeps personal infor-", "mation for seven years."))
	m.page(paragraph(72, 700, "The second page."))
	d := parsePDF(t, m.bytes())
	if want := "The contractor keeps personal infor-\nmation for seven years.\n\fThe second page.\n\f"; d.Text != want {
		t.Errorf("got %q", d.Text)
	}
	if len(d.Pages) != 2 || d.Pages[1].Start != d.Pages[0].End || d.Pages[1].End != len(d.Text) || d.Pages[0].Width != 612 || d.Pages[0].Height != 792 {
		t.Errorf("pages %+v", d.Pages)
	}
	w := d.Words[1]
	if got := d.Text[w.Start:w.End]; got != "contractor" {
		t.Errorf("the second word is %q", got)
	}
	// It starts 72 points and "The " from the left, its base line 92 from the top.
	if b := w.Box; b.X0 < 96 || b.X0 > 98 || b.X1 < 148 || b.X1 > 151 || b.Y0 > 83 || b.Y0 < 78 || b.Y1 < 92 || b.Y1 > 97 {
		t.Errorf("it stands at %v", b)
	}
}
