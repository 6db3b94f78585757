package document

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"os"
	"slices"
	"sort"
)

// RenderOptions say how a page is drawn.
type RenderOptions struct {
	DPI       int   // dots an inch; 0 for 150
	Highlight []Box // places to mark in yellow, in points as in Word.Box
	// Crop leaves out what lies further than a margin above and below the
	// highlighted places.
	Crop bool
}

func (o *RenderOptions) dpi() int {
	if o.DPI <= 0 {
		return defaultDPI
	}
	return o.DPI
}

// view is the part of the page to draw, empty for the whole.
func (o *RenderOptions) view() (view Box) {
	if !o.Crop || len(o.Highlight) == 0 {
		return view
	}
	view = o.Highlight[0]
	for _, b := range o.Highlight[1:] {
		view = union(view, b)
	}
	return Box{0, view.Y0 - cropMargin, math.MaxFloat32, view.Y1 + cropMargin}
}

// The resolution of pages that are shown, and how much of them is around what is
// highlighted, in points.
const (
	defaultDPI = 150
	cropMargin = 54
)

// Render draws a page of the document at a path that the user names, by its
// number from 1.
func (r *Reader) Render(ctx context.Context, path string, page int, o RenderOptions) (image.Image, error) {
	f, err := openPath(path)
	if err != nil {
		return nil, err
	}
	return r.render(ctx, path, f, page, o)
}

// RenderIn draws a page of the document at rel inside the folder root.
func (r *Reader) RenderIn(ctx context.Context, root, rel string, page int, o RenderOptions) (image.Image, error) {
	f, err := openIn(root, rel)
	if err != nil {
		return nil, err
	}
	return r.render(ctx, rel, f, page, o)
}

func (r *Reader) render(ctx context.Context, name string, opened *os.File, page int, o RenderOptions) (image.Image, error) {
	defer opened.Close()
	info, err := opened.Stat()
	if err != nil {
		return nil, plainError(err)
	}
	f, err := newFile(name, opened, info)
	if err != nil {
		return nil, err
	}
	draw := drawPDF
	if p := pictureDecoderOf(f); p != nil {
		draw = p.drawPage
	} else if !isPDF(f) {
		return nil, errors.New("is no PDF or image; only their pages can be drawn")
	}
	limit := r.o.timeout()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	img, err := draw(ctx, f, page, o)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("page %d took longer than %s to draw and was given up; raise --document-timeout if it is worth the wait", page, limit)
	}
	return img, err
}

func drawPDF(ctx context.Context, f *file, page int, o RenderOptions) (image.Image, error) {
	e, err := startPDFium()
	if err != nil {
		return nil, err
	}
	if err := e.acquire(ctx); err != nil {
		return nil, err
	}
	defer e.release()
	p, err := e.instance(ctx)
	if err != nil {
		return nil, err
	}
	defer p.close()
	if err := p.open(f); err != nil {
		return nil, err
	}
	if n := p.integer("FPDF_GetPageCount", p.doc); page < 1 || page > n {
		return nil, fmt.Errorf("has no page %d; it has %d", page, n)
	}
	dpi := o.dpi()
	bitmap, err := p.draw(page-1, dpi, o.view(), false)
	if err != nil {
		return nil, fmt.Errorf("page %d %w", page, err)
	}
	img := &image.RGBA{Pix: bitmap.pix, Stride: bitmap.stride, Rect: image.Rectangle{Max: bitmap.size}}
	for _, b := range o.Highlight {
		highlight(img, b, bitmap.at, dpi)
	}
	return img, nil
}

// bitmap is a drawn part of a page, whose upper left pixel is at that pixel of
// the whole page.
type bitmap struct {
	pix    []byte // red, green, blue, alpha; or shades of gray
	stride int
	size   image.Point
	at     image.Point
}

// The forms of bitmaps, and flags of drawing: annotations, too, red before blue.
const (
	bitmapGray, bitmapBGRA        = 1, 4
	drawAnnotations, drawRedFirst = 0x01, 0x10
	white                         = 0xffffffff
)

