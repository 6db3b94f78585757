package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	htmlStart    = pattern(`(?is)^(?:\x{feff}|\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype[ \t\r\n]+html|html|head|body|title|meta)\b`)
	htmlFragment = pattern(`(?i)<(?:p|div|h[1-6]|table|ul|ol|dl|pre|span|br|b|i|a|main|section|article|nav|details|input)\b[^<>]*>`)
	xmlEncoding  = pattern(`^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']`)
)

// isHTML goes by content: a doctype or an element that only HTML starts with,
// or, in a file that is named so, any element of it.
func isHTML(f *file) bool {
	head := f.head
	if len(head) > 2 && (head[0] == 0xff && head[1] == 0xfe || head[0] == 0xfe && head[1] == 0xff) {
		if text, err := decodeText(head[:len(head)&^1]); err == nil {
			head = []byte(text)
		}
	}
	return htmlStart().Match(head) || f.hasExtension(".html", ".htm", ".xhtml") && htmlFragment().Match(head)
}

// htmlText returns a reader of the file's text in UTF-8: by its byte order mark,
// its declaration, or its bytes.
func htmlText(data []byte) io.Reader {
	enc, name, certain := charset.DetermineEncoding(data[:min(len(data), 4096)], "text/html")
	if m := xmlEncoding().FindSubmatch(data[:min(len(data), 1024)]); m != nil && !certain {
		if e, n := charset.Lookup(string(m[1])); e != nil {
			enc, name, certain = e, n, true
		}
	}
	if name == "utf-8" || !certain && utf8.Valid(data) {
		return bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	}
	return transform.NewReader(bytes.NewReader(data), unicode.BOMOverride(enc.NewDecoder()))
}

// readHTML reads what a person sees of a web page. Nothing is fetched and no
// script runs.
func readHTML(ctx context.Context, d *Document, f *file, _ *Options) error {
	data, err := f.bytes()
	if err != nil {
		return err
	}
	r := &htmlReader{open: map[string]int{}, out: pageWriter{d: d, heading: -1}, xhtml: bytes.HasPrefix(bytes.TrimLeft(data, "\xef\xbb\xbf \r\n\t"), []byte("<?xml"))}
	z := html.NewTokenizer(htmlText(data))
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return fmt.Errorf("is damaged: %w", err)
			}
			for len(r.stack) > 0 {
				r.pop()
			}
			if r.hidden > 0 {
				d.Notices = append(d.Notices, Notice{Message: fmt.Sprintf("holds hidden text (%d characters), which is not read", r.hidden)})
			}
			return r.out.finish()
		case html.TextToken:
			r.text(string(z.Text()))
		case html.StartTagToken:
			r.start(z, false)
		case html.SelfClosingTagToken:
			r.start(z, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(string(name))
		}
		if err := r.out.tooLong(); err != nil {
			return err
		}
	}
}

// htmlReader follows the elements of a page.
type htmlReader struct {
	out    pageWriter
	stack  []htmlElement
	open   map[string]int // how many elements of a name are open
	unread int            // open elements whose text is not read
	unseen int            // open elements that are hidden
	hidden int            // characters
	bold   int
	pre    int
	xhtml  bool
}

// htmlElement is an open element.
type htmlElement struct {
	name                             string
	unread, unseen, bold, pre, aside bool
	level                            int // of a heading
	raised                           int // where superior text starts, -1 for none
	ordered                          *htmlList
}

type htmlList struct {
	next  int
	kind  string
	steps int
}

