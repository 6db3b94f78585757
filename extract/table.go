package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/document"
)

// row is one row of a table: the sentences of its cells by column, none, one or
// several each.
type row struct {
	cells   [][]int
	titles  []string // the words of its cells
	head    *row     // the first of its table, which titles the columns; nil of itself
	subject string   // the words of the first cell that has any, in this row or above
	boxes   []box    // of a head, by column: what stands in it
}

// box is what a column of a table holds.
type box uint8

const (
	noBox  box = iota // nothing
	boxes             // marks of what holds, or nothing where it doesn't
	filled            // other words
)

// rows returns by sentence the row that its cell is in, nil for what stands in
// no table.
func rows(d *document.Document) []*row {
	list := make([]*row, len(d.Sentences()))
	lineRows(d, list)
	cellRows(d, list)
	for i, r := range list {
		if r != nil && (i == 0 || list[i-1] != r) {
			r.noteBoxes()
		}
	}
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
		r := &row{subject: sentences[i].Text}
		line := d.Text[strings.LastIndexByte(d.Text[:sentences[i].Start], '\n')+1 : sentences[i].Start]
		bars := strings.Count(line, "|") // the row of a Markdown table starts with one mostly
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
				n := strings.Count(between, "|") // more than one between empty cells
				bars += n
				column += max(n, 1)
			}
			r.reach(column)
			r.cells[column], r.titles[column] = []int{i}, sentences[i].Text
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
		r.head = head
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
			r = &row{subject: text}
			head = r
		case cell.Row != d.Cells[k-1].Row:
			above := r.subject
			if r = (&row{head: head, subject: text}); cell.Column > 0 {
				r.subject = above // its cell runs on
			}
		}
		r.reach(cell.Column)
		r.titles[cell.Column] = text
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
	if r.head == nil {
		return title
	}
	for i := min(column, len(r.head.titles)-1); i >= 0 && title == ""; i-- {
		title = r.head.titles[i]
	}
	return title
}

// mark tells whether the text of a cell says only that something holds, or that
// it doesn't.
func mark(text string) (holds, only bool) {
	switch text = strings.ToLower(strings.Trim(text, " []().")); text {
	case "x", "yes", "y", "true":
		return true, true
	case "", "no", "n", "none", "n/a", "-", "–", "—":
		return false, true
	}
	return strings.Trim(text, tickedBoxes) == "", strings.Trim(text, tickedBoxes+emptyBoxes) == ""
}

// noteBoxes notes in the head of the table which columns hold marks.
func (r *row) noteBoxes() {
	head := cmp.Or(r.head, r)
	for i := 1; i < len(r.titles); i++ {
		for len(head.boxes) <= i {
			head.boxes = append(head.boxes, noBox)
		}
		switch holds, only := mark(r.titles[i]); {
		case !only && r != head:
			head.boxes[i] = filled
		case holds && head.boxes[i] == noBox:
			head.boxes[i] = boxes
		}
	}
}

// ticked tells whether what a cell of a form names holds: by the marks in the
// columns behind it, or else by all of its row. known is false of tables without
// marks, and column is that of the first one.
func (r *row) ticked(cell int) (column int, holds, known bool) {
	kinds := cmp.Or(r.head, r).boxes
	from, to := 1, len(kinds)
	if cell+1 < len(kinds) && kinds[cell+1] == boxes {
		from = cell + 1
		if n := slices.Index(kinds[from:], filled); n >= 0 {
			to = from + n
		}
	}
	for i := from; i < to; i++ {
		if kinds[i] != boxes || strings.HasPrefix(strings.ToLower(r.title(i)), "no") {
			continue
		}
		known = true
		if i < len(r.titles) {
			if holds, _ = mark(r.titles[i]); holds {
				return i, true, true
			}
		}
	}
	return 0, false, known
}

