package document

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdown is the name of the format whose lines are wrapped anywhere.
const markdown = "markdown"

// isMarkdown goes by the name: nothing in the content of a Markdown file tells
// it from plain text for certain.
func isMarkdown(f *file) bool {
	return f.hasExtension(".md", ".markdown", ".mdown")
}

var (
	atxHeading  = pattern(`^( {0,3}(#{1,6})[ \t]+)(.*?)([ \t]*#*[ \t]*)$`)
	setextLevel = pattern(`^ {0,3}(=+|-+)[ \t]*$`)
	codeFence   = pattern("^ {0,3}(```+|~~~+)")
	thematic    = pattern(`^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	blockquote  = pattern(`^(?: {0,3}>[ \t]?)+`)
)

// What these are held against is cut to a bounded length; bounds in them would
// take milliseconds to compile at the start of every run.
var (
	linkTarget = pattern(`^\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\[\]\n]*\])`)
	inlineTag  = pattern(`^<(?:/?[A-Za-z][A-Za-z0-9-]*(?:[ \t][^<>\n]*)?/?|!--[^\n]*?--)>`)
	autolink   = pattern(`^<((?:https?|mailto|ftp):[^<> \n]+|[^<>@ \n]+@[^<>@ \n]+)>`)
)

// readMarkdown reads Markdown as plain text, quotes being cited as they stand
// in the file, and takes its headings for sections. Its marks are asides; those
// of lists and tables stay in the text, where they tell items and cells apart.
func readMarkdown(ctx context.Context, d *Document, f *file, o *Options) error {
	if err := readText(ctx, d, f, o); err != nil {
		return err
	}
	m := &markdownReader{d: d, block: -1}
	for offset := 0; offset < len(d.Text); {
		if err := ctx.Err(); err != nil {
			return err
		}
		end := len(d.Text)
		if n := strings.IndexByte(d.Text[offset:], '\n'); n >= 0 {
			end = offset + n
		}
		m.line(offset, end)
		offset = end + 1
	}
	m.endBlock(len(d.Text))
	d.sortAsides()
	d.outline(nil)
	return nil
}

type markdownReader struct {
	d        *Document
	fence    string // that ends the code that is being read
	previous span   // the line before, empty where no underline can make it a heading
	block    int    // where the running paragraph starts, -1 outside
}

type span struct{ start, end int }

// moved is the span further on in a text that became longer before it.
func (s span) moved(by int) span { return span{s.start + by, s.end + by} }

func (m *markdownReader) mark(start, end int) {
	if start < end {
		m.d.Asides = append(m.d.Asides, Aside{start, end, Markup})
	}
}

// line reads the line Text[start:end].
func (m *markdownReader) line(start, end int) {
	previous := m.previous
	m.previous = span{}
	for start < end && strings.ContainsRune("\r\f", rune(m.d.Text[end-1])) {
		end--
	}
	for start < end && m.d.Text[start] == '\f' {
		start++
	}
	line := m.d.Text[start:end]
	// Most lines start with a letter and can be none of these.
	if first := strings.TrimLeft(line, " "); m.fence == "" && (first == "" || strings.IndexByte("`~#=-*_>", first[0]) < 0) {
		m.text(start, end)
		return
	}
	if fence := codeFence().FindStringSubmatch(line); fence != nil || m.fence != "" {
		switch {
		case m.fence == "":
			m.endBlock(start)
			m.fence = fence[1]
			m.mark(start, end)
		case fence != nil && strings.HasPrefix(fence[1], m.fence):
			m.fence = ""
			m.mark(start, end)
		}
		return
	}
	if h := atxHeading().FindStringSubmatchIndex(line); h != nil {
		m.endBlock(start)
		m.d.Sections = append(m.d.Sections, newSection(h[5]-h[4], m.plain(start+h[6], start+h[7]), start, end))
		m.mark(start, start+h[3])
		m.mark(start+h[8], end)
		return
	}
	if h := setextLevel().FindStringSubmatch(line); h != nil && previous.start < previous.end {
		m.endBlock(start)
		level := 1
		if h[1][0] == '-' {
			level = 2
		}
		m.d.Sections = append(m.d.Sections, newSection(level, m.d.Text[previous.start:previous.end], previous.start, previous.end))
		m.mark(start, end)
		return
	}
	if thematic().MatchString(line) {
		m.endBlock(start)
		m.mark(start, end)
		return
	}
	if n := len(blockquote().FindString(line)); n > 0 {
		m.mark(start, start+n)
		start += n
	}
	m.text(start, end)
}

