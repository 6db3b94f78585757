package extract

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// A pattern describes words in a row:
//
//	word            that word, in singular or plural; word* any word so beginning;
//	                * any word
//	(a | b c)       one of several
//	[a | b]         the same, or nothing
//	...             up to 8 words; ...20 up to 20; never across a semicolon,
//	                nor across a verb with a subject of its own, but ....20 does;
//	..6             up to 6 words of the same clause: not across a comma either
//	<keep>          a verb of that class with its auxiliaries; <keep active>,
//	                <keep passive> ("is kept", "kept"), <keep be> ("is kept"),
//	                <keep finite> (no "to keep", "keeping", "kept"), <keep does>
//	                (finite and active), <keep to>,
//	                <keep ing>, <keep not>, <keep not be>
//	acts=<sell>     the same; the terms of that vocabulary that stand in a row from
//	                the verb on are the value
//	{data}          a term of that vocabulary; {data+} all that follow in a list;
//	                {actors:contractor} that term or a narrower one,
//	                {data:personal-data only} that term
//	{period} {schedule} {clause} {clause-title} {clause-date} {name}
//	{period:indefinite} that value only
//	x={events}      the same, under another name
//	^ $             the start and the end of the passage
//
// Articles and possessives may stand before any part and are not written.
type pattern struct {
	source string
	code   []step
	keys   []string // of which a passage must have one, or the pattern can't match
	starts *starts
}

type op uint8

const (
	opWord  op = iota
	opWords    // one of several
	opVerb
	opPart
	opGap
	opSplit // to x, else to y
	opJump
	opStart
	opEnd
	opMatch
)

// step is one instruction of a compiled pattern.
type step struct {
	op     op
	text   string // the word; the class; what the part holds
	words  map[string]bool
	prefix bool
	voice  string
	not    bool   // the verb is denied
	name   string // of the part
	term   string // that a mention must be or be narrower than
	list   bool
	only   bool // the term itself, not a narrower one
	across bool // of a gap: it runs across verbs
	clause bool // of a gap: it ends at a comma
	x, y   int
}

// prefixKey is how many letters of a word* index it.
const prefixKey = 4

const (
	defaultGap = 8
	maxGap     = 60
)

// valueParts are the parts that are no vocabulary.
var valueParts = map[string]bool{"period": true, "schedule": true, "clause": true, "clause-title": true, "clause-date": true, "name": true}

// compilePattern reads a pattern. known says whether a part or a verb class
// exists; the error says what is wrong and where.
func compilePattern(source string, known func(kind, name string) error) (*pattern, error) {
	p := &patternParser{rest: source, known: known}
	keys, err := p.alternatives(0)
	if err == nil && p.peek() != 0 {
		err = fmt.Errorf("%q closes nothing", p.peek())
	}
	if err != nil {
		if rest := strings.TrimSpace(p.rest); rest != "" {
			err = fmt.Errorf("%w, before %q", err, rest)
		}
		return nil, err
	}
	p.emit(step{op: opMatch})
	if len(keys) == 0 {
		return nil, fmt.Errorf("nothing in it must stand in a text; write a word, a verb or a part that is not in brackets")
	}
	return &pattern{source: source, code: p.code, keys: keys, starts: startsOf(p.code)}, nil
}

type patternParser struct {
	rest  string
	code  []step
	known func(kind, name string) error
}

func (p *patternParser) emit(s step) int {
	p.code = append(p.code, s)
	return len(p.code) - 1
}

func (p *patternParser) peek() byte {
	p.rest = strings.TrimLeft(p.rest, " \n\t")
	if p.rest == "" {
		return 0
	}
	return p.rest[0]
}

// alternatives reads up to the closing character. It returns the keys of which
// one must stand in a text, none where nothing must.
func (p *patternParser) alternatives(closing byte) (keys []string, err error) {
	var jumps []int
	free, first := false, len(p.code)
	for {
		split := p.emit(step{op: opSplit})
		p.code[split].x = split + 1
		branch, err := p.sequence()
		if err != nil {
			return nil, err
		}
		free = free || len(branch) == 0
		keys = append(keys, branch...)
		if p.peek() != '|' {
			p.code[split].y = -1
			break
		}
		p.rest = p.rest[1:]
		jumps = append(jumps, p.emit(step{op: opJump}))
		p.code[split].y = len(p.code)
	}
	for _, j := range jumps {
		p.code[j].x = len(p.code)
	}
	p.joinWords(first)
	if closing != 0 {
		if p.peek() != closing {
			return nil, fmt.Errorf("%q is missing", closing)
		}
		p.rest = p.rest[1:]
	}
	if free {
		return nil, nil
	}
	return keys, nil
}

// joinWords makes one step of the alternatives from the given one on when each is
// a single word, since to look one up takes less time than to try all.
func (p *patternParser) joinWords(first int) {
	set := map[string]bool{}
	for i := first; i < len(p.code); i += 3 { // split, word, jump
		if i+1 >= len(p.code) || p.code[i].op != opSplit || p.code[i+1].op != opWord || p.code[i+1].prefix || i+2 < len(p.code) && p.code[i+2].op != opJump {
			return
		}
		set[p.code[i+1].text] = true
	}
	if len(set) > 1 {
		p.code = append(p.code[:first], step{op: opWords, words: set})
	}
}

// sequence reads parts in a row; the keys are those of its most telling part.
func (p *patternParser) sequence() (keys []string, err error) {
	best := -1
	for {
		var part []string
		switch c := p.peek(); c {
		case 0, '|', ')', ']':
			return keys, nil
		case '(':
			p.rest = p.rest[1:]
			part, err = p.alternatives(')')
		case '[':
			p.rest = p.rest[1:]
			split := p.emit(step{op: opSplit})
			p.code[split].x = split + 1
			_, err = p.alternatives(']')
			p.code[split].y = len(p.code)
		default:
			part, err = p.part()
		}
		if err != nil {
			return nil, err
		}
		if worth := keyWorth(part); len(part) > 0 && worth > best {
			best, keys = worth, part
		}
	}
}

