package document

import (
	"slices"
	"sort"
	"strings"
)

// pageCover is a cover on a page, by its number.
type pageCover struct {
	page int
	cover
}

// findRedactions fills in where passages are withheld: the marks in the text and
// the covers on the pages, one of each that belong together.
func findRedactions(d *Document, covers []pageCover) {
	marks := findOmissions(d.Text)
	covers = dropOrnaments(covers, len(d.Pages))
	var list []Redaction
	for i := range d.Pages {
		p := &d.Pages[i]
		n := sort.Search(len(marks), func(i int) bool { return marks[i].start >= p.End })
		on := redactedPage{d: d, page: p, marks: marks[:n]}
		if i == len(d.Pages)-1 {
			on.marks = marks
		}
		marks = marks[len(on.marks):]
		for _, c := range covers {
			if c.page == p.Number {
				on.covers = append(on.covers, c.cover)
			}
		}
		if len(on.marks)+len(on.covers) > 0 {
			list = append(list, on.redactions()...)
		}
	}
	d.Redactions = list
}

// dropOrnaments leaves out what stands at the same place on most pages: bars of
// a letterhead.
func dropOrnaments(covers []pageCover, pages int) []pageCover {
	const near, least = 3, 3
	return slices.DeleteFunc(slices.Clone(covers), func(c pageCover) bool {
		on := map[int]bool{}
		for _, o := range covers {
			if distance(o.X0, c.X0) < near && distance(o.Y0, c.Y0) < near && distance(o.X1, c.X1) < near && distance(o.Y1, c.Y1) < near {
				on[o.page] = true
			}
		}
		return len(on) >= least && 2*len(on) > pages
	})
}

func distance(a, b float32) float32 { return max(a-b, b-a) }

// redactedPage finds what is withheld on one page.
type redactedPage struct {
	d      *Document
	page   *Page
	marks  []omission
	covers []cover
	words  []Word // of the page, turned so that lines run to the right
	boxes  []Box  // of the marks; empty where words have no places
	turn   int
}

func (r *redactedPage) redactions() []Redaction {
	r.place()
	page, height := r.upright(), r.wordHeight()
	used := make([]bool, len(r.marks))
	var list []Redaction
	for _, c := range r.covers {
		box := turnBack(c.Box, r.turn, page.X1, page.Y1)
		inside := r.marksIn(box)
		// A heading in white on black, and a thick rule, cover nothing.
		if len(inside) == 0 && (c.Holed && !r.inLine(box) || box.Y1-box.Y0 < 0.6*height) {
			continue
		}
		if len(inside) == 0 {
			inside = r.markBeside(box, used)
		}
		found := Redaction{Page: r.page.Number, Box: c.Box, At: -1}
		for _, i := range inside {
			used[i] = true
			if found.At < 0 {
				found.At = r.marks[i].start
			}
			found.Exemption = joinExemptions(found.Exemption, r.marks[i].exemption)
		}
		if found.At < 0 || !box.holds(r.boxes[inside[0]]) {
			found.At = r.at(box)
		}
		if i := r.markAt(found.At, used); len(inside) == 0 && i >= 0 {
			used[i], found.Exemption = true, r.marks[i].exemption
		}
		list = append(list, found)
	}
	for i, m := range r.marks {
		if used[i] {
			continue
		}
		found := Redaction{Page: r.page.Number, At: m.start, Exemption: m.exemption}
		if i < len(r.boxes) {
			found.Box = turnBack(r.boxes[i], (360-r.turn)%360, r.page.Width, r.page.Height)
		}
		list = append(list, found)
	}
	slices.SortStableFunc(list, func(a, b Redaction) int { return a.At - b.At })
	return list
}

// upright is the page turned so that its lines run to the right.
func (r *redactedPage) upright() Box {
	if r.turn == 90 || r.turn == 270 {
		return Box{0, 0, r.page.Height, r.page.Width}
	}
	return Box{0, 0, r.page.Width, r.page.Height}
}

// place finds the words of the page and the boxes of its marks.
func (r *redactedPage) place() {
	all := r.d.Words
	from := sort.Search(len(all), func(i int) bool { return int(all[i].Start) >= r.page.Start })
	to := sort.Search(len(all), func(i int) bool { return int(all[i].Start) >= r.page.End })
	words := all[from:max(from, to)]
	if len(words) == 0 {
		return
	}
	r.turn = readingTurn(func(yield func(a, b Box) bool) {
		for i := 1; i < len(words); i++ {
			a, b := words[i-1], words[i]
			if between := r.d.Text[a.End:max(a.End, b.Start)]; !strings.Contains(between, "\n") && !yield(a.Box, b.Box) {
				return
			}
		}
	})
	page := r.upright()
	for _, w := range words {
		w.Box = turnBack(w.Box, r.turn, page.X1, page.Y1)
		r.words = append(r.words, w)
	}
	r.boxes = make([]Box, len(r.marks))
	for i, m := range r.marks {
		for _, w := range r.words {
			if int(w.Start) < m.end && int(w.End) > m.start {
				if r.boxes[i] == (Box{}) {
					r.boxes[i] = w.Box
				}
				r.boxes[i] = union(r.boxes[i], w.Box)
			}
		}
	}
}

