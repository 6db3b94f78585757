package document

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"fmt"
	"slices"
	"strings"
)

// pdfMaker writes small PDFs for the tests, as plain as the format allows.
type pdfMaker struct {
	objects []string // number 1 is objects[0]; number 1 is the catalog, 2 the pages
	kids    []int
	// catalog and trailer are further entries of these.
	catalog, trailer string
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

// bytes returns the file.
func (m *pdfMaker) bytes() []byte {
	var kids []string
	for _, k := range m.kids {
		kids = append(kids, fmt.Sprintf("%d 0 R", k))
	}
	m.objects[0] = "<< /Type /Catalog /Pages 2 0 R " + m.catalog + " >>"
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

// encrypt encrypts the streams of the document by the oldest of the standard's
// ways, RC4 with a key of 40 bits (ISO 32000-1, 7.6.3, revision 2), so that
// opening it takes the user's password.
func (m *pdfMaker) encrypt(user string) {
	pad := []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")
	padded := func(password string) []byte { return append([]byte(password), pad...)[:32] }
	crypt := func(key, data []byte) []byte {
		c, _ := rc4.NewCipher(key)
		out := make([]byte, len(data))
		c.XORKeyStream(out, data)
		return out
	}
	id := []byte("0123456789abcdef")
	hash := md5.Sum(padded("owner"))
	o := crypt(hash[:5], padded(user))
	permissions := []byte{0xfc, 0xff, 0xff, 0xff}
	hash = md5.Sum(slices.Concat(padded(user), o, permissions, id))
	key := hash[:5]
	u := crypt(key, pad)
	for i, object := range m.objects {
		if before, content, ok := strings.Cut(object, "stream\n"); ok {
			content = strings.TrimSuffix(content, "\nendstream")
			n := i + 1
			hash := md5.Sum(append(slices.Clone(key), byte(n), byte(n>>8), byte(n>>16), 0, 0))
			m.objects[i] = before + "stream\n" + string(crypt(hash[:10], []byte(content))) + "\nendstream"
		}
	}
	e := m.add(fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /O <%x> /U <%x> /P -4 >>", o, u))
	m.trailer = fmt.Sprintf("/Encrypt %d 0 R /ID [<%x> <%x>]", e, id, id)
}
