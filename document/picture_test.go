package document

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/tiff"
)

func encoded(t testing.TB, format string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 85})
	case "tiff":
		err = tiff.Encode(&b, img, &tiff.Options{Compression: tiff.Deflate, Predictor: true})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPictures(t *testing.T) {
	needTesseract(t)
	s, want := retentionSheet(t)
	for _, format := range []string{"png", "jpeg", "tiff"} {
		d, err := Parse(t.Context(), "scan.txt", encoded(t, format, s), Options{})
		if err != nil {
			t.Fatal(err)
		}
		p := d.Pages[0]
		if d.Format != format || d.Text != want || len(d.Pages) != 1 || p.Source != OCR || p.Confidence < 0.8 || p.End != len(d.Text) {
			t.Errorf("%s: page %+v, text %q", format, p, d.Text)
			continue
		}
		// None of the files names its resolution: a sheet of letter paper.
		if p.Width != 612 || p.Height != 792 {
			t.Errorf("%s: the page has %v x %v points", format, p.Width, p.Height)
		}
		w := d.Words[1]
		if b := w.Box; d.Text[w.Start:w.End] != "contractor" || b.Y1 < 104 || b.Y1 > 112 || ink(s.Gray, b) < 500 {
			t.Errorf("%s: word %q at %v", format, d.Text[w.Start:w.End], b)
		}
	}
}

func TestPictureUnread(t *testing.T) {
	s, _ := retentionSheet(t)
	data := encoded(t, "png", s)
	check := func(o Options, want string) {
		t.Helper()
		d, err := Parse(t.Context(), "scan.png", data, o)
		if err != nil {
			t.Fatal(err)
		}
		if d.Text != "" || d.Pages[0].Source != Unread || len(d.Notices) != 1 || d.Notices[0].Page != 1 || !strings.Contains(d.Notices[0].Message, want) {
			t.Errorf("pages %+v, notices %+v, want %q", d.Pages, d.Notices, want)
		}
	}
	check(Options{OCR: OCROff}, "OCR is off")
	t.Setenv("PATH", t.TempDir())
	check(Options{}, "apt-get install tesseract-ocr")
}

// An unread page is read once OCR can read it.
func TestUnreadIsNotKept(t *testing.T) {
	needTesseract(t)
	s, _ := retentionSheet(t)
	o := Options{Store: NewStore(t.TempDir()), Language: "xqz"}
	for range 2 {
		d, err := Parse(t.Context(), "scan.png", encoded(t, "png", s), o)
		if err != nil || len(d.Notices) != 1 {
			t.Fatalf("%v, %+v", err, d)
		}
	}
	if u, err := Stat(o.Store.dir); err != nil || u.Files != 0 {
		t.Errorf("%d entries are kept, %v", u.Files, err)
	}
	o.Language = ""
	if _, err := Parse(t.Context(), "scan.png", encoded(t, "png", s), o); err != nil {
		t.Fatal(err)
	}
	if u, err := Stat(o.Store.dir); err != nil || u.Files != 2 {
		t.Errorf("%d entries are kept, want the page and the document; %v", u.Files, err)
	}
	t.Setenv("PATH", "") // not needed any more, but then it is another engine's
	o.OCR = OCRForce
	if d, err := Parse(t.Context(), "scan.png", encoded(t, "png", s), o); err != nil || d.Text != "" {
		t.Errorf("without an engine: %v, %q", err, d.Text)
	}
}

// joinTIFF makes one file of several, each with one image.
func joinTIFF(files ...[]byte) []byte {
	order := binary.LittleEndian
	joined := []byte("II*\x00\x00\x00\x00\x00")
	link := 4 // where the offset of the next image is written
	for _, f := range files {
		base := uint32(len(joined))
		joined = append(joined, f...)
		ifd := base + order.Uint32(f[4:])
		order.PutUint32(joined[link:], ifd)
		entries := int(order.Uint16(joined[ifd:]))
		for i := range entries {
			e := joined[int(ifd)+2+12*i:]
			size := map[uint16]uint32{1: 1, 2: 1, 3: 2, 4: 4, 5: 8}[order.Uint16(e[2:])]
			tag := order.Uint16(e)
			if size*order.Uint32(e[4:]) > 4 || tag == 273 { // values elsewhere, and the strip
				order.PutUint32(e[8:], order.Uint32(e[8:])+base)
			}
		}
		link = int(ifd) + 2 + 12*entries
	}
	return joined
}

