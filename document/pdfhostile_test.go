package document

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// deflated packs what write writes.
func deflated(write func(w io.Writer)) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	write(w)
	w.Close()
	return b.String()
}

// bomb is a stream of so many MB of spaces, packed twice. Each MB is the same
// packed block, so that making it costs little.
func bomb(megabytes int) string {
	var block bytes.Buffer
	w, _ := flate.NewWriter(&block, flate.BestCompression)
	w.Write(bytes.Repeat([]byte(" "), 1<<20))
	w.Flush()
	return deflated(func(w io.Writer) {
		io.WriteString(w, "\x78\xda")
		for range megabytes {
			w.Write(block.Bytes())
		}
		io.WriteString(w, "\x03\x00")
	})
}

// raw adds a page of its own making.
func (m *pdfMaker) raw(entries string) {
	m.kids = append(m.kids, m.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "+entries+" >>"))
}

func (m *pdfMaker) good() { m.page(at(72, 700, "A good page.")) }

// hostile are small files that ask for much. Where a good page stands beside the
// bad one it must be read; says is what the notices or the error must say of
// the other.
var hostile = []struct {
	name, says string
	good       bool
	make       func(m *pdfMaker)
}{
	{"a bomb in a page", "page 1: takes ", true, func(m *pdfMaker) {
		m.raw(fmt.Sprintf("/Contents %d 0 R", m.stream("/Filter [/FlateDecode /FlateDecode]", bomb(4096))))
	}},
	{"forms that double", "page 1: takes ", true, func(m *pdfMaker) {
		form := m.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 1 1 re f")
		for range 30 {
			form = m.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A %d 0 R >> >>", form), "/A Do /A Do /A Do")
		}
		m.raw(fmt.Sprintf("/Resources << /XObject << /A %d 0 R >> >> /Contents %d 0 R", form, m.stream("", "/A Do")))
	}},
	{"a form within itself", "", true, func(m *pdfMaker) {
		n := len(m.objects) + 1
		m.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A %d 0 R >> >>", n), "/A Do")
		m.raw(fmt.Sprintf("/Resources << /XObject << /A %d 0 R >> >> /Contents %d 0 R", n, m.stream("", "/A Do")))
	}},
	{"a page of millions of letters", "page 1: takes", true, func(m *pdfMaker) {
		m.raw(fmt.Sprintf("/Resources << /Font << /F1 %s >> >> /Contents %d 0 R", helvetica, m.stream("/Filter /FlateDecode", deflated(func(w io.Writer) {
			io.WriteString(w, "BT /F1 12 Tf 72 700 Td ")
			line := strings.Repeat("(abcdefghij) Tj 1 -1 Td ", 1000)
			for range 1000 {
				io.WriteString(w, line)
			}
		}))))
	}},
	{"an image of billions of pixels", "page 1: is an image without text", true, func(m *pdfMaker) {
		img := m.stream("/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode",
			deflated(func(w io.Writer) { w.Write(make([]byte, 1<<20)) }))
		m.raw(fmt.Sprintf("/Resources << /XObject << /A %d 0 R >> >> /Contents %d 0 R", img, m.stream("", "612 0 0 792 0 0 cm /A Do")))
	}},
	{"a page as large as a town", "", true, func(m *pdfMaker) {
		m.page("0 0 m 9 9 l S "+at(72, 700, "x"), "/MediaBox [0 0 99999999 99999999]")
	}},
	{"pages within themselves", "can't be read", true, func(m *pdfMaker) {
		m.good()
		m.kids = append(m.kids, 2)
	}},
	{"a million pages", "claims to have 1000000 pages", false, func(m *pdfMaker) {
		m.good()
		m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count 1000000 /Kids [%d 0 R] >>", m.kids[0])
	}},
	{"ten thousand pages that aren't there", "page 2: can't be read: it is damaged, or isn't in the file; so it is up to page 10000", false, func(m *pdfMaker) {
		m.good()
		m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count 10000 /Kids [%d 0 R] >>", m.kids[0])
	}},
	{"a deep tree of pages", "page 1: can't be read", false, func(m *pdfMaker) {
		m.good()
		node := m.kids[0]
		for range 5000 {
			node = m.add(fmt.Sprintf("<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [%d 0 R] >>", node))
		}
		m.kids[0] = node
	}},
	{"a length that needs itself", "", true, func(m *pdfMaker) {
		n := len(m.objects) + 1
		m.add(fmt.Sprintf("<< /Length %d 0 R >>\nstream\nBT ET\nendstream", n))
		m.raw(fmt.Sprintf("/Contents %d 0 R", n))
	}},
	{"nested arrays", "", true, func(m *pdfMaker) { m.page(strings.Repeat("[", 200000) + at(72, 700, "x")) }},
	{"a bomb attached", `attachment "bomb.bin" is not read`, true, func(m *pdfMaker) {
		f := m.stream("/Type /EmbeddedFile /Filter [/FlateDecode /FlateDecode]", bomb(2048))
		spec := m.add(fmt.Sprintf("<< /Type /Filespec /F (bomb.bin) /UF (bomb.bin) /EF << /F %d 0 R >> >>", f))
		m.catalog = fmt.Sprintf("/Names << /EmbeddedFiles << /Names [(bomb.bin) %d 0 R] >> >>", spec)
	}},
	{"a reference to itself", "", true, func(m *pdfMaker) {
		n := len(m.objects) + 1
		m.add(fmt.Sprintf("%d 0 R", n))
		m.raw(fmt.Sprintf("/Contents %d 0 R /Resources %d 0 R", n, n))
	}},
}

// pageLimit is what a page may take in these tests, and slack what a busy
// machine may add.
const pageLimit, slack = time.Second, 20 * time.Second

func TestHostilePDFs(t *testing.T) {
	if _, err := startPDFium(); err != nil {
		t.Fatal(err)
	}
	for _, tc := range hostile {
		t.Run(tc.name, func(t *testing.T) {
			m := newPDF()
			tc.make(m)
			if tc.good {
				m.good()
			}
			start := time.Now()
			d, err := Parse(t.Context(), "a.pdf", m.bytes(), Options{OCR: OCROff, Timeout: pageShare * pageLimit})
			if took := time.Since(start); took > pageShare*pageLimit+slack {
				t.Errorf("took %s", took)
			}
			if err != nil {
				if tc.good || !strings.Contains(err.Error(), tc.says) {
					t.Error(err)
				}
				return
			}
			checkPDF(t, d)
			if said := fmt.Sprint(d.Notices); !strings.Contains(said, tc.says) || tc.says == "" && len(d.Notices) > 0 {
				t.Errorf("notices %s, want %q", said, tc.says)
			}
			if tc.good && !strings.Contains(d.Text, "A good page.") {
				t.Errorf("the good page reads %q", d.Text)
			}
			for _, p := range d.Pages {
				if strings.TrimSpace(d.Text[p.Start:p.End]) == "" && strings.HasPrefix(tc.says, "page 1") && p.Number == 1 && p.Source != Unread {
					t.Errorf("a page that was given up counts as read: %+v", p)
				}
			}
		})
	}
}

func TestDamagedPDFs(t *testing.T) {
	m := newPDF()
	for range 3 {
		m.good()
	}
	data := m.bytes()
	locked := newPDF()
	locked.good()
	locked.encrypt("secret")
	for _, tc := range []struct {
		name, says string
		data       []byte
	}{
		{"nothing but a header", "no readable structure", []byte("%PDF-1.7\n")},
		{"text", "no readable structure", []byte("%PDF-1.7\nThis is a letter that someone renamed.\n")},
		{"no pages", "no pages can be found", newPDF().bytes()},
		{"without a password", "is encrypted with a password", locked.bytes()},
	} {
		if _, err := Parse(t.Context(), "a.pdf", tc.data, Options{}); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.says)
		}
	}
	for cut := len(data) - 1; cut > 0; cut -= 37 {
		if d, err := Parse(t.Context(), "a.pdf", data[:cut], Options{OCR: OCROff}); err == nil {
			checkPDF(t, d)
		}
	}
	// What stands before the header is passed over, as other programs do.
	d, err := Parse(t.Context(), "a.pdf", append([]byte(strings.Repeat("\n", 500)), data...), Options{OCR: OCROff})
	if err != nil || len(d.Pages) != 3 {
		t.Errorf("with a start of its own: %v", err)
	}
}

