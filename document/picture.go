package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/image/draw"
	"golang.org/x/sync/errgroup"
)

// maxPixels bounds the images that are decoded: a page of legal size at 600 dots
// an inch has 43 million.
const maxPixels = 50e6

// maxPictures bounds the pages of one TIFF file.
const maxPictures = 10000

// pictures is a row for a format whose pages are images.
func pictures(name string, p *pictureDecoder) format {
	return format{name, 2,
		func(f *file) bool { return pictureDecoderOf(f) == p },
		func(_ context.Context, d *Document, f *file, o *Options) error { return readPictures(d, f, o, name, p) },
		true,
	}
}

// pictureDecoder is how images of a format are read.
type pictureDecoder struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	dpi    func(f io.ReaderAt, head []byte) int // 0 where the file doesn't say
	// frames returns the images of a file, one after the other; nil for a
	// format that has one.
	frames func(f *file) ([]io.ReaderAt, error)
}

var (
	pngDecoder  = pictureDecoder{png.DecodeConfig, png.Decode, pngDPI, nil}
	jpegDecoder = pictureDecoder{jpeg.DecodeConfig, jpeg.Decode, jpegDPI, nil}
	tiffDecoder = pictureDecoder{tiffConfig, decodeTIFF, tiffDPI, tiffFrames}
)

// pictureDecoderOf returns the decoder of the file's images, nil where it is
// none.
func pictureDecoderOf(f *file) *pictureDecoder {
	for magic, p := range map[string]*pictureDecoder{
		"\x89PNG": &pngDecoder, "\xff\xd8\xff": &jpegDecoder, "II*\x00": &tiffDecoder, "MM\x00*": &tiffDecoder,
	} {
		if bytes.HasPrefix(f.head, []byte(magic)) {
			return p
		}
	}
	return nil
}

func (p *pictureDecoder) pages(f *file) ([]io.ReaderAt, error) {
	if p.frames == nil {
		return []io.ReaderAt{f}, nil
	}
	return p.frames(f)
}

