package extract

import "strconv"

var unitWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"a": 1, "an": 1, "single": 1,
}

// number reads a number at the tokens from i on: "7", "seven", "seven (7)",
// "seventy-five (75)", "one hundred", "a". next is the token after it; ok is
// false where no number stands or the two ways of writing it differ.
func number(tokens []token, i int) (n, next int, ok bool) {
	n, next, ok = plainNumber(tokens, i)
	if !ok {
		return 0, i, false
	}
	// The figure in parentheses repeats the word, or the word the figure.
	if next+2 < len(tokens) && tokens[next].text == "(" {
		if m, end, again := plainNumber(tokens, next+1); again && end < len(tokens) && tokens[end].text == ")" {
			if m != n && !(tokens[i].text == "a" || tokens[i].text == "an") {
				return 0, i, false
			}
			return m, end + 1, true
		}
	}
	return n, next, true
}

func plainNumber(tokens []token, i int) (n, next int, ok bool) {
	if i >= len(tokens) {
		return 0, i, false
	}
	if digits, err := strconv.Atoi(tokens[i].text); err == nil {
		return digits, i + 1, digits >= 0
	}
	total, current := 0, 0
	j := i
	for ; j < len(tokens); j++ {
		t := tokens[j].text
		if value, is := unitWords[t]; is {
			if j > i && (t == "a" || t == "an") {
				break
			}
			if current%100 != 0 && !(current%10 == 0 && value < 10) {
				break
			}
			current += value
			continue
		}
		if t == "hundred" {
			current = max(current, 1) * 100
			continue
		}
		if t == "thousand" {
			total, current = total+max(current, 1)*1000, 0
			continue
		}
		if t == "and" && j > i && current >= 100 && j+1 < len(tokens) && unitWords[tokens[j+1].text] > 0 && tokens[j+1].text != "a" {
			continue
		}
		break
	}
	if j == i {
		return 0, i, false
	}
	return total + current, j, true
}