// A page that PDFium trips over must not take the instance's other pages along.
func TestPDFInstanceIsReplaced(t *testing.T) {
	m := newPDF()
	for i := range 12 {
		if i%6 == 1 {
			hostile[1].make(m)
		} else {
			m.page(at(72, 700, fmt.Sprintf("Page %d of twelve.", i+1)))
		}
	}
	d, err := Parse(t.Context(), "a.pdf", m.bytes(), Options{OCR: OCROff, Timeout: 12 * pageLimit})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range d.Pages {
		if i%6 == 1 {
			if p.Source != Unread {
				t.Errorf("page %d: %+v", i+1, p)
			}
		} else if got := strings.TrimSpace(d.Text[p.Start:p.End]); got != fmt.Sprintf("Page %d of twelve.", i+1) {
			t.Errorf("page %d reads %q", i+1, got)
		}
	}
}

// checkPDF checks what holds of every PDF that was read.
func checkPDF(t testing.TB, d *Document) {
	t.Helper()
	end := 0
	for i, p := range d.Pages {
		if p.Number != i+1 || p.Start != end || p.End <= p.Start {
			t.Fatalf("page %+v behind offset %d", p, end)
		}
		end = p.End
	}
	if end != len(d.Text) || !utf8.ValidString(d.Text) {
		t.Fatalf("the pages end at %d of %d", end, len(d.Text))
	}
	last := int32(0)
	for _, w := range d.Words {
		if w.Start < last || w.End <= w.Start || int(w.End) > len(d.Text) || strings.ContainsAny(d.Text[w.Start:w.End], " \t\n\f") {
			t.Fatalf("word %+v behind offset %d", w, last)
		}
		last = w.End
	}
	checkOutline(t, d)
	checkSentences(t, d)
}