// readPictures reads a file whose pages are images, by OCR.
func readPictures(d *Document, f *file, o *Options, name string, p *pictureDecoder) error {
	frames, err := p.pages(f)
	if err != nil {
		return fmt.Errorf("is a damaged %s file: %w", name, err)
	}
	type page struct {
		Page
		scan
		problem error
	}
	pages := make([]page, len(frames))
	var done atomic.Int64
	// The time limit is not for OCR, and what is left is bounded by maxPixels.
	g, ctx := errgroup.WithContext(f.run)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, frame := range frames {
		g.Go(func() error {
			got := &pages[i]
			size, dpi, err := p.size(frame, f)
			if err == nil {
				got.Width, got.Height = points(size.X, dpi), points(size.Y, dpi)
				got.scan, err = f.ocr(ctx, o, i+1, func(want int) (image.Image, error) { return p.draw(ctx, frame, f, dpi, want) })
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if errors.As(err, new(*damagedError)) && len(frames) == 1 {
				return fmt.Errorf("is a damaged %s file: %w", name, err)
			}
			got.problem = err
			if o.Progress != nil {
				o.Progress(d.Path, int(done.Add(1)), len(frames))
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	var text strings.Builder
	for i, got := range pages {
		if i > 0 {
			text.WriteByte('\f')
		}
		got.Number, got.Start, got.Source, got.Confidence = i+1, text.Len(), OCR, got.confidence
		if got.problem != nil {
			got.Source = Unread
			d.Notices = append(d.Notices, Notice{i + 1, got.problem.Error()})
		}
		for _, c := range got.covers {
			f.covers = append(f.covers, pageCover{i + 1, c})
		}
		words, places := ocrText(got.words)
		for _, w := range places {
			d.Words = append(d.Words, Word{w.Start + int32(text.Len()), w.End + int32(text.Len()), w.Box})
		}
		text.WriteString(words)
		d.Pages = append(d.Pages, got.Page)
	}
	d.Text = text.String()
	for i := range d.Pages {
		d.Pages[i].End = len(d.Text)
		if i > 0 {
			d.Pages[i-1].End = d.Pages[i].Start
		}
	}
	d.outline(nil)
	return nil
}

// decoding lets one large image be unpacked at a time.
var decoding sync.Mutex

// damagedError is what is wrong with an image.
type damagedError struct{ problem string }

func (e *damagedError) Error() string { return e.problem }

// unreadable is why an image that is not damaged can't be read.
type unreadable string

func (e unreadable) Error() string { return string(e) }

// size returns the pixels of an image, which are bounded, and how many of them
// an inch has.
func (p *pictureDecoder) size(frame io.ReaderAt, f *file) (size image.Point, dpi int, err error) {
	defer decoderPanic(&err)
	config, err := p.config(io.NewSectionReader(frame, 0, f.size))
	if err != nil {
		return size, 0, &damagedError{err.Error()}
	}
	size = image.Pt(config.Width, config.Height)
	if size.X <= 0 || size.Y <= 0 || size.X > maxPixels/size.Y {
		return size, 0, &damagedError{fmt.Sprintf("its image has %d x %d pixels, more than the limit of %d million", size.X, size.Y, int(maxPixels/1e6))}
	}
	short, long := min(size.X, size.Y), max(size.X, size.Y)
	// What cameras and screens write says nothing of paper: what is no likely
	// sheet is taken for one of letter paper, 8.5 inches wide.
	if dpi = p.dpi(frame, f.head); short < 3*dpi || long > 20*dpi {
		dpi = short * 2 / 17
	}
	// It must not become too large for OCR when it is drawn.
	least := max(ocrDPI*math.Sqrt(float64(size.X)*float64(size.Y)/maxPixels), ocrDPI*float64(long)/maxOCRSide)
	return size, max(dpi, int(math.Ceil(least)), 1), nil
}

// draw decodes an image of so many dots an inch into shades of gray at another
// resolution.
func (p *pictureDecoder) draw(ctx context.Context, frame io.ReaderAt, f *file, dpi, want int) (_ image.Image, err error) {
	defer decoderPanic(&err)
	decoding.Lock()
	defer decoding.Unlock()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	decoded, err := p.decode(io.NewSectionReader(frame, 0, f.size))
	if err != nil && !errors.As(err, new(unreadable)) {
		err = &damagedError{err.Error()}
	}
	if err != nil {
		return nil, err
	}
	gray := toGray(decoded)
	if dpi == want {
		return gray, nil
	}
	size := gray.Rect.Size()
	// The drawing into RGBA is the one that is fast.
	scaled := image.NewRGBA(image.Rect(0, 0, max(1, size.X*want/dpi), max(1, size.Y*want/dpi)))
	draw.BiLinear.Scale(scaled, scaled.Rect, gray, gray.Rect, draw.Src, nil)
	return scaled, nil
}

// drawPage draws a page of a file of images.
func (p *pictureDecoder) drawPage(ctx context.Context, f *file, page int, o RenderOptions) (image.Image, error) {
	frames, err := p.pages(f)
	if err != nil {
		return nil, err
	}
	if page < 1 || page > len(frames) {
		return nil, fmt.Errorf("has no page %d; it has %d", page, len(frames))
	}
	frame := frames[page-1]
	size, dpi, err := p.size(frame, f)
	if err != nil {
		return nil, err
	}
	want := o.dpi()
	if float64(size.X)*float64(size.Y)*float64(want)*float64(want) > maxPixels*float64(dpi)*float64(dpi) {
		return nil, fmt.Errorf("page %d would have more than %d million pixels at %d dots an inch", page, int(maxPixels/1e6), want)
	}
	shown, err := p.draw(ctx, frame, f, dpi, want)
	if err != nil {
		return nil, err
	}
	part := shown.Bounds()
	if view := o.view(); view != (Box{}) {
		scale := float32(want) / 72
		part = part.Intersect(image.Rect(0, int(view.Y0*scale), part.Max.X, int(view.Y1*scale)))
	}
	img := image.NewRGBA(image.Rectangle{Max: part.Size()})
	draw.Draw(img, img.Rect, shown, part.Min, draw.Src)
	for _, b := range o.Highlight {
		highlight(img, b, part.Min, want)
	}
	return img, nil
}

// decoderPanic turns what a decoder that isn't ours makes of hostile input into
// an error.
func decoderPanic(err *error) {
	if r := recover(); r != nil {
		*err = &damagedError{fmt.Sprintf("its image can't be decoded: %v", r)}
	}
}

// pngDPI reads the chunk pHYs, in pixels a metre (PNG specification, 11.3.4.3).
func pngDPI(_ io.ReaderAt, head []byte) int {
	for b := head[min(8, len(head)):]; len(b) >= 21; {
		size := int64(binary.BigEndian.Uint32(b))
		if string(b[4:8]) == "pHYs" && b[16] == 1 {
			return int(float64(binary.BigEndian.Uint32(b[8:]))*0.0254 + 0.5)
		}
		if size+12 > int64(len(b)) {
			break
		}
		b = b[size+12:]
	}
	return 0
}

// jpegDPI reads the header of JFIF (ITU-T T.871, 10.1).
func jpegDPI(_ io.ReaderAt, head []byte) int {
	if len(head) < 18 || string(head[6:11]) != "JFIF\x00" {
		return 0
	}
	density := int(binary.BigEndian.Uint16(head[14:]))
	switch head[13] {
	case 1:
		return density
	case 2:
		return int(float64(density)*2.54 + 0.5)
	}
	return 0
}