// keyWorth ranks keys by how few passages have them: a list of words is rarer
// than a verb, and both rarer than any term of a vocabulary.
func keyWorth(keys []string) int {
	worth := 100
	for _, k := range keys {
		w := 50
		switch {
		case k == anyWord:
			w = 1
		case strings.HasPrefix(k, "word:") && common[strings.TrimPrefix(k, "word:")]:
			w = 5
		case strings.HasPrefix(k, "word:"):
			w = 40 + min(len(k), 15)
		case strings.HasPrefix(k, "verb:"), strings.HasPrefix(k, "prefix:"):
			w = 30
		case strings.HasPrefix(k, "part:"):
			w = 20
		}
		worth = min(worth, w)
	}
	return max(worth-len(keys)/4, 0)
}

// anyWord is the key of every passage that has words.
const anyWord = "any"

var common = words("of to in for and or by with on at as is are be this that it not no if when from which who will may must shall information data")

func (p *patternParser) part() (keys []string, err error) {
	end := strings.IndexAny(p.rest, " \t\n()[]|")
	if end < 0 {
		end = len(p.rest)
	}
	if open := strings.IndexAny(p.rest, "<{"); open >= 0 && open < end {
		closing := byte('>')
		if p.rest[open] == '{' {
			closing = '}'
		}
		close := strings.IndexByte(p.rest, closing)
		if close < 0 {
			return nil, fmt.Errorf("%q is missing", closing)
		}
		end = close + 1
	}
	text := p.rest[:end]
	p.rest = p.rest[end:]
	switch {
	case text == "^":
		p.emit(step{op: opStart})
		return nil, nil
	case text == "$":
		p.emit(step{op: opEnd})
		return nil, nil
	case text == "*":
		p.emit(step{op: opWord, prefix: true})
		return []string{anyWord}, nil
	case strings.HasPrefix(text, ".."):
		n := defaultGap
		clause := !strings.HasPrefix(text, "...")
		across := strings.HasPrefix(text, "....")
		if digits := strings.TrimLeft(text, "."); digits != "" {
			if n, err = strconv.Atoi(digits); err != nil || n < 1 || n > maxGap {
				return nil, fmt.Errorf("%q: a gap is written ..., or ...20 for up to 20 words, %d at most", text, maxGap)
			}
		}
		p.emit(step{op: opGap, x: n, across: across, clause: clause})
		return nil, nil
	case strings.HasSuffix(text, ">"):
		return p.verbPart(text)
	case strings.HasSuffix(text, "}"):
		return p.valuePart(text)
	}
	return p.words(text)
}

func (p *patternParser) verbPart(text string) (keys []string, err error) {
	name, inner, _ := strings.Cut(strings.TrimSuffix(text, ">"), "<")
	class, voice, _ := strings.Cut(inner, " ")
	s := step{op: opVerb, text: class, name: strings.TrimSuffix(name, "=")}
	s.voice, s.not = strings.CutPrefix(voice, "not")
	switch s.voice = strings.TrimSpace(s.voice); s.voice {
	case "", "does", "finite", "be", "passive", "active", "to", "ing":
	default:
		return nil, fmt.Errorf("%q: behind the class may stand not, and does, finite, active, passive, be, to or ing", text)
	}
	if err := p.known("verb", class); err != nil {
		return nil, err
	}
	if s.name != "" {
		if err := p.known("vocabulary", s.name); err != nil {
			return nil, err
		}
	}
	p.emit(s)
	return []string{"verb:" + class}, nil
}

func (p *patternParser) valuePart(text string) (keys []string, err error) {
	name, inner, _ := strings.Cut(strings.TrimSuffix(text, "}"), "{")
	name = strings.TrimSuffix(name, "=")
	s := step{op: opPart}
	if inner, s.list = strings.CutSuffix(inner, "+"); s.list {
		inner = strings.TrimSpace(inner)
	}
	s.text, s.term, _ = strings.Cut(inner, ":")
	s.term, s.only = strings.CutSuffix(s.term, " only")
	if !valueParts[s.text] {
		if err := p.known("vocabulary", s.text); err != nil {
			return nil, err
		}
		if s.term != "" {
			if err := p.known(s.text, s.term); err != nil {
				return nil, err
			}
		}
	}
	if s.name = name; name == "" {
		s.name = s.text
	}
	p.emit(s)
	return []string{"part:" + s.text}, nil
}

// words reads a literal, which the tokenizer may cut in several: "e-mail".
func (p *patternParser) words(text string) (keys []string, err error) {
	body, prefix := strings.CutSuffix(text, "*")
	tokens := tokenize(body)
	if len(tokens) == 0 {
		return nil, fmt.Errorf("%q is no word", text)
	}
	best := ""
	for i, t := range tokens {
		last := i == len(tokens)-1
		if !t.mark && strings.IndexFunc(t.text, unicode.IsUpper) >= 0 {
			return nil, fmt.Errorf("%q: write words in lower case", text)
		}
		s := step{op: opWord, text: t.key, prefix: prefix && last}
		if s.prefix {
			s.text = t.text
			if len(s.text) < prefixKey {
				return nil, fmt.Errorf("%q: write at least %d letters before the *", text, prefixKey)
			}
			p.emit(s)
			if best == "" {
				return []string{"prefix:" + s.text[:prefixKey]}, nil
			}
			continue
		}
		p.emit(s)
		if len(t.key) > len(best) {
			best = t.key
		}
	}
	return []string{"word:" + best}, nil
}
