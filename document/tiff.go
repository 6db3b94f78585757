package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"strings"

	"golang.org/x/image/tiff"
)

// The parts of TIFF that are read here (TIFF 6.0, sections 2 and 8; Adobe
// Photoshop TIFF Technical Notes, 2002, for JPEG).
const (
	tiffHeader, tiffEntry                  = 8, 12
	tiffByte, tiffShort, tiffLong          = 1, 3, 4
	tiffRational, tiffUndefined            = 5, 7
	tiffWidth, tiffHeight, tiffCompression = 256, 257, 259
	tiffPhotometric, tiffStrips            = 262, 273
	tiffRows, tiffStripSizes               = 278, 279
	tiffXResolution, tiffUnit              = 282, 296
	tiffTileWidth, tiffTileHeight          = 322, 323
	tiffTiles, tiffTileSizes, tiffTables   = 324, 325, 347
	tiffInches, tiffCentimetres            = 2, 3
	tiffRGB, tiffYCbCr, tiffJPEG           = 2, 6, 7
	maxTIFFValues                          = 1 << 20 // of one entry
)

// tiffMethods are the ways of compression that are not read, by their numbers.
var tiffMethods = map[uint32]string{
	3: "fax (group 3, in two dimensions or with fill bits)", 6: "JPEG in its old form", 34661: "JBIG", 34676: "SGI LogLuv", 34712: "JPEG 2000",
	34925: "LZMA", 50000: "Zstandard", 50001: "WebP", 50002: "JPEG XL",
}

const tiffAdvice = "save it anew as PDF, or as a plain TIFF, for example with tiffcp -c lzw in.tif out.tif"

