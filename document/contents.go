package document

import (
	"slices"
	"strings"
)

var (
	contentsTitle = pattern(`(?i)^(?:table +of +)?contents:?$`)
	// A line of a table of contents: words, leaders or a gap, a page number.
	leaders   = pattern(`[^.\s].*?(?:\.[. \t]{3,}|…[.… \t]*|_{4,}|\t+| {4,})[ \t]*(?:[0-9]{1,4}|[ivxl]{1,6})$`)
	endNumber = pattern(`[ \t]+(?:[0-9]{1,4}|[ivxl]{1,6})$`)
	dots      = pattern(`(?:\. ?){4,}|…{2,}`)
)

// endsLikePage is a cheap look for what may end with the number of a page.
func endsLikePage(line string) bool {
	return line != "" && strings.IndexByte("0123456789ivxl", line[len(line)-1]) >= 0
}

// markContents makes asides of the lines of a table of contents: those under
// its title that lead to a page or that stand in the text once more, and lines
// with leaders wherever there are some in a row. It returns the rows that are
// left.
func (d *Document) markContents(rows []row) []row {
	drop := make([]bool, len(rows))
	var last map[string]int // the last row of those words
	key := func(r row) string {
		text := d.Text[r.start:r.end]
		if strings.Contains(text, "..") || strings.Contains(text, ". .") || strings.Contains(text, "…") {
			if i := dots().FindStringIndex(text); i != nil {
				text = text[:i[0]]
			}
		}
		if endsLikePage(text) {
			text = endNumber().ReplaceAllString(text, "")
		}
		return strings.Join(keyWords(text), " ")
	}
	for i := 0; i < len(rows); i++ {
		text := d.Text[rows[i].start:rows[i].end]
		if len(text) > 300 {
			continue
		}
		if len(text) < 24 && len(text) >= len("contents") && contentsTitle().MatchString(text) {
			if last == nil {
				last = map[string]int{}
				for k, r := range rows {
					if r.end-r.start <= 300 {
						last[key(r)] = k
					}
				}
			}
			j, listed := i+1, 0
			for ; j < len(rows) && rows[j].end-rows[j].start <= 300; j++ {
				line := d.Text[rows[j].start:rows[j].end]
				if !leaders().MatchString(line) && !endNumber().MatchString(line) && last[key(rows[j])] <= j {
					// A long entry goes on with the next line.
					if j+1 < len(rows) && rows[j+1].before == nextLine && leaders().MatchString(d.Text[rows[j+1].start:rows[j+1].end]) {
						continue
					}
					break
				}
				listed++
			}
			if listed > 1 {
				for k := i; k < j; k++ {
					drop[k] = true
				}
				i = j - 1
			}
			continue
		}
		j := i
		for j < len(rows) && rows[j].end-rows[j].start <= 300 {
			line := d.Text[rows[j].start:rows[j].end]
			if !endsLikePage(line) || !dots().MatchString(line) || !leaders().MatchString(line) {
				break
			}
			j++
		}
		if j-i >= 3 {
			for k := i; k < j; k++ {
				drop[k] = true
			}
			i = j - 1
		}
	}
	left := rows[:0]
	for i, r := range rows {
		if !drop[i] {
			left = append(left, r)
			continue
		}
		d.Asides = append(d.Asides, Aside{r.start, r.end, Contents})
	}
	if len(left) == len(rows) {
		return rows
	}
	d.sortAsides()
	return left
}

func (d *Document) sortAsides() {
	slices.SortStableFunc(d.Asides, func(a, b Aside) int { return a.Start - b.Start })
}

// dropContents makes asides of headings that follow each other without text and
// that all stand in the text once more.
func (o *outliner) dropContents() {
	last := map[string]int{}
	key := func(h *heading) string { return strings.Join(keyWords(h.title), " ") }
	for i := range o.found {
		last[key(&o.found[i])] = i
	}
	kept := o.found[:0:0]
	for i := 0; i < len(o.found); {
		j := i
		for j < len(o.found) && o.found[j].level == 0 && o.found[j].alone && last[key(&o.found[j])] > j &&
			(j == i || o.linesBetween(&o.found[j-1], &o.found[j]) >= 0) {
			j++
		}
		if j-i < leastHeadings {
			j = i + 1
			kept = append(kept, o.found[i])
		} else {
			for _, h := range o.found[i:j] {
				o.d.Asides = append(o.d.Asides, Aside{h.start, h.end, Contents})
			}
		}
		i = j
	}
	if len(kept) < len(o.found) {
		o.found = kept
		o.d.sortAsides()
	}
}
