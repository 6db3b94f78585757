package extract

import (
	"slices"
	"strconv"
	"strings"
)

// units by their words, as they stand in an ISO 8601 duration.
var units = map[string]string{
	"year": "Y", "yr": "Y", "month": "M", "mo": "M", "week": "W", "wk": "W", "day": "D", "hour": "TH", "hr": "TH", "minute": "TM", "min": "TM", "second": "TS", "sec": "TS",
	"quarter": "3M", "decade": "10Y", "fortnight": "2W",
}

// between are words that stand between a number and its unit.
var between = words("calendar business working full fiscal consecutive complete additional more school operating total further successive whole")

// durations finds stated lengths of time: "seven (7) years", "18 months",
// "6 years and 3 months", "30-90 days", of which the longer counts.
func durations(tokens []token) []value {
	var found []value
	for i := 0; i < len(tokens); i++ {
		if tokens[i].mark {
			continue
		}
		iso, end, ok := duration(tokens, i)
		if !ok {
			continue
		}
		if longer, after, more := upTo(tokens, end); more {
			iso, end = longer, after // the longer counts
		}
		found = append(found, value{kind: "period", text: iso, start: i, end: end})
		i = end - 1
	}
	return found
}

// limits are how the upper end of a range is put, behind "and" or "but".
var limits = [][]string{
	{"no", "more", "than"}, {"not", "more", "than"}, {"no", "later", "than"}, {"not", "later", "than"}, {"no", "longer", "than"}, {"not", "longer", "than"},
	{"at", "most"}, {"up", "to"}, {"not", "to", "exceed"}, {"maximum", "of"}, {"a", "maximum", "of"},
}

// upTo reads the upper end of a range of lengths of time: "but no more than 90
// days".
func upTo(tokens []token, i int) (iso string, end int, ok bool) {
	for i < len(tokens) && (tokens[i].text == "," || tokens[i].text == "and" || tokens[i].text == "but") {
		i++
	}
	for _, limit := range limits {
		n := i + len(limit)
		if n < len(tokens) && slices.EqualFunc(tokens[i:n], limit, func(t token, w string) bool { return t.text == w }) {
			return duration(tokens, n)
		}
	}
	return "", 0, false
}

func duration(tokens []token, i int) (iso string, end int, ok bool) {
	if tokens[i].text == "half" && i+2 < len(tokens) && (tokens[i+1].text == "a" || tokens[i+1].text == "an") && tokens[i+2].key == "year" {
		return "P6M", i + 3, true
	}
	if iso, end, ok := dayAt(tokens, i); ok {
		return iso, end, true
	}
	n, next, ok := number(tokens, i)
	if !ok || i > 0 && tokens[i-1].text == "$" {
		return "", 0, false
	}
	// A range counts as its longer end.
	if next+1 < len(tokens) && (tokens[next].text == "to" || tokens[next].text == "or" || tokens[next].text == "–" || tokens[next].glued) {
		j := next
		if !tokens[next].glued {
			j++
		}
		if m, after, again := number(tokens, j); again && m > n && tokens[j].text != "a" {
			if _, _, unit := unitAt(tokens, after); unit {
				n, next = m, after
			}
		}
	}
	if plainYears(tokens, i, next) {
		return "P" + strconv.Itoa(n) + "Y", next, n > 0
	}
	half := false
	if next+3 < len(tokens) && tokens[next].text == "and" && tokens[next+1].text == "a" && tokens[next+2].text == "half" {
		half, next = true, next+3
	}
	unit, end, ok := unitAt(tokens, next)
	if !ok && i > 0 && olds[tokens[i-1].text] && ends(tokens[:i]) {
		unit, end, ok = unitOld(tokens, next) // destroy when 3 years old
	}
	if !ok || n == 0 {
		return "", 0, false
	}
	article := tokens[i].text == "a" || tokens[i].text == "an"
	if article && end < len(tokens) && (tokens[end].key == "period" || tokens[end-1].text != tokens[end-1].key) {
		return "", 0, false
	}
	parts := map[string]int{}
	add := func(n int, unit string) {
		if factor, err := strconv.Atoi(strings.TrimRight(unit, "YMWD")); err == nil {
			n *= factor
			unit = unit[len(unit)-1:]
		}
		parts[unit] += n
	}
	add(n, unit)
	if half {
		switch unit {
		case "Y":
			parts["M"] += 6
		default:
			return "", 0, false
		}
	}
	// "6 years and 3 months": a smaller unit follows.
	for j := end; j < len(tokens); {
		if tokens[j].text == "," {
			j++
		}
		if j < len(tokens) && tokens[j].text == "and" {
			j++
		}
		m, after, again := number(tokens, j)
		if !again || j < len(tokens) && (tokens[j].text == "a" || tokens[j].text == "an") {
			break
		}
		more, after, again := unitAt(tokens, after)
		if !again || parts[more] > 0 || strings.Index(unitOrder, more) <= strings.Index(unitOrder, unit) {
			break
		}
		add(m, more)
		unit, end, j = more, after, after
	}
	return isoDuration(parts), end, true
}