// text reads a line of a paragraph, or one that ends it.
func (m *markdownReader) text(start, end int) {
	if strings.TrimSpace(m.d.Text[start:end]) == "" {
		m.endBlock(start)
		return
	}
	if m.block < 0 {
		m.block = start
	}
	m.previous = span{start, end}
}

// plain marks what is no word in a heading and returns the rest.
func (m *markdownReader) plain(start, end int) string {
	marks := inlineMarks(m.d.Text, start, end)
	m.d.Asides = append(m.d.Asides, marks...)
	var b strings.Builder
	for _, a := range marks {
		b.WriteString(m.d.Text[start:a.Start])
		start = a.End
	}
	b.WriteString(m.d.Text[start:end])
	return b.String()
}

// endBlock reads the paragraph that ends at an offset.
func (m *markdownReader) endBlock(end int) {
	if m.block >= 0 {
		m.d.Asides = append(m.d.Asides, inlineMarks(m.d.Text, m.block, end)...)
	}
	m.block = -1
}

// inlineMarks returns the marks of emphasis, links, code and HTML in
// text[start:end], in order.
func inlineMarks(text string, start, end int) []Aside {
	type open struct{ at, size int }
	var marks []Aside
	var emphasis, brackets []open
	mark := func(at, size int) { marks = append(marks, Aside{at, at + size, Markup}) }
	for i := start; i < end; {
		switch c := text[i]; c {
		case '\\':
			if i+1 < end && strings.IndexByte("\\`*_{}[]()#+-.!|<>~", text[i+1]) >= 0 {
				mark(i, 1)
				i++
			}
		case '`':
			n := runLength(text[i:end], '`')
			if close := strings.Index(text[i+n:min(end, i+n+1000)], text[i:i+n]); close > 0 {
				mark(i, n)
				mark(i+n+close, n)
				i += 2*n + close
				continue
			}
			i += n
			continue
		case '*', '_', '~':
			n := runLength(text[i:end], c)
			before, _ := utf8.DecodeLastRuneInString(text[start:i])
			after, _ := utf8.DecodeRuneInString(text[i+n : end])
			opens := i+n < end && !unicode.IsSpace(after) && (i == start || !wordRune(before))
			closes := i > start && !unicode.IsSpace(before) && (i+n == end || !wordRune(after))
			if n > 3 || c == '~' && n != 2 {
				opens, closes = false, false
			}
			if k := len(emphasis) - 1; closes && k >= 0 && text[emphasis[k].at] == c && emphasis[k].size == n {
				mark(emphasis[k].at, n)
				mark(i, n)
				emphasis = emphasis[:k]
			} else if opens {
				emphasis = append(emphasis, open{i, n})
			}
			i += n
			continue
		case '!':
			if i+1 < end && text[i+1] == '[' {
				brackets = append(brackets, open{i, 2})
				i++
			}
		case '[':
			brackets = append(brackets, open{i, 1})
		case ']':
			if k := len(brackets) - 1; k >= 0 {
				b := brackets[k]
				brackets = brackets[:k]
				if target := linkTarget().FindString(text[i:min(end, i+2000)]); target != "" {
					mark(b.at, b.size)
					mark(i, len(target))
					i += len(target)
					continue
				}
			}
		case '<':
			near := text[i:min(end, i+1200)]
			if m := autolink().FindStringSubmatch(near); m != nil {
				mark(i, 1)
				mark(i+len(m[0])-1, 1)
				i += len(m[0])
				continue
			}
			if tag := inlineTag().FindString(near); tag != "" {
				mark(i, len(tag))
				i += len(tag)
				continue
			}
		}
		i++
	}
	slices.SortFunc(marks, func(a, b Aside) int { return a.Start - b.Start })
	return marks
}

func runLength(s string, c byte) int {
	n := 0
	for n < len(s) && s[n] == c {
		n++
	}
	return n
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
