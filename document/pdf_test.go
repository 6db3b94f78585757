package document

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func parsePDF(t testing.TB, m *pdfMaker) *Document {
	t.Helper()
	d, err := Parse(t.Context(), "a.pdf", m.bytes(), Options{OCR: OCROff})
	if err != nil {
		t.Fatal(err)
	}
	checkPDF(t, d)
	return d
}

func TestPDFText(t *testing.T) {
	m := newPDF()
	m.page(paragraph(72, 700, "The contractor keeps personal infor-", "mation for seven years."))
	m.page(paragraph(72, 700, "The second page."))
	d := parsePDF(t, m)
	if want := "The contractor keeps personal infor-\nmation for seven years.\n\fThe second page.\n\f"; d.Text != want {
		t.Errorf("got %q", d.Text)
	}
	if len(d.Pages) != 2 || d.Pages[0].Width != 612 || d.Pages[0].Height != 792 || d.Pages[0].Source != TextLayer {
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

// lines is a column of text of a width of about 230 points.
func column(x, y float64, word string) string {
	var lines []string
	for i := range 12 {
		lines = append(lines, fmt.Sprintf("%s%d the agency keeps data that it", word, i))
	}
	return paragraph(x, y, lines...)
}

func rule(x, y, width float64) string { return fmt.Sprintf("%g %g %g 0.7 re f\n", x, y, width) }

func TestPDFLayout(t *testing.T) {
	for _, tc := range []struct{ name, content, want string }{
		{"two columns", at(72, 720, "A title that stands over both of the columns of this page, from the left to the right") +
			column(330, 690, "b") + column(72, 690, "a") + at(72, 500, "What stands below both of them, again from the left margin to the right margin"),
			"A title that stands over both of the columns of this page, from the left to the right\n\n" + joined("a") + "\n" + joined("b") +
				"\nWhat stands below both of them, again from the left margin to the right margin\n"},
		{"columns at other heights", column(330, 685, "b") + column(72, 690, "a"), joined("a") + "\n" + joined("b")},
		{"table", at(72, 700, "System") + at(250, 700, "Owner") + at(400, 700, "Years") +
			at(72, 680, "SmartLINK") + at(250, 680, "ICE") + at(400, 680, "7") + at(72, 660, "HART") + at(250, 660, "OBIM") + at(400, 660, "75") +
			at(72, 640, "IDENT") + at(250, 640, "OBIM") + at(400, 640, "75"),
			"System\tOwner\tYears\nSmartLINK\tICE\t7\nHART\tOBIM\t75\nIDENT\tOBIM\t75\n"},
		{"table with cells of several lines", rule(70, 712, 400) + at(72, 700, "Question") + at(250, 700, "Answer") + rule(70, 694, 400) +
			paragraph(72, 680, "How long is", "the data kept?") + paragraph(250, 680, "For seven years after the person", "leaves the programme, and then it", "is destroyed.") + rule(70, 646, 400) +
			paragraph(72, 632, "Who sees it?") + paragraph(250, 632, "Officers of the agency, and those", "of the contractor.") + rule(70, 612, 400),
			"Question\tAnswer\n\nHow long is\nthe data kept?\n\nFor seven years after the person\nleaves the programme, and then it\nis destroyed.\n\n" +
				"Who sees it?\n\nOfficers of the agency, and those\nof the contractor.\n"},
		{"list", paragraph(72, 700, "(a)", "", "(b)") + paragraph(100, 700, "The name of the person, and any", "other name that the person uses.", "The address."),
			"(a) The name of the person, and any\nother name that the person uses.\n(b) The address.\n"},
		{"words apart", "BT /F1 12 Tf 72 700 Td [(Data) -300 (is) -300 (kept)] TJ ET " + "BT /F1 12 Tf 1 0 0 1 72 680 Tm 2 Tc (kept) Tj ET",
			"Data is kept\nkept\n"},
		{"a space that nobody sees", "BT /F1 12 Tf 72 700 Td [(of) 250 ( ) 20 (fice)] TJ ET", "office\n"},
		{"a paragraph apart", paragraph(72, 700, "One line.", "Another.") + at(72, 640, "A paragraph."), "One line.\nAnother.\n\nA paragraph.\n"},
		{"a mark of a footnote", "BT /F1 12 Tf 72 700 Td (It is kept.) Tj /F1 7 Tf 5 Ts (3) Tj /F1 12 Tf 0 Ts ( More follows.) Tj ET", "It is kept.3 More follows.\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := newPDF()
			m.page(tc.content)
			if got := parsePDF(t, m).Text; got != tc.want+"\f" {
				t.Errorf("\n got %q\nwant %q", got, tc.want+"\f")
			}
		})
	}
}

func joined(word string) string {
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "%s%d the agency keeps data that it\n", word, i)
	}
	return b.String()
}

