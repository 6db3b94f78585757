package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// maxComment is how long a comment on GitHub may be, in characters. What is
// left of it goes to the words that the sender puts around the report.
const maxComment, commentRoom = 65_536, 61_000

// markdownWriter writes for a comment on a pull request, or a memo: the answer,
// then each case with its findings. It keeps to the length of a comment by
// leaving out what weighs least, and says so; asked for everything, it leaves
// nothing out.
type markdownWriter struct {
	w      io.Writer
	o      Options
	cases  int
	heads  map[int]*markdownCase
	blocks []markdownBlock
	size   int
	left   int // findings left out
	states map[check.State]int
}

// markdownCase is what stands above the findings of a case.
type markdownCase struct {
	title, answer, head string
	worst               check.Outcome
}

// markdownBlock is one finding.
type markdownBlock struct {
	of, rank int // case; what is left out first has the highest rank
	text     string
}

func newMarkdown(w io.Writer, o Options) Writer {
	return &markdownWriter{w: w, o: o, heads: map[int]*markdownCase{}, states: map[check.State]int{}}
}

func (m *markdownWriter) Case(r *check.Result, s *check.Summary) error {
	answer, worst := verdict(r, s)
	c := &markdownCase{title: escapeMarkdown(caseTitle(r)), answer: escapeMarkdown(answer), worst: worst}
	var b strings.Builder
	for _, p := range problemLines(r.Problems) {
		fmt.Fprintf(&b, "- **Error:** %s\n", escapeMarkdown(p))
	}
	for _, n := range r.Notices {
		fmt.Fprintf(&b, "- **Note:** %s\n", escapeMarkdown(n.Message))
	}
	for i := range r.Absent {
		f := &r.Absent[i]
		m.states[check.Absent]++
		fmt.Fprintf(&b, "- **Gone since the baseline** (%s, %s): %s\n", strings.ToLower(outcomeLabels[f.Outcome]), codeSpan(f.Policy), escapeMarkdown(f.Message))
	}
	c.head = b.String()
	m.heads[m.cases] = c
	m.size += c.size()
	for _, outcome := range shownOutcomes {
		for _, f := range ranked(r.Findings, outcome) {
			m.states[f.Baseline]++
			if outcome == check.Pass && !m.o.Verbose {
				continue
			}
			block := markdownBlock{m.cases, markdownRank(f), markdownFinding(f)}
			m.blocks = append(m.blocks, block)
			m.size += utf8.RuneCountInString(block.text)
		}
	}
	m.cases++
	if m.o.Verbose {
		return m.writeCases()
	}
	if m.size > 4*commentRoom { // now and then, so that memory stays small
		m.shorten(commentRoom)
	}
	return nil
}

func (c *markdownCase) size() int {
	return utf8.RuneCountInString(c.title+c.answer+c.head) + len("\n## \n\n\n\n")
}

// markdownRank orders findings by how little a comment would miss them.
func markdownRank(f *check.Finding) int {
	rank := slices.Index(shownOutcomes, f.Outcome) * 10
	if f.Outcome == check.Fail {
		rank += slices.Index(check.Severities, f.Severity)
	}
	if f.Baseline == check.Unchanged {
		rank += 5
	}
	return rank
}

// shorten leaves out what weighs least until the rest keeps to the room.
func (m *markdownWriter) shorten(room int) {
	slices.SortStableFunc(m.blocks, func(a, b markdownBlock) int { return cmp.Compare(a.rank, b.rank) })
	heads, size, keep := map[int]*markdownCase{}, 0, 0
	for _, b := range m.blocks {
		n := utf8.RuneCountInString(b.text)
		if heads[b.of] == nil {
			n += m.heads[b.of].size()
		}
		if size+n > room {
			break
		}
		size += n
		keep++
		heads[b.of] = m.heads[b.of]
	}
	m.left += len(m.blocks) - keep
	m.blocks = slices.Clone(m.blocks[:keep])
	// Cases without a finding that is shown fill what room is left, those with
	// errors first.
	for _, errorsOnly := range []bool{true, false} {
		for i := range m.cases {
			c := m.heads[i]
			if c == nil || heads[i] != nil || (c.worst == check.Fail) != errorsOnly {
				continue
			}
			if n := c.size(); size+n <= room {
				size += n
				heads[i] = c
			}
		}
	}
	m.heads, m.size = heads, size
}

