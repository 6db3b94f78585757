package claims

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"gopkg.in/yaml.v3"
)

// maxCaseFile bounds what is read of one case, claims or vocabulary file. It
// holds some 100,000 claims.
const maxCaseFile = 64 << 20

// decoder reads YAML nodes strictly: what it doesn't know is a problem with a
// place, and it goes on so that one run tells every problem.
type decoder struct {
	file     string
	problems *Problems
	subject  *subject // what is being read, nil at the top of a file
}

// subject is a part of a file as messages name it: a claim, or the second
// citation of one. It is put in words only when there is something to tell.
type subject struct {
	of   *subject
	kind string
	n    int    // from 1
	id   string // names it instead of n, once it is known
}

func (s *subject) String() string {
	name := s.kind + " " + strconv.Itoa(s.n)
	if s.id != "" {
		name = s.kind + " " + strconv.Quote(s.id)
	}
	if s.of != nil {
		return s.of.String() + ": " + name
	}
	return name
}

// within reads the n-th part of a kind with f.
func (d *decoder) within(kind string, n int, f func(s *subject)) {
	d.subject = &subject{of: d.subject, kind: kind, n: n}
	f(d.subject)
	d.subject = d.subject.of
}

// named puts the name of a part before what is said of it.
func (d *decoder) named(what string) string {
	switch {
	case d.subject == nil:
		return what
	case what == "":
		return d.subject.String()
	}
	return d.subject.String() + ": " + what
}

func (d *decoder) pos(n *yaml.Node) Pos {
	if n == nil {
		return Pos{File: d.file}
	}
	return Pos{File: d.file, Line: n.Line, Column: n.Column}
}

func (d *decoder) addf(n *yaml.Node, format string, args ...any) {
	d.problems.Addf(d.pos(n), format, args...)
}

// usable reports aliases: a file of a few hundred bytes can stand for billions
// of values through them, and no case needs any.
func (d *decoder) usable(n *yaml.Node) bool {
	if n == nil {
		return false
	}
	if n.Kind == yaml.AliasNode {
		d.addf(n, "*%s refers to another value; anchors and aliases are not read, write the value out", n.Value)
		return false
	}
	return true
}

// seen finds what stands twice: in a short list by searching it, which is
// cheapest, in a long one by a map, for searching would take forever.
type seen map[string]bool

func seenIn(n int) seen {
	if n <= 32 {
		return nil
	}
	return make(seen, n)
}

func (s seen) twice(word string, search func() bool) bool {
	if s == nil {
		return search()
	}
	before := s[word]
	s[word] = true
	return before
}

// mapping holds entries in file order.
type mapping []pair

type pair struct{ key, value *yaml.Node }

// get returns the value of a key, nil when there is none.
func (m mapping) get(key string) *yaml.Node {
	for i := range m {
		if m[i].key.Value == key {
			return m[i].value
		}
	}
	return nil
}

func (m mapping) has(key string) bool { return m.get(key) != nil }

// pairs returns the entries of a mapping; a key that stands twice is a problem.
func (d *decoder) pairs(n *yaml.Node, what string) mapping {
	if !d.usable(n) {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		d.addf(n, "%s must be a mapping of keys to values, not %s", d.named(what), kindName(n))
		return nil
	}
	list := make(mapping, 0, len(n.Content)/2)
	seen := seenIn(len(n.Content) / 2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			d.addf(key, "%s: a key must be a word", d.named(what))
			continue
		}
		if seen.twice(key.Value, func() bool { return list.has(key.Value) }) {
			d.addf(key, "%s: %q stands twice; keep one", d.named(what), key.Value)
			continue
		}
		if value.Kind == yaml.ScalarNode && value.Tag == "!!null" {
			continue // "key:" with nothing behind it says nothing
		}
		list = append(list, pair{key, value})
	}
	return list
}

// mapping returns the entries of a mapping; keys that are not allowed are
// problems and left out.
func (d *decoder) mapping(n *yaml.Node, what string, allowed ...string) mapping {
	return slices.DeleteFunc(d.pairs(n, what), func(p pair) bool {
		if slices.Contains(allowed, p.key.Value) {
			return false
		}
		d.addf(p.key, "%s: unknown key %q%s", d.named(what), p.key.Value, orList(didYouMean(p.key.Value, allowed), allowed))
		return true
	})
}

func orList(suggestion string, allowed []string) string {
	if suggestion != "" {
		return suggestion
	}
	return "; the keys are " + strings.Join(allowed, ", ")
}

// items returns the entries of a sequence.
func (d *decoder) items(n *yaml.Node, what string) []*yaml.Node {
	if !d.usable(n) {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		d.addf(n, "%s must be a list, not %s", d.named(what), kindName(n))
		return nil
	}
	return n.Content
}

