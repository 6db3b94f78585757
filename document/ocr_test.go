package document

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math"
	"os/exec"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// needTesseract skips a test where the program is missing; make test installs it.
func needTesseract(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("tesseract"); err != nil {
		t.Skip("needs tesseract: apt-get install tesseract-ocr")
	}
}

// sheet is a page of paper to draw on, 8.5 by 11 inches at 200 dpi.
type sheet struct {
	*image.Gray
	t    testing.TB
	face font.Face
}

const sheetDPI = 200

func newSheet(t testing.TB) *sheet {
	t.Helper()
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 12, DPI: sheetDPI})
	if err != nil {
		t.Fatal(err)
	}
	s := &sheet{image.NewGray(image.Rect(0, 0, 17*sheetDPI/2, 11*sheetDPI)), t, face}
	s.fill(s.Rect, 255)
	return s
}

// write sets a line of text with its base line at y and returns where it ends.
func (s *sheet) write(x, y int, text string) int {
	d := font.Drawer{Dst: s.Gray, Src: image.Black, Face: s.face, Dot: fixed.P(x, y)}
	d.DrawString(text)
	return d.Dot.X.Round()
}

// fill fills a rectangle with a shade.
func (s *sheet) fill(r image.Rectangle, shade uint8) {
	draw.Draw(s.Gray, r, image.NewUniform(color.Gray{shade}), image.Point{}, draw.Src)
}

// retention is a page of text; letters names what must be read, without spaces.
func retentionSheet(t testing.TB) (*sheet, string) {
	s := newSheet(t)
	text := []string{
		"The contractor keeps the data of a participant",
		"for seven years after the participant leaves",
		"the programme. No other copy may be kept.",
	}
	for i, line := range text {
		s.write(200, 300+60*i, line)
	}
	return s, strings.Join(text, "\n")
}

func TestOCRPage(t *testing.T) {
	needTesseract(t)
	s, want := retentionSheet(t)
	for _, degrees := range []int{0, 90, 180, 270} {
		img := s.Gray
		if degrees != 0 {
			img = turnGray(img, degrees)
		}
		words, confidence, err := ocrPage(t.Context(), img, sheetDPI, "")
		if err != nil {
			t.Fatal(err)
		}
		text, places := ocrText(words)
		if text != want || confidence < 0.8 || confidence > 1 {
			t.Errorf("turned by %d: confidence %v, text %q", degrees, confidence, text)
			continue
		}
		// "contractor" is the second word, on the base line 300 pixels down.
		if got := text[places[1].Start:places[1].End]; got != "contractor" {
			t.Errorf("the second word's place holds %q", got)
		}
		b := places[1].Box
		if degrees == 0 && (b.Y1 < 290*72/sheetDPI || b.Y1 > 310*72/sheetDPI || b.X0 < 200*72/sheetDPI || b.X1 > 600*72/sheetDPI) {
			t.Errorf("%q stands at %v", "contractor", b)
		}
		// Wherever the page is turned to, the box holds the ink of the word.
		if n := ink(img, b); n < 500 {
			t.Errorf("turned by %d: the box %v holds %d dark pixels", degrees, b, n)
		}
	}
}

// ink counts the dark pixels of a box in points.
func ink(img *image.Gray, b Box) (n int) {
	px := func(v float32) int { return int(math.Round(float64(v) * sheetDPI / 72)) }
	for y := px(b.Y0); y < px(b.Y1); y++ {
		for x := px(b.X0); x < px(b.X1); x++ {
			if img.GrayAt(x, y).Y < 128 {
				n++
			}
		}
	}
	return n
}

func TestOCRParagraphs(t *testing.T) {
	needTesseract(t)
	s := newSheet(t)
	s.write(200, 300, "The first paragraph has one line.")
	s.write(200, 560, "The second paragraph has two lines, of which")
	s.write(200, 620, "this is the second.")
	words, _, err := ocrPage(t.Context(), s, sheetDPI, "eng")
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := ocrText(words); text != "The first paragraph has one line.\n\nThe second paragraph has two lines, of which\nthis is the second." {
		t.Errorf("got %q", text)
	}
}