func TestPDFTurned(t *testing.T) {
	for _, degrees := range []int{90, 180, 270} {
		m := newPDF()
		m.page(paragraph(72, 700, "The page is turned", "by some degrees."), fmt.Sprintf("/Rotate %d", degrees))
		// The same upright: text that was set to be read with the page turned.
		turned := map[int]string{90: "0 1 -1 0 300 300", 180: "-1 0 0 -1 300 300", 270: "0 -1 1 0 300 300"}[degrees]
		m.page(fmt.Sprintf("BT /F1 12 Tf %s Tm (It is upright.) Tj ET", turned), fmt.Sprintf("/Rotate %d", degrees))
		d := parsePDF(t, m)
		if d.Text != "The page is turned\nby some degrees.\n\fIt is upright.\n\f" {
			t.Errorf("%d: %q", degrees, d.Text)
		}
		p := d.Pages[0]
		if wide := p.Width > p.Height; wide != (degrees != 180) {
			t.Errorf("%d: the page has %v by %v points", degrees, p.Width, p.Height)
		}
		for _, w := range d.Words {
			if b := w.Box; b.X0 < 0 || b.Y0 < 0 || b.X1 > p.Width || b.Y1 > p.Height || b.X0 >= b.X1 || b.Y0 >= b.Y1 {
				t.Errorf("%d: %q at %v", degrees, d.Text[w.Start:w.End], b)
			}
		}
		upright := d.Words[len(d.Words)-2].Box // "is"
		if upright.X1-upright.X0 > 12 || upright.Y1-upright.Y0 < 8 || upright.Y1-upright.Y0 > 18 {
			t.Errorf("%d: a word of the upright page at %v", degrees, upright)
		}
	}
}

func asidesOf(d *Document) string {
	var b strings.Builder
	for _, a := range d.Asides {
		fmt.Fprintf(&b, "%d %s %q\n", d.PageAt(a.Start), [...]string{"header", "footer", "footnote", "contents", "markup"}[a.Kind], d.Text[a.Start:a.End])
	}
	return b.String()
}

func TestPDFRunningLines(t *testing.T) {
	m := newPDF()
	m.page(styled("F2", 24, 72, 500, "Privacy Impact Assessment"))
	for i, text := range []string{"The agency keeps the data of the", "participants for seven years. Other", "data is kept for as long as the", "contract runs."} {
		m.page(at(72, 760, "Privacy Impact Assessment") + at(72, 700, text) + at(72, 40, fmt.Sprintf("DHS/ICE/PIA-062 page %d", i+1)))
	}
	d := parsePDF(t, m)
	var want strings.Builder
	for i := range 4 {
		fmt.Fprintf(&want, "%d header %q\n%d footer %q\n", i+2, "Privacy Impact Assessment", i+2, fmt.Sprintf("DHS/ICE/PIA-062 page %d", i+1))
	}
	if got := asidesOf(d); got != want.String() {
		t.Errorf("got\n%s", got)
	}
	for i, p := range d.Pages {
		if want := strings.Trim(fmt.Sprint(i), "0"); p.Label != want {
			t.Errorf("page %d has the label %q", p.Number, p.Label)
		}
	}
	found := false
	for _, s := range d.Sentences() {
		found = found || s.Text == "The agency keeps the data of the participants for seven years."
	}
	if !found {
		t.Errorf("no sentence runs over the page break: %q", sentenceTexts(d))
	}
	// What runs over the page end is marked on both pages, without the footer and
	// the header between; a quote of these is marked as any other.
	heights := func(from, to string) (list []string) {
		start := strings.Index(d.Text, from)
		end := start + strings.Index(d.Text[start:], to) + len(to)
		for _, b := range d.Boxes(start, end) {
			list = append(list, fmt.Sprintf("%d:%.0f", b.Page, 792-b.Box.Y1))
		}
		return list
	}
	if got := fmt.Sprint(heights("keeps the data", "seven years")); got != "[2:697 3:697]" {
		t.Errorf("over the page end: %s", got)
	}
	if got := fmt.Sprint(heights("DHS/ICE/PIA-062 page 1", "page 1")); got != "[2:37]" {
		t.Errorf("the footer: %s", got)
	}
}

