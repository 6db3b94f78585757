package document

import (
	"slices"
	"strings"
)

// leastHeadings is how many headings of a template, or of a numbering, must
// follow each other before they count, and how many of those that are sure.
const leastHeadings, leastSure = 3, 2

// followTemplate finds the template that the document follows, if any, and
// accepts its headings.
func (o *outliner) followTemplate() {
	if len(o.found) == 0 {
		return
	}
	var best []int // by heading found: 1 + its entry
	var of *template
	score := 0
	list, _ := templates()
	for _, t := range list {
		matched, n := t.follow(o.found)
		if n > score {
			best, of, score = matched, t, n
		}
	}
	if of == nil {
		return
	}
	started := false
	for i, at := range best {
		h := &o.found[i]
		if at > 0 {
			h.accept(&of.Headings[at-1])
			started = true
			continue
		}
		for _, e := range h.entries {
			if !started || e.template != of {
				continue
			}
			if as := &of.Headings[e.index]; as.Inside {
				h.as, h.accepted = as, true
			}
		}
	}
}

// accept takes the heading for one of a template.
func (h *heading) accept(as *templateHeading) {
	h.as, h.accepted = as, true
	if n := as.Number; n != "" && n[0] >= 'A' { // "Section I" is no numeral here
		h.label.series, h.label.parts = "A", []int{int(n[0]-'A') + 1}
	}
}

// acceptNamed accepts headings that are sure by themselves, as in an extract of a
// few pages or in a notice with another order: those such as "Section H: Special
// contract requirements", whose number and title are those of a template, and the
// titles that no other document has.
func (o *outliner) acceptNamed() {
	for i := range o.found {
		h := &o.found[i]
		if h.accepted {
			continue
		}
		for _, e := range h.entries {
			as := &e.template.Headings[e.index]
			if named := h.alone && h.label.named && as.Number != "" && as.Number == plainNumber(h.label.number); named || as.Strong {
				h.accept(as)
			}
		}
	}
}

// follow finds the longest run of headings that are the template's, in its
// order. It returns 1 + the entry of each heading found, 0 for none, and how
// much speaks for the template: 0 when it is not followed.
func (t *template) follow(found []heading) (matched []int, score int) {
	type step struct{ heading, entry, weight, total, before int }
	var steps []step
	best := make([]int, len(t.Headings)+1) // the best step that ends at an entry, 1 + its index
	for i := range found {
		h := &found[i]
		for _, e := range t.candidates(h) {
			weight := 1
			if len(t.Headings[e].titles) > 0 {
				weight = 3
			}
			s := step{i, e, weight, weight, -1}
			for k := range e {
				if b := best[k] - 1; b >= 0 && steps[b].heading < i && steps[b].total+weight > s.total {
					s.total, s.before = steps[b].total+weight, b
				}
			}
			steps = append(steps, s)
			if b := best[e] - 1; b < 0 || steps[b].total < s.total {
				best[e] = len(steps)
			}
		}
	}
	last := -1
	for _, b := range best {
		if b > 0 && (last < 0 || steps[b-1].total > steps[last].total) {
			last = b - 1
		}
	}
	matched = make([]int, len(found))
	strong, needed, n := false, false, 0
	for _, h := range t.Headings {
		needed = needed || h.Strong
	}
	for k := last; k >= 0; k = steps[k].before {
		matched[steps[k].heading] = steps[k].entry + 1
		strong = strong || t.Headings[steps[k].entry].Strong
		n++
	}
	if n < leastHeadings || needed && !strong {
		return nil, 0
	}
	return matched, steps[last].total
}

