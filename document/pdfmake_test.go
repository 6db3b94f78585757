package document

import (
	"bytes"
	"fmt"
	"strings"
)

// pdfMaker writes small PDFs for the tests, as plain as the format allows.
type pdfMaker struct {
	objects []string // number 1 is objects[0]; number 1 is the catalog, 2 the pages
	kids    []int
	trailer string // further entries
	catalog string // further entries
}

func newPDF() *pdfMaker { return &pdfMaker{objects: make([]string, 2)} }

// add adds an object and returns its number.
func (m *pdfMaker) add(object string) int {
	m.objects = append(m.objects, object)
	return len(m.objects)
}

// stream adds a stream.
func (m *pdfMaker) stream(entries, content string) int {
	return m.add(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(content), content))
}

const helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
const helveticaBold = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"

// page adds a page of 612 by 792 points with a content stream; F1 is Helvetica,
// F2 Helvetica in bold. Entries come on top, such as "/Rotate 90".
func (m *pdfMaker) page(content string, entries ...string) int {
	c := m.stream("", content)
	n := m.add(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 %s /F2 %s >> >> /Contents %d 0 R %s >>",
		helvetica, helveticaBold, c, strings.Join(entries, " ")))
	m.kids = append(m.kids, n)
	return n
}

// bytes returns the file; catalog is what the catalog holds beside its pages.
func (m *pdfMaker) bytes(catalog string) []byte {
	var kids []string
	for _, k := range m.kids {
		kids = append(kids, fmt.Sprintf("%d 0 R", k))
	}
	m.objects[0] = "<< /Type /Catalog /Pages 2 0 R " + m.catalog + " " + catalog + " >>"
	if m.objects[1] == "" {
		m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(m.kids), strings.Join(kids, " "))
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(m.objects))
	for i, o := range m.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(m.objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(m.objects)+1, m.trailer, start)
	return b.Bytes()
}

// at is text at a place, measured from the lower left, in 12 point Helvetica.
func at(x, y float64, text string) string { return styled("F1", 12, x, y, text) }

func styled(font string, size, x, y float64, text string) string {
	text = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(text)
	return fmt.Sprintf("BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", font, size, x, y, text)
}

// paragraph sets lines of text below one another.
func paragraph(x, y float64, lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(at(x, y-14*float64(i), l))
	}
	return b.String()
}
