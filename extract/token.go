package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word or a mark of a text. Hyphens, slashes, apostrophes and
// quotation marks only part words and are no tokens of their own.
type token struct {
	text       string // lower case, without apostrophes
	key        string // text without the ending of a plural, by which words compare
	start, end int    // bytes of the source text
	upper      bool   // no lower-case letter: an acronym, or a shouted word
	capital    bool   // starts with a capital
	mark       bool   // punctuation
	glued      bool   // joined to the word before by a hyphen or a slash
	owner      bool   // a plural possessive: users'
	possessive bool   // the GSA's
	filler     bool   // an article or the like, which a text may leave out
}

// tokenize cuts a text into tokens.
func tokenize(text string) []token {
	tokens := make([]token, 0, len(text)/5+4)
	glued := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			end := wordEnd(text, i)
			t := word(text[i:end])
			t.start, t.end, t.glued = i, end, glued
			t.owner = strings.HasSuffix(t.text, "s") && (strings.HasPrefix(text[end:], "'") || strings.HasPrefix(text[end:], "’"))
			tokens = append(tokens, t)
			i, glued = end, false
		case joiner(r) && i+size < len(text) && len(tokens) > 0 && tokens[len(tokens)-1].end == i && !tokens[len(tokens)-1].mark && !unicode.IsSpace(rune(text[i+size])):
			glued = true
			i += size
		case strings.ContainsRune("-\u2010\u2011–—", r):
			tokens = append(tokens, token{text: "-", key: "-", start: i, end: i + size, mark: true})
			glued = false
			i += size
		case unicode.IsSpace(r) || strings.ContainsRune(`"'“”‘’*`+"`", r):
			glued = false
			i += size
		case r == '[' || r == '(' || r == '_':
			mark, n := text[i:i+size], size
			if m := boxForm.FindStringSubmatch(text[i:min(i+maxBox, len(text))]); m != nil && (r != '_' || underlined.MatchString(text)) {
				mark, n = emptyBox, len(m[0])
				if m[1]+m[2]+m[3] != "" {
					mark = tickedBox
				}
			}
			if mark != "_" {
				tokens = append(tokens, token{text: mark, key: mark, start: i, end: i + n, mark: true})
			}
			glued = false
			i += n
		default:
			tokens = append(tokens, token{text: text[i : i+size], key: text[i : i+size], start: i, end: i + size, mark: true})
			glued = false
			i += size
		}
	}
	return tokens
}

// boxForm is a box of a form in plain text: [X] or [ ], (X) or ( ), _X_ or ___ .
var boxForm = regexp.MustCompile(`^(?:\[ *([xX✓✔]?) *\]|\( *(X) *\)|\( +\)|_+([xX])_+|__+ )`)

// underlined is what makes the blanks of a text boxes.
var underlined = regexp.MustCompile(`_[xX]_`)

// maxBox is up to how many bytes a box has.
const maxBox = 16

// joiner reports the marks that join two words when no blank stands around them.
func joiner(r rune) bool { return r == '-' || r == '/' || r == '\u2010' || r == '\u2011' }

// wordEnd returns the end of the word that starts at i: letters and digits,
// with apostrophes within, and points and commas within numbers.
func wordEnd(text string, i int) int {
	last := rune(0)
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			within := strings.ContainsRune("'’", r) && unicode.IsLetter(last) && unicode.IsLetter(next) ||
				(r == '.' || r == ',') && unicode.IsDigit(last) && unicode.IsDigit(next) ||
				r == '.' && unicode.IsUpper(last) && unicode.IsUpper(next) // U.S.
			if !within {
				break
			}
		}
		last = r
		i += size
	}
	return i
}

// word makes the token of a word.
func word(s string) token {
	t := token{}
	t.upper = strings.IndexFunc(s, unicode.IsLower) < 0 && strings.IndexFunc(s, unicode.IsUpper) >= 0
	first, _ := utf8.DecodeRuneInString(s)
	t.capital = unicode.IsUpper(first)
	if len(s) > 2 && s[len(s)-1] == 's' && strings.IndexFunc(s[:len(s)-1], unicode.IsLower) < 0 {
		t.upper = t.capital // SSNs
	}
	lower := strings.ToLower(s)
	if strings.ContainsAny(lower, "'’.,") {
		lower = strings.NewReplacer("'", "", "’", "").Replace(lower)
		if first >= '0' && first <= '9' {
			lower = strings.ReplaceAll(lower, ",", "")
		} else {
			lower = strings.ReplaceAll(lower, ".", "")
		}
	}
	t.text, t.key, t.filler = lower, singular(lower), filler[lower]
	if stem, possessive := strings.CutSuffix(strings.ReplaceAll(s, "’", "'"), "'s"); possessive && lower != "its" {
		t.key, t.possessive = word(stem).key, true // the FBI's is the FBI
	}
	if s == "IT" {
		t.key = "IT" // technology, no pronoun
	}
	return t
}

// singular takes the ending of a plural off a word. It needs not be right for
// every word, only the same for a vocabulary and the texts in which its terms
// are looked for.
func singular(s string) string {
	n := len(s)
	switch {
	case strings.HasSuffix(s, "ie") && n > 4: // as of cookies
		return s[:n-2] + "y"
	case n <= 3 || s[n-1] != 's':
		return s
	case strings.HasSuffix(s, "ies") && n > 4:
		return s[:n-3] + "y"
	case strings.HasSuffix(s, "sses"), strings.HasSuffix(s, "xes"), strings.HasSuffix(s, "ches"), strings.HasSuffix(s, "shes"):
		return s[:n-2]
	case strings.HasSuffix(s, "ss"), strings.HasSuffix(s, "us"), strings.HasSuffix(s, "is"):
		return s
	}
	return s[:n-1]
}