// candidates returns the template's headings that a heading may be, those that
// stand inside sections aside.
func (t *template) candidates(h *heading) []int {
	var list []int
	for _, e := range h.entries {
		if e.template != t {
			continue
		}
		if te := &t.Headings[e.index]; !te.Inside && (te.Number == "" || te.Number == plainNumber(h.label.number)) {
			list = append(list, e.index)
		}
	}
	if h.label.size > 0 || h.asks || h.level > 0 {
		for i := range t.Headings {
			te := &t.Headings[i]
			if len(te.Has) > 0 && te.matches(h.label.number, h.words) && !slices.Contains(list, i) {
				list = append(list, i)
			}
		}
	}
	return list
}

// followNumbers accepts the headings whose numbers follow each other.
func (o *outliner) followNumbers() {
	series := map[string][]int{} // indexes of found
	for i := range o.found {
		h := &o.found[i]
		if h.label.size > 0 && h.label.series != "" && (h.accepted || !h.listed || h.styled) {
			series[h.label.series] = append(series[h.label.series], i)
		}
	}
	for _, list := range series {
		o.chain(list, 0)
	}
	// A clause of the acquisition regulations has a number of its own: it is a
	// heading where its text follows, and no line of a list of clauses.
	var clauses []int
	for i := range o.found {
		h := &o.found[i]
		if !h.isClause() || !h.alone || h.words == "" {
			continue
		}
		if i+1 < len(o.found) && o.found[i+1].isClause() && o.linesBetween(h, &o.found[i+1]) >= 0 ||
			i > 0 && o.found[i-1].isClause() && o.linesBetween(&o.found[i-1], h) == 1 {
			continue
		}
		clauses = append(clauses, i)
	}
	if len(clauses) == 1 && strings.TrimSpace(o.d.Text[:o.found[clauses[0]].start]) != "" {
		return
	}
	for _, i := range clauses {
		o.found[i].accepted = true
	}
}

func (h *heading) isClause() bool { return h.label.size > 0 && h.label.series == "" }

// linesBetween returns how many line ends part two headings, -1 when text does.
func (o *outliner) linesBetween(a, b *heading) int {
	between := o.d.Text[min(a.end, b.start):b.start]
	if strings.TrimSpace(between) != "" {
		return -1
	}
	return strings.Count(between, "\n")
}

// How much of a numbering is looked at: headings back from each, and times that
// numbers start anew.
const maxBack, maxRestarts = 200, 50

// chain accepts the longest run of headings, by index of found, whose numbers
// follow each other, and then those before and behind it.
func (o *outliner) chain(list []int, depth int) {
	if len(list) < leastSure || depth > maxRestarts {
		return
	}
	total, before := make([]int, len(list)), make([]int, len(list))
	best := 0
	for k, i := range list {
		h := &o.found[i]
		weight := 2 * maxSkipped
		if h.accepted {
			weight *= 3 // a template knows it
		}
		total[k], before[k] = weight, -1
		for b := k - 1; b >= 0 && b >= k-maxBack; b-- {
			a := &o.found[list[b]]
			n := skipped(a.label.parts, h.label.parts)
			if n > maxSkipped && h.label.series == "A" && a.label.parts[0] <= h.label.parts[0] {
				n = maxSkipped // extracts of contracts leave whole sections out
			}
			if n >= 0 && n <= maxSkipped && total[b]+weight-n > total[k] {
				total[k], before[k] = total[b]+weight-n, b
			}
		}
		if total[k] > total[best] {
			best = k
		}
	}
	var run []int
	first := best
	for k := best; k >= 0; k = before[k] {
		run = append(run, list[k])
		first = k
	}
	if len(run) >= leastHeadings && o.hasText(run) || len(run) >= leastSure && o.sure(run) {
		for _, i := range run {
			o.found[i].accepted = true
		}
	} else if len(run) < leastHeadings {
		return
	}
	o.chain(list[:first], depth+1)
	o.chain(list[best+1:], depth+1)
}