// What is never read, what has no end, and what stands on lines of its own.
var (
	htmlUnread = names("script style template noscript head title iframe object embed svg math canvas audio video select datalist textarea noframes map applet")
	htmlVoid   = names("area base br col embed hr img input link meta param source track wbr frame")
	htmlBlocks = names("address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend main nav p pre section summary table caption ul ol menu dir option")
	htmlLists  = names("ul ol menu dir")
	htmlBold   = names("b strong th")
	// htmlCloses are the elements that the start of another one closes, up to
	// those behind the bar.
	htmlCloses = map[string]string{
		"li": "li|ul ol menu dir", "dt": "dt dd|dl", "dd": "dt dd|dl", "tr": "tr td th|table", "td": "td th|tr table", "th": "td th|tr table",
		"tbody": "tbody thead tfoot tr td th|table", "thead": "tbody thead tfoot tr td th|table", "tfoot": "tbody thead tfoot tr td th|table",
	}
	htmlCloseSets = func() map[string][2]map[string]bool {
		sets := map[string][2]map[string]bool{}
		for name, rule := range htmlCloses {
			closes, bounds, _ := strings.Cut(rule, "|")
			sets[name] = [2]map[string]bool{names(closes), names(bounds)}
		}
		return sets
	}()
	paragraphScope = names("td th table li dd dt button caption html body div section article")
)

func names(list string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(list) {
		set[name] = true
	}
	return set
}

// maxScope is how far up the open elements are searched for one to close.
const maxScope = 256

// closeImplied closes the elements that the start of another one ends.
func (r *htmlReader) closeImplied(name string) {
	sets, ok := htmlCloseSets[name]
	if !ok {
		if !htmlBlocks[name] || r.open["p"] == 0 {
			return
		}
		sets = [2]map[string]bool{{"p": true}, paragraphScope}
	}
	last := -1
	for i := len(r.stack) - 1; i >= 0 && i >= len(r.stack)-maxScope; i-- {
		if sets[1][r.stack[i].name] && !sets[0][r.stack[i].name] {
			break
		}
		if sets[0][r.stack[i].name] {
			last = i
		}
	}
	for last >= 0 && len(r.stack) > last {
		r.pop()
	}
}

func (r *htmlReader) start(z *html.Tokenizer, closed bool) {
	raw, more := z.TagName()
	name := string(raw)
	attrs := map[string]string{}
	for more && len(attrs) < 100 {
		var key, value []byte
		key, value, more = z.TagAttr()
		if _, twice := attrs[string(key)]; !twice {
			attrs[string(key)] = string(value)
		}
	}
	if r.unread == 0 {
		r.closeImplied(name)
	}
	if htmlVoid[name] {
		if r.unread == 0 && r.unseen == 0 {
			r.void(name, attrs)
		}
		return
	}
	e := htmlElement{name: name, raised: -1}
	role := strings.ToLower(attrs["role"])
	e.unread = htmlUnread[name]
	_, hidden := attrs["hidden"]
	style := strings.ToLower(strings.Join(strings.Fields(attrs["style"]), ""))
	e.unseen = hidden && attrs["hidden"] != "until-found" || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
	e.bold = htmlBold[name] || strings.Contains(style, "font-weight:bold") || strings.Contains(style, "font-weight:700")
	e.pre = name == "pre"
	read := r.unread == 0 && r.unseen == 0 && !e.unread && !e.unseen
	if read {
		switch {
		case len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6':
			e.level = int(name[1] - '0')
		case role == "heading":
			if e.level, _ = strconv.Atoi(attrs["aria-level"]); e.level < 1 || e.level > maxLevel {
				e.level = 2
			}
		}
		r.enter(&e, attrs, role)
	}
	if len(r.stack) == maxNesting { // as browsers do, which go on beside it
		r.pop()
	}
	r.stack = append(r.stack, e)
	r.open[name]++
	r.count(&e, 1)
	if closed && r.xhtml {
		r.pop()
	}
}

func (r *htmlReader) count(e *htmlElement, by int) {
	for _, c := range []struct {
		is bool
		n  *int
	}{{e.unread, &r.unread}, {e.unseen, &r.unseen}, {e.bold, &r.bold}, {e.pre, &r.pre}} {
		if c.is {
			*c.n += by
		}
	}
}

