package document

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
)

// jpegTIFF makes a TIFF file whose strips, or tiles where tile is not 0, are JPEG
// images that share their tables.
func jpegTIFF(t testing.TB, img image.Image, rows, tile int) []byte {
	t.Helper()
	size := img.Bounds().Size()
	across, down := size.X, rows
	if tile > 0 {
		across, down = tile, tile
	}
	var tables []byte
	var parts [][]byte
	for y := 0; y < size.Y; y += down {
		for x := 0; x < size.X; x += across {
			part := image.NewGray(image.Rect(0, 0, across, min(down, max(size.Y-y, tile))))
			for py := range part.Rect.Dy() {
				for px := range across {
					part.Set(px, py, img.At(x+px, y+py))
				}
			}
			var b bytes.Buffer
			if err := jpeg.Encode(&b, part, nil); err != nil {
				t.Fatal(err)
			}
			own := []byte("\xff\xd8")
			tables = []byte("\xff\xd8")
			for rest := b.Bytes()[2:]; ; { // the segments before the image data
				n := 2 + int(binary.BigEndian.Uint16(rest[2:]))
				if rest[1] == 0xda {
					own = append(own, rest...)
					break
				}
				if rest[1] == 0xdb || rest[1] == 0xc4 {
					tables = append(tables, rest[:n]...)
				} else {
					own = append(own, rest[:n]...)
				}
				rest = rest[n:]
			}
			tables = append(tables, 0xff, 0xd9)
			parts = append(parts, own)
		}
	}
	order := binary.LittleEndian
	data := []byte("II*\x00\x00\x00\x00\x00")
	var entries []byte
	entry := func(tag, kind uint16, size int, values ...uint32) {
		entries = order.AppendUint16(entries, tag)
		entries = order.AppendUint16(entries, kind)
		entries = order.AppendUint32(entries, uint32(len(values)))
		var raw []byte
		for _, v := range values {
			raw = append(raw, order.AppendUint32(nil, v)[:size]...)
		}
		if len(raw) > 4 {
			raw, data = order.AppendUint32(nil, uint32(len(data))), append(data, raw...)
		}
		entries = append(entries, append(raw, 0, 0, 0)[:4]...)
	}
	var offsets, sizes, shared []uint32
	for _, p := range parts {
		offsets, sizes = append(offsets, uint32(len(data))), append(sizes, uint32(len(p)))
		data = append(data, p...)
	}
	for _, b := range tables {
		shared = append(shared, uint32(b))
	}
	entry(tiffWidth, tiffLong, 4, uint32(size.X))
	entry(tiffHeight, tiffLong, 4, uint32(size.Y))
	entry(tiffCompression, tiffShort, 2, tiffJPEG)
	entry(tiffPhotometric, tiffShort, 2, 1)
	if tile > 0 {
		entry(tiffTileWidth, tiffLong, 4, uint32(tile))
		entry(tiffTileHeight, tiffLong, 4, uint32(tile))
		entry(tiffTiles, tiffLong, 4, offsets...)
		entry(tiffTileSizes, tiffLong, 4, sizes...)
	} else {
		entry(tiffStrips, tiffLong, 4, offsets...)
		entry(tiffRows, tiffLong, 4, uint32(rows))
		entry(tiffStripSizes, tiffLong, 4, sizes...)
	}
	entry(tiffTables, tiffUndefined, 1, shared...)
	order.PutUint32(data[4:], uint32(len(data)))
	data = order.AppendUint16(data, uint16(len(entries)/tiffEntry))
	return append(append(data, entries...), 0, 0, 0, 0)
}

func TestJPEGInTIFF(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 100, 90))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := 20; y < 70; y++ {
		for x := 10; x < 60; x++ {
			img.SetGray(x, y, color.Gray{Y: 30})
		}
	}
	for name, data := range map[string][]byte{"strips": jpegTIFF(t, img, 16, 0), "tiles": jpegTIFF(t, img, 0, 32)} {
		got, err := decodeTIFF(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		gray := toGray(got)
		if gray.Rect != img.Rect {
			t.Errorf("%s: %v", name, gray.Rect)
		}
		for i, v := range gray.Pix {
			if d := int(v) - int(img.Pix[i]); d > 60 || d < -60 {
				t.Errorf("%s: at %d, %d: %d, want %d", name, i%100, i/100, v, img.Pix[i])
				break
			}
		}
	}
}

// What is compressed in another way is named, and the page stays unread.
func TestTIFFNotRead(t *testing.T) {
	data := jpegTIFF(t, image.NewGray(image.Rect(0, 0, 40, 40)), 16, 0)
	at := bytes.Index(data, []byte{tiffCompression & 0xff, tiffCompression >> 8, tiffShort, 0, 1, 0, 0, 0})
	for method, want := range map[uint16]string{
		34712: "page 1: is compressed as JPEG 2000, which is not read; save it anew as PDF, or as a plain TIFF",
		999:   "page 1: is a TIFF image of a form that is not read",
	} {
		binary.LittleEndian.PutUint16(data[at+8:], method)
		d, err := Parse(t.Context(), "a.tif", data, Options{})
		if err != nil {
			t.Errorf("%d: %v", method, err)
		} else if len(d.Notices) != 1 || !strings.Contains(d.Notices[0].String(), want) || d.Pages[0].Source != Unread {
			t.Errorf("%d: %v, %+v", method, d.Notices, d.Pages)
		}
	}
}