// place says what a cell is about by the title of its column, and takes from the
// other cells what it says that of, and under which records schedule.
func (x *Rules) place(p *passage, r *row, sentence int) {
	i := r.column(sentence)
	if column, holds, known := r.ticked(i); known {
		p.unticked = !holds
		if about := cmp.Or(x.aboutHeading(r.title(0)), x.aboutHeading(r.title(column))); i == 0 && about != "" {
			p.about, p.placed = about, true
		}
	}
	if r.inventory(x, i) {
		p.about, p.placed = "collection", true
		return
	}
	if i == 0 && receives(r.title(0)) {
		p.about, p.placed = "recipient", true
	}
	if i <= 0 || len(r.title(i)) > maxColumnTitle {
		return
	}
	subject := x.subjectOf(r, i)
	if len(subject) > maxSubject {
		return
	}
	if question := r.titles[0]; strings.HasSuffix(question, "?") || numbered.MatchString(question) || len(r.titles) == 2 && i == 1 && r.labels(x) {
		p.about = cmp.Or(x.aboutHeading(question), p.about) // of a form
	}
	if about := x.aboutHeading(r.title(i)); about != "" {
		p.about, p.placed = about, true
		p.headings = strings.TrimPrefix(p.headings+" > "+subject, " > ")
		p.schedule = r.schedule(i)
	}
	if receives(r.title(i)) {
		p.about = "recipient"
	}
}

// receives reports whether the title of a column says that its cells name those
// who receive data.
func receives(title string) bool {
	if len(title) > maxSubject {
		return false
	}
	tokens := tokenize(title)
	return slices.ContainsFunc(tokens, func(t token) bool { return receivers[t.key] }) ||
		len(tokens) > 1 && tokens[len(tokens)-1].text == "with" && slices.ContainsFunc(tokens, func(t token) bool { return t.text == "shared" || t.text == "received" })
}

var receivers = words("recipient subprocessor processor")

// recordColumns are words in the title of a column that tells of which records
// its rows are, unless it is one of purposeColumns.
var (
	recordColumns  = words("data record information category series file description class type item title")
	purposeColumns = words("purpose basis reason rationale individual")
)

// dataColumns are the words of which the title of a column of data consists:
// "Data element", "Type of information", "What we collect".
var dataColumns = words("data datum information info pii personal identifiable personally element type of category kind item field point class attribute what we is collect collected hold held record recorded the name processed captured subset specific detail details")

// naming are those of them that make it one.
var naming = words("data datum information info pii field collect collected hold held recorded captured")

// inventory reports whether a cell stands in a column that names data, beside one
// that tells where each comes from, why it is held, who gets it or for how long;
// or in one that gives the elements of the categories in another.
func (r *row) inventory(x *Rules, column int) bool {
	if r.head == nil || column < 0 || column >= len(r.head.titles) {
		return false
	}
	others := slices.Concat(r.head.titles[:column], r.head.titles[column+1:])
	if itemColumns.MatchString(r.head.titles[column]) && slices.ContainsFunc(others, namesData) {
		return true
	}
	return namesData(r.head.titles[column]) && slices.ContainsFunc(others, func(title string) bool {
		switch x.aboutHeading(title) {
		case "source", "use", "sharing", "retention":
			return true
		}
		return slices.ContainsFunc(tokenize(title), func(t token) bool { return besideData[t.key] })
	})
}

// itemColumns are titles of columns that say what a category of data consists of.
var itemColumns = regexp.MustCompile(`(?i)^(data |specific )*(elements?|items?|examples?|fields)( of data)?( collected)?$`)

// namesData reports whether the title of a column says that it names data.
func namesData(title string) bool {
	named := false
	for _, t := range tokenize(title) {
		if !t.mark && !dataColumns[t.key] && !dataColumns[t.text] {
			return false
		}
		named = named || naming[t.key] || naming[t.text]
	}
	return named
}

// besideData are words in the title of a column that says more of the data in
// another one.
var besideData = words("why purpose source reason retention kept shared recipient example basis collected provided storage location necessary justification required mandatory optional")

// labels reports whether the rows of a table of two columns name in the first
// what the second is about, so that its own title says nothing.
func (r *row) labels(x *Rules) bool {
	return r.head == nil || x.aboutHeading(r.title(1)) == "" && x.aboutHeading(r.title(0)) == ""
}

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
