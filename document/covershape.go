package document

import (
	"image"
	"math"
)

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
