package document

import (
	"image"
	"math"
	"slices"
)

// cover is a box on a page under which something is withheld: black, or framed
// or gray with the code of an exemption in it.
type cover struct {
	Box
	// Holed says that something lighter stands in a black box: a code, or else
	// it is no cover but, say, the heading of a table.
	Holed bool
}

// What a black box is, in points and in shades from 0 for black. Strokes of
// letters, rules and underlines are thinner than thickest.
const (
	thickest            = 4.5
	coverWidth          = 16
	coverHeight         = 6
	darkest, blackest   = 110, 64
	inked               = 190
	uneven              = 28 // the most that shades of a box deviate, as a standard deviation
	solid, halfSolid    = .965 /* of its area is dark */, .5
	coverDPI            = 100 // about what is enough to see them
	blockWidth          = 36  // a box that is higher than wide has at least this width
	straight, straights = .12, 6
)

// coverage is what covers parts of the image of a page.
type coverage struct {
	covers []cover
	small  *image.Gray // the page at about coverDPI
	factor int         // by which it is smaller
	scale  float32     // its pixels to a point
	dark   []int32     // sums of dark pixels, above and to the left of each
	ink    []int32     // the same of all that is no paper, as thin lines are
	label  []bool      // the pixels that belong to solid covers
}

// findCovers looks for filled black boxes of the height of a line or more on the
// image of a page. Underlines, borders, letters, logos, photographs and what
// touches the edge of a scan are none.
func findCovers(img *image.Gray, dpi int) *coverage {
	c := &coverage{factor: max(1, dpi/coverDPI)}
	c.small = shrink(img, c.factor)
	c.scale = float32(dpi) / float32(c.factor) / 72
	w, h := c.small.Rect.Dx(), c.small.Rect.Dy()
	c.label = make([]bool, w*h)
	c.dark, c.ink = c.sums(darkest), c.sums(inked)
	written := c.writtenBoxes()
	for _, r := range written {
		c.covers = append(c.covers, cover{c.points(r), true})
	}
	for _, s := range c.shapes() {
		if !slices.ContainsFunc(written, s.bounds.Overlaps) {
			c.judge(s)
		}
	}
	return c
}

// sums counts the pixels that are no lighter, above and to the left of each.
func (c *coverage) sums(lightest uint8) []int32 {
	w, h := c.small.Rect.Dx(), c.small.Rect.Dy()
	sums := make([]int32, (w+1)*(h+1))
	for y := range h {
		sum := int32(0)
		for x, v := range c.small.Pix[y*c.small.Stride:][:w] {
			if v <= lightest {
				sum++
			}
			sums[(y+1)*(w+1)+x+1] = sums[y*(w+1)+x+1] + sum
		}
	}
	return sums
}

// darkIn counts the dark pixels of a rectangle, inkIn those that are no paper.
func (c *coverage) darkIn(r image.Rectangle) int { return c.countIn(c.dark, r) }
func (c *coverage) inkIn(r image.Rectangle) int  { return c.countIn(c.ink, r) }

func (c *coverage) countIn(sums []int32, r image.Rectangle) int {
	if r = r.Intersect(c.small.Rect); r.Empty() {
		return 0
	}
	w := c.small.Rect.Dx() + 1
	at := func(x, y int) int32 { return sums[y*w+x] }
	return int(at(r.Max.X, r.Max.Y) - at(r.Min.X, r.Max.Y) - at(r.Max.X, r.Min.Y) + at(r.Min.X, r.Min.Y))
}

// share is how much of a rectangle is dark.
func (c *coverage) share(r image.Rectangle) float64 {
	r = r.Intersect(c.small.Rect)
	return float64(c.darkIn(r)) / float64(max(1, r.Dx()*r.Dy()))
}

func (c *coverage) px(points float32) int { return int(math.Round(float64(points * c.scale))) }

func (c *coverage) points(r image.Rectangle) Box {
	return Box{float32(r.Min.X) / c.scale, float32(r.Min.Y) / c.scale, float32(r.Max.X) / c.scale, float32(r.Max.Y) / c.scale}
}

// clean returns the image as OCR reads it best: without solid covers, which it
// takes for pictures, and with white writing on black turned to black on white.
func (c *coverage) clean(img *image.Gray) *image.Gray {
	if len(c.covers) == 0 {
		return img
	}
	out := image.NewGray(img.Rect)
	for y := range img.Rect.Dy() {
		copy(out.Pix[y*out.Stride:], img.Pix[y*img.Stride:][:img.Rect.Dx()])
	}
	w := c.small.Rect.Dx()
	for i, covered := range c.label {
		if covered {
			x, y := i%w*c.factor, i/w*c.factor
			whiten(out, image.Rect(x-c.factor, y-c.factor, x+2*c.factor, y+2*c.factor))
		}
	}
	for _, k := range c.covers {
		if !k.Holed {
			continue
		}
		at := func(v float32) int { return int(v*c.scale) * c.factor }
		r := image.Rect(at(k.X0), at(k.Y0), at(k.X1), at(k.Y1)).Intersect(out.Rect)
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				out.Pix[y*out.Stride+x] ^= 0xff
			}
		}
		edge := 2 * c.factor // where the box ends between two pixels
		whiten(out, image.Rect(r.Min.X-edge, r.Min.Y-edge, r.Max.X+edge, r.Min.Y+edge))
		whiten(out, image.Rect(r.Min.X-edge, r.Max.Y-edge, r.Max.X+edge, r.Max.Y+edge))
		whiten(out, image.Rect(r.Min.X-edge, r.Min.Y-edge, r.Min.X+edge, r.Max.Y+edge))
		whiten(out, image.Rect(r.Max.X-edge, r.Min.Y-edge, r.Max.X+edge, r.Max.Y+edge))
	}
	return out
}

func whiten(img *image.Gray, r image.Rectangle) {
	r = r.Intersect(img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := img.Pix[y*img.Stride+r.Min.X : y*img.Stride+r.Max.X]
		for x := range row {
			row[x] = 255
		}
	}
}

// holds reports whether the middle of another box lies within.
func (b Box) holds(o Box) bool {
	x, y := (o.X0+o.X1)/2, (o.Y0+o.Y1)/2
	return b.X0 <= x && x <= b.X1 && b.Y0 <= y && y <= b.Y1
}
