package document

import (
	"regexp"
	"strconv"
	"strings"
)

// label is the number that a heading starts with.
type label struct {
	size   int    // in bytes, with what parts it from the words
	number string // "5.1", "C.3.2", "52.224-1", as written but for its final point
	// series is what the numbers of one sequence have in common; "" for clause
	// numbers, which follow no order.
	series string
	parts  []int // the components of the number, as 5 and 1
	named  bool  // a word such as "Section" stands before it
}

var (
	namedLabel  = pattern(`^(?i:(` + labelForms + `))[ \t]+([0-9]{1,3}(?:\.[0-9]{1,3}){0,4}|[A-Z]|[IVX]{1,6}|[A-Z](?:[.-][0-9]{1,3}){1,5})(?:[.:)]+|[ \t]*[-–—]|$|[ \t])[ \t]*(?:[-–—:][ \t]*)?`)
	dottedLabel = pattern(`^(?:§[ \t]*)?([0-9]{1,3}(?:\.[0-9]{1,3}){1,5})[.:)]?(?:[ \t]+(?:[-–—][ \t]*)?|$)`)
	letterLabel = pattern(`^([A-Z](?:\.[0-9]{1,3}){1,5})[.:)]?(?:[ \t]+(?:[-–—][ \t]*)?|$)`)
	plainLabel  = pattern(`^([0-9]{1,3}|[A-Z]|[IVX]{1,6})[.)](?:[ \t]+|$)`)
	bareLabel   = pattern(`^(?:PIA[ \t]*-?[ \t]*)?([0-9]{1,2}[a-z]?)[:.]?[ \t]+`)
	// Clause numbers of the Federal Acquisition Regulation and its supplements
	// (FAR 52.1), with the contract's own number before them.
	clauseLabel = pattern(`^(?:[A-Z]\.[0-9]{1,3}(?:\.[0-9]{1,3})?[ \t]+)?(?:(?:FAR|DFARS|HSAR|GSAR|GSAM|AGAR|HHSAR|VAAR)[ \t]+(?:Clause[ \t]+)?)?([0-9]{2,4}\.[0-9]{3}-[0-9]{1,4})\.?(?:[ \t]+(?:[-–—][ \t]*)?|$)`)
)

// labelOf returns the number that a heading may start with; ok is false when it
// starts with none.
func labelOf(s string) (l label, ok bool) {
	if !startsLabel(s) {
		return label{}, false
	}
	if m := clauseLabel().FindStringSubmatch(s); m != nil {
		return label{size: len(m[0]), number: m[1]}, true
	}
	if m := namedLabel().FindStringSubmatch(s); m != nil {
		l = label{size: len(m[0]), number: m[2], named: true}
		kind := strings.ToLower(m[1])
		if kind == "section" || kind == "sec." {
			kind = ""
		}
		l.parts = numberParts(m[2])
		l.series = kind + seriesOf(m[2])
		return l, l.parts != nil
	}
	for _, form := range []*regexp.Regexp{dottedLabel(), letterLabel(), plainLabel()} {
		if m := form.FindStringSubmatch(s); m != nil {
			l = label{size: len(m[0]), number: m[1], series: seriesOf(m[1]), parts: numberParts(m[1])}
			if form == plainLabel() && l.series != "1" {
				l.series += "."
			}
			return l, l.parts != nil
		}
	}
	return label{}, false
}

// startsLabel looks at the first word only, since most lines start with no
// number and the forms cost more.
func startsLabel(s string) bool {
	word := s
	if i := strings.IndexFunc(s, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') }); i >= 0 {
		word = s[:i]
	}
	if word == "" || word == strings.ToUpper(word) {
		return s != ""
	}
	return labelWords[strings.ToLower(word)]
}

// labelForms are the words that stand before a number, as a pattern, and
// labelWords the same without their points.
const labelForms = `section|sec\.|article|part|chapter|appendix|attachment|exhibit|annex|schedule|question`

var labelWords = names(strings.NewReplacer("|", " ", `\.`, "").Replace(labelForms))

// isClause reports whether a line starts with the number of a clause.
func isClause(s string) bool {
	return startsLabel(s) && clauseLabel().MatchString(s)
}

// seriesOf tells numbers, letters and Roman numerals apart by their start.
func seriesOf(number string) string {
	switch c := number[0]; {
	case c >= '0' && c <= '9':
		return "1"
	case roman(number) && (len(number) > 1 || c == 'I' || c == 'V' || c == 'X'):
		return "I"
	}
	return "A"
}

// numberParts returns the components of a number, letters counted from 1.
func numberParts(number string) []int {
	var parts []int
	for i, part := range strings.FieldsFunc(number, func(r rune) bool { return r == '.' || r == '-' }) {
		n, err := strconv.Atoi(part)
		switch {
		case err == nil:
		case i == 0 && seriesOf(number) == "I" && part == number:
			n = romanNumber(strings.ToLower(part))
		case i == 0 && len(part) == 1:
			n = int(part[0]-'A') + 1
		default:
			return nil
		}
		parts = append(parts, n)
	}
	return parts
}

// skipped returns how many numbers are left out when b is the number of the next
// heading after a, -1 when it can't be: it is one level in, or further on at any
// level.
func skipped(a, b []int) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(b) || i < len(a) && b[i] <= a[i] {
		return -1
	}
	n := 0
	if i < len(a) {
		n = b[i] - a[i] - 1
		i++
	}
	for _, part := range b[i:] {
		n += max(part-1, 0)
	}
	return n
}

// maxSkipped is how many headings may be overlooked between two.
const maxSkipped = 3