// str returns the text of a scalar, "" when there is none.
func (d *decoder) str(n *yaml.Node, what string) string {
	if !d.usable(n) {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		d.addf(n, "%s must be text, not %s", d.named(what), kindName(n))
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// strs returns a list of texts; a single text is read as a list of one. Texts
// that keep, given with their nodes, does not approve of are left out.
func (d *decoder) strs(n *yaml.Node, what string, keep func(s string, n *yaml.Node) bool) []string {
	if !d.usable(n) {
		return nil
	}
	items := []*yaml.Node{n}
	if n.Kind != yaml.ScalarNode {
		items = d.items(n, what)
	}
	list := make([]string, 0, len(items))
	seen := seenIn(len(items))
	for _, item := range items {
		s := d.str(item, what)
		switch {
		case s == "":
			if item.Kind == yaml.ScalarNode {
				d.addf(item, "%s holds an empty entry; remove it", d.named(what))
			}
		case seen.twice(s, func() bool { return slices.Contains(list, s) }):
			d.addf(item, "%s names %q twice; keep one", d.named(what), s)
		case keep == nil || keep(s, item):
			list = append(list, s)
		}
	}
	return list
}

// integer returns a whole number from least upwards; ok is false, and a
// problem told, when the node holds something else.
func (d *decoder) integer(n *yaml.Node, what string, least int) (i int, ok bool) {
	s := d.str(n, what)
	if s == "" {
		return 0, false
	}
	i, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	if err != nil || i < least {
		d.addf(n, "%s %q is not a whole number from %d upwards", d.named(what), s, least)
		return 0, false
	}
	return i, true
}

func (d *decoder) boolean(n *yaml.Node, what string) bool {
	switch s := d.str(n, what); s {
	case "", "false":
		return false
	case "true":
		return true
	default:
		d.addf(n, "%s must be true or false, not %q", d.named(what), s)
		return false
	}
}

// oneOf returns a text that must be one of the values.
func (d *decoder) oneOf(n *yaml.Node, what string, values []string) string {
	s := d.str(n, what)
	if s != "" && !slices.Contains(values, s) {
		d.addf(n, "%s %q is not one of %s%s", d.named(what), s, strings.Join(values, ", "), didYouMean(s, values))
		return ""
	}
	return s
}

// raw returns a node's value as plain Go values, for topics that are not
// built in: their policies see it untouched.
func (d *decoder) raw(n *yaml.Node) any {
	if !d.usable(n) {
		return nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for _, p := range d.pairs(n, ownTopicKey) {
			m[p.key.Value] = d.raw(p.value)
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			list = append(list, d.raw(item))
		}
		return list
	}
	// A date stays the text that it is; YAML would make a point in time of it.
	if n.Tag == "!!timestamp" {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		d.addf(n, "%s: %s", d.named(ownTopicKey), cleanYAMLError(err))
		return nil
	}
	switch v.(type) {
	case string, bool, int, nil, float64:
		return v
	}
	return n.Value
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		if n.Value == "" {
			return "empty"
		}
		return fmt.Sprintf("%q", n.Value)
	}
	return "an alias"
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?(.*)$`)

// addYAMLError tells a syntax error of the YAML library with its line.
func addYAMLError(file string, err error, problems *Problems) {
	m := yamlLine.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	pos := Pos{File: file}
	pos.Line, _ = strconv.Atoi(m[1])
	problems.Addf(pos, "not valid YAML: %s", m[2])
}

func cleanYAMLError(err error) string {
	var te *yaml.TypeError
	if errors.As(err, &te) && len(te.Errors) > 0 {
		return yamlLine.FindStringSubmatch(te.Errors[0])[2]
	}
	return yamlLine.FindStringSubmatch(err.Error())[2]
}

// cleanPathError drops the operation and path of a file error, which our own
// messages already start with.
func cleanPathError(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		if errors.Is(err, fs.ErrNotExist) {
			return errors.New("no such file")
		}
		return pe.Err
	}
	return err
}

// readCaseFile reads a whole case file, refusing what can't be one.
func readCaseFile(f fs.File) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, cleanPathError(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a regular file")
	}
	if info.Size() > maxCaseFile {
		return nil, fmt.Errorf("has %d MB, more than the %d MB that a case file may have; split its claims over several files in claims/",
			info.Size()>>20, maxCaseFile>>20)
	}
	text := make([]byte, info.Size()+1) // one more, to see the end
	n, err := io.ReadFull(f, text)
	switch {
	case err == nil:
		return nil, errors.New("grew while it was read; try again")
	case !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF):
		return nil, cleanPathError(err)
	}
	return text[:n], nil
}

// parseYAML returns the root node of each YAML document in text.
func parseYAML(file string, text []byte, problems *Problems) []*yaml.Node {
	var doc yaml.Node
	if !bytes.Contains(text, []byte("\n---")) { // one document, as nearly always: the faster way
		if err := yaml.Unmarshal(text, &doc); err != nil {
			addYAMLError(file, err, problems)
		}
		if len(doc.Content) == 0 {
			return nil
		}
		return doc.Content[:1]
	}
	var roots []*yaml.Node
	for dec := yaml.NewDecoder(bytes.NewReader(text)); ; {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if err != nil {
			if !errors.Is(err, io.EOF) {
				addYAMLError(file, err, problems)
			}
			return roots
		}
		roots = append(roots, doc.Content...)
	}
}

func readLimited(file string) ([]byte, error) {
	f, err := os.OpenFile(file, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a fifo is empty, not waited for
	if err != nil {
		return nil, fmt.Errorf("%w", cleanPathError(err))
	}
	defer f.Close()
	return readCaseFile(f)
}
