package extract

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/document"
)

// A form asks "Does the system collect Social Security numbers?" and has a bare
// "No." for its answer: the two say what one sentence would.

// asking are the words that start a question to be answered by yes or no, by
// whether they stand before a participle.
var asking = map[string]bool{"is": true, "are": true, "was": true, "were": true, "does": false, "do": false, "did": false, "will": false, "can": false, "has": true, "have": true}

// maxAnswer is up to how many words an answer is a bare yes or no.
const maxAnswer = 4

// maxAsked is up to how many sentences a question has.
const maxAsked = 4

var questionNumber = regexp.MustCompile(`^\s*(?:(?:[0-9]+(?:\.[0-9]+)*(?:\.?[a-z])?[.)]*|\(?[a-zA-Z][.)]+)\s+)?`)

// bareBox is a line of a form whose answer was not chosen.
var bareBox = regexp.MustCompile(`(?i)^\W*(?:☐|□|\[ ?\])\s*(?:yes|no|n/a)\W*$`)

// answered returns the statement that a question and its answer make, "" where
// they make none.
func (x *Rules) answered(question, answer string) string {
	rest := strings.Fields(chosen(answer))
	if len(rest) == 0 || len(rest) > maxAnswer {
		return ""
	}
	negation := ""
	switch strings.ToLower(strings.Trim(rest[0], ".,;:☒☑")) {
	case "yes":
	case "no":
		negation = " not"
	default:
		return ""
	}
	// The last question of several is the one that is answered.
	if i := strings.LastIndexAny(question, "?"); i >= 0 {
		question = question[i+1:]
	}
	question = questionNumber.ReplaceAllString(question, "")
	tokens := tokenize(question)
	if len(tokens) < 3 {
		return ""
	}
	participle, ok := asking[tokens[0].text]
	if !ok || slices.ContainsFunc(tokens, func(t token) bool { return t.text == "if" || t.text == "or" && t.capital }) {
		return ""
	}
	want := baseForm
	if participle {
		want = partForm | ingForm
	}
	for _, t := range tokens[1:] {
		w := x.verbs[t.text]
		if (w != nil && w.forms&want != 0 || t.text == "be" && !participle) && t.start > tokens[1].start {
			subject := question[tokens[1].start:t.start]
			return subject + question[tokens[0].start:tokens[0].end] + negation + " " + question[t.start:] + "."
		}
	}
	return ""
}

// chosen returns the word whose box is ticked, "[ ] Yes [X] No", and an answer
// without boxes as it stands.
func chosen(answer string) string {
	tokens := tokenize(answer)
	before := len(tokens) > 0 && tokens[0].mark
	for i, t := range tokens {
		if !t.mark || !ticked[t.text] {
			continue
		}
		if j := i + 1; before && j < len(tokens) && !tokens[j].mark {
			return tokens[j].text
		} else if !before && i > 0 {
			return tokens[i-1].text
		}
	}
	return answer
}

// addAnswers puts the statements of questions and bare answers in place of the
// answers.
func (x *Rules) addAnswers(list []passage) {
	for i := 1; i < len(list); i++ {
		j := i - 1
		for j > 0 && i-j < maxAsked && strings.HasPrefix(list[j].text, "If ") {
			j-- // "If so, explain why."
		}
		for j > 0 && i-j < maxAsked && bareBox.MatchString(list[j].text) {
			j-- // the box of the other answer, which nobody ticked
		}
		q, a := &list[j], &list[i]
		mark := strings.LastIndexByte(q.text, '?')
		if follows := strings.TrimSpace(q.text[mark+1:]); follows != "" && !strings.HasPrefix(follows, "If ") {
			continue
		}
		if len(q.parts) != 1 || len(a.parts) != 1 || mark < 0 || a.kind == document.Heading || a.kind == document.Question {
			continue
		}
		text := x.answered(q.text[:mark], a.text)
		if text == "" {
			continue
		}
		asked := q.parts[0].sentence
		a.text, a.answer = text, true
		a.parts = []part{{0, len(text) - 1, asked}, {len(text) - 1, len(text), a.parts[0].sentence}}
		if a.about == "" {
			a.about = q.about
		}
	}
}