func TestPDFRunningLinesKept(t *testing.T) {
	for name, make := range map[string]func(i int) string{
		"headings that count":   func(i int) string { return at(72, 760, fmt.Sprintf("Schedule %d", 3*i+1)) },
		"codes of redactions":   func(int) string { return at(72, 760, "(b)(7)(E)") },
		"text at other heights": func(i int) string { return at(72, 760-float64(20*i), "It is kept.") },
	} {
		m := newPDF()
		for i := range 5 {
			m.page(make(i) + at(72, 400, fmt.Sprintf("Text of its own, number %d.", i*i)))
		}
		if got := asidesOf(parsePDF(t, m)); got != "" {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func TestPDFFootnotes(t *testing.T) {
	m := newPDF()
	raised := func(x, y float64, mark string) string { return styled("F1", 7, x, y+5, mark) }
	m.page(at(72, 700, "The data is kept for seven years.") + raised(248, 700, "1") + at(72, 686, "It is then destroyed.") +
		rule(72, 120, 140) + raised(72, 100, "1") + styled("F1", 9, 80, 100, "As the contract says; see its section H,") + styled("F1", 9, 72, 88, "and the schedule."))
	d := parsePDF(t, m)
	if got, want := asidesOf(d), "1 footnote \"1\"\n1 footnote \"1 As the contract says; see its section H,\\nand the schedule.\"\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestPDFLabels(t *testing.T) {
	m := newPDF()
	for range 4 {
		m.page(at(72, 700, "Text."))
	}
	m.catalog = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>"
	var labels []string
	for _, p := range parsePDF(t, m).Pages {
		labels = append(labels, p.Label)
	}
	if got := strings.Join(labels, " "); got != "i ii 1 2" {
		t.Errorf("labels %q", got)
	}
}

func TestPDFSections(t *testing.T) {
	m := newPDF()
	m.page(styled("F2", 16, 72, 700, "5. Retention") + paragraph(72, 670, "The data is kept for seven years.", "It is then destroyed.") +
		styled("F2", 16, 72, 620, "6. Sharing") + paragraph(72, 590, "It is shared with nobody.") +
		styled("F2", 16, 72, 550, "7. Redress") + paragraph(72, 520, "Anyone may ask for their data."))
	d := parsePDF(t, m)
	var titles []string
	for _, s := range d.Sections {
		titles = append(titles, s.Title)
	}
	if got := strings.Join(titles, "; "); got != "5. Retention; 6. Sharing; 7. Redress" {
		t.Errorf("sections %q", got)
	}
}

func TestPDFHiddenText(t *testing.T) {
	m := newPDF()
	m.page(at(72, 700, "Seen.") + "BT 3 Tr /F1 12 Tf 72 680 Td (Not painted.) Tj ET BT 0 Tr /F1 12 Tf 72 -300 Td (Off the page.) Tj ET")
	d := parsePDF(t, m)
	if d.Text != "Seen.\n\f" || fmt.Sprint(d.Notices) != "[page 1: "+noticeHidden+"]" {
		t.Errorf("read %q, notices %v", d.Text, d.Notices)
	}
}

func TestPDFEncrypted(t *testing.T) {
	m := newPDF()
	m.good()
	m.encrypt("")
	if d := parsePDF(t, m); d.Text != "A good page.\n\f" {
		t.Errorf("without a user's password it reads %q", d.Text)
	}
}

func TestPDFForms(t *testing.T) {
	m := newPDF()
	look := m.stream("/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F1 "+helvetica+" >> >>", "BT /F1 10 Tf 2 6 Td (For seven years.) Tj ET")
	shown := m.add(fmt.Sprintf("<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (For seven years.) /F 4 /Rect [72 660 372 680] /AP << /N %d 0 R >> >>", look))
	parent := len(m.objects) + 2
	m.add(fmt.Sprintf("<< /Type /Annot /Subtype /Widget /F 4 /Rect [72 600 372 620] /Parent %d 0 R >>", parent))
	m.add(fmt.Sprintf("<< /FT /Tx /T (b) /V (Only with ICE.) /Kids [%d 0 R] >>", parent-1))
	hidden := m.add("<< /Type /Annot /Subtype /Widget /FT /Tx /T (c) /V (Nobody sees this.) /F 2 /Rect [72 560 372 580] >>")
	m.page(at(72, 700, "How long is the data kept?")+at(72, 640, "With whom is it shared?"), fmt.Sprintf("/Annots [%d 0 R %d 0 R %d 0 R]", shown, parent-1, hidden))
	m.catalog = fmt.Sprintf("/AcroForm << /Fields [%d 0 R %d 0 R %d 0 R] /DR << /Font << /F1 %s >> >> >>", shown, parent, hidden, helvetica)
	d := parsePDF(t, m)
	if got, want := strings.Join(strings.Fields(d.Text), " "), "How long is the data kept? For seven years. With whom is it shared? Only with ICE."; got != want {
		t.Errorf("got %q", d.Text)
	}
	for _, w := range d.Words {
		if d.Text[w.Start:w.End] == "Only" && (w.Box.X0 < 70 || w.Box.X0 > 80 || w.Box.Y0 < 170 || w.Box.Y1 > 193) {
			t.Errorf("the value without a look stands at %v", w.Box)
		}
	}
}

func TestPDFNotices(t *testing.T) {
	m := newPDF()
	m.good()
	f := m.stream("/Type /EmbeddedFile", strings.Repeat("x", 12000))
	spec := m.add(fmt.Sprintf("<< /Type /Filespec /F (costs.xlsx) /UF (costs.xlsx) /EF << /F %d 0 R >> >>", f))
	m.catalog = fmt.Sprintf("/Names << /EmbeddedFiles << /Names [(costs.xlsx) %d 0 R] >> >>", spec)
	if got := fmt.Sprint(parsePDF(t, m).Notices); !strings.Contains(got, `attachment "costs.xlsx" (12 kB) is not read`) {
		t.Errorf("notices %s", got)
	}

	m = newPDF()
	m.page(at(72, 700, "Please wait..."))
	xfa := m.stream("", "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
	m.catalog = fmt.Sprintf("/NeedsRendering true /AcroForm << /Fields [] /XFA %d 0 R >>", xfa)
	if d := parsePDF(t, m); d.Pages[0].Source != Unread || !strings.Contains(fmt.Sprint(d.Notices), "dynamic form (XFA)") {
		t.Errorf("a dynamic form: %+v, notices %v", d.Pages[0], d.Notices)
	}
}

// scanned is a page with a picture of a text, hidden text over it as of a
// scanner's OCR if there is any, and further content.
func (m *pdfMaker) scanned(t testing.TB, hidden, content string) {
	s, _ := retentionSheet(t)
	img := m.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8", s.Rect.Dx(), s.Rect.Dy()), string(s.Pix))
	c := m.stream("", "q 612 0 0 792 0 0 cm /A Do Q "+content)
	if hidden != "" {
		c = m.stream("", "q 612 0 0 792 0 0 cm /A Do Q BT 3 Tr /F1 12 Tf 72 684 Td ("+hidden+") Tj ET "+content)
	}
	m.raw(fmt.Sprintf("/Resources << /Font << /F1 %s >> /XObject << /A %d 0 R >> >> /Contents %d 0 R", helvetica, img, c))
}

func TestPDFScans(t *testing.T) {
	m := newPDF()
	m.scanned(t, "", "")
	m.scanned(t, strings.Repeat("The contractor keeps the data of a participant ", 5), "")
	m.scanned(t, "", at(72, 20, "Approved for release"))
	m.page("")
	d := parsePDF(t, m)
	for i, want := range []Source{Unread, OCR, Unread, TextLayer} {
		if d.Pages[i].Source != want {
			t.Errorf("without OCR page %d has source %v, want %v", i+1, d.Pages[i].Source, want)
		}
	}
	needTesseract(t)
	d, err := Parse(t.Context(), "a.pdf", m.bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkPDF(t, d)
	for i, want := range []string{"seven years after", "The contractor keeps", "Approved for release", ""} {
		p := d.Pages[i]
		if text := d.Text[p.Start:p.End]; !strings.Contains(text, want) || want == "" && strings.TrimSpace(text) != "" {
			t.Errorf("page %d reads %q", p.Number, text)
		}
		if (p.Source == OCR) != (want != "") {
			t.Errorf("page %d: %+v", p.Number, p)
		}
	}
	if c := d.Pages[0].Confidence; c < 0.8 || c > 1 {
		t.Errorf("the first page's confidence is %v", c)
	}
}

func TestRender(t *testing.T) {
	m := newPDF()
	m.page(paragraph(72, 700, "The contractor keeps the data", "for seven years."))
	m.page(at(72, 700, "The second page."), "/Rotate 90")
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, m.bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	r := NewReader(Options{})
	d, err := r.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	start := strings.Index(d.Text, "the data")
	places := d.Boxes(start, strings.Index(d.Text, " years"))
	if len(places) != 2 || places[0].Page != 1 || places[0].Box.Y1 > places[1].Box.Y1 || places[1].Box.X0 > places[0].Box.X0 {
		t.Fatalf("the passage stands at %+v", places)
	}
	boxes := []Box{places[0].Box, places[1].Box}
	img, err := r.Render(t.Context(), path, 1, RenderOptions{DPI: 144, Highlight: boxes})
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, 1224, 1584) {
		t.Errorf("the picture is %v", img.Bounds())
	}
	at := func(b Box) color.RGBA { // above its letters
		return color.RGBAModel.Convert(img.At(int(b.X0+b.X1), int(2*b.Y0))).(color.RGBA)
	}
	if c := at(boxes[0]); c.R < 250 || c.B > 120 {
		t.Errorf("the passage has the colour %v", c)
	}
	if c := at(Box{72, 200, 200, 210}); c != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("elsewhere it is %v", c)
	}
	crop, err := r.Render(t.Context(), path, 1, RenderOptions{DPI: 144, Highlight: boxes, Crop: true})
	if err != nil {
		t.Fatal(err)
	}
	if h := crop.Bounds().Dy(); crop.Bounds().Dx() != 1224 || h < 240 || h > 320 {
		t.Errorf("the cropped picture is %v", crop.Bounds())
	}
	if img, err := r.Render(t.Context(), path, 2, RenderOptions{DPI: 72}); err != nil || img.Bounds() != image.Rect(0, 0, 792, 612) {
		t.Errorf("the turned page is %v: %v", img.Bounds(), err)
	}
	for page, want := range map[int]string{0: "has no page 0; it has 2", 3: "has no page 3"} {
		if _, err := r.Render(t.Context(), path, page, RenderOptions{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("page %d: %v", page, err)
		}
	}
	if _, err := r.Render(t.Context(), path, 1, RenderOptions{DPI: 4000}); err == nil || !strings.Contains(err.Error(), "more than the limit") {
		t.Errorf("at 4000 dots an inch: %v", err)
	}
}

func BenchmarkPDF(b *testing.B) {
	m := newPDF()
	for range 50 {
		m.page(column(72, 700, "a") + column(330, 700, "b"))
	}
	data := m.bytes()
	for b.Loop() {
		if _, err := Parse(b.Context(), "a.pdf", data, Options{OCR: OCROff}); err != nil {
			b.Fatal(err)
		}
	}
}
