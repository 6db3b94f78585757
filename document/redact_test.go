package document

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// keep writes a test's image where SHEETS says, for looking at.
func (s *sheet) keep(name string) {
	if dir := os.Getenv("SHEETS"); dir != "" {
		f, err := os.Create(dir + "/" + name + ".png")
		if err != nil {
			s.t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, s); err != nil {
			s.t.Fatal(err)
		}
	}
}

// outline draws a frame of thin lines.
func (s *sheet) outline(r image.Rectangle, thick int) {
	s.fill(r, 0)
	s.fill(r.Inset(thick), 255)
}

// skewed is the sheet turned by a slope, with noise and a soft focus, as
// scanners deliver.
func (s *sheet) skewed(slope float64) *sheet {
	out := &sheet{image.NewGray(s.Rect), s.t, s.face}
	r := rand.New(rand.NewPCG(1, 2))
	for y := range s.Rect.Max.Y {
		for x := range s.Rect.Max.X {
			sx, sy := x+int(slope*float64(y)), y-int(slope*float64(x-850))
			v := 255
			if image.Pt(sx, sy).In(s.Rect) {
				v = int(s.GrayAt(sx, sy).Y)
			}
			out.SetGray(x, y, color.Gray{uint8(min(255, max(0, float64(v)*0.85+15+r.NormFloat64()*12)))})
		}
	}
	return out
}

// redactedSheet is a page on which things are withheld, in every way. It says
// where its black boxes are; the third holds a code.
func redactedSheet(t testing.TB) (s *sheet, boxes []image.Rectangle) {
	s = newSheet(t)
	black := func(x0, y0, x1, y1 int) {
		r := image.Rect(x0, y0, x1, y1)
		s.fill(r, 8)
		boxes = append(boxes, r)
	}
	x := s.write(200, 300, "The officer")
	black(x+12, 268, x+252, 310)
	s.write(x+264, 300, "signed the order in Houston.")
	x = s.write(200, 380, "The contractor keeps the data for")
	black(x+12, 348, x+162, 390)
	s.write(x+174, 380, "(b)(4) after it ends.")
	// A code in white on black.
	x = s.write(200, 460, "In the end it was seen by")
	black(x+12, 425, x+170, 472)
	s.white(x+22, 460, "(b)(7)(E)")
	s.write(x+190, 460, "and by no one else.")
	// A code in a frame, and one on gray.
	x = s.write(200, 540, "What the programme costs a day is")
	s.outline(image.Rect(x+20, 500, x+180, 556), 3)
	s.write(x+46, 540, "(b)(4)")
	s.write(x+194, 540, "dollars.")
	x = s.write(200, 620, "On the telephones the system is")
	s.fill(image.Rect(x+20, 582, x+220, 632), 190)
	s.write(x+46, 620, "(b)(7)(E)")
	s.write(x+234, 620, "by default.")
	// Parts of three lines.
	x = s.write(200, 720, "The report says that")
	black(x+12, 685, 1400, 740)
	black(200, 740, 1400, 800)
	black(200, 800, 700, 852)
	s.write(720, 840, "and nothing more was found.")
	return s, boxes
}

// white writes in white.
func (s *sheet) white(x, y int, text string) {
	mask := &sheet{image.NewGray(s.Rect), s.t, s.face}
	mask.fill(mask.Rect, 255)
	mask.write(x, y, text)
	for i, v := range mask.Pix {
		s.Pix[i] = max(s.Pix[i], 255-v)
	}
}

func TestCovers(t *testing.T) {
	s, want := redactedSheet(t)
	s.keep("redacted")
	for _, slope := range []float64{0, 0.012, -0.02} {
		img := s
		if slope != 0 {
			img = s.skewed(slope)
			img.keep(fmt.Sprintf("redacted%v", slope))
		}
		got := findCovers(img.Gray, sheetDPI).covers
		if len(got) != len(want) {
			t.Errorf("slope %v: %d covers, want %d: %v", slope, len(got), len(want), got)
			continue
		}
		slices.SortFunc(got, func(a, b cover) int { return cmp.Compare(a.Y0, b.Y0) })
		for i, c := range got {
			in := func(v int) float32 { return float32(v) * 72 / sheetDPI }
			r := want[i]
			shift := in(int(slope * float64((r.Min.X+r.Max.X)/2-850))) // downwards, by its place
			tolerance := float32(1.5 + 450*max(slope, -slope))
			if c.Holed != (i == 2) || distance(c.X0, in(r.Min.X)) > tolerance || distance(c.Y0, in(r.Min.Y)+shift) > tolerance || distance(c.X1, in(r.Max.X)) > tolerance || distance(c.Y1, in(r.Max.Y)+shift) > tolerance {
				t.Errorf("slope %v: cover %d is %+v, want %v in pixels, %d an inch", slope, i, c, r, sheetDPI)
			}
		}
	}
}

func TestNoCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for name, draw := range map[string]func(s *sheet){
		"text":       func(s *sheet) { s.write(200, 300, "The contractor keeps the data.") },
		"underlines": func(s *sheet) { s.fill(image.Rect(200, 310, 900, 318), 0); s.fill(image.Rect(200, 400, 1500, 411), 0) },
		"table": func(s *sheet) {
			for i := range 6 {
				s.fill(image.Rect(200, 300+60*i, 1500, 306+60*i), 0)
				s.fill(image.Rect(200+260*i, 300, 206+260*i, 600), 0)
			}
		},
		"seal": func(s *sheet) {
			for y := -150; y <= 150; y++ {
				for x := -150; x <= 150; x++ {
					if x*x+y*y < 150*150 {
						s.SetGray(400+x, 400+y, color.Gray{20})
					}
				}
			}
		},
		"flat oval": func(s *sheet) {
			for y := -30; y <= 30; y++ {
				for x := -200; x <= 200; x++ {
					if x*x*900+y*y*40000 < 36000000 {
						s.SetGray(400+x, 400+y, color.Gray{20})
					}
				}
			}
		},
		"photograph": func(s *sheet) {
			for y := 300; y < 700; y++ {
				for x := 300; x < 900; x++ {
					s.SetGray(x, y, color.Gray{uint8(min(255, 30+(x*y/700)%90+r.IntN(60)))})
				}
			}
		},
		"dark photograph": func(s *sheet) {
			for y := 300; y < 700; y++ {
				for x := 300; x < 900; x++ {
					s.SetGray(x, y, color.Gray{uint8((x - 300) / 6)})
				}
			}
		},
		"margins of a scan": func(s *sheet) {
			s.fill(image.Rect(0, 0, 60, s.Rect.Max.Y), 0)
			s.fill(image.Rect(0, 0, s.Rect.Max.X, 40), 10)
			s.fill(image.Rect(1650, 1800, 1700, 2200), 10)
		},
		"bar across the page": func(s *sheet) { s.fill(image.Rect(30, 100, 1670, 160), 0) },
		"heading in white": func(s *sheet) {
			s.fill(image.Rect(200, 300, 1500, 360), 0)
			s.white(240, 345, "RETENTION OF RECORDS AND DATA BY THE PROGRAMME")
		},
		"narrow heading in white": func(s *sheet) {
			s.fill(image.Rect(200, 310, 1500, 352), 0)
			s.white(700, 343, "RETENTION OF RECORDS")
		},
		"check box":     func(s *sheet) { s.fill(image.Rect(200, 300, 235, 335), 0) },
		"vertical bars": func(s *sheet) { s.fill(image.Rect(200, 300, 240, 900), 0); s.fill(image.Rect(300, 300, 320, 900), 0) },
		"bar code": func(s *sheet) {
			for i := range 60 {
				s.fill(image.Rect(200+12*i, 300, 200+12*i+3+r.IntN(6), 400), 0)
			}
		},
		"gray box":  func(s *sheet) { s.fill(image.Rect(200, 300, 900, 360), 180) },
		"white box": func(s *sheet) { s.outline(image.Rect(200, 300, 900, 360), 4) },
		"triangle": func(s *sheet) {
			for y := range 100 {
				s.fill(image.Rect(400, 300+y, 400+3*y, 301+y), 0)
			}
		},
	} {
		s := newSheet(t)
		s.write(200, 1800, "Other text of the page.")
		draw(s)
		s.keep("no " + name)
		for _, img := range []*sheet{s, s.skewed(0.01)} {
			for _, c := range findCovers(img.Gray, sheetDPI).covers {
				if !c.Holed { // which only counts with a code in it
					t.Errorf("%s: cover %+v", name, c)
				}
			}
		}
	}
}

// marked is the text with what is withheld shown where it stands.
func marked(d *Document) string {
	var b strings.Builder
	at := 0
	for _, r := range d.Redactions {
		b.WriteString(d.Text[at:r.At])
		fmt.Fprintf(&b, "<%s>", r.Exemption)
		at = r.At
	}
	return b.String() + d.Text[at:]
}

func TestRedactions(t *testing.T) {
	needTesseract(t)
	s, _ := redactedSheet(t)
	want := "The officer<> signed the order in Houston.\n" +
		"The contractor keeps the data for<(b)(4)> (b)(4) after it ends.\n" +
		"In the end it was seen by <(b)(7)(E)>(b)(7)(E) and by no one else.\n" +
		"What the programme costs a day is <(b)(4)>(b)(4) dollars.\n" +
		"On the telephones the system is <(b)(7)(E)>(b)(7)(E) by default.\n" +
		"The report says that<><> <>and nothing more was found."
	for _, slope := range []float64{0, 0.01} {
		img := s
		if slope != 0 {
			img = s.skewed(slope)
		}
		d, err := Parse(t.Context(), "scan.png", encoded(t, "png", img), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(strings.Fields(marked(d)), " "); got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("slope %v:\n got  %s\n want %s", slope, got, want)
		}
		for _, r := range d.Redactions {
			if r.Page != 1 || r.Box.X1-r.Box.X0 < 20 || r.Box.Y1-r.Box.Y0 < 10 {
				t.Errorf("slope %v: %+v", slope, r)
			}
		}
	}
}