// wordHeight is how high most words of the page are.
func (r *redactedPage) wordHeight() float32 {
	if len(r.words) == 0 {
		return 0
	}
	heights := make([]float32, len(r.words))
	for i, w := range r.words {
		heights[i] = w.Box.Y1 - w.Box.Y0
	}
	slices.Sort(heights)
	return heights[len(heights)/2]
}

func (r *redactedPage) marksIn(box Box) (inside []int) {
	for i, b := range r.boxes {
		if box.holds(b) {
			inside = append(inside, i)
		}
	}
	return inside
}

// markBeside returns the nearest mark that stands next to a cover on its line,
// or in the margin beside it.
func (r *redactedPage) markBeside(box Box, used []bool) []int {
	const near, margin = 36, 0.14
	best, gap := -1, float32(0)
	for i, b := range r.boxes {
		if used[i] || b == (Box{}) || !onOneLine(b, box) {
			continue
		}
		g := max(b.X0-box.X1, box.X0-b.X1, 0)
		width := r.upright().X1
		if g > near && b.X1 > margin*width && b.X0 < (1-margin)*width {
			continue
		}
		if best < 0 || g < gap {
			best, gap = i, g
		}
	}
	if best < 0 {
		return nil
	}
	return []int{best}
}

// markAt returns the mark that nothing parts from an offset, as one on the next
// line after a cover at the end of a line; -1 for none.
func (r *redactedPage) markAt(at int, used []bool) int {
	for i, m := range r.marks {
		if !used[i] && m.exemption != "" && m.start >= at && strings.TrimSpace(r.d.Text[at:m.start]) == "" {
			return i
		}
	}
	return -1
}

// inLine reports whether a cover stands in a line of words, as what was withheld
// does and a heading doesn't.
func (r *redactedPage) inLine(box Box) bool {
	const near = 15
	for _, w := range r.words {
		if b := w.Box; onOneLine(b, box) && !box.holds(b) && box.Y1-box.Y0 < 2.5*(b.Y1-b.Y0) && max(b.X0-box.X1, box.X0-b.X1) < near {
			return true
		}
	}
	return false
}

// onOneLine reports whether two boxes overlap by half of the lower one's height.
func onOneLine(a, b Box) bool {
	return min(a.Y1, b.Y1)-max(a.Y0, b.Y0) >= 0.5*min(a.Y1-a.Y0, b.Y1-b.Y0)
}

// at returns the offset in the text at which a cover stands as one reads: after
// the word on its left, before the one on its right, or between the lines. Words
// under the cover, in a file that still has them, begin there.
func (r *redactedPage) at(box Box) int {
	var left, right, above, below *Word
	for i := range r.words {
		w := &r.words[i]
		switch b := w.Box; {
		case box.holds(b):
			return int(w.Start)
		case firstLine(b, box) && b.X0 < box.X0:
			if left == nil || b.X1 > left.Box.X1 {
				left = w
			}
		case lastLine(b, box) && b.X1 > box.X1:
			if right == nil || b.X0 < right.Box.X0 {
				right = w
			}
		case b.Y1 <= (box.Y0+box.Y1)/2 && b.X0 < box.X1 && b.X1 > box.X0:
			if above == nil || onOneLine(b, above.Box) && b.X1 > above.Box.X1 || !onOneLine(b, above.Box) && b.Y1 > above.Box.Y1 {
				above = w
			}
		case b.Y0 >= (box.Y0+box.Y1)/2 && b.X0 < box.X1 && b.X1 > box.X0:
			if below == nil || onOneLine(b, below.Box) && b.X0 < below.Box.X0 || !onOneLine(b, below.Box) && b.Y0 < below.Box.Y0 {
				below = w
			}
		}
	}
	ends := func(w *Word) bool {
		return w == nil || strings.ContainsAny(r.d.Text[w.End-1:w.End], ".?!")
	}
	switch {
	case !ends(left):
		return int(left.End)
	case right != nil:
		return int(right.Start)
	case left != nil:
		return int(left.End)
	case !ends(above):
		return int(above.End)
	case below != nil:
		return int(below.Start)
	case above != nil:
		return int(above.End)
	}
	return r.page.Start
}

// firstLine and lastLine report whether a word stands on the first or last line
// that a cover covers.
func firstLine(word, box Box) bool {
	return onOneLine(word, Box{box.X0, box.Y0, box.X1, min(box.Y1, box.Y0+1.5*(word.Y1-word.Y0))})
}

func lastLine(word, box Box) bool {
	return onOneLine(word, Box{box.X0, max(box.Y0, box.Y1-1.5*(word.Y1-word.Y0)), box.X1, box.Y1})
}

func joinExemptions(a, b string) string {
	switch {
	case b == "" || strings.Contains(a, b):
		return a
	case a == "":
		return b
	}
	return a + ", " + b
}
