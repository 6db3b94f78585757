package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// csvWriter writes a row a finding after RFC 4180, for a spreadsheet: what the
// public was told in one group of columns, what is held against it in the next.
// Errors are rows, too, for a file without any must mean that there was none.
type csvWriter struct {
	w *csv.Writer
	o Options
}

// csvColumns are the columns; later versions only add some at the end.
var csvColumns = []string{
	"case", "case title", "policy", "title", "severity", "topic", "outcome", "message", "remarks",
	"public document", "public kind", "public date", "public page", "public section", "public quote", "public url",
	"other document", "other kind", "other date", "other page", "other section", "other quote", "other url",
	"baseline", "fingerprint", "file", "line",
}

func newCSV(w io.Writer, o Options) Writer {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	_ = c.Write(csvColumns) // into a buffer; Error tells at the end
	return &csvWriter{c, o}
}

func (c *csvWriter) Case(r *check.Result, _ *check.Summary) error {
	for i := range r.Findings {
		if r.Findings[i].Outcome != check.NotApplicable || c.o.Verbose {
			c.finding(r, &r.Findings[i])
		}
	}
	for i := range r.Absent {
		c.finding(r, &r.Absent[i])
	}
	return c.problems(r, r.Problems)
}

func (c *csvWriter) Close(problems claims.Problems, _ *check.Summary) error {
	return c.problems(&check.Result{}, problems)
}

func (c *csvWriter) finding(r *check.Result, f *check.Finding) {
	row := []string{
		r.ID, r.Title, f.Policy, f.Title, string(f.Severity), f.Topic, string(f.Outcome), f.Message, strings.Join(remarks(f), "\n"),
	}
	public, held := sides(f)
	for _, side := range [][]*check.Claim{public, held} {
		row = append(row, cited(side)...)
	}
	file, line := "", ""
	if c := focus(f); c != nil {
		file, line = c.File, strconv.Itoa(c.Line)
	}
	c.write(append(row, string(f.Baseline), f.Fingerprint, file, line))
}

// cited fills the columns of one side. Where several passages are cited, each
// column has a line for each.
func cited(side []*check.Claim) []string {
	columns := make([][]string, 7)
	for _, c := range side {
		kind, _ := claims.KindOf(c.Document.Kind)
		for i := range c.Citations {
			cit := &c.Citations[i]
			for j, cell := range []string{c.Document.Title, kind.Label, c.Document.Date, place(*cit), cit.Section, oneLine(cit.Quote), c.Document.URL} {
				columns[j] = append(columns[j], cell)
			}
		}
	}
	cells := make([]string, len(columns))
	for i, lines := range columns {
		cells[i] = strings.TrimRight(strings.Join(lines, "\n"), "\n")
	}
	return cells
}

func (c *csvWriter) problems(r *check.Result, problems claims.Problems) error {
	for _, p := range problems {
		row := make([]string, len(csvColumns))
		row[0], row[1], row[6], row[7] = r.ID, r.Title, "error", p.Message
		row[len(row)-2] = p.File
		if p.Line > 0 {
			row[len(row)-1] = strconv.Itoa(p.Line)
		}
		c.write(row)
	}
	c.w.Flush()
	return c.w.Error()
}

func (c *csvWriter) write(row []string) {
	for i, cell := range row {
		row[i] = safeCell(cell)
	}
	_ = c.w.Write(row) // into a buffer; Error tells at the end
}

// safeCell keeps a spreadsheet from taking document text for a formula: what
// begins like one gets an apostrophe, which spreadsheets take for "this is
// text" (OWASP, CSV Injection). Control characters go, for they could end the
// cell.
func safeCell(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && steers(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if first := strings.TrimLeftFunc(line, unicode.IsSpace); first != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(first)[0]) {
			lines[i] = "'" + line
		}
	}
	return strings.Join(lines, "\n")
}
