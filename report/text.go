package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

const (
	defaultWidth = 80
	maxWidth     = 100 // longer lines are hard to read
	sideBySide   = 110 // from here on the two sides stand next to each other
	maxSideWidth = 80  // of each
)

// textWriter writes for people: a verdict per case, then what fails with both
// sides' words, then what a person must decide, then what passes in a line.
type textWriter struct {
	w     io.Writer
	o     Options
	sides int          // columns of each side where they stand next to each other; 0 where they don't
	b     bytes.Buffer // one case
}

func newText(w io.Writer, o Options) Writer {
	if o.Width <= 0 {
		o.Width = defaultWidth
	}
	t := &textWriter{w: w, o: o}
	if o.Width >= sideBySide {
		t.sides = min(o.Width/2, maxSideWidth)
	}
	t.o.Width = min(max(o.Width, 40), maxWidth)
	return t
}

// The ANSI styles of the parts of a report.
const (
	bold, dim, red, yellow, green, cyan = "1", "2", "1;31", "33", "32", "36"
)

func (t *textWriter) style(code, s string) string {
	if !t.o.Color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// labels name the outcomes where a finding is shown in full.
var labels = map[check.Outcome]struct{ text, style string }{
	check.Fail:     {"FAIL", red},
	check.Review:   {"REVIEW", yellow},
	check.Open:     {"OPEN", cyan},
	check.Accepted: {"ACCEPTED", dim},
	check.Pass:     {"PASS", green},
}

func (t *textWriter) Case(r *check.Result, s *check.Summary) error {
	t.b.Reset()
	text, worst := verdict(r, s)
	title, text := t.style(bold, Printable(caseTitle(r))), t.style(labels[worst].style, text)
	if t.o.Quiet {
		_, err := fmt.Fprintf(t.w, "%s: %s\n", title, text)
		return err
	}
	fmt.Fprintf(&t.b, "%s\n%s\n", title, text)
	for _, outcome := range shownOutcomes {
		if outcome == check.Pass && !t.o.Verbose {
			continue
		}
		for _, f := range ranked(r.Findings, outcome) {
			t.finding(f)
		}
	}
	t.counts(r, s)
	t.b.WriteByte('\n')
	_, err := t.w.Write(t.b.Bytes())
	return err
}

// ranked returns the findings of one outcome, the most severe first.
func ranked(findings []check.Finding, outcome check.Outcome) []*check.Finding {
	var list []*check.Finding
	for i := range findings {
		if findings[i].Outcome == outcome {
			list = append(list, &findings[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *check.Finding) int {
		return cmp.Compare(slices.Index(check.Severities, a.Severity), slices.Index(check.Severities, b.Severity))
	})
	return list
}

// finding shows one finding with the words of both sides.
func (t *textWriter) finding(f *check.Finding) {
	label := labels[f.Outcome]
	head := t.style(label.style, label.text)
	if f.Outcome == check.Fail {
		head += " " + t.style(label.style, string(f.Severity))
	}
	fmt.Fprintf(&t.b, "\n%s  %s  %s\n", head, t.style(dim, Printable(f.Policy)), t.style(bold, Printable(f.Title)))
	t.wrap("  ", f.Message)
	for _, remark := range remarks(f) {
		t.wrap("  ", remark)
	}
	left, right := columns(f)
	if t.sides == 0 || len(right) == 0 {
		for _, c := range append(left, right...) {
			t.claim(c)
		}
		return
	}
	t.b.WriteByte('\n')
	l, r := t.column(left), t.column(right)
	// The first quotes begin in one line.
	if a, b := t.quoteLine(l), t.quoteLine(r); a >= 0 && b >= 0 {
		l = slices.Insert(l, a, make([]string, max(b-a, 0))...)
		r = slices.Insert(r, b, make([]string, max(a-b, 0))...)
	}
	for i := range max(len(l), len(r)) {
		line := ""
		if i < len(l) {
			line = l[i]
		}
		if i < len(r) && r[i] != "" {
			line += strings.Repeat(" ", t.sides-visible(line)) + r[i]
		}
		t.b.WriteString(line + "\n")
	}
}

// quoteLine returns the index of the line where the first quote begins.
func (t *textWriter) quoteLine(lines []string) int {
	return slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, t.quotePrefix()) })
}

func (t *textWriter) quotePrefix() string { return "    " + t.style(dim, "|") + " " }

// column returns the lines of claims that stand below each other on one side.
func (t *textWriter) column(cs []*check.Claim) []string {
	one := &textWriter{o: t.o}
	one.o.Width = t.sides - 2
	for _, c := range cs {
		one.claim(c)
	}
	return strings.Split(strings.Trim(one.b.String(), "\n"), "\n")
}

func (t *textWriter) claim(c *check.Claim) {
	kind, _ := claims.KindOf(c.Document.Kind)
	for _, cit := range c.Citations {
		at := place(cit)
		if cit.Section != "" {
			at += ", " + cit.Section
		}
		t.b.WriteByte('\n')
		t.wrap("    ", fmt.Sprintf("%s: %s (%s), %s", sideLabel(c.Document.Side), c.Document.Title, kind.Label, at))
		for _, mark := range marks(c, cit) {
			t.wrap("    ", mark)
		}
		t.wrap(t.quotePrefix(), "“"+strings.TrimSpace(cit.Quote)+"”")
	}
}