func FuzzPDF(f *testing.F) {
	if _, err := startPDFium(); err != nil {
		f.Fatal(err)
	}
	m := newPDF()
	m.page(styled("F2", 18, 72, 700, "1. Retention") + paragraph(72, 660, "The contractor keeps personal infor-", "mation for seven years."))
	m.page("100 100 200 12 re f "+paragraph(72, 700, "(b)(6)", "The second page."), "/Rotate 90")
	f.Add(m.bytes())
	for _, tc := range hostile {
		m := newPDF()
		tc.make(m)
		if data := m.bytes(); len(data) < 4<<10 && tc.says == "" {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		data = append([]byte("%PDF-1.7\n"), data...)
		if d, err := Parse(t.Context(), "a.pdf", data, Options{OCR: OCROff, Timeout: pageShare * 200 * time.Millisecond}); err == nil {
			checkPDF(t, d)
		}
	})
}

// TestPDFFolder reads all PDFs below the folder that PIA_CHECK_PDFS names, such
// as a collection of broken ones: each must be read or refused in time.
func TestPDFFolder(t *testing.T) {
	folder := os.Getenv("PIA_CHECK_PDFS")
	if folder == "" {
		t.Skip("PIA_CHECK_PDFS names no folder")
	}
	read, refused := 0, 0
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !strings.EqualFold(filepath.Ext(path), ".pdf") {
			return err
		}
		start := time.Now()
		d, err := NewReader(Options{OCR: OCROff, Timeout: 20 * time.Second}).Open(t.Context(), path)
		if took := time.Since(start); took > 20*time.Second+slack {
			t.Errorf("%s took %s", path, took)
		}
		if err != nil {
			refused++
			t.Logf("%s: %v", path, err)
			return nil
		}
		read++
		checkPDF(t, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d read, %d refused", read, refused)
}
