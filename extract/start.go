package extract

// starts is what a match of a pattern may start with, so that the places where
// none can start are passed over without trying.
type starts struct {
	words    map[string]bool
	verbs    bool
	parts    bool
	anything bool
}

// startsOf follows the code of a pattern to the first steps that take a word.
func startsOf(code []step) *starts {
	s := &starts{words: map[string]bool{}}
	seen := make([]bool, len(code))
	var follow func(pc int)
	follow = func(pc int) {
		if pc < 0 || seen[pc] {
			return
		}
		seen[pc] = true
		switch c := &code[pc]; c.op {
		case opSplit:
			follow(c.x)
			follow(c.y)
		case opJump:
			follow(c.x)
		case opVerb:
			s.verbs = true
		case opPart:
			s.parts = true
		case opWords:
			for w := range c.words {
				s.words[w] = true
			}
		case opWord:
			s.words[c.text] = true
			s.anything = s.anything || c.prefix
		default:
			s.anything = true
		}
	}
	follow(0)
	return s
}

// at reports whether a match may start at a token, an article or two passed over.
func (s *starts) at(a *analysis, i int) bool {
	if s.anything {
		return true
	}
	for skipped := 0; i < len(a.tokens); skipped++ {
		if s.words[a.tokens[i].key] || s.verbs && a.groupAt[i] > 0 || s.parts && len(a.mentionAt[i])+len(a.valueAt[i]) > 0 {
			return true
		}
		if skipped == 2 || !a.tokens[i].filler {
			return false
		}
		i++
	}
	return false
}
