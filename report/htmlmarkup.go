package report

import (
	"strconv"
	"unicode/utf8"
)

// markup builds HTML. Only constants of the program become tags; whatever else
// is written is escaped, so that no text of a document can become markup. It is
// ASCII, which browsers read twice as fast as text with a single curly quotation
// mark in it.
type markup struct{ b []byte }

// constant is text that stands in the program.
type constant string

// tag writes markup.
func (m *markup) tag(s constant) *markup {
	m.b = append(m.b, s...)
	return m
}

// made writes what was built before.
func (m *markup) made(other *markup) *markup {
	m.b = append(m.b, other.b...)
	return m
}

func (m *markup) number(n int) *markup {
	m.b = strconv.AppendInt(m.b, int64(n), 10)
	return m
}

// word writes an attribute's value that stands without quotes: a name, a
// number, an id.
func (m *markup) word(s string) *markup {
	for i := range len(s) {
		c := s[i]
		if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || c == '-' || c == '.' || c == ':' {
			m.b = append(m.b, c)
		} else {
			m.b = append(m.b, '_')
		}
	}
	return m
}

// text writes text, or an attribute's value between double quotes. What could
// reorder or hide text on the screen is taken out.
func (m *markup) text(s string) *markup {
	done := 0 // up to here s is written
	for i := 0; i < len(s); {
		c := s[i]
		if plainByte[c] {
			i++
			continue
		}
		m.b = append(m.b, s[done:i]...)
		n := 1
		switch c {
		case '<':
			m.b = append(m.b, "&lt;"...)
		case '>':
			m.b = append(m.b, "&gt;"...)
		case '&':
			m.b = append(m.b, "&amp;"...)
		default:
			var r rune
			if r, n = utf8.DecodeRuneInString(s[i:]); steers(r) {
				r = utf8.RuneError
			}
			m.b = append(m.b, "&#"...)
			m.b = strconv.AppendInt(m.b, int64(r), 10)
			m.b = append(m.b, ';')
		}
		i += n
		done = i
	}
	m.b = append(m.b, s[done:]...)
	return m
}

// plainByte tells the bytes that stand for themselves in HTML.
var plainByte = func() (plain [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		plain[c] = true
	}
	plain['\n'], plain['\t'] = true, true
	for _, c := range `<>&"'` {
		plain[c] = false
	}
	return plain
}()