func (m *markdownWriter) Close(problems claims.Problems, s *check.Summary) error {
	answer, _ := totalVerdict(s)
	if s.Cases == 0 {
		answer = "Nothing was checked."
	}
	var top strings.Builder
	fmt.Fprintf(&top, "# Do the public claims hold?\n\n**%s**\n", escapeMarkdown(answer))
	if m.states[check.New]+m.states[check.Updated]+m.states[check.Unchanged]+m.states[check.Absent] > 0 {
		fmt.Fprintf(&top, "\nSince the baseline: %s.\n", lowerFirst(changeCounts(m.states)))
	}
	lines := problemLines(problems)
	for i, p := range lines {
		line := fmt.Sprintf("\n- **Error:** %s", escapeMarkdown(p))
		if !m.o.Verbose && utf8.RuneCountInString(top.String())+utf8.RuneCountInString(line) > commentRoom/2 {
			fmt.Fprintf(&top, "\n- %s more", claims.Count(len(lines)-i, "error", "errors"))
			break
		}
		top.WriteString(line)
	}
	if len(lines) > 0 {
		top.WriteString("\n")
	}
	if m.o.Verbose {
		_, err := io.WriteString(m.w, "\n"+top.String())
		return err
	}
	m.shorten(commentRoom - utf8.RuneCountInString(top.String()))
	if _, err := io.WriteString(m.w, top.String()); err != nil {
		return err
	}
	shown := len(m.heads)
	if err := m.writeCases(); err != nil {
		return err
	}
	if hidden := m.cases - shown; m.left+hidden > 0 {
		_, err := fmt.Fprintf(m.w, "\n---\n\nLeft out here, for a comment ends at %d characters: %s and %s. The HTML and the JSON report have all.\n",
			maxComment, claims.Count(m.left, "finding", "findings"), claims.Count(hidden, "case", "cases"))
		return err
	}
	return nil
}

// writeCases writes what is kept, case by case, and forgets it.
func (m *markdownWriter) writeCases() error {
	slices.SortStableFunc(m.blocks, func(a, b markdownBlock) int { return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.rank, b.rank)) })
	blocks := m.blocks
	for i := range m.cases {
		c := m.heads[i]
		if c == nil {
			continue
		}
		var b strings.Builder
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", c.title, c.answer)
		if c.head != "" {
			b.WriteString("\n" + c.head)
		}
		for len(blocks) > 0 && blocks[0].of == i {
			b.WriteString(blocks[0].text)
			blocks = blocks[1:]
		}
		if _, err := io.WriteString(m.w, b.String()); err != nil {
			return err
		}
	}
	clear(m.heads)
	m.blocks, m.size = nil, 0
	return nil
}

// markdownFinding is one finding with both sides' words.
func markdownFinding(f *check.Finding) string {
	var b strings.Builder
	mark := outcomeLabels[f.Outcome]
	if f.Outcome == check.Fail {
		mark += " (" + string(f.Severity) + ")"
	}
	fmt.Fprintf(&b, "\n### %s: %s\n\n%s\n", mark, escapeMarkdown(f.Title), escapeMarkdown(f.Message))
	for _, remark := range remarks(f) {
		fmt.Fprintf(&b, "\n*%s*\n", escapeMarkdown(remark))
	}
	for i := range f.Claims {
		c := &f.Claims[i]
		kind, _ := claims.KindOf(c.Document.Kind)
		for _, cit := range c.Citations {
			at := markdownLink(place(cit), sourceURL(c.Document, cit))
			if cit.Section != "" {
				at += ", " + escapeMarkdown(cit.Section)
			}
			fmt.Fprintf(&b, "\n> **%s:** %s (%s), %s  \n> “%s”\n", sideLabel(c.Document.Side), escapeMarkdown(c.Document.Title), kind.Label, at, escapeMarkdown(cit.Quote))
			for _, mark := range marks(c, cit) {
				fmt.Fprintf(&b, ">\n> *%s*\n", escapeMarkdown(mark))
			}
		}
	}
	fmt.Fprintf(&b, "\n%s %s\n", codeSpan(f.Policy), codeSpan(f.Fingerprint))
	return b.String()
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// codeSpan shows a name as code, in which nothing has a meaning but what ends it.
func codeSpan(s string) string {
	return "`" + strings.ReplaceAll(Printable(oneLine(s)), "`", "'") + "`"
}