func TestRedactionsInPDF(t *testing.T) {
	m := newPDF()
	bar := "0.1 g 72 740 468 20 re f\n" // of a letterhead
	m.page(bar + "0 g BT /F1 12 Tf 72 700 Td (The officer) Tj 150 0 Td (signed the order.) Tj ET 140 697 78 12 re f")
	m.page(bar + "0 g 72 697 120 14 re f 1 g BT /F1 12 Tf 90 700 Td (\\(b\\) \\(6\\), \\(b\\) \\(7\\)\\(C\\)) Tj ET " +
		"0 g BT /F1 12 Tf 200 700 Td (signed the order.) Tj 0 -60 Td (It was kept.) Tj ET 72 650 300 1.2 re f 0.9 g 72 600 300 30 re f")
	square := m.add("<< /Type /Annot /Subtype /Square /Rect [140 695 220 711] /C [0 0 0] /IC [0 0 0] /AP << /N " +
		fmt.Sprint(m.stream("/Type /XObject /Subtype /Form /BBox [0 0 80 16]", "0 g 0 0 80 16 re f"), " 0 R") + " >> >>")
	m.page(bar+"BT /F1 12 Tf 72 700 Td (The officer Smith-Jones signed the order.) Tj ET", fmt.Sprintf("/Annots [%d 0 R]", square))
	m.page("BT /F1 12 Tf 72 700 Td (This is exempt under 5 U.S.C. 552\\(b\\)\\(6\\).) Tj 0 -20 Td (Nothing is withheld here.) Tj ET")
	d, err := Parse(t.Context(), "a.pdf", m.bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := "The officer<> signed the order. <(b)(6), (b)(7)(C)>(b) (6), (b) (7)(C) signed the order. It was kept. " +
		"The officer <>Smith-Jones signed the order. This is exempt under 5 U.S.C. 552(b)(6). Nothing is withheld here."
	if got := strings.Join(strings.Fields(marked(d)), " "); got != want {
		t.Errorf("\n got  %s\n want %s", got, want)
	}
	for i, want := range []Box{{140, 83, 218, 95}, {72, 81, 192, 95}, {140, 81, 220, 97}} {
		if b := d.Redactions[i].Box; distance(b.X0, want.X0) > 1 || distance(b.Y0, want.Y0) > 1 || distance(b.X1, want.X1) > 1 || distance(b.Y1, want.Y1) > 1 {
			t.Errorf("redaction %d at %v, want %v", i, b, want)
		}
	}
	var redacted []string
	for _, s := range d.Sentences() {
		if s.Redacted {
			redacted = append(redacted, s.Text)
		}
	}
	if want := "[The officer signed the order. (6), (b) (7)(C) signed the order. The officer Smith-Jones signed the order.]"; fmt.Sprint(redacted) != want {
		t.Errorf("redacted: %v", redacted)
	}
}

func TestRedactionsInText(t *testing.T) {
	d := parsed(t, "a.txt", "The officer (b)(6) signed it.\fIt is exempt under 5 U.S.C. 552(b)(6).\n\nMr. [REDACTED] called.")
	if got, want := marked(d), "The officer <(b)(6)>(b)(6) signed it.\fIt is exempt under 5 U.S.C. 552(b)(6).\n\nMr. <>[REDACTED] called."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if d.Redactions[0].Page != 1 || d.Redactions[1].Page != 2 {
		t.Errorf("pages of %+v", d.Redactions)
	}
}

func TestWithheldInSentences(t *testing.T) {
	for text, want := range map[string]string{
		"It ends.\n\n(b) (6), (b) (7)(C) signed it. He left.": "[(6), (b) (7)(C) signed it.]",
		"It ends.\n(b)(6)\nsigned it. He left.":               "[(b)(6) signed it.]",
		"Name\n\nOffice: (b)(6)\n\nIt ends.":                  "[Office: (b)(6)]",
		"It was (b)(5). It ends.":                             "[It was (b)(5).]",
		"It was\n\n[REDACTED]\n\nand it ended. It ends.":      "[It was [REDACTED] and it ended.]",
	} {
		d := parsed(t, "a.txt", text)
		var got []string
		for _, s := range d.Sentences() {
			if s.Redacted {
				got = append(got, s.Text)
			}
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q: %q, want %s", text, got, want)
		}
	}
}
