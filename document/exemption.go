package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// omission is a place in a text where something is withheld and says so: a code of
// an exemption, "[REDACTED]", a run of █. Exemption is "(b)(7)(E)", several
// joined by ", ", or empty.
type omission struct {
	start, end int
	exemption  string
}

// The exemptions are those of the Freedom of Information Act, 5 U.S.C. 552(b),
// and of the Privacy Act, 5 U.S.C. 552a(d)(5), (j) and (k). OCR and people write
// them in many ways: "(b)(6)", "(b) (6)", "(bX6)", "{b)(6)", "b(6)", "b7E".
var (
	// A code in parentheses: OCR takes b for 6 or h, 6 for G, and ")(" for X.
	codeForm = pattern(`^[(\[{] ?([bBhjkd6]) ?(?:[)\]}] ?[(\[{]|[xX]) ?([1-9GS?]) ?(?:(?:[)\]}] ?[(\[{]|[xX]) ?([A-Fa-f]) ?)?[)\]}]`)
	// A code that lost some of its parentheses, or never had any.
	looseForm = pattern(`^(\(b\)|b)(\(?)([1-9])(\)?)(?:(\(?)([A-F]|c|e)\b(\)?))?`)
	// What people type for a gap. "[***]" is how contracts filed with the SEC
	// show what is kept confidential.
	wordForm = pattern(`\[ ?(?:[\pL-]+ ){0,3}(?i:redacted|redaction|withheld|excised)(?: ?[(:,;/–—-][^\[\]\n]{0,60}| (?:under|pursuant|per|by|for|in)\b[^\[\]\n]{0,60})? ?\]` +
		`|\((?:(?:[Nn]ame|[Aa]ddress|[Nn]umber|[Tt]ext) )?(?:REDACTED|[Rr]edacted)\)` +
		`|(?:\*{2,}|<{1,2}|_{2,}|\{{1,2}) ?REDACTED ?(?:\*{2,}|>{1,2}|_{2,}|\}{1,2})` +
		`|\[ ?\*(?: ?\*)+ ?\]`)
	notGap    = pattern(`\]\(|["“]\]["”]|\] ?(?:=|indicates|denotes)`)
	blockForm = pattern(`[█▉▇⬛][█▉▇⬛ ]*[█▉▇⬛]|[■▮]{3,}`)
)

// findOmissions returns the marks of a text in order, apart from each other. A code
// that only refers to the law, as in "5 U.S.C. 552(b)(5)", or that numbers a
// paragraph is none.
func findOmissions(text string) []omission {
	list := wordsWithheld(text)
	codes := findCodes(text)
	var merged []omission
	for len(list) > 0 || len(codes) > 0 {
		next := &codes
		if len(codes) == 0 || len(list) > 0 && list[0].start <= codes[0].start {
			next = &list
		}
		m := (*next)[0]
		*next = (*next)[1:]
		if n := len(merged); n > 0 && sameGap(text, merged[n-1].end, m.start) {
			last := &merged[n-1]
			last.end, last.exemption = max(last.end, m.end), joinExemptions(last.exemption, m.exemption)
			continue
		}
		merged = append(merged, m)
	}
	return merged
}

// wordsWithheld returns the words and blocks that mark a gap, in order.
func wordsWithheld(text string) []omission {
	var list []omission
	if strings.Contains(text, "[*") || tells(text) {
		for _, m := range wordForm().FindAllStringIndex(text, -1) {
			// "[redacted](file.pdf)" is a link, "[***] = ..." explains.
			if !notGap().MatchString(text[max(0, m[0]-3):m[0]] + text[m[1]-1:min(len(text), m[1]+12)]) {
				list = append(list, omission{start: m[0], end: m[1]})
			}
		}
	}
	if strings.Contains(text, "\xe2\x96") || strings.Contains(text, "⬛") { // the first bytes of blocks
		for _, m := range blockForm().FindAllStringIndex(text, -1) {
			list = append(list, omission{start: m[0], end: m[1]})
		}
	}
	slices.SortFunc(list, func(a, b omission) int { return a.start - b.start })
	return list
}

// sameGap reports whether two marks stand side by side on a line.
func sameGap(text string, end, start int) bool {
	return start <= end || start-end < 8 && strings.Trim(text[end:start], " ,;:/&|-–") == ""
}

// code is what has the form of an exemption's code.
type code struct {
	omission
	bare bool // without parentheses, as in b7E
}

// findCodes returns the codes that mark a gap.
func findCodes(text string) []omission {
	all := codesIn(text)
	var codes []code
	sure := false // of at least one that can't be anything else
	refers := false
	for i, c := range all {
		if i == 0 || !chainForm().MatchString(text[all[i-1].end:c.start]) {
			refers = refersToLaw(text, c.start) || isOverview(text, all[i:])
		}
		if !withheld(text, c.start) && (refers || continuesLaw(text, c.end) || numbersParagraph(text, all, i)) {
			continue
		}
		codes = append(codes, c)
		sure = sure || !c.bare || len(c.exemption) > len("(b)(6)")
	}
	var list []omission
	for _, c := range codes {
		if !c.bare || sure && (len(c.exemption) > len("(b)(6)") || aloneOnLine(text, c.omission)) {
			list = append(list, c.omission)
		}
	}
	return list
}

