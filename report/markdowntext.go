package report

import "strings"

// joiner is a word joiner (U+2060): invisible, and enough to keep GitHub from
// making a mention, a link to an issue or an address of what it stands in.
const joiner = "\u2060"

// escapeMarkdown makes text of a document one line that Markdown shows as it is
// (CommonMark and GitHub's extensions of it): no markup, no link, no mention, no
// end of a table's field. Ampersand and dollar sign become entities, for GitHub
// knows no backslash before them.
func escapeMarkdown(s string) string {
	s = Printable(oneLine(s))
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	if listStart(s) {
		b.WriteString(joiner)
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '|', '~', '^':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '&':
			b.WriteString("&amp;")
		case '$':
			b.WriteString("&#36;")
		case '@': // a mention, an address
			b.WriteString("@" + joiner)
		case '#': // a heading, an issue
			b.WriteString("\\#" + joiner)
		case ':': // a scheme, a picture's name
			b.WriteByte(c)
			if i+1 < len(s) && s[i+1] != ' ' {
				b.WriteString(joiner)
			}
		case '.': // an address of the web
			b.WriteByte(c)
			if i >= 3 && strings.EqualFold(s[i-3:i], "www") {
				b.WriteString(joiner)
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// listStart reports whether a line would begin a list, a rule or a heading.
func listStart(s string) bool {
	digits := strings.TrimLeft(s, "0123456789")
	return s != "" && strings.IndexByte("-+=", s[0]) >= 0 || len(digits) < len(s) && digits != "" && (digits[0] == '.' || digits[0] == ')')
}

// markdownLink is text that links to an address of the web; without one, the
// text alone.
func markdownLink(text, address string) string {
	u := webURL(address)
	if u == nil {
		return escapeMarkdown(text)
	}
	target := strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C", "|", "%7C").Replace(u.String())
	return "[" + escapeMarkdown(text) + "](" + target + ")"
}