// enter starts what the element is in the text.
func (r *htmlReader) enter(e *htmlElement, attrs map[string]string, role string) {
	out := &r.out
	switch {
	case e.name == "tr":
		out.startRow()
	case e.name == "td" || e.name == "th":
		out.startCell(htmlSpan(attrs["colspan"]), htmlSpan(attrs["rowspan"]))
	case e.name == "li":
		r.item(attrs)
	case htmlLists[e.name] && r.open["li"] > 0:
		out.endLine()
		out.breakLine()
	case e.name == "sup" && r.open["sup"] == 0:
		e.raised = out.size()
	case htmlBlocks[e.name]:
		out.breakBlock()
	}
	if e.name == "table" {
		out.cells.startTable()
	}
	switch {
	case e.name == "nav" || role == "navigation" || role == "banner":
		e.aside = out.startAside(Header)
	case e.name == "footer" && r.open["article"] == 0 && r.open["blockquote"] == 0 || role == "contentinfo":
		e.aside = out.startAside(Footer)
	case e.name == "aside" || role == "complementary" || role == "doc-footnote" || role == "doc-endnotes":
		e.aside = out.startAside(Footnote)
	}
	if e.level > 0 {
		out.breakBlock()
		out.startHeading()
	}
	if htmlLists[e.name] {
		e.ordered = &htmlList{next: 1, kind: "bullet", steps: 1}
		if e.name == "ol" {
			e.ordered.kind = attrs["type"]
			if n, err := strconv.Atoi(attrs["start"]); err == nil {
				e.ordered.next = n
			}
			if _, reversed := attrs["reversed"]; reversed {
				e.ordered.steps = -1
			}
		}
	}
}

// item starts an item of the innermost list.
func (r *htmlReader) item(attrs map[string]string) {
	depth := 0
	var list *htmlList
	for i := len(r.stack) - 1; i >= 0 && i >= len(r.stack)-maxScope; i-- {
		if l := r.stack[i].ordered; l != nil {
			depth++
			if list == nil {
				list = l
			}
		}
	}
	mark := "• "
	if list != nil && list.kind != "bullet" {
		if n, err := strconv.Atoi(attrs["value"]); err == nil {
			list.next = n
		}
		format := map[string]string{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}[list.kind]
		mark = counted(list.next, format) + ". "
		list.next += list.steps
	}
	r.out.startItem(strings.Repeat("  ", max(depth-1, 0)) + mark)
}

// void reads an element without content.
func (r *htmlReader) void(name string, attrs map[string]string) {
	switch name {
	case "br":
		r.out.breakLine()
	case "hr":
		r.out.breakBlock()
	case "wbr":
	case "input":
		if kind := strings.ToLower(attrs["type"]); kind == "checkbox" || kind == "radio" {
			if _, checked := attrs["checked"]; checked {
				r.out.write("☒ ", false)
			} else {
				r.out.write("☐ ", false)
			}
		}
	}
}

// end closes the innermost element of that name and those inside it.
func (r *htmlReader) end(name string) {
	switch {
	case name == "br":
		r.out.breakLine()
	case name == "p" && r.open["p"] == 0 && r.unread == 0:
		r.out.breakBlock()
	case r.open[name] > 0:
		for {
			last := r.stack[len(r.stack)-1].name
			r.pop()
			if last == name {
				return
			}
		}
	}
}

func (r *htmlReader) pop() {
	e := r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	r.open[e.name]--
	r.count(&e, -1)
	if r.unread > 0 || r.unseen > 0 || e.unread || e.unseen {
		return
	}
	out := &r.out
	if e.level > 0 {
		out.endHeading(e.level)
	}
	if e.raised >= 0 && e.raised < out.size() {
		out.noteMark(e.raised)
	}
	switch {
	case e.name == "tr":
		out.endRow()
	case e.name == "li":
		out.endItem()
	case htmlLists[e.name] && r.open["li"] > 0:
		out.endLine()
		out.breakLine()
	case htmlBlocks[e.name]:
		out.breakBlock()
	}
	if e.name == "table" {
		out.cells.endTable()
	}
	if e.aside {
		out.endAside()
	}
}

// htmlSpan reads over how many columns or rows a cell reaches.
func htmlSpan(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return 1
	}
	return n
}

func (r *htmlReader) text(s string) {
	switch {
	case r.unread > 0:
	case r.unseen > 0:
		r.hidden += utf8.RuneCountInString(strings.TrimSpace(s))
	case r.pre > 0:
		r.out.writePre(s, r.bold > 0)
	default:
		r.out.write(s, r.bold > 0)
	}
}