// codeLength is more than any code has, in bytes.
const codeLength = 24

// codesIn returns what has the form of a code.
func codesIn(text string) []code {
	var list []code
	for i := 0; i < len(text); i++ {
		rest := text[i:min(len(text), i+codeLength)]
		switch text[i] {
		case '(', '[', '{':
			if m := codeForm().FindStringSubmatch(rest); m != nil {
				if e := exemption(m[1], m[2], m[3]); e != "" && !joinsWord(text, i, i+len(m[0])) {
					list = append(list, code{omission: omission{i, i + len(m[0]), e}})
					i += len(m[0]) - 1
					continue
				}
			}
			if !strings.HasPrefix(rest, "(b)") {
				continue
			}
		case 'b':
			if len(rest) < 2 || rest[1] != '(' && (rest[1] < '1' || rest[1] > '9') {
				continue
			}
		default:
			continue
		}
		m := looseForm().FindStringSubmatch(rest)
		if m == nil || m[2]+m[4] == "(" || m[5]+m[7] == "(" { // never closed
			continue
		}
		if e := exemption("b", m[3], m[6]); e != "" && !joinsWord(text, i, i+len(m[0])) {
			list = append(list, code{omission{i, i + len(m[0]), e}, m[1] == "b" && m[2]+m[4]+m[5]+m[7] == ""})
			i += len(m[0]) - 1
		}
	}
	return list
}

// tells reports whether the text has a word for what is withheld.
func tells(text string) bool {
	for _, w := range []string{"edacted", "EDACTED", "edaction", "EDACTION", "ithheld", "ITHHELD", "xcised", "XCISED"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// exemption returns the code in its usual form, "" for one that doesn't exist.
func exemption(letter, digit, sub string) string {
	digit = strings.NewReplacer("G", "6", "S", "5", "?", "7").Replace(digit)
	switch letter {
	case "6", "h": // what OCR makes of b; on its own it numbers something
		if digit != "6" && (digit != "7" || sub == "") {
			return ""
		}
		letter = "b"
	case "B":
		if digit != "6" && (digit != "7" || sub == "") {
			return ""
		}
		letter = "b"
	case "d":
		if digit != "5" {
			return ""
		}
	case "j":
		if digit > "2" {
			return ""
		}
	case "k":
		if digit > "7" {
			return ""
		}
	}
	switch {
	case sub == "":
		return "(" + letter + ")(" + digit + ")"
	case letter == "b" && digit == "7":
		return "(b)(7)(" + strings.ToUpper(sub) + ")"
	}
	return "" // 552(b)(3)(A) is law, no mark
}

// joinsWord reports whether the code is part of something longer, such as
// "552(b)(5)" or "(b)(1)(ii)".
func joinsWord(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	if start > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before) || before == ')' && text[start] == '(' || before == '.' || before == '_' || before == '§') {
		// A code that follows another without a space is one of a row.
		if before != ')' || len(codesIn(text[max(0, start-codeLength/2):start])) == 0 {
			return true
		}
	}
	if end == len(text) {
		return false
	}
	if after == '(' {
		return !codeForm().MatchString(text[end:min(len(text), end+codeLength)])
	}
	last := text[end-1]
	return (unicode.IsLetter(after) || unicode.IsDigit(after) || after == '_') && last != ')' && last != ']' && last != '}'
}

var (
	// What makes two codes one list.
	chainForm = pattern(`^[\s,;/&☐☒□]*(?:(?:and|or|through)\b)?[\s(),;☐☒□]*$`)
	// What may stand in a list of provisions before the code.
	groupForm = pattern(`(?:\([A-Za-z0-9]{1,4}\)[\s,;]*(?:(?:and|or|through|to)\s+)?|[,;]\s*(?:and|or)\s+)+$`)
	lawForm   = pattern(`(?i)(?:\b(?:u\.?s\.?c\.?a?\.?|c\.?f\.?r\.?|(?:sub)?sections?|secs?\.?|(?:sub)?paragraphs?|(?:sub)?paras?\.?|(?:sub)?clauses?|(?:sub)?parts?|items?|articles?|titles?|rules?|provisions?|exemptions?|exempt|exceptions?|act|foia|far|dfars|hsar|under|pursuant to|accordance with|provided in|described in|defined in|specified in|required by|authorized by)|§§?)\s*$`)
	// A number of a section: "552a", "52.227-14", and before provisions also "208.6".
	sectionForm = pattern(`(?:^|[\s(])(?:552a?|\d+\.\d+-\d+)\s?$`)
	numberForm  = pattern(`(?:^|[\s(])(?:\d{3,4}[a-z]?|\d+\.\d[\d.-]*[a-z]?)$`)
	// What follows a reference.
	ofLawForm = pattern(`(?i)^\s*(?:of|in)\s+(?:this|the|that|such|said)?\s*(?:(?:sub)?section|(?:sub)?paragraph|clause|title|act\b|provision|regulation|foia|freedom|privacy act|statute)|^\s*of\s+(?:5|title|sec)|^\s*exemptions?\b|^\s*,?\s*(?:above|below|supra|infra)\b`)
)

