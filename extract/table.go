package extract

import (
	"slices"
	"strings"

	"github.com/pia-check/pia-check/document"
)

// row is one row of a table: the sentences of its cells by column, none, one or
// several each.
type row struct {
	cells   [][]int
	titles  []string // the words of its cells
	head    []string // the titles of its columns, nil where they aren't known
	subject string   // the words of the first cell that has any, in this row or above
	table   *table
}

// table is what the rows of a table have in common.
type table struct {
	ticks bool // a form, in whose cells a cross or a tick chooses what stands before
}

// crosses are what a form's cell holds beside what is chosen.
var crosses = map[string]bool{"X": true, "x": true, "☒": true, "☑": true, "✓": true, "✔": true}

// unchosen reports whether a cell is one that a form offers and nobody chose: none
// of the cells up to the next words holds a cross.
func (r *row) unchosen(column int) bool {
	if !r.table.ticks || column < 0 || column == len(r.titles)-1 {
		return false
	}
	for _, text := range r.titles[column+1:] {
		if crosses[text] {
			return false
		}
		if text != "" {
			break
		}
	}
	return true
}

// rows returns by sentence the row that its cell is in, nil for what stands in
// no table.
func rows(d *document.Document) []*row {
	list := make([]*row, len(d.Sentences()))
	lineRows(d, list)
	cellRows(d, list)
	return list
}

// lineRows finds the rows that stand on a line each.
func lineRows(d *document.Document, list []*row) {
	sentences := d.Sentences()
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
		r := &row{subject: sentences[i].Text, table: &table{}}
		if head != nil {
			r.table = head.table
		}
		line := d.Text[strings.LastIndexByte(d.Text[:sentences[i].Start], '\n')+1 : sentences[i].Start]
		bars := strings.Count(line, "|") // the row of a Markdown table starts with one
		column := max(bars-1, 0)
		for ; i < len(sentences) && sentences[i].Kind == document.Cell; i++ {
			if len(r.cells) > 0 {
				between := d.Text[sentences[i-1].End:sentences[i].Start]
				if strings.Contains(between, "\n") {
					break
				}
				if !strings.ContainsAny(between, "\t|") {
					last := len(r.cells) - 1 // the same cell goes on
					r.cells[last] = append(r.cells[last], i)
					r.titles[last] += " " + sentences[i].Text
					list[i] = r
					continue
				}
				column++
				if bars > 0 {
					column += strings.Count(between, "|") - 1 // empty cells
				}
			}
			r.reach(column)
			r.cells[column], r.titles[column] = []int{i}, sentences[i].Text
			r.table.ticks = r.table.ticks || crosses[sentences[i].Text]
			list[i] = r
		}
		if bars > 0 { // the empty cells at the end
			last := sentences[i-1].End
			rest, _, _ := strings.Cut(d.Text[last:], "\n")
			r.reach(column + max(strings.Count(rest, "|")-1, 0))
		}
		if head == nil || len(head.cells) < len(r.cells) || bars == 0 && len(head.cells) != len(r.cells) {
			head = r
			continue
		}
		r.head = head.titles
	}
}

// reach adds empty cells up to a column.
func (r *row) reach(column int) {
	for len(r.cells) <= column {
		r.cells, r.titles = append(r.cells, nil), append(r.titles, "")
	}
}

// cellRows finds the rows of tables whose rows are read cell after cell.
func cellRows(d *document.Document, list []*row) {
	sentences := d.Sentences()
	at := 0
	var head, r *row
	for k, cell := range d.Cells {
		text := strings.Join(strings.Fields(d.Text[cell.Start:cell.End]), " ")
		switch {
		case k == 0 || cell.Table != d.Cells[k-1].Table:
			r = &row{subject: text, table: &table{}}
			head = r
		case cell.Row != d.Cells[k-1].Row:
			above := r.subject
			if r = (&row{head: head.titles, subject: text, table: head.table}); cell.Column > 0 {
				r.subject = above // its cell runs on
			}
		}
		r.reach(cell.Column)
		r.titles[cell.Column] = text
		r.table.ticks = r.table.ticks || crosses[text]
		for ; at < len(sentences) && sentences[at].Start < cell.End; at++ {
			if sentences[at].Start >= cell.Start {
				r.cells[cell.Column] = append(r.cells[cell.Column], at)
				list[at] = r
			}
		}
	}
}

// column returns in which column of its row a sentence stands.
func (r *row) column(sentence int) int {
	return slices.IndexFunc(r.cells, func(cell []int) bool { return slices.Contains(cell, sentence) })
}

// maxColumnTitle and maxSubject bound in bytes what can be the title of a column
// and what a row is about.
const maxColumnTitle, maxSubject = 60, 200

// title returns the title of a column, "" where it has none. It may be one over
// several columns.
func (r *row) title(column int) string {
	title := ""
	for i := min(column, len(r.head)-1); i >= 0 && title == ""; i-- {
		title = r.head[i]
	}
	return title
}

// place says what a cell is about by the title of its column, and takes from the
// other cells what it says that of, and under which records schedule.
func (x *Rules) place(p *passage, r *row, sentence int) {
	i := r.column(sentence)
	if i <= 0 || len(r.title(i)) > maxColumnTitle {
		return
	}
	subject := x.subjectOf(r, i)
	if len(subject) > maxSubject {
		return
	}
	if about := x.aboutHeading(r.title(i)); about != "" {
		p.about, p.placed = about, true
		p.headings = strings.TrimPrefix(p.headings+" > "+subject, " > ")
		p.schedule = r.schedule(i)
	}
}

// recordColumns are words in the title of a column that tells of which records
// its rows are, unless it is one of purposeColumns.
var (
	recordColumns  = words("data record information category series file description class type item title")
	purposeColumns = words("purpose basis reason rationale individual")
)

// subjectOf returns what a row says in a column of: the first cell of records
// that names data, or else what the row begins with.
func (x *Rules) subjectOf(r *row, column int) string {
	for i, text := range r.titles {
		title := tokenize(r.title(i))
		has := func(set map[string]bool) bool {
			return slices.ContainsFunc(title, func(t token) bool { return set[t.key] })
		}
		if i == column || len(text) > maxSubject || !has(recordColumns) || has(purposeColumns) {
			continue
		}
		if slices.ContainsFunc(x.lexicon.find(tokenize(text)), func(m mention) bool { return m.list == "data" }) {
			return text
		}
	}
	return r.subject
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