// draw draws a page by its index from 0, or the part of it in view where that
// is not empty.
func (p *pdfium) draw(index, dpi int, view Box, gray bool) (bitmap, error) {
	page := p.pointer("FPDF_LoadPage", p.doc, uint64(index))
	if page == 0 {
		return bitmap{}, firstError(p.err, errPDFPage)
	}
	defer p.call("FPDF_ClosePage", page)
	width, height := p.float("FPDF_GetPageWidthF", page), p.float("FPDF_GetPageHeightF", page)
	pixels := func(points float32) int { return int(math.Ceil(float64(points) * float64(dpi) / 72)) }
	all := image.Rect(0, 0, max(1, pixels(width)), max(1, pixels(height)))
	part := all
	if view != (Box{}) {
		view = Box{max(view.X0, 0), max(view.Y0, 0), min(view.X1, width), min(view.Y1, height)}
		part = image.Rect(pixels(view.X0), pixels(view.Y0), pixels(view.X1), pixels(view.Y1)).Intersect(all)
	}
	size := part.Size()
	if size.X <= 0 || size.Y <= 0 || size.X > maxPixels/size.Y {
		return bitmap{}, fmt.Errorf("would have %d x %d pixels at %d dots an inch, more than the limit of %d million", size.X, size.Y, dpi, int(maxPixels/1e6))
	}
	form, flags, depth := uint64(bitmapBGRA), uint64(drawAnnotations|drawRedFirst), 4
	if gray {
		form, flags, depth = bitmapGray, drawAnnotations, 1
	}
	handle := p.pointer("FPDFBitmap_CreateEx", uint64(size.X), uint64(size.Y), form, 0, 0)
	if handle == 0 {
		return bitmap{}, firstError(p.err, errPDFMemory)
	}
	defer p.call("FPDFBitmap_Destroy", handle)
	p.call("FPDFBitmap_FillRect", handle, 0, 0, uint64(size.X), uint64(size.Y), white)
	p.call("FPDF_RenderPageBitmap", handle, page, uint64(uint32(-part.Min.X)), uint64(uint32(-part.Min.Y)), uint64(all.Dx()), uint64(all.Dy()), 0, flags)
	stride := p.integer("FPDFBitmap_GetStride", handle)
	if stride < depth*size.X {
		return bitmap{}, firstError(p.err, errPDFMemory)
	}
	pix := slices.Clone(p.memory(p.pointer("FPDFBitmap_GetBuffer", handle), stride*size.Y))
	return bitmap{pix, stride, size, part.Min}, p.err
}

// highlight marks a box as a pen does: what is black stays black.
func highlight(img *image.RGBA, b Box, at image.Point, dpi int) {
	pixel := func(points float32, round func(float64) float64) int {
		return int(round(float64(points) * float64(dpi) / 72))
	}
	const bleed = 1 // points around it
	r := image.Rect(pixel(b.X0-bleed, math.Floor), pixel(b.Y0-bleed, math.Floor), pixel(b.X1+bleed, math.Ceil), pixel(b.Y1+bleed, math.Ceil)).
		Sub(at).Intersect(img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := img.Pix[y*img.Stride+4*r.Min.X : y*img.Stride+4*r.Max.X]
		for i := 0; i < len(row); i += 4 {
			row[i+1] = uint8(int(row[i+1]) * 235 / 255)
			row[i+2] = uint8(int(row[i+2]) * 80 / 255)
		}
	}
}

// PlacedBox is a box on a page.
type PlacedBox struct {
	Page int
	Box  Box
}

// Boxes returns where a span of the text stands, a box a line of each page;
// none for formats whose pages have no size. What stands outside the running
// text, such as the footer of a page that the span runs over, is left out.
func (d *Document) Boxes(start, end int) []PlacedBox {
	k := sort.Search(len(d.Asides), func(i int) bool { return d.Asides[i].End > start })
	asides := d.Asides[k:]
	i, _ := slices.BinarySearchFunc(d.Words, start, func(w Word, start int) int { return int(w.End) - start - 1 })
	var list []PlacedBox
	for ; i < len(d.Words) && int(d.Words[i].Start) < end; i++ {
		w := d.Words[i]
		for len(asides) > 0 && asides[0].End <= int(w.Start) {
			asides = asides[1:]
		}
		if len(asides) > 0 && start < asides[0].Start && asides[0].Start <= int(w.Start) && asides[0].End < end {
			continue
		}
		page := d.PageAt(int(w.Start))
		if n := len(list); n > 0 && list[n-1].Page == page && follows(list[n-1].Box, w.Box) {
			list[n-1].Box = union(list[n-1].Box, w.Box)
			continue
		}
		list = append(list, PlacedBox{page, w.Box})
	}
	return list
}

// follows reports whether b goes on in the line of a: one that runs across the
// page, or up and down it, where words are taller than wide.
func follows(a, b Box) bool {
	tall := func(b Box) bool { return b.Y1-b.Y0 > b.X1-b.X0 }
	across := min(a.Y1, b.Y1)-max(a.Y0, b.Y0) > 0.5*min(a.Y1-a.Y0, b.Y1-b.Y0)
	down := min(a.X1, b.X1)-max(a.X0, b.X0) > 0.5*min(a.X1-a.X0, b.X1-b.X0)
	return across || down && tall(a) && tall(b)
}