func TestTIFFPages(t *testing.T) {
	needTesseract(t)
	var files [][]byte
	for _, line := range []string{"This is the first page of the release.", "", "The last page has other words on it."} {
		s := newSheet(t)
		s.write(200, 300, line)
		files = append(files, encoded(t, "tiff", s))
	}
	var pages []string
	d, err := Parse(t.Context(), "release.tif", joinTIFF(files...), Options{Progress: func(_ string, done, total int) {
		if done < 1 || done > total || total != 3 {
			t.Errorf("progress: %d of %d", done, total)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Pages {
		pages = append(pages, d.Text[p.Start:p.End])
	}
	if want := []string{"This is the first page of the release.\f", "\f", "The last page has other words on it."}; !slices.Equal(pages, want) {
		t.Errorf("pages %q, want %q", pages, want)
	}
	if w := d.Words[len(d.Words)-1]; d.Text[w.Start:w.End] != "it." {
		t.Errorf("the last word is %q", d.Text[w.Start:w.End])
	}
	// A damaged page leaves the others.
	data := joinTIFF(files...)
	copy(data[24:64], make([]byte, 40)) // in the first strip
	if d, err = Parse(t.Context(), "release.tif", data, Options{}); err != nil {
		t.Fatal(err)
	}
	if d.Pages[0].Source != Unread || d.Pages[2].Source != OCR || len(d.Notices) != 1 || d.Notices[0].Page != 1 {
		t.Errorf("pages %+v, notices %+v", d.Pages, d.Notices)
	}
}

func TestRenderPicture(t *testing.T) {
	s := newSheet(t)
	s.fill(image.Rect(400, 600, 800, 700), 0)
	s.fill(image.Rect(400, 400, 800, 500), 200)
	path := filepath.Join(t.TempDir(), "scan.tif")
	if err := os.WriteFile(path, joinTIFF(encoded(t, "tiff", newSheet(t)), encoded(t, "tiff", s)), 0o644); err != nil {
		t.Fatal(err)
	}
	r := NewReader(Options{})
	place := Box{400 * 72. / sheetDPI, 400 * 72. / sheetDPI, 800 * 72. / sheetDPI, 500 * 72. / sheetDPI}
	img, err := r.Render(t.Context(), path, 2, RenderOptions{DPI: 100, Highlight: []Box{place}})
	if err != nil || img.Bounds().Size() != image.Pt(850, 1100) {
		t.Fatalf("%v, %v", img, err)
	}
	if red, _, blue, _ := img.At(300, 225).RGBA(); red>>8 != 200 || blue>>8 > 80 {
		t.Errorf("the place is not highlighted: %v", img.At(300, 225))
	}
	if red, _, _, _ := img.At(300, 325).RGBA(); red>>8 > 20 {
		t.Errorf("the black box is %v", img.At(300, 325))
	}
	if img, err = r.Render(t.Context(), path, 2, RenderOptions{DPI: 100, Highlight: []Box{place}, Crop: true}); err != nil || img.Bounds().Dy() < 199 || img.Bounds().Dy() > 202 {
		t.Errorf("cropped to %v, %v", img.Bounds(), err)
	}
	if _, err := r.Render(t.Context(), path, 3, RenderOptions{}); err == nil || !strings.Contains(err.Error(), "has no page 3; it has 2") {
		t.Errorf("page 3: %v", err)
	}
}

func TestPicturesRefused(t *testing.T) {
	bomb := func(side uint32) string {
		header := binary.BigEndian.AppendUint32([]byte("IHDR"), side)
		header = append(binary.BigEndian.AppendUint32(header, side), 8, 2, 0, 0, 0)
		return "\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + string(binary.BigEndian.AppendUint32(header, crc32.ChecksumIEEE(header)))
	}
	small := string(encoded(t, "tiff", image.NewGray(image.Rect(0, 0, 8, 8))))
	circle := []byte(small)
	ifd := binary.LittleEndian.Uint32(circle[4:])
	next := ifd + 2 + 12*uint32(binary.LittleEndian.Uint16(circle[ifd:]))
	copy(circle[next:], circle[4:8])
	for _, tc := range []struct{ name, data, want string }{
		{"bomb", bomb(1 << 20), "1048576 x 1048576 pixels, more than the limit of 50 million"},
		{"truncated png", bomb(100), "is a damaged png file: unexpected EOF"},
		{"truncated jpeg", "\xff\xd8\xff\xe0", "is a damaged jpeg file"},
		{"truncated tiff", small[:len(small)-20], "is a damaged tiff file"},
		{"empty tiff", "II*\x00\x00\x00\x00\x00", "has no pages"},
		{"circular tiff", string(circle), "leads back to itself"},
		{"blank page", string(encoded(t, "png", newSheet(t))), "holds no text"},
	} {
		if tc.name == "blank page" {
			needTesseract(t)
		}
		if _, err := Parse(t.Context(), "a", []byte(tc.data), Options{}); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
}

func TestResolution(t *testing.T) {
	chunk := func(name string, data []byte) string {
		b := append([]byte(name), data...)
		return string(binary.BigEndian.AppendUint32(nil, uint32(len(data)))) + string(b) + string(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(b)))
	}
	img := image.NewGray(image.Rect(0, 0, 1240, 1754)) // A4 at 150 dots an inch
	phys := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 5906), 5906)
	data := string(encoded(t, "png", img))
	withPhys := data[:33] + chunk("pHYs", append(phys, 1)) + data[33:]
	jfif := func(unit byte, density uint16) string {
		j := string(encoded(t, "jpeg", img))
		app0 := append([]byte("\xff\xe0\x00\x10JFIF\x00\x01\x02"), unit, byte(density>>8), byte(density), byte(density>>8), byte(density), 0, 0)
		return j[:2] + string(app0) + j[2:]
	}
	for i, tc := range []struct {
		data  string
		width float64 // inches
	}{
		{data, 8.5}, {withPhys, 8.27}, {jfif(1, 150), 8.27}, {jfif(2, 59), 8.27},
		{jfif(1, 72), 8.5}, {jfif(1, 1200), 8.5}, // no sheet is that large or small
		{string(encoded(t, "tiff", img)), 8.5}, // says 72
	} {
		d, err := Parse(t.Context(), "a", []byte(tc.data), Options{OCR: OCROff})
		if err != nil {
			t.Fatal(err)
		}
		if got := float64(d.Pages[0].Width / 72); math.Abs(got-tc.width) > 0.06 {
			t.Errorf("%d: the page is %.2f inches wide, want %.2f", i, got, tc.width)
		}
	}
}

func FuzzPictures(f *testing.F) {
	img := image.NewGray(image.Rect(0, 0, 20, 20))
	for _, format := range []string{"png", "jpeg", "tiff"} {
		f.Add(encoded(f, format, img))
	}
	one := encoded(f, "tiff", img)
	f.Add(joinTIFF(one, one))
	f.Add(jpegTIFF(f, img, 8, 0))
	f.Fuzz(func(t *testing.T, data []byte) {
		src := &file{ReaderAt: bytes.NewReader(data), size: int64(len(data)), head: data[:min(len(data), headSize)]}
		for _, p := range []*pictureDecoder{&pngDecoder, &jpegDecoder, &tiffDecoder} {
			frames, err := p.pages(src)
			if err != nil {
				continue
			}
			for _, frame := range frames[:min(len(frames), 3)] {
				size, dpi, err := p.size(frame, src)
				if err != nil || size.X*size.Y > 1e6 {
					continue
				}
				if dpi < 1 {
					t.Fatalf("%d dots an inch", dpi)
				}
				_, _ = p.draw(t.Context(), frame, src, dpi, dpi)
			}
		}
	})
}