// place says the pages of a citation: as printed where that is known, for that
// is how a page is cited, and then as counted in the file.
func place(cit check.Citation) string {
	if cit.PageLabel == "" {
		return pages(strconv.Itoa(cit.Page), strconv.Itoa(cmp.Or(cit.EndPage, cit.Page)))
	}
	end, label := cmp.Or(cit.EndPage, cit.Page), cit.PageLabel
	if end != cit.Page {
		label = cmp.Or(cit.EndPageLabel, strconv.Itoa(end))
	}
	in := "page " + strconv.Itoa(cit.Page)
	if end != cit.Page {
		in = fmt.Sprintf("pages %d-%d", cit.Page, end)
	}
	return fmt.Sprintf("%s (%s of the file)", pages(cit.PageLabel, label), in)
}

func pages(first, last string) string {
	if first == last {
		return "p. " + first
	}
	return "pp. " + first + "-" + last
}

// marks are the sentences that belong to a citation, in every format for people.
func marks(c *check.Claim, cit check.Citation) []string {
	var list []string
	if c.Implied != nil {
		list = append(list, "By the clause "+c.Implied.Clause+", which it contains.")
	}
	if c.Redacted {
		list = append(list, "The text that would decide this is withheld.")
	}
	if cit.Match == "ocr" {
		list = append(list, fmt.Sprintf("Read by OCR: %.0f%% of the characters stand as quoted; compare it with the page.", 100*cit.Similarity))
	}
	return list
}

func sideLabel(s claims.Side) string {
	return map[claims.Side]string{claims.Public: "Public", claims.Binding: "Binding", claims.Observed: "Observed"}[s]
}

// wrap writes text in lines of the report's width, each behind the prefix.
func (t *textWriter) wrap(prefix, text string) {
	room := t.o.Width - visible(prefix)
	line, first := 0, true
	for word := range strings.FieldsSeq(text) {
		word = Printable(word)
		n := visible(word)
		switch {
		case first:
			t.b.WriteString(prefix)
			first = false
		case line+1+n > room && (line > 0 || n <= room):
			t.b.WriteString("\n" + prefix)
			line = 0
		default:
			t.b.WriteByte(' ')
			line++
		}
		for n > room { // no word of a language that has spaces
			part := displaywidth.TruncateString(word, max(room-line, 2), "")
			if part == "" {
				break
			}
			t.b.WriteString(part + "\n" + prefix)
			word, line = word[len(part):], 0
			n = visible(word)
		}
		t.b.WriteString(word)
		line += n
	}
	t.b.WriteByte('\n')
}

// Printable keeps document text from steering the terminal.
func Printable(s string) string {
	if plainASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

// plainASCII reports whether every byte is a character that takes a column, as
// in most words.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// steers reports whether a character controls the terminal, or the direction of
// the text beyond its own (the bidirectional embeddings, overrides, isolates).
func steers(r rune) bool {
	return r < ' ' || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069
}

// visible counts the columns of a text: two for the wide characters of East
// Asia, none for ANSI styles and what combines with other characters.
func visible(s string) int {
	if plainASCII(s) {
		return len(s)
	}
	return displaywidth.Options{ControlSequences: true}.String(s)
}

// counts ends a case with what is not shown in full.
func (t *textWriter) counts(r *check.Result, s *check.Summary) {
	if len(r.Findings) == 0 {
		return
	}
	t.b.WriteByte('\n')
	for _, line := range gone(r) {
		t.wrap("", line)
	}
	line := claims.Count(s.Outcomes[check.Pass], "comparison passes", "comparisons pass")
	if rest := notApplicable(r, t.o.Verbose); rest != "" {
		line += "; " + rest
	}
	t.wrap("", line+".")
}

// notApplicable says how many policies had nothing to compare, and which.
func notApplicable(r *check.Result, name bool) string {
	var ids []string
	for _, f := range r.Findings {
		if f.Outcome == check.NotApplicable {
			ids = append(ids, f.Policy)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	text := claims.Count(len(ids), "policy has", "policies have") + " nothing to compare here"
	if name {
		text += ": " + strings.Join(ids, ", ")
	}
	return text
}

func (t *textWriter) Close(problems claims.Problems, s *check.Summary) error {
	o := s.Outcomes
	parts := []string{fmt.Sprintf("%d failing", o[check.Fail])}
	if o[check.Fail] > 0 {
		var by []string
		for _, v := range check.Severities {
			if n := s.Failing[v]; n > 0 {
				by = append(by, fmt.Sprintf("%d %s", n, v))
			}
		}
		if s.New != nil {
			n := 0
			for _, k := range s.New {
				n += k
			}
			by = append(by, fmt.Sprintf("%d of them new", n))
		}
		parts[0] += " (" + strings.Join(by, ", ") + ")"
	}
	parts = append(parts, fmt.Sprintf("%d to review", o[check.Review]), fmt.Sprintf("%d open", o[check.Open]))
	if n := o[check.Accepted]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d accepted", n))
	}
	parts = append(parts, fmt.Sprintf("%d passing", o[check.Pass]))
	line := fmt.Sprintf("%s: %s", claims.Count(s.Cases, "case", "cases"), strings.Join(parts, ", "))
	if n := s.Errors; n > 0 {
		line += "; " + claims.Count(n, "error", "errors")
	}
	_, err := fmt.Fprintf(t.w, "%s\n", t.style(bold, line+"."))
	return err
}