// refersToLaw reports whether the code at start is cited, not used: what stands
// before it, over other provisions of the same list, names a law.
func refersToLaw(text string, start int) bool {
	before := text[max(0, start-160):start]
	over := groupForm().ReplaceAllString(before, "")
	return lawForm().MatchString(lastBytes(strings.TrimRight(over, "(\"“ "), 20)) || sectionForm().MatchString(over) ||
		over != before && numberForm().MatchString(over)
}

// isOverview reports whether the codes begin with a list of more than one gap
// has: it tells which ones occur.
func isOverview(text string, codes []code) bool {
	const most = 4
	seen := map[string]bool{}
	for i, c := range codes {
		if i > 0 && !chainForm().MatchString(text[codes[i-1].end:c.start]) {
			break
		}
		seen[c.exemption] = true
	}
	return len(seen) > most
}

// withheldForm is what the sheet says that stands for a withheld page.
var withheldForm = pattern(`(?i)(?:pages?\b[^.]{0,60}(?:withheld|redacted)\b[^.]{0,60}|\n\s*withheld (?:in (?:full|part) )?(?:under|pursuant to)[^.\n]{0,30}\n)\s*$`)

func withheld(text string, start int) bool {
	before := text[max(0, start-160):start]
	return tells(before) && withheldForm().MatchString(before)
}

func lastBytes(s string, n int) string { return s[max(0, len(s)-n):] }

func continuesLaw(text string, end int) bool {
	return ofLawForm().MatchString(text[end:min(len(text), end+60)])
}

var (
	// A code at the start of a paragraph, with words after it.
	labelBefore = pattern(`(?:^|\n|[.:;]|[-–—])[ \t*>]*$`)
	labelAfter  = pattern(`^[ \t]*[-–—:]?[ \t]*(?:["“'(]?[A-Z][a-z]|["“]|[a-z]+ [a-z]+ [a-z]+)`)
	// Paragraphs that are numbered as laws and clauses number theirs.
	enumerated = pattern(`(?:^|\n|[.:;—])[ \t]*\((?:[ac-z]|[1-9]|1\d|[ivx]{1,4})\)(?:\((?:\d|[ivx]+)\))?[ \t]+["“'(]?[A-Z]`)
)

// numbersParagraph reports whether the i-th code is the number of the paragraph
// that follows it: others around it are numbered as well, or several codes head
// their lines in rising order, as in the list that explains them.
func numbersParagraph(text string, all []code, i int) bool {
	c := all[i]
	if !heads(text, c.omission) {
		return false
	}
	const around = 6000
	near := text[max(0, c.start-around):min(len(text), c.end+around)]
	if len(enumerated().FindAllStringIndex(near, 2)) == 2 && startsUpper(strings.TrimLeft(text[c.end:], " \t-–—:\"“'(")) {
		return true
	}
	lo, hi := i, i
	for ; lo > 0 && all[lo-1].exemption < all[lo].exemption && heads(text, all[lo-1].omission); lo-- {
	}
	for ; hi+1 < len(all) && all[hi+1].exemption > all[hi].exemption && heads(text, all[hi+1].omission); hi++ {
	}
	return hi-lo >= 2
}

func heads(text string, m omission) bool {
	return labelBefore().MatchString(text[max(0, m.start-40):m.start]) && labelAfter().MatchString(text[m.end:min(len(text), m.end+60)])
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// aloneOnLine reports whether nothing but codes stands on the mark's line.
func aloneOnLine(text string, m omission) bool {
	start := strings.LastIndexByte(text[:m.start], '\n') + 1
	end := m.end + strings.IndexByte(text[m.end:]+"\n", '\n')
	return isOmission(text[start:min(end, len(text))])
}

// isOmission reports whether a text is nothing but what marks a gap.
func isOmission(text string) bool {
	at := 0
	list := wordsWithheld(text)
	for _, c := range codesIn(text) {
		list = append(list, c.omission)
	}
	slices.SortFunc(list, func(a, b omission) int { return a.start - b.start })
	for _, o := range list {
		if strings.Trim(text[at:max(at, o.start)], " \t\r\f,;/-") != "" {
			return false
		}
		at = max(at, o.end)
	}
	return at > 0 && strings.Trim(text[at:], " \t\r\f,;/-.") == ""
}
