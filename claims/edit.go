package claims

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Setting is a key to write into a mapping of a case file, behind the key After
// where it is new.
type Setting struct{ After, Key, Value string }

// Edit writes settings, by the place of their mapping, into the files of a case.
// Nothing else in them changes: comments, order, quoting and blank lines stay
// byte for byte. A file that can't be edited so is left as it is and told as a
// problem.
func Edit(files []string, want map[Pos][]Setting, problems *Problems) {
	for _, file := range files {
		if err := rewrite(file, want); err != nil {
			problems.Addf(Pos{File: file}, "not changed: %v", err)
		}
	}
}

// rewrite applies the settings to one file, by editing its text where the YAML
// nodes stand.
func rewrite(file string, want map[Pos][]Setting) error {
	text, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		return err
	}
	updated, err := edit(file, text, want)
	if err != nil || bytes.Equal(updated, text) {
		return err
	}
	return replaceFile(filepath.FromSlash(file), updated)
}

// replaceFile writes a file in one step, so that a crash leaves the old one.
func replaceFile(file string, text []byte) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(text); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Chmod(info.Mode().Perm()); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

// edit returns the text with the settings of its mappings applied.
func edit(file string, text []byte, want map[Pos][]Setting) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	e := &editor{file: file, text: text, want: want}
	for i, b := range text {
		if b == '\n' {
			e.lines = append(e.lines, i+1)
		}
	}
	e.lines = append([]int{0}, e.lines...)
	e.walk(&doc)
	slices.SortStableFunc(e.edits, func(a, b insertion) int { return a.at - b.at })
	var out bytes.Buffer
	last := 0
	for _, ed := range e.edits {
		if ed.at < last {
			return nil, fmt.Errorf("line %d: two changes meet; write the keys on lines of their own", bytes.Count(text[:ed.at], []byte("\n"))+1)
		}
		out.Write(text[last:ed.at])
		out.WriteString(ed.text)
		last = ed.at + ed.cut
	}
	out.Write(text[last:])
	if err := e.prove(out.Bytes()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// insertion replaces cut bytes at an offset by a text.
type insertion struct {
	at, cut int
	text    string
}

type editor struct {
	file  string
	text  []byte
	lines []int // offset at which each line starts
	want  map[Pos][]Setting
	edits []insertion
}

func (e *editor) walk(n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		// An empty mapping that is itself a key may stand where a wanted one does.
		if settings := e.want[Pos{File: e.file, Line: n.Line, Column: n.Column}]; settings != nil && len(n.Content) > 0 {
			e.mapping(n, settings)
		}
	}
	for _, child := range n.Content {
		e.walk(child)
	}
}

// offset returns where a node starts. The YAML library counts columns in
// characters.
func (e *editor) offset(n *yaml.Node) int {
	if n.Line > len(e.lines) { // a value that is left out at the end of the file
		return len(e.text)
	}
	at := e.lines[n.Line-1]
	for range n.Column - 1 {
		at++
		for at < len(e.text) && e.text[at]&0xC0 == 0x80 {
			at++
		}
	}
	return at
}

func (e *editor) mapping(n *yaml.Node, settings []Setting) {
	flow := n.Style&yaml.FlowStyle != 0
	var added []Setting // new keys, in the order in which they are to stand
	for _, s := range settings {
		i := keyIndex(n, s.Key)
		if i < 0 {
			added = append(added, s)
			continue
		}
		at, end := e.offset(n.Content[i+1]), e.scalarEnd(n.Content[i], n.Content[i+1], flow)
		e.edits = append(e.edits, insertion{at, end - at, s.Value})
	}
	if len(added) == 0 {
		return
	}
	// New keys stand together, behind the last of their anchors that is there.
	anchor := -1
	for _, s := range added {
		anchor = max(anchor, keyIndex(n, s.After))
	}
	column := strings.Repeat(" ", n.Content[0].Column-1)
	var b strings.Builder
	if anchor < 0 { // before the first key
		separator := "\n" + column
		if flow {
			separator = ", "
		}
		for _, s := range added {
			b.WriteString(s.Key + ": " + s.Value + separator)
		}
		e.edits = append(e.edits, insertion{e.offset(n.Content[0]), 0, b.String()})
		return
	}
	separator, at := ", ", e.scalarEnd(n.Content[anchor], n.Content[anchor+1], flow)
	if !flow {
		separator = "\n" + column
		at = e.lineEnd(at) // behind a comment on the same line
	}
	for _, s := range added {
		b.WriteString(separator + s.Key + ": " + s.Value)
	}
	e.edits = append(e.edits, insertion{at, 0, b.String()})
}

