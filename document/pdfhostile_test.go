package document

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// deflated packs what write writes.
func deflated(write func(w io.Writer)) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	write(w)
	w.Close()
	return b.String()
}

// bomb is a stream of so many MB of spaces, packed twice.
func bomb(megabytes int) string {
	block := bytes.Repeat([]byte(" "), 1<<20)
	once := deflated(func(w io.Writer) {
		for range megabytes {
			w.Write(block)
		}
	})
	return deflated(func(w io.Writer) { io.WriteString(w, once) })
}

// hostile are small files that ask for much, each with a page that can be read
// where it has pages at all.
func hostile() map[string]func(m *pdfMaker) {
	good := func(m *pdfMaker) { m.page(at(72, 700, "A good page.")) }
	raw := func(m *pdfMaker, contents string) {
		m.kids = append(m.kids, m.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "+contents+" >>"))
	}
	return map[string]func(m *pdfMaker){
		"bomb in a page": func(m *pdfMaker) {
			c := m.stream("/Filter [/FlateDecode /FlateDecode]", bomb(2048))
			raw(m, fmt.Sprintf("/Contents %d 0 R", c))
			good(m)
		},
		"forms that double": func(m *pdfMaker) {
			form := m.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 1 1 re f")
			for range 30 {
				form = m.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A %d 0 R >> >>", form), "/A Do /A Do /A Do")
			}
			c := m.stream("", "/A Do")
			raw(m, fmt.Sprintf("/Resources << /XObject << /A %d 0 R >> >> /Contents %d 0 R", form, c))
			good(m)
		},
		"a form within itself": func(m *pdfMaker) {
			n := len(m.objects) + 1
			m.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A %d 0 R >> >>", n), "/A Do")
			c := m.stream("", "/A Do")
			raw(m, fmt.Sprintf("/Resources << /XObject << /A %d 0 R >> >> /Contents %d 0 R", n, c))
			good(m)
		},
		"a page of millions of letters": func(m *pdfMaker) {
			c := m.stream("/Filter /FlateDecode", deflated(func(w io.Writer) {
				io.WriteString(w, "BT /F1 12 Tf 72 700 Td ")
				line := strings.Repeat("(abcdefghij) Tj 1 -1 Td ", 1000)
				for range 500 {
					io.WriteString(w, line)
				}
			}))
			raw(m, fmt.Sprintf("/Resources << /Font << /F1 %s >> >> /Contents %d 0 R", helvetica, c))
			good(m)
		},
		"an image of billions of pixels": func(m *pdfMaker) {
			img := m.stream("/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode",
				deflated(func(w io.Writer) { w.Write(make([]byte, 1<<20)) }))
			c := m.stream("", "612 0 0 792 0 0 cm /A Do")
			raw(m, fmt.Sprintf("/Resources << /XObject << /A %d 0 R >> >> /Contents %d 0 R", img, c))
			good(m)
		},
		"a page as large as a town": func(m *pdfMaker) {
			m.page("0 0 m 9 9 l S "+at(72, 700, "x"), "/MediaBox [0 0 99999999 99999999]")
			good(m)
		},
		"pages within themselves": func(m *pdfMaker) {
			good(m)
			m.kids = append(m.kids, 2)
		},
		"a million pages": func(m *pdfMaker) {
			good(m)
			m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count 1000000 /Kids [%d 0 R] >>", m.kids[0])
		},
		"a hundred thousand times one page": func(m *pdfMaker) {
			good(m)
			m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count 100000 /Kids [%s] >>", strings.Repeat(fmt.Sprintf("%d 0 R ", m.kids[0]), 100000))
		},
		"a deep tree of pages": func(m *pdfMaker) {
			good(m)
			node := m.kids[0]
			for range 20000 {
				node = m.add(fmt.Sprintf("<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [%d 0 R] >>", node))
			}
			m.kids[0] = node
		},
		"a length that needs itself": func(m *pdfMaker) {
			n := len(m.objects) + 1
			m.add(fmt.Sprintf("<< /Length %d 0 R >>\nstream\nBT ET\nendstream", n))
			raw(m, fmt.Sprintf("/Contents %d 0 R", n))
			good(m)
		},
		"nested arrays": func(m *pdfMaker) {
			m.page(strings.Repeat("[", 200000) + at(72, 700, "x"))
			good(m)
		},
		"a bomb attached": func(m *pdfMaker) {
			good(m)
			f := m.stream("/Type /EmbeddedFile /Filter [/FlateDecode /FlateDecode]", bomb(1024))
			spec := m.add(fmt.Sprintf("<< /Type /Filespec /F (bomb.bin) /UF (bomb.bin) /EF << /F %d 0 R >> >>", f))
			m.catalog = fmt.Sprintf("/Names << /EmbeddedFiles << /Names [(bomb.bin) %d 0 R] >> >>", spec)
		},
	}
}

func TestHostilePDFs(t *testing.T) {
	for name, make := range hostile() {
		t.Run(name, func(t *testing.T) {
			m := newPDF()
			make(m)
			data := m.bytes("")
			start := time.Now()
			d, err := Parse(t.Context(), "a.pdf", data, Options{OCR: OCROff, Timeout: 8 * time.Second})
			t.Logf("%d bytes, %s: %v", len(data), time.Since(start).Round(time.Millisecond), err)
			if d != nil {
				t.Logf("%d pages, %d bytes, notices %v, %v", len(d.Pages), len(d.Text), d.Notices, strings.Contains(d.Text, "A good page."))
			}
		})
	}
}

var _ = context.Background
var _ = os.Stat
var _ = filepath.Join
