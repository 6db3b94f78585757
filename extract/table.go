package extract

import (
	"slices"
	"strings"

	"github.com/pia-check/pia-check/document"
)

// row is one row of a table: the sentences of its cells, one or several each.
type row struct {
	cells [][]int
	head  []string // what the columns are titled, nil where that isn't known
}

// rows returns by sentence the row that its cell is in, nil for what stands in
// no table.
func rows(d *document.Document) []*row {
	sentences := d.Sentences()
	list := make([]*row, len(sentences))
	var head *row // the first of the table
	for i := 0; i < len(sentences); {
		if sentences[i].Kind != document.Cell {
			head = nil
			i++
			continue
		}
		if i > 0 && strings.Contains(d.Text[sentences[i-1].End:sentences[i].Start], "\n\n") {
			head = nil // another table
		}
		r := &row{}
		for ; i < len(sentences) && sentences[i].Kind == document.Cell; i++ {
			if len(r.cells) > 0 {
				between := d.Text[sentences[i-1].End:sentences[i].Start]
				if strings.Contains(between, "\n") {
					break
				}
				if !strings.ContainsAny(between, "\t|") {
					last := len(r.cells) - 1 // the same cell goes on
					r.cells[last] = append(r.cells[last], i)
					list[i] = r
					continue
				}
			}
			r.cells = append(r.cells, []int{i})
			list[i] = r
		}
		if head == nil || len(head.cells) != len(r.cells) {
			head = r
			continue
		}
		for _, cell := range head.cells {
			r.head = append(r.head, sentences[cell[0]].Text)
		}
	}
	return list
}

// column returns in which column of its row a sentence stands.
func (r *row) column(sentence int) int {
	return slices.IndexFunc(r.cells, func(cell []int) bool { return slices.Contains(cell, sentence) })
}

// place says what a cell is about by the title of its column, and takes what
// the row begins with for its subject.
func (x *Rules) place(p *passage, r *row, sentence int, sentences []document.Sentence) {
	i := r.column(sentence)
	if i <= 0 || r.head == nil || len(r.head[i]) > 60 {
		return
	}
	if about := x.aboutHeading(r.head[i]); about != "" {
		p.about = about
		p.headings = strings.TrimPrefix(p.headings+" > "+sentences[r.cells[0][0]].Text, " > ")
	}
}

// clauseRow adds to a cell that holds a clause's number the cells behind it,
// which give its title and month.
func (p *passage) clauseRow(r *row, sentence int, sentences []document.Sentence, taken []bool) {
	if clauseNumber.FindString(sentences[sentence].Text) == "" || len(strings.Fields(sentences[sentence].Text)) > 3 {
		return
	}
	for _, cell := range r.cells[r.column(sentence)+1:] {
		for _, j := range cell {
			if clauseNumber.MatchString(sentences[j].Text) || len(p.text) > 300 {
				return
			}
			p.add(j, sentences[j].Text, " ")
			taken[j] = true
		}
	}
}