// lineEnd returns the offset of the end of the line that the offset lies in.
func (e *editor) lineEnd(at int) int {
	if i := bytes.IndexByte(e.text[at:], '\n'); i >= 0 {
		at += i
	} else {
		at = len(e.text)
	}
	if at > 0 && e.text[at-1] == '\r' {
		at--
	}
	return at
}

// scalarEnd returns the offset behind the scalar value of a key.
func (e *editor) scalarEnd(key, value *yaml.Node, flow bool) int {
	at := e.offset(value)
	switch {
	case value.Style&yaml.DoubleQuotedStyle != 0:
		for i := at + 1; i < len(e.text); i++ {
			switch e.text[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
	case value.Style&yaml.SingleQuotedStyle != 0:
		for i := at + 1; i < len(e.text); i++ {
			if e.text[i] != '\'' {
				continue
			}
			if i+1 < len(e.text) && e.text[i+1] == '\'' {
				i++
				continue
			}
			return i + 1
		}
	case value.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && bytes.HasPrefix(e.text[at:], []byte(value.Value)):
		return at + len(value.Value)
	case flow:
		if i := bytes.IndexAny(e.text[at:], ",}]"); i >= 0 {
			return at + len(bytes.TrimRight(e.text[at:at+i], " \t\r\n"))
		}
	}
	return e.indentedEnd(value.Line, key.Column)
}

// indentedEnd returns the end of the last line that belongs to a value which
// begins on the given line: those that are indented deeper than its key.
func (e *editor) indentedEnd(line, keyColumn int) int {
	if line > len(e.lines) {
		return len(e.text)
	}
	end := e.lineEnd(e.lines[line-1])
	for _, start := range e.lines[line:] {
		content := bytes.TrimLeft(e.text[start:], " ")
		indent := len(e.text) - start - len(content)
		if len(bytes.TrimSpace(e.text[start:e.lineEnd(start)])) == 0 {
			continue
		}
		if indent < keyColumn {
			break
		}
		end = e.lineEnd(start)
	}
	return end
}

// prove reads the edited text again: it must hold what was asked for, and
// otherwise what the old text held.
func (e *editor) prove(updated []byte) error {
	var before, after yaml.Node
	if err := yaml.Unmarshal(e.text, &before); err != nil {
		return err
	}
	if err := yaml.Unmarshal(updated, &after); err != nil {
		return fmt.Errorf("the result would be no YAML (%v); write the keys by hand", err)
	}
	if !e.same(&before, &after) {
		return errors.New("its layout is too unusual to edit safely; write the keys by hand")
	}
	return nil
}

// same compares the old nodes with the new, in which the settings are applied.
func (e *editor) same(before, after *yaml.Node) bool {
	if before.Kind != after.Kind || before.Tag != after.Tag && before.Kind != yaml.ScalarNode {
		return false
	}
	if before.Kind != yaml.MappingNode {
		if len(before.Content) != len(after.Content) || before.Value != after.Value {
			return false
		}
		for i := range before.Content {
			if !e.same(before.Content[i], after.Content[i]) {
				return false
			}
		}
		return true
	}
	settings := e.want[Pos{File: e.file, Line: before.Line, Column: before.Column}]
	added := 0
	for _, s := range settings {
		i := keyIndex(after, s.Key)
		if i < 0 || after.Content[i+1].Value != s.Value {
			return false
		}
		if keyIndex(before, s.Key) < 0 {
			added++
		}
	}
	if len(after.Content) != len(before.Content)+2*added {
		return false
	}
	for i := 0; i+1 < len(before.Content); i += 2 {
		key := before.Content[i].Value
		if slices.ContainsFunc(settings, func(s Setting) bool { return s.Key == key }) {
			continue
		}
		j := keyIndex(after, key)
		if j < 0 || !e.same(before.Content[i+1], after.Content[j+1]) {
			return false
		}
	}
	return true
}

func keyIndex(n *yaml.Node, key string) int {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return i
		}
	}
	return -1
}
