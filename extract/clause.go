package extract

import (
	"regexp"
	"slices"
	"strings"
)

// clauseNumber is a FAR clause or one of an agency's supplement, which puts its
// chapter before the 52 (48 CFR 1.105-2).
var clauseNumber = regexp.MustCompile(`(?:\b|FAR|DFARS|AR)((?:[1-9][0-9]?)?52\.2[0-9]{2}[-\x{2010}-\x{2013}][0-9]{1,4})\b`)

// referred are words before the number of a clause that is only referred to:
// what it defines counts, not that the contract contains it.
var referred = regexp.MustCompile(`(?i)(?:\bsee(?: also)?|\bdefined (?:in|at|by)|\bdefinitions? (?:\S+ ){0,4}(?:in|at|of)|\bmeanings? (?:\S+ ){0,4}(?:in|at|of)|\bas used in|\bprescribed (?:in|at|by)|\bdescribed (?:in|at)(?: [A-Z]\S*| in| of| -)*|\bauthority of:?|\b(?:where|if|when)|\bdelete[sd]?|\bremove[sd]?|\bstrike|\breplaced?|\bparagraphs? (?:\([a-z0-9]+\))+ (?:of|in)|\bin lieu of|\bdoes not apply|\bexcept(?: for)?)(?: the| FAR| DFARS| HSAR| GSAR| GSAM| clauses?| provisions?| at| of| in|,)*\s*$`)

// unused are words behind the number of a clause that is left out.
var unused = regexp.MustCompile(`(?i)^[\s,]*(?:[-\x{2013}(]\s*reserved\b|(?:is|are|was|were|does|do|shall|will|has been|have been) (?:hereby )?(?:not|deleted|omitted|removed|reserved|struck|replaced|superseded|withdrawn)\b)`)

// clauses finds the numbers of standard clauses, with the title and the month
// that stand behind them: "52.224-1 Privacy Act Notification (APR 1984)".
func clauses(text string, tokens []token) []value {
	var found []value
	for _, sub := range clauseNumber.FindAllStringSubmatchIndex(text, -1) {
		m := sub[2:] // the number alone
		if before := text[max(sub[0]-120, 0):sub[0]]; referred.MatchString(before) || blank.MatchString(before) {
			continue
		}
		if unused.MatchString(text[m[1]:]) {
			continue
		}
		start, end := span(tokens, m[0], m[1])
		if start >= end {
			continue
		}
		found = append(found, value{kind: "clause", text: dashes.ReplaceAllString(text[m[0]:m[1]], "-"), start: start, end: end})
		at := end
		for at < len(tokens) && tokens[at].mark && strings.Contains(",:-|", tokens[at].text) {
			at++
		}
		if last := titleEnd(tokens, at); last > at && !regulations[tokens[at].text] {
			title := strings.Join(strings.Fields(text[tokens[at].start:tokens[last-1].end]), " ")
			found = append(found, value{kind: "clause-title", text: title, start: at, end: last})
			at = last
		}
		// Its alternate, then its month.
		for i := at; i < len(tokens) && i < at+8 && !clauseNumber.MatchString(tokens[i].text); i++ {
			if date, ok := monthAt(tokens, i); ok {
				found = append(found, value{kind: "clause-date", text: date, start: i, end: i + 2})
				break
			}
		}
	}
	return found
}

var dashes = regexp.MustCompile(`[\x{2010}-\x{2013}]`)

// clauseLine reports whether a passage, or the list that it introduces, is the
// numbers and titles of clauses alone, which tell of nothing but the clauses:
// what verbs it has are words of the titles.
func (p *passage) clauseLine(a *analysis) bool {
	own := p.parts[min(1, len(p.parts)-1)].start
	if !clauseNumber.MatchString(p.text[own:]) {
		return false
	}
	return !slices.ContainsFunc(a.groups, func(g group) bool {
		t := &a.tokens[g.head]
		return t.start >= own && !t.capital && !g.bare
	}) && !slices.ContainsFunc(a.tokens, func(t token) bool {
		return t.start >= own && (beForms[t.text] || modals[t.text] != "" || haveForms[t.text])
	})
}

// blank is a box before a line of a form that nobody ticked.
var blank = regexp.MustCompile(`(?:☐|□|\[ ?\]|\( *\)|(?:^|\s)_{2,})\s*(?:\([0-9a-z]{1,4}\)\s*)*$`)

// regulations are words before the number of the next clause, no title.
var regulations = words("far dfars hsar gsar gsam hhsar vaar clause clauses section sections part parts")

// small are the words of a title that have no capital.
var small = words("a an and as at but by for from if in into not of on or other than the to under upon with within")

// titleEnd returns where a title that starts at a token ends, that token where
// none stands there.
func titleEnd(tokens []token, start int) int {
	end := start
	for i := start; i < len(tokens) && i-start < 30; i++ {
		t := &tokens[i]
		_, dated := monthAt(tokens, i)
		switch {
		case dated, t.mark && !strings.Contains(",-&", t.text), i == start && !t.capital:
			return end
		case t.capital, t.glued && end > start && end == i:
			end = i + 1
		case !t.mark && !small[t.text]:
			return end
		}
	}
	return end
}

var months = words("jan feb mar apr may jun jul aug sep oct nov dec")

// monthAt reads a month and its year: "APR 1984".
func monthAt(tokens []token, i int) (date string, ok bool) {
	if i+1 >= len(tokens) || !tokens[i].capital || len(tokens[i].text) < 3 || !months[tokens[i].text[:3]] {
		return "", false
	}
	j := i + 1
	year := tokens[j].text
	if len(year) == 2 && year >= "60" {
		year = "19" + year
	}
	if len(year) != 4 || year[:2] != "19" && year[:2] != "20" || strings.Trim(year, "0123456789") != "" {
		return "", false
	}
	return strings.ToUpper(tokens[i].text[:3]) + " " + year, true
}
