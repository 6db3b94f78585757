package extract

import "slices"

// A records schedule gives the number of an item once, in a cell or on a line of
// its own; what it says of how long the item is kept stands beside it.

// former are words by which a number is of an older schedule.
var former = words("supersede supersedes superseded superseding replace replaces replaced previous previously former formerly old rescinded obsolete crosswalk legacy")

// maxNumberLine is up to how many words stand around a number that is alone.
const maxNumberLine = 14

// ownNumber returns the number of a records schedule that a line gives and says
// nothing else, "" for none.
func ownNumber(tokens []token, values []value) string {
	number, around := "", 0
	for i := range tokens {
		if !tokens[i].mark {
			around++
		}
	}
	for i := range values {
		v := &values[i]
		if v.kind != "schedule" {
			continue
		}
		if number != "" {
			return ""
		}
		number, around = v.text, around-(v.end-v.start)
	}
	if around > maxNumberLine || slices.ContainsFunc(tokens, func(t token) bool { return former[t.text] }) {
		return ""
	}
	return number
}

// schedule returns the number that another cell of the row gives, "" for none or
// several.
func (r *row) schedule(column int) string {
	found := ""
	for i, text := range r.titles {
		if i == column || slices.ContainsFunc(tokenize(r.title(i)), func(t token) bool { return former[t.text] }) {
			continue
		}
		tokens := tokenize(text)
		number := ownNumber(tokens, identifiers(text, tokens))
		if number != "" && found != "" {
			return ""
		}
		found += number
	}
	return found
}

// maxTitleLines is up to how many lines above its number an item names its records.
const maxTitleLines = 3

// tie gives the findings on retention in a records schedule the number of their
// item, where a line of its own gives it: the last one before them, or, where
// numbers stand behind what they are for, the next one. The line may name the
// records, too.
func (x *Rules) tie(list []passage, analyses []*analysis, found [][]finding) {
	retention := func(i int) bool {
		return slices.ContainsFunc(found[i], func(f finding) bool { return f.rule.Topic == "retention" })
	}
	numbers := make([]string, len(list))
	lastNumber, lastFinding := -1, -1
	for i := range list {
		switch {
		case retention(i):
			lastFinding = i
		case list[i].label == "":
			if numbers[i] = ownNumber(analyses[i].tokens, analyses[i].values); numbers[i] != "" {
				lastNumber = i
			}
		}
	}
	if lastNumber < 0 || lastFinding < 0 {
		return
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	if lastNumber > lastFinding {
		slices.Reverse(order)
	}
	number, data := "", []string(nil)
	for _, i := range order {
		if numbers[i] != "" {
			number, data = numbers[i], x.dataNamed(list[i].text)
			for j := i - 1; len(data) == 0 && j >= max(i-maxTitleLines, 0) && numbers[j] == "" && len(found[j]) == 0; j-- {
				data = x.dataNamed(list[j].text) // the records' title stands above
			}
		}
		for j := range found[i] {
			f := &found[i][j]
			if f.rule.Topic != "retention" || number == "" || f.values["records-schedule"] != nil {
				continue
			}
			f.values["records-schedule"] = number
			if f.values["data"] == nil && len(data) > 0 {
				f.values["data"] = data
			}
		}
	}
}

// cited takes a mere number of a records schedule, "(GRS 3.2, item 031)", for that of
// the statements on retention right before it.
func cited(list []passage, analyses []*analysis, found [][]finding) {
	for i := 1; i < len(list); i++ {
		if list[i].headings != list[i-1].headings || !analyses[i].fragment() || len(found[i]) != 1 || !found[i][0].rule.Weak {
			continue
		}
		number := found[i][0].values["records-schedule"]
		tied := false
		for _, f := range found[i-1] {
			if f.rule.Topic != "retention" || number == nil {
				continue
			}
			tied = true
			if f.values["records-schedule"] == nil {
				f.values["records-schedule"] = number
			}
		}
		if tied {
			found[i] = nil
		}
	}
}