// plainYears reports a number of years without their word: "current year plus 3",
// "CY + 7".
func plainYears(tokens []token, i, next int) bool {
	if i < 2 || tokens[i-1].text != "plus" && tokens[i-1].text != "+" || next < len(tokens) && !tokens[next].mark {
		return false
	}
	return slices.ContainsFunc(tokens[max(i-4, 0):i-1], func(t token) bool { return yearly[t.key] })
}

var yearly = words("year cy fy ay sy")

// dayAt reads a day that is counted: "by day 45", "on the 46th day". The fifth day
// of a month is a date.
func dayAt(tokens []token, i int) (iso string, end int, ok bool) {
	if i+1 >= len(tokens) {
		return "", 0, false
	}
	digits := tokens[i+1].text
	if tokens[i].text != "day" {
		if i+2 < len(tokens) && tokens[i+2].text == "of" || tokens[i+1].text != "day" {
			return "", 0, false
		}
		digits = ""
		for _, suffix := range []string{"st", "nd", "rd", "th"} {
			if before, found := strings.CutSuffix(tokens[i].text, suffix); found {
				digits = before
			}
		}
	} else if i == 0 || tokens[i-1].text != "by" && tokens[i-1].text != "on" && tokens[i-1].text != "after" {
		return "", 0, false
	}
	if n, err := strconv.Atoi(digits); err != nil || n < 1 {
		return "", 0, false
	}
	return "P" + digits + "D", i + 2, true
}

// olds are words before an age that records reach, ending those of the verbs
// that then happen to them.
var (
	olds   = words("when than least most is are")
	ending = words("destroy destroyed destroys delete deleted deletes purge purged purges erase erased erases dispose disposed discard discarded throw throws thrown drop drops dropped clear clears cleared flush flushed recycle recycled overwrite overwritten remove removed removes destruction deletion")
)

// ends reports whether one of the last words says that records are destroyed.
func ends(tokens []token) bool {
	return slices.ContainsFunc(tokens[max(len(tokens)-14, 0):], func(t token) bool { return ending[t.text] })
}

const unitOrder = "Y M W D TH TM TS"

// unitAt reads a unit of time, with what may stand before and behind it:
// "calendar days", "year(s)".
func unitAt(tokens []token, i int) (unit string, end int, ok bool) {
	for i < len(tokens) && between[tokens[i].text] {
		i++
	}
	if i >= len(tokens) {
		return "", 0, false
	}
	key := tokens[i].key
	if unit = units[key]; unit == "" {
		unit = units[strings.TrimSuffix(key, "s")] // yrs, hrs
	}
	if unit == "" {
		return "", 0, false
	}
	if unit == "TS" && tokens[i].text == "second" {
		return "", 0, false // the second of several
	}
	end = i + 1
	if end+2 < len(tokens) && tokens[end].text == "(" && tokens[end+1].text == "s" && tokens[end+2].text == ")" {
		end += 3
	}
	if end < len(tokens) && (tokens[end].text == "old" || tokens[end].text == "ago") ||
		end+1 < len(tokens) && tokens[end].text == "of" && (tokens[end+1].text == "age" || tokens[end+1].text == "experience") {
		return "", 0, false // an age is no length of time
	}
	return unit, end, true
}

// unitOld reads a unit of time with "old" behind it.
func unitOld(tokens []token, i int) (unit string, end int, ok bool) {
	for j := i; j < len(tokens) && j < i+5; j++ {
		if tokens[j].text == "old" {
			unit, end, ok = unitAt(tokens[:j], i)
			return unit, j + 1, ok && end == j
		}
	}
	return "", 0, false
}

func isoDuration(parts map[string]int) string {
	var b strings.Builder
	b.WriteByte('P')
	for _, u := range []string{"Y", "M", "W", "D"} {
		if n := parts[u]; n > 0 {
			b.WriteString(strconv.Itoa(n) + u)
		}
	}
	if parts["TH"]+parts["TM"]+parts["TS"] > 0 {
		b.WriteByte('T')
		for _, u := range []string{"TH", "TM", "TS"} {
			if n := parts[u]; n > 0 {
				b.WriteString(strconv.Itoa(n) + u[1:])
			}
		}
	}
	return b.String()
}
