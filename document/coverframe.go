package document

import (
	"cmp"
	"image"
	"slices"
)

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
