package claims

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"
)

// Draft is a claim that a program proposes, and what is wrong with it. Its
// citations are not verified.
type Draft struct {
	Claim
	Problems Problems
}

// DraftsVersion is the version of the form in which programs propose claims.
const DraftsVersion = 1

// ReadDrafts reads the claims that a program proposes, as DraftsSchema describes
// them: JSON, each claim as in a case file. Name stands for the program in
// problems. Text that is not whole and valid is an error, and no claim of it is
// taken; a claim that is wrong spoils no other.
func ReadDrafts(name string, text []byte, v *Vocabulary) ([]Draft, error) {
	// Read as JSON first: YAML takes half an object for a whole one, and knows
	// no surrogate pairs.
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, errors.New("its output is not whole: the JSON ends too early")
		}
		return nil, fmt.Errorf("its output is not JSON: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("its output goes on behind the JSON value")
	}
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var problems Problems
	roots := parseYAML(name, plain, &problems)
	if len(problems) > 0 || len(roots) != 1 {
		return nil, fmt.Errorf("its output can't be read: %w", problems.Err())
	}
	l := loader{decoder: decoder{file: name, problems: &problems}, vocabulary: v, documents: map[string]int{}, c: &Case{}}
	m := l.pairs(roots[0], "its output")
	for _, p := range m {
		if p.key.Value != "version" && p.key.Value != "claims" {
			l.addf(p.key, "unknown key %q; the keys are version, claims", p.key.Value)
		}
	}
	if version := l.str(m.get("version"), "version"); version != fmt.Sprint(DraftsVersion) {
		l.addf(m.get("version"), "version %q is not %d", version, DraftsVersion)
	}
	items := l.optionalItems(m.get("claims"), "claims")
	if err := problems.Err(); err != nil {
		return nil, err
	}
	drafts := make([]Draft, 0, len(items))
	for i, item := range items {
		drafts = append(drafts, l.readDraft(item, i))
	}
	return drafts, nil
}

// readDraft reads one claim with problems of its own. What a person has to say
// of a claim, a program can't.
func (l *loader) readDraft(item *yaml.Node, i int) Draft {
	var d Draft
	shared := l.problems
	l.problems = &d.Problems
	defer func() { l.problems = shared }()
	l.within("claim", i+1, func(what *subject) {
		c, m := l.readClaim(item, what)
		if m != nil && len(c.Citations) == 0 && len(d.Problems) == 0 {
			l.addf(item, "%s has no citations", what)
		}
		d.Claim = c
	})
	d.Review = "draft"
	return d
}

// DraftsSchema returns the JSON Schema (2020-12) of what a program prints that
// proposes claims.
func DraftsSchema(v *Vocabulary) map[string]any {
	schema := closed(object{
		"version": object{"const": DraftsVersion},
		"claims":  listOf(claimSchema("topic", "modality", "citations")),
	}, "version", "claims")
	schema["$schema"], schema["$defs"], schema["title"] = schemaDialect, termSchemas(v), "claims that a program drafts"
	return schema
}