// sure reports whether headings are such that fewer of them are enough: on lines
// of their own, with a title behind "Section H" or a number such as "C.3.2".
func (o *outliner) sure(run []int) bool {
	for _, i := range run {
		h := &o.found[i]
		lettered := h.label.series == "A" && len(h.label.parts) > 1
		if !h.accepted && (!h.alone || h.words == "" || !lettered && !(h.label.named && capitalised(h.words))) {
			return false
		}
	}
	return true
}

// leastText is how much text stands behind most headings whose numbers have but
// one part, in bytes: what has less is a list.
const leastText = 120

// hasText reports whether a run of headings, the last one first, can be told
// from a list: by numbers of several parts, by what is known of one of them, or
// by the text between them.
func (o *outliner) hasText(run []int) bool {
	var between []int
	for k, i := range run {
		h := &o.found[i]
		if h.accepted || h.styled || h.level > 0 || len(h.label.parts) > 1 {
			return true
		}
		if k > 0 {
			between = append(between, o.found[run[k-1]].start-h.end)
		}
	}
	slices.Sort(between)
	return between[len(between)/2] >= leastText
}

// acceptLooks accepts what the markup says, and what looks like a heading and
// has the paragraph for itself.
func (o *outliner) acceptLooks() {
	for i := range o.found {
		h := &o.found[i]
		if h.level > 0 || h.styled && h.alone {
			h.accepted = true
		}
	}
}

// leveller gives headings their levels, one after the other.
type leveller struct {
	last   []*heading
	levels []int
	styles map[style]int
}

// style is how a heading looks.
type style struct {
	size float32
	bold bool
}

// maxLevel is the deepest level of sections.
const maxLevel = 6

func (lv *leveller) level(h *heading) int {
	level := lv.find(h)
	level = max(1, min(level, maxLevel))
	lv.levels = append(lv.levels, level)
	if h.styled && h.level == 0 {
		if s := (style{h.size, h.bold}); lv.styles[s] == 0 {
			lv.styles[s] = level
		}
	}
	return level
}

func (lv *leveller) find(h *heading) int {
	parts := depth(h.label.parts)
	switch {
	case h.level > 0:
		return h.level
	case h.as != nil && h.as.Inside:
		for k := len(lv.last) - 1; k >= 0; k-- {
			if as := lv.last[k].as; as == nil || !as.Inside {
				return lv.levels[k] + 1
			}
		}
		return 1
	case h.isClause():
		k := len(lv.last) - 1
		switch {
		case k < 0:
			return 1
		case lv.last[k].isClause():
			return lv.levels[k]
		}
		return lv.levels[k] + 1
	case len(parts) > 0:
		for k := len(lv.last) - 1; k >= 0 && k >= len(lv.last)-maxBack; k-- {
			l := lv.last[k].label
			above := depth(l.parts)
			if l.series != h.label.series || len(above) == 0 {
				continue
			}
			if len(above) < len(parts) && slices.Equal(above, parts[:len(above)]) {
				return lv.levels[k] + len(parts) - len(above)
			}
			if len(above) == len(parts) {
				return lv.levels[k]
			}
		}
		return len(parts)
	case h.as != nil:
		return 1
	case h.styled:
		s := style{h.size, h.bold}
		if known := lv.styles[s]; known > 0 {
			return known
		}
		level := 1
		for other, known := range lv.styles {
			if other.size > s.size || other.size == s.size && other.bold && !s.bold {
				level = max(level, known+1)
			}
		}
		return level
	}
	return 1
}

// depth drops the zeros that end the numbers of sections such as 5.0.
func depth(parts []int) []int {
	for len(parts) > 1 && parts[len(parts)-1] == 0 {
		parts = parts[:len(parts)-1]
	}
	return parts
}

// about says what a section is about: by its template, by its words, or by the
// section that it stands in.
func (lv *leveller) about(h *heading) string {
	if h.as != nil && h.as.About != "" {
		return h.as.About
	}
	_, other := templates()
	for i := range other.Headings {
		if te := &other.Headings[i]; te.matches("", h.words) {
			return te.About
		}
	}
	return ""
}