func tiffOrder(head []byte) binary.ByteOrder {
	if head[0] == 'M' {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// tiffFrame is a TIFF file whose first image is that at offset.
type tiffFrame struct {
	io.ReaderAt
	header [tiffHeader]byte
}

func (t *tiffFrame) ReadAt(p []byte, offset int64) (int, error) {
	n, err := t.ReaderAt.ReadAt(p, offset)
	if offset >= 0 && offset < tiffHeader {
		copy(p[:n], t.header[offset:])
	}
	return n, err
}

// tiffFrames follows the chain of images.
func tiffFrames(f *file) ([]io.ReaderAt, error) {
	if len(f.head) < tiffHeader {
		return nil, io.ErrUnexpectedEOF
	}
	order := tiffOrder(f.head)
	var frames []io.ReaderAt
	seen := map[uint32]bool{}
	for next := order.Uint32(f.head[4:]); next != 0; {
		if seen[next] {
			return nil, errors.New("its chain of pages leads back to itself")
		}
		if seen[next] = true; len(frames) == maxPictures {
			return nil, fmt.Errorf("has more than %d pages", maxPictures)
		}
		t := &tiffFrame{ReaderAt: f}
		copy(t.header[:], f.head)
		order.PutUint32(t.header[4:], next)
		frames = append(frames, t)
		var b [4]byte
		if _, err := f.ReadAt(b[:2], int64(next)); err != nil {
			return nil, err
		}
		if _, err := f.ReadAt(b[:], int64(next)+2+tiffEntry*int64(order.Uint16(b[:]))); err != nil {
			return nil, err
		}
		next = order.Uint32(b[:])
	}
	if len(frames) == 0 {
		return nil, errors.New("it has no pages")
	}
	return frames, nil
}

// tiffDirectory is the values of the first image of a TIFF file by their tags.
type tiffDirectory map[uint16][]uint32

// first returns the first value of a tag, otherwise where there is none.
func (d tiffDirectory) first(tag uint16, otherwise uint32) uint32 {
	if v := d[tag]; len(v) > 0 {
		return v[0]
	}
	return otherwise
}

// readTIFF reads the directory of the first image; of rationals it has both parts.
func readTIFF(r io.ReaderAt) (tiffDirectory, error) {
	var head [tiffHeader]byte
	if _, err := r.ReadAt(head[:], 0); err != nil {
		return nil, err
	}
	order := tiffOrder(head[:])
	at := int64(order.Uint32(head[4:]))
	var b [tiffEntry]byte
	if _, err := r.ReadAt(b[:2], at); err != nil {
		return nil, err
	}
	d := tiffDirectory{}
	for i := range int64(order.Uint16(b[:])) {
		if _, err := r.ReadAt(b[:], at+2+tiffEntry*i); err != nil {
			return nil, err
		}
		tag, kind, n := order.Uint16(b[:]), order.Uint16(b[2:]), order.Uint32(b[4:])
		size := map[uint16]int{tiffByte: 1, tiffUndefined: 1, tiffShort: 2, tiffLong: 4, tiffRational: 4}[kind]
		if kind == tiffRational {
			n *= 2
		}
		if _, twice := d[tag]; size == 0 || n == 0 || n > maxTIFFValues || twice {
			continue
		}
		values := b[8:]
		if size*int(n) > len(values) {
			values = make([]byte, size*int(n))
			if _, err := r.ReadAt(values, int64(order.Uint32(b[8:]))); err != nil {
				continue
			}
		}
		list := make([]uint32, n)
		for k := range list {
			switch v := values[k*size:]; size {
			case 1:
				list[k] = uint32(v[0])
			case 2:
				list[k] = uint32(order.Uint16(v))
			case 4:
				list[k] = order.Uint32(v)
			}
		}
		d[tag] = list
	}
	return d, nil
}

func tiffConfig(r io.Reader) (image.Config, error) {
	d, err := readTIFF(r.(io.ReaderAt))
	return image.Config{Width: int(d.first(tiffWidth, 0)), Height: int(d.first(tiffHeight, 0))}, err
}

// decodeTIFF decodes the first image.
func decodeTIFF(r io.Reader) (image.Image, error) {
	d, err := readTIFF(r.(io.ReaderAt))
	if err != nil {
		return nil, err
	}
	method := d.first(tiffCompression, 1)
	if method == tiffJPEG {
		return d.decodeJPEG(r.(io.ReaderAt))
	}
	img, err := tiff.Decode(r)
	var unsupported tiff.UnsupportedError
	switch name := tiffMethods[method]; {
	case err == nil:
		return img, nil
	case name != "":
		return nil, unreadable("is compressed as " + name + ", which is not read; " + tiffAdvice)
	case errors.As(err, &unsupported):
		return nil, unreadable("is a TIFF image of a form that is not read (" + strings.TrimPrefix(err.Error(), "tiff: ") + "); " + tiffAdvice)
	}
	return nil, err
}

// decodeJPEG puts together the strips or tiles of an image, each of which is a
// JPEG file without the tables that they share.
func (d tiffDirectory) decodeJPEG(r io.ReaderAt) (image.Image, error) {
	width, height := int(d.first(tiffWidth, 0)), int(d.first(tiffHeight, 0))
	// A decoder that is not told otherwise takes three colours for YCbCr.
	start := []byte("\xff\xd8")
	if d.first(tiffPhotometric, tiffYCbCr) == tiffRGB {
		start = append(start, "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"...)
	}
	if tables := d[tiffTables]; len(tables) > 4 {
		for _, b := range tables[2 : len(tables)-2] { // without the marks of its start and end
			start = append(start, byte(b))
		}
	}
	across, offsets, sizes := width, d[tiffStrips], d[tiffStripSizes]
	down := int(min(d.first(tiffRows, uint32(height)), uint32(height)))
	if len(d[tiffTiles]) > 0 {
		across, down = int(d.first(tiffTileWidth, 0)), int(d.first(tiffTileHeight, 0))
		offsets, sizes = d[tiffTiles], d[tiffTileSizes]
	}
	if across <= 0 || down <= 0 || across > maxOCRSide || len(offsets) != len(sizes) || len(offsets) < (width+across-1)/across*((height+down-1)/down) {
		return nil, errors.New("its strips don't make an image")
	}
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range offsets {
		x, y := i%((width+across-1)/across)*across, i/((width+across-1)/across)*down
		if y >= height {
			break
		}
		part := make([]byte, min(sizes[i], uint32(maxFile)))
		if n, err := r.ReadAt(part, int64(offsets[i])); n < len(part) {
			return nil, err
		}
		part = bytes.TrimPrefix(part, []byte("\xff\xd8"))
		whole := func() io.Reader { return io.MultiReader(bytes.NewReader(start), bytes.NewReader(part)) }
		config, err := jpeg.DecodeConfig(whole())
		if err != nil {
			return nil, err
		}
		if config.Width > across || config.Height > max(down, maxJPEGStrip) {
			return nil, fmt.Errorf("a strip has %d x %d pixels", config.Width, config.Height)
		}
		decoded, err := jpeg.Decode(whole())
		if err != nil {
			return nil, err
		}
		gray := toGray(decoded)
		for row := range min(gray.Rect.Dy(), down, height-y) {
			copy(img.Pix[(y+row)*img.Stride+x:(y+row+1)*img.Stride], gray.Pix[row*gray.Stride:][:gray.Rect.Dx()])
		}
	}
	return img, nil
}

// maxJPEGStrip is how high the last strip may be that holds more than its rows.
const maxJPEGStrip = 4096

// tiffDPI returns the horizontal resolution, 0 where the file doesn't say.
func tiffDPI(r io.ReaderAt, _ []byte) int {
	d, err := readTIFF(r)
	if resolution := d[tiffXResolution]; err == nil && len(resolution) > 1 {
		dpi := min(float64(resolution[0])/max(1, float64(resolution[1])), 1e6)
		switch d.first(tiffUnit, tiffInches) {
		case tiffInches:
			return int(dpi + 0.5)
		case tiffCentimetres:
			return int(dpi*2.54 + 0.5)
		}
	}
	return 0
}
