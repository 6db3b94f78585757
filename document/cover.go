package document

import (
	"cmp"
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

// writtenBoxes finds the black boxes that writing in white fills: between their
// edges above and below, most is dark still. The lines of a table and of a frame
// hold paper.
func (c *coverage) writtenBoxes() []image.Rectangle {
	const near, mostly = 5, 0.55
	least := c.px(coverWidth)
	w, h := c.small.Rect.Dx(), c.small.Rect.Dy()
	var edges, open []image.Rectangle // open ones may go on in the next row
	for y := range h {
		var next []image.Rectangle
		for x := 0; x < w; {
			start := x
			for x < w && c.darkIn(image.Rect(x, y-1, x+1, y+2)) > 0 { // a slope is no gap
				x++
			}
			if x-start >= least {
				run := image.Rect(start, y, x, y+1)
				if i := slices.IndexFunc(open, func(o image.Rectangle) bool {
					return apart(o.Min.X, run.Min.X) < near && apart(o.Max.X, run.Max.X) < near
				}); i >= 0 {
					run, open = run.Union(open[i]), slices.Delete(open, i, i+1)
				}
				next = append(next, run)
			}
			x++
		}
		edges, open = append(edges, open...), next
	}
	edges = append(edges, open...)
	slices.SortFunc(edges, func(a, b image.Rectangle) int { return cmp.Or(a.Min.Y-b.Min.Y, a.Min.X-b.Min.X) })
	var boxes []image.Rectangle
	for i, above := range edges {
		for _, below := range edges[i+1:] {
			if below.Min.Y > above.Max.Y+c.px(30) {
				break
			}
			if apart(above.Min.X, below.Min.X) >= near || apart(above.Max.X, below.Max.X) >= near || below.Min.Y < above.Max.Y+c.px(4) {
				continue
			}
			box := above.Union(below)
			inner := image.Rect(box.Min.X, above.Max.Y, box.Max.X, below.Min.Y)
			if share := c.share(inner); share < mostly || share > solid || !box.In(c.small.Rect.Inset(2)) || box.Dx() > w*9/10 || !c.hasSides(inner) {
				break
			}
			boxes = slices.DeleteFunc(boxes, func(b image.Rectangle) bool { return b.In(box) })
			if !slices.ContainsFunc(boxes, box.Overlaps) {
				boxes = append(boxes, box)
			}
			break
		}
	}
	for i := range boxes { // the edges allow for a slope
		boxes[i].Min.Y++
		boxes[i].Max.Y--
	}
	return boxes
}

// hasSides reports whether a rectangle is dark all along its left and its right.
func (c *coverage) hasSides(r image.Rectangle) bool {
	const near, all = 5, 0.95
	left, right := false, false
	for i := range min(near, r.Dx()) {
		left = left || c.share(image.Rect(r.Min.X+i, r.Min.Y, r.Min.X+i+1, r.Max.Y)) > all
		right = right || c.share(image.Rect(r.Max.X-i-1, r.Min.Y, r.Max.X-i, r.Max.Y)) > all
	}
	return left && right
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

// shape is a connected dark area, what is thin left out.
type shape struct {
	bounds image.Rectangle
	rows   []extent // of each row of the bounds
	cols   []extent
}

type extent struct{ min, max, count int }

func (s *extent) add(v, count int) {
	if s.count == 0 {
		s.min, s.max = v, v
	}
	s.min, s.max, s.count = min(s.min, v), max(s.max, v), s.count+count
}

// shapes finds the squares that are dark all over and joins those that touch.
func (c *coverage) shapes() []shape {
	w, h, k := c.small.Rect.Dx(), c.small.Rect.Dy(), max(3, c.px(thickest))
	type run struct{ y, x0, x1 int } // of the upper left corners of such squares
	var runs []run
	var parent []int
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	above := 0 // the first run of the row above
	for y := 0; y+k <= h; y++ {
		first := len(runs)
		for x := 0; x+k <= w; x++ {
			if c.small.Pix[y*c.small.Stride+x] > darkest || c.darkIn(image.Rect(x, y, x+k, y+k)) < k*k {
				continue
			}
			if n := len(runs); n > first && runs[n-1].x1 == x {
				runs[n-1].x1++
				continue
			}
			runs, parent = append(runs, run{y, x, x + 1}), append(parent, len(runs))
		}
		for i, j := above, first; i < first && j < len(runs); {
			if runs[i].y == y-1 && runs[i].x0 <= runs[j].x1 && runs[j].x0 <= runs[i].x1 {
				parent[root(j)] = root(i)
			}
			if runs[i].x1 < runs[j].x1 {
				i++
			} else {
				j++
			}
		}
		above = first
	}
	bounds := map[int]image.Rectangle{}
	var order []int
	for i, r := range runs {
		at := root(i)
		if _, known := bounds[at]; !known {
			order = append(order, at)
		}
		bounds[at] = bounds[at].Union(image.Rect(r.x0, r.y, r.x1+k-1, r.y+k))
	}
	members := map[int][]run{}
	for i, r := range runs {
		members[root(i)] = append(members[root(i)], r)
	}
	var list []shape
	for _, at := range order {
		b := bounds[at]
		if b.Dx() < c.px(coverWidth) || b.Dy() < c.px(coverHeight) {
			continue
		}
		filled := make([]bool, b.Dx()*b.Dy())
		for _, r := range members[at] {
			for y := r.y; y < r.y+k; y++ {
				for x := r.x0; x < r.x1+k-1; x++ {
					filled[(y-b.Min.Y)*b.Dx()+x-b.Min.X] = true
				}
			}
		}
		s := shape{b, make([]extent, b.Dy()), make([]extent, b.Dx())}
		for i, f := range filled {
			if f {
				s.rows[i/b.Dx()].add(b.Min.X+i%b.Dx(), 1)
				s.cols[i%b.Dx()].add(b.Min.Y+i/b.Dx(), 1)
			}
		}
		list = append(list, s)
	}
	return list
}

// judge adds the shape to the covers if it is one.
func (c *coverage) judge(s shape) {
	b, page := s.bounds, c.small.Rect
	edge := max(2, page.Dx()/100)
	if !b.In(page.Inset(edge)) || b.Dx() > page.Dx()*9/10 {
		return // the dark margin of a scan, or an ornament across the page
	}
	if b.Dy() > b.Dx() && b.Dx() < c.px(blockWidth) {
		return
	}
	if !isStraight(s.rows) || !isStraight(s.cols) {
		return
	}
	area, dark := 0, 0
	var sum, squares float64
	for i, r := range s.rows {
		y := b.Min.Y + i
		area += r.max - r.min + 1
		dark += c.darkIn(image.Rect(r.min, y, r.max+1, y+1))
		for x := r.min; x <= r.max; x++ {
			v := float64(c.small.Pix[y*c.small.Stride+x])
			sum, squares = sum+v, squares+v*v
		}
	}
	mean := sum / float64(area)
	deviation := math.Sqrt(max(0, squares/float64(area)-mean*mean))
	full := float64(dark) / float64(area)
	switch {
	case full >= solid:
		if mean > blackest || deviation > uneven+20*(1-full)/(1-solid) {
			return
		}
	case full < halfSolid:
		return
	}
	for _, band := range c.bands(s) {
		if band.Dx() < c.px(coverWidth) {
			continue
		}
		outer, more := c.widen(band)
		holed := full < solid || more
		if holed {
			band = outer
		} else {
			for i := band.Min.Y - b.Min.Y; i < band.Max.Y-b.Min.Y; i++ {
				for x := s.rows[i].min; x <= s.rows[i].max; x++ {
					c.label[(b.Min.Y+i)*page.Dx()+x] = true
				}
			}
		}
		c.covers = append(c.covers, cover{c.points(band), holed})
	}
}

func (c *coverage) points(r image.Rectangle) Box {
	return Box{float32(r.Min.X) / c.scale, float32(r.Min.Y) / c.scale, float32(r.Max.X) / c.scale, float32(r.Max.Y) / c.scale}
}

// isStraight reports whether both edges run straight but for a slight slope and
// a few corners.
func isStraight(spans []extent) bool {
	low, high := 0, 0
	for i := 1; i < len(spans); i++ {
		if spans[i].min != spans[i-1].min {
			low++
		}
		if spans[i].max != spans[i-1].max {
			high++
		}
	}
	return float64(max(low, high)) <= straight*float64(len(spans))+straights
}

// bands cuts a shape that covers lines in part at the rows where its edges jump.
func (c *coverage) bands(s shape) []image.Rectangle {
	jump, least := c.px(6), c.px(7)
	var list []image.Rectangle
	start := 0
	for i := 1; i <= len(s.rows); i++ {
		if i < len(s.rows) && (i-start < least || len(s.rows)-i < least ||
			apart(s.rows[i].min, s.rows[i-1].min) <= jump && apart(s.rows[i].max, s.rows[i-1].max) <= jump) {
			continue
		}
		// Its middle row tells how wide a band is; the first rows may be a slope.
		r := s.rows[(start+i)/2]
		list = append(list, image.Rect(r.min, s.bounds.Min.Y+start, r.max+1, s.bounds.Min.Y+i))
		start = i
	}
	return list
}

func apart(a, b int) int { return max(a-b, b-a) }

// widen reports whether a black box goes on to the left or right as a dark area
// with something light in it, such as a heading in white, and how far.
func (c *coverage) widen(r image.Rectangle) (outer image.Rectangle, more bool) {
	outer = r
	reach := r.Dy() * 3 / 2
	goesOn := func(area image.Rectangle, column func(i int) image.Rectangle) int {
		if area.Intersect(c.small.Rect) != area || c.share(area) < halfSolid {
			return 0
		}
		n := 0
		for n < c.small.Rect.Dx() && c.share(column(n)) > 0.15 {
			n++
		}
		if n < reach {
			return 0 // paper follows
		}
		return n
	}
	if n := goesOn(image.Rect(r.Max.X, r.Min.Y, r.Max.X+reach, r.Max.Y), func(i int) image.Rectangle {
		return image.Rect(r.Max.X+i, r.Min.Y, r.Max.X+i+1, r.Max.Y)
	}); n > 0 {
		outer.Max.X, more = r.Max.X+n, true
	}
	if n := goesOn(image.Rect(r.Min.X-reach, r.Min.Y, r.Min.X, r.Max.Y), func(i int) image.Rectangle {
		return image.Rect(r.Min.X-i-1, r.Min.Y, r.Min.X-i, r.Max.Y)
	}); n > 0 {
		outer.Min.X, more = r.Min.X-n, true
	}
	return outer, more
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

// frames returns the boxes around codes, of thin lines or of one shade of gray,
// that hold nothing else.
func (c *coverage) frames(words []ocrWord) (list []cover) {
	text, places := ocrText(words)
	for _, m := range findOmissions(text) {
		var code Box
		var others []Box
		for _, w := range places {
			if int(w.Start) >= m.end || int(w.End) <= m.start {
				if hasLetters(text[w.Start:w.End]) { // its lines may have been read as "|"
					others = append(others, w.Box)
				}
			} else if code == (Box{}) {
				code = w.Box
			} else {
				code = union(code, w.Box)
			}
		}
		if box, ok := c.frame(code); ok && !slices.ContainsFunc(others, box.holds) {
			list = append(list, cover{Box: box})
		}
	}
	return list
}

func (c *coverage) frame(code Box) (Box, bool) {
	r := image.Rect(c.px(code.X0), c.px(code.Y0), c.px(code.X1), c.px(code.Y1)).Intersect(c.small.Rect)
	if r.Empty() {
		return Box{}, false
	}
	found, ok := c.outline(r)
	if !ok {
		found, ok = c.tint(r)
	}
	return c.points(found), ok
}

// outline looks outwards for lines that close around a rectangle.
func (c *coverage) outline(r image.Rectangle) (image.Rectangle, bool) {
	const line = 0.85 // of its length is dark
	up, down, left, right := r.Min.Y, r.Max.Y, r.Min.X, r.Max.X
	rule := func(r image.Rectangle) bool { return c.slopes(r, line) }
	for ; !rule(image.Rect(r.Min.X, up-1, r.Max.X, up)); up-- {
		if up <= 1 {
			return r, false
		}
	}
	for ; !rule(image.Rect(r.Min.X, down, r.Max.X, down+1)); down++ {
		if down >= c.small.Rect.Max.Y-1 {
			return r, false
		}
	}
	for ; !rule(image.Rect(left-1, up, left, down)); left-- {
		if left <= 1 {
			return r, false
		}
	}
	for ; !rule(image.Rect(right, up, right+1, down)); right++ {
		if right >= c.small.Rect.Max.X-1 {
			return r, false
		}
	}
	box := image.Rect(left, up, right, down)
	closed := rule(image.Rect(left, up-1, right, up)) && rule(image.Rect(left, down, right, down+1))
	return box, closed && box.Dy() > r.Dy() && c.share(box.Inset(2)) < 0.5
}

// slopes reports whether a line one pixel wide is dark, allowing for a slope of
// a pixel to each side.
func (c *coverage) slopes(r image.Rectangle, share float64) bool {
	n, hits := 0, 0
	each := func(p image.Rectangle) {
		if n++; c.inkIn(p) > 0 {
			hits++
		}
	}
	if r.Dy() == 1 {
		for x := r.Min.X; x < r.Max.X; x++ {
			each(image.Rect(x, r.Min.Y-1, x+1, r.Max.Y+1))
		}
	} else {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			each(image.Rect(r.Min.X-1, y, r.Max.X+1, y+1))
		}
	}
	return n > 0 && float64(hits) >= share*float64(n) && c.inkIn(r) > 0
}

// tint looks for a box of one shade of gray around a rectangle.
func (c *coverage) tint(r image.Rectangle) (image.Rectangle, bool) {
	const near = 14
	var histogram [256]int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			histogram[c.small.Pix[y*c.small.Stride+x]]++
		}
	}
	shade := 0
	for v, n := range histogram {
		if n > histogram[shade] {
			shade = v
		}
	}
	if shade <= darkest || shade > 238 {
		return r, false // black is for findCovers, and this is paper
	}
	tinted := func(r image.Rectangle) bool {
		n := 0
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				if apart(int(c.small.Pix[y*c.small.Stride+x]), shade) <= near {
					n++
				}
			}
		}
		return 2*n > r.Dx()*r.Dy()
	}
	box, page := r, c.small.Rect.Inset(max(2, c.small.Rect.Dx()/50))
	for box.Min.Y > page.Min.Y && tinted(image.Rect(r.Min.X, box.Min.Y-1, r.Max.X, box.Min.Y)) {
		box.Min.Y--
	}
	for box.Max.Y < page.Max.Y && tinted(image.Rect(r.Min.X, box.Max.Y, r.Max.X, box.Max.Y+1)) {
		box.Max.Y++
	}
	for box.Min.X > page.Min.X && tinted(image.Rect(box.Min.X-1, box.Min.Y, box.Min.X, box.Max.Y)) {
		box.Min.X--
	}
	for box.Max.X < page.Max.X && tinted(image.Rect(box.Max.X, box.Min.Y, box.Max.X+1, box.Max.Y)) {
		box.Max.X++
	}
	// One that reaches the edges is gray paper.
	return box, box.Min.Y > page.Min.Y && box.Max.Y < page.Max.Y && box.Min.X > page.Min.X && box.Max.X < page.Max.X
}

// edges reports whether another box lies on the edge of this one, as what OCR
// makes of the lines of a frame does.
func (b Box) edges(o Box) bool {
	const near = 4
	outer, inner := Box{b.X0 - near, b.Y0 - near, b.X1 + near, b.Y1 + near}, Box{b.X0 + near, b.Y0 + near, b.X1 - near, b.Y1 - near}
	return outer.holds(o) && !inner.holds(o)
}

// holds reports whether the middle of another box lies within.
func (b Box) holds(o Box) bool {
	x, y := (o.X0+o.X1)/2, (o.Y0+o.Y1)/2
	return b.X0 <= x && x <= b.X1 && b.Y0 <= y && y <= b.Y1
}
