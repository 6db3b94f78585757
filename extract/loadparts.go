package extract

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/pia-check/pia-check/claims"
)

// value reads an entry of values: what certain words mean.
func (l *ruleLoader) value(n *yaml.Node) {
	v := &valueRule{}
	for key, value := range l.pairs(n, "a value") {
		switch key.Value {
		case "part":
			v.part = l.str(value, "part")
		case "value":
			v.value = l.str(value, "value")
		case "patterns":
			l.patterns(value, &v.patterns)
		default:
			l.addf(key, "unknown key %q; a value has part, value, patterns", key.Value)
		}
	}
	switch {
	case v.part == "" || v.value == "":
		l.addf(n, "a value needs part, value and patterns")
		return
	case v.part == "period":
		if _, err := claims.ParsePeriod(v.value); err != nil {
			l.addf(n, "value: %v", err)
		}
	case valueParts[v.part]:
	default:
		err := l.x.known("vocabulary", v.part)
		if err == nil {
			err = l.x.known(v.part, v.value)
		}
		if err != nil {
			l.addf(n, "value: %v", err)
			return
		}
	}
	l.x.values = append(l.x.values, v)
}

// context reads an entry of contexts: passages that state no practice.
func (l *ruleLoader) context(n *yaml.Node) {
	c := &contextRule{}
	for key, value := range l.pairs(n, "a context") {
		switch key.Value {
		case "label":
			c.label = l.str(value, "label")
			l.oneOf(value, "label", []string{c.label}, contextLabels)
		case "kinds":
			c.kinds = l.strs(value, "kinds")
			l.oneOf(value, "kind", c.kinds, kindNames())
		case "topics":
			c.topics = l.strs(value, "topics")
			l.oneOf(value, "topic", c.topics, topicNames())
		case "about":
			c.about = l.strs(value, "about")
		case "patterns":
			l.patterns(value, &c.patterns)
		case "unless":
			l.patterns(value, &c.unless)
		case "match":
			c.match = l.examples(value, "match")
		case "no-match":
			c.noMatch = l.examples(value, "no-match")
		default:
			l.addf(key, "unknown key %q; a context has label, kinds, topics, about, patterns, unless, match, no-match", key.Value)
		}
	}
	if c.label == "" || c.match == nil {
		l.addf(n, "a context needs label, patterns and match")
	}
	l.x.contexts = append(l.x.contexts, c)
}

// verbs reads classes of verbs.
func (l *ruleLoader) verbs(n *yaml.Node) {
	for key, value := range l.pairs(n, "verbs") {
		for _, entry := range l.strs(value, "verbs "+key.Value) {
			if f := strings.Fields(entry); len(f) == 0 || len(f) > 3 || len(f[0]) < 2 {
				l.addf(value, "verb %q: write the verb, and its past and participle where they are irregular: take took taken", entry)
				continue
			}
			l.x.verbs.add(key.Value, entry)
		}
	}
}

// nouns reads the verbs whose words are nouns, too. They are marked when all
// files are read.
func (l *ruleLoader) nouns(n *yaml.Node) {
	l.nounVerbs = append(l.nounVerbs, l.strs(n, "nouns")...)
}

// ambiguous reads the words that are data about a person in a list only.
func (l *ruleLoader) ambiguous(n *yaml.Node) {
	for _, form := range l.strs(n, "ambiguous") {
		var keys []string
		for _, t := range tokenize(form) {
			keys = append(keys, t.key)
		}
		l.x.ambiguous[strings.Join(keys, " ")] = true
	}
}

// generic reads the terms of data and acts that tell nothing apart.
func (l *ruleLoader) generic(n *yaml.Node) {
	for _, id := range l.strs(n, "generic") {
		if err := l.x.known("data", id); err != nil && l.x.known("acts", id) != nil {
			l.addf(n, "generic: %v", err)
		}
		l.x.generic[id] = true
	}
}

// evident reads the safeguards that are of personal data without its name.
func (l *ruleLoader) evident(n *yaml.Node) {
	for _, id := range l.strs(n, "evident") {
		if err := l.x.known("safeguards", id); err != nil {
			l.addf(n, "evident: %v", err)
		}
		l.x.evident[id] = true
	}
}

// parts reads the headings that are no document's title.
func (l *ruleLoader) parts(n *yaml.Node) {
	for _, heading := range l.strs(n, "parts") {
		l.x.partNames[strings.ToLower(heading)] = true
	}
}

// named reads patterns that others of the same file use as @name; those of the
// built-in words.yaml are for all files.
func (l *ruleLoader) named(n *yaml.Node) {
	for key, value := range l.pairs(n, "patterns") {
		l.macros[l.file+" "+key.Value] = l.str(value, "pattern @"+key.Value)
	}
}

// compile compiles the patterns of all files.
func (l *ruleLoader) compile() {
	for _, base := range l.nounVerbs {
		for _, word := range []string{base, sFormOf(base)} {
			if w := l.x.verbs[word]; w != nil {
				w.noun = true
			}
		}
	}
	for _, p := range l.pending {
		source, err := l.expand(p.pos.File, p.source, 0)
		var compiled *pattern
		if err == nil {
			compiled, err = compilePattern(source, l.x.known)
		}
		if err != nil {
			l.problems.Addf(p.pos, "pattern %q: %v", p.source, err)
			continue
		}
		compiled.source = p.source
		for _, k := range compiled.keys {
			if word, ok := strings.CutPrefix(k, "word:"); ok {
				l.x.wordKeys[word] = k
			} else if start, ok := strings.CutPrefix(k, "prefix:"); ok {
				l.x.prefixKeys[start] = k
			}
		}
		*p.into = append(*p.into, compiled)
	}
}

// sharedPatterns is the file whose named patterns all files may use.
const sharedPatterns = "rules/words.yaml"

// expand puts named patterns in place of their names.
func (l *ruleLoader) expand(file, source string, depth int) (string, error) {
	if depth > 8 {
		return "", fmt.Errorf("named patterns use each other in a circle")
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(source, "@")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		end := strings.IndexFunc(after, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r == '-' || r >= '0' && r <= '9') })
		if end < 0 {
			end = len(after)
		}
		name := after[:end]
		inner, ok := l.macros[file+" "+name]
		if !ok {
			inner, ok = l.macros[sharedPatterns+" "+name]
		}
		if !ok {
			return "", fmt.Errorf("there is no pattern @%s; name it under patterns in this file", name)
		}
		inner, err := l.expand(file, inner, depth+1)
		if err != nil {
			return "", err
		}
		b.WriteString("(" + inner + ")")
		source = after[end:]
	}
}