func TestOCRBlank(t *testing.T) {
	needTesseract(t)
	s := newSheet(t)
	s.fill(image.Rect(700, 700, 705, 705), 0) // a speck
	if words, confidence, err := ocrPage(t.Context(), s, sheetDPI, ""); len(words) > 0 || confidence != 1 || err != nil {
		t.Errorf("an empty page has %d words, confidence %v, error %v", len(words), confidence, err)
	}
	s.fill(image.Rect(300, 300, 1200, 1500), 60) // a picture
	if words, confidence, err := ocrPage(t.Context(), s, sheetDPI, ""); len(words) > 0 || confidence != 0 || err != nil {
		t.Errorf("a picture has %d words, confidence %v, error %v", len(words), confidence, err)
	}
}

func TestOCRErrors(t *testing.T) {
	needTesseract(t)
	s, _ := retentionSheet(t)
	for language, want := range map[string]string{
		"eng+xqz":     "apt-get install tesseract-ocr-xqz",
		"chi_nowhere": "apt-get install tesseract-ocr-chi-nowhere",
		"--psm":       "is no language of OCR",
		"../eng":      "is no language of OCR",
	} {
		if _, _, err := ocrPage(t.Context(), s, sheetDPI, language); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", language, err, want)
		}
	}
	if _, _, err := ocrPage(t.Context(), image.NewGray(image.Rect(0, 0, maxOCRSide+1, 1)), sheetDPI, ""); err == nil || !strings.Contains(err.Error(), "more than OCR takes") {
		t.Errorf("an image that is too wide: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, _, err := ocrPage(ctx, s, sheetDPI, ""); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 5*time.Second {
		t.Errorf("given up after %v with %v", time.Since(start), err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, _, err := ocrPage(t.Context(), s, sheetDPI, ""); !errors.Is(err, errNoTesseract) {
		t.Errorf("without tesseract: %v", err)
	}
}

func TestParseTSV(t *testing.T) {
	row := func(cells ...string) string { return strings.Join(cells, "\t") + "\n" }
	table := row("level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height", "conf", "text") +
		row("4", "1", "1", "1", "1", "0", "10", "20", "90", "10", "-1", "") +
		row("5", "1", "1", "1", "1", "1", "100", "200", "50", "20", "90", "Keep") +
		row("5", "1", "1", "1", "1", "2", "160", "200", "5", "20", "12", "|") + // the edge of a table
		row("5", "1", "1", "1", "2", "1", "100", "230", "50", "20", "50", "it") +
		row("5", "1", "1", "2", "1", "1", "100", "260", "50", "20", "50", " ") +
		row("5", "1", "2", "1", "1", "1", "100", "290", "50", "20", "100", "all") +
		row("5", "1", "2", "1", "1") + row("5", "1", "2", "1", "1", "1", "x", "290", "50", "20", "100", "odd") + row("5", "1", "2", "1", "1", "1", "1", "290", "50", "20", "NaN", "odd")
	words, confidence := parseTSV(table, 144)
	if text, _ := ocrText(words); text != "Keep\nit\n\nall" {
		t.Errorf("text %q", text)
	}
	if want := float32(0.8444); confidence != want { // (4*0.9 + 2*0.5 + 3*1) / 9
		t.Errorf("confidence %v, want %v", confidence, want)
	}
	if want := (Box{50, 100, 75, 110}); words[0].box != want {
		t.Errorf("box %v, want %v", words[0].box, want)
	}
	if w := words[2]; w.line != 2 || w.paragraph != 1 || w.block != 1 {
		t.Errorf("the last word is in line %d, paragraph %d, block %d", w.line, w.paragraph, w.block)
	}
}

func FuzzParseTSV(f *testing.F) {
	f.Add("5\t1\t1\t1\t1\t1\t100\t200\t50\t20\t90\tKeep\n")
	f.Fuzz(func(t *testing.T, table string) {
		words, confidence := parseTSV(table, 300)
		text, places := ocrText(words)
		if confidence < 0 || confidence > 1 {
			t.Fatalf("confidence %v", confidence)
		}
		for i, p := range places {
			if text[p.Start:p.End] != words[i].text {
				t.Fatalf("word %d is not at its place", i)
			}
		}
	})
}
