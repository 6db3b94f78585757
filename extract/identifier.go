package extract

import (
	"regexp"
	"sort"
	"strings"
)

// Numbers of records schedules: those of NARA's jobs (N1-567-09-002, item 3),
// of its electronic archive (DAA-0567-2015-0001-0004), of the General Records
// Schedules (GRS 3.2, item 031) and of agencies' own (RCS 10-1, item 1100.25).
// Their forms are in NARA's guide to disposition authorities,
// archives.gov/records-mgmt.
var (
	jobNumber = regexp.MustCompile(`\b(?:N1|N[CN]1?|II-NN[AC]?)-[0-9A-Z]{2,4}-[0-9]{1,4}(?:-[0-9A-Z]{1,4})?\b`)
	daaNumber = regexp.MustCompile(`\bDAA-[0-9A-Z]{3,4}-[0-9]{4}-[0-9]{4}(?:-[0-9]{4})?\b`)
	grsNumber = regexp.MustCompile(`(?i)\b(?:General Records? Schedules?(?: ?\(GRS\))?|GRS)(?:[ ,]*|-)(?:No\.? ?|Transmittal )?([0-9]{1,2}(?:\.[0-9])?)\b`)
	rcsNumber = regexp.MustCompile(`\b(?:Records? Control Schedules?(?: \(RCS\))?|RCS)[ ,]*(?:No\.? ?)?([0-9]{1,4}(?:-[0-9]{1,3})?)\b`)
	itemPart  = regexp.MustCompile(`^[,; /:(]*(?i:items?|sub-?items?|series)(?i: no\.?| number)? ?([0-9]{1,3}[0-9a-z.()/-]{0,6})`)
	slashItem = regexp.MustCompile(`^/([0-9]{1,3}[a-z0-9.()-]{0,5})\b`)
)

// identifiers finds the numbers of records schedules and of standard clauses.
func identifiers(text string, tokens []token) []value {
	var found []value
	if strings.Contains(text, "52.2") {
		found = clauses(text, tokens)
	}
	for _, form := range []*regexp.Regexp{jobNumber, daaNumber, grsNumber, rcsNumber} {
		for _, m := range form.FindAllStringSubmatchIndex(text, -1) {
			written := text[m[0]:m[1]]
			switch form {
			case grsNumber:
				written = "GRS " + text[m[2]:m[3]]
			case rcsNumber:
				written = "RCS " + text[m[2]:m[3]]
			}
			end := m[1]
			for _, item := range []*regexp.Regexp{itemPart, slashItem} {
				if it := item.FindStringSubmatchIndex(text[end:]); it != nil {
					number := strings.TrimRight(text[end+it[2]:end+it[3]], ".(/-")
					if !strings.Contains(number, "(") {
						number = strings.TrimRight(number, ").")
					}
					written += ", item " + number
					end += it[3]
					break
				}
			}
			if i, j := span(tokens, m[0], end); i < j {
				found = append(found, value{kind: "schedule", text: written, start: i, end: j})
			}
		}
	}
	return found
}

// span returns the tokens [i, j) that the bytes [start, end) cover.
func span(tokens []token, start, end int) (i, j int) {
	i = sort.Search(len(tokens), func(i int) bool { return tokens[i].end > start })
	j = sort.Search(len(tokens), func(i int) bool { return tokens[i].start >= end })
	return i, j
}

// joining are words within a proper name.
var joining = words("of the and for in on de la &")

// names finds proper names: words with capitals behind the first word of a
// sentence, such as "Central Bank of Ireland".
func names(text string, tokens []token) []value {
	var found []value
	for i := 0; i < len(tokens); i++ {
		opens := i == 0 || tokens[i-1].text == "." || tokens[i-1].text == ":"
		acronym := tokens[i].upper && len(tokens[i].text) > 2
		if !tokens[i].capital || tokens[i].mark || opens && !acronym || pronoun[tokens[i].text] {
			continue
		}
		end := i + 1
		for j := i + 1; j < len(tokens) && j-i < 12; j++ {
			if tokens[j].capital && !tokens[j].mark {
				end = j + 1
			} else if !joining[tokens[j].text] {
				break
			}
		}
		found = append(found, value{kind: "name", text: strings.Join(strings.Fields(text[tokens[i].start:tokens[end-1].end]), " "), start: i, end: end})
		i = end - 1
	}
	return found
}

var pronoun = words("i you it we they he she the this a an")
