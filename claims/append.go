package claims

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"
)

// Append adds items to the end of the list that stands under a key of a case or
// claims file; a file that doesn't exist yet is made. What stands in the file
// stays byte for byte. A file that can't be edited so is left as it is.
func Append(file, key string, items []*yaml.Node) error {
	if len(items) == 0 {
		return nil
	}
	text, err := os.ReadFile(filepath.FromSlash(file))
	if errors.Is(err, fs.ErrNotExist) {
		updated, err := appendItems(nil, key, items)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.FromSlash(file), updated, 0o644)
	}
	if err != nil {
		return err
	}
	updated, err := appendItems(text, key, items)
	if err != nil {
		return err
	}
	return replaceFile(filepath.FromSlash(file), updated)
}

// appendItems returns the text with items added under the key.
func appendItems(text []byte, key string, items []*yaml.Node) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	var list *yaml.Node
	if len(doc.Content) > 0 {
		if doc.Content[0].Kind != yaml.MappingNode {
			return nil, errors.New("is no mapping of keys to values")
		}
		if i := keyIndex(doc.Content[0], key); i >= 0 {
			list = doc.Content[0].Content[i+1]
		}
	}
	e := &editor{text: text, lines: []int{0}}
	for i, b := range text {
		if b == '\n' {
			e.lines = append(e.lines, i+1)
		}
	}
	at, indent, before := len(text), "  ", ""
	switch {
	case list == nil: // a new key at the end
		before = key + ":\n"
		if n := len(bytes.TrimRight(text, "\n")); n > 0 {
			before = "\n" + before
		}
	case list.Kind == yaml.SequenceNode && list.Style&yaml.FlowStyle == 0 && len(list.Content) > 0:
		indent = strings.Repeat(" ", list.Column-1)
		last := list.Content[len(list.Content)-1]
		at = e.indentedEnd(last.Line, list.Column+1)
		before = "\n"
	default:
		return nil, fmt.Errorf("line %d: write %s as a list with one entry a line, each behind a hyphen, so that entries can be added", list.Line, key)
	}
	var b strings.Builder
	b.WriteString(before)
	for i, item := range items {
		rendered, err := renderItem(item, indent)
		if err != nil {
			return nil, err
		}
		if i > 0 || list != nil {
			b.WriteString("\n")
		}
		b.WriteString(rendered)
	}
	added := b.String()
	if list != nil {
		added = strings.TrimSuffix(added, "\n")
	} else if len(text) > 0 && text[len(text)-1] != '\n' {
		added = "\n" + added
	}
	updated := bytes.Join([][]byte{text[:at], []byte(added), text[at:]}, nil)
	return updated, proveAppended(text, updated, key, items)
}

// renderItem writes an item of a list as block YAML.
func renderItem(item *yaml.Node, indent string) (string, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(&yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{item}}); err != nil {
		return "", err
	}
	if err := enc.Close(); err != nil {
		return "", err
	}
	var out strings.Builder
	for line := range strings.Lines(b.String()) {
		if strings.TrimSpace(line) != "" {
			out.WriteString(indent)
		}
		out.WriteString(line)
	}
	return out.String(), nil
}

// proveAppended reads the edited text again: it must hold what it held, and the
// items behind.
func proveAppended(text, updated []byte, key string, items []*yaml.Node) error {
	var before, after yaml.Node
	if err := yaml.Unmarshal(text, &before); err != nil {
		return err
	}
	unusual := errors.New("its layout is too unusual to edit safely; add the entries by hand")
	if err := yaml.Unmarshal(updated, &after); err != nil || len(after.Content) == 0 {
		return unusual
	}
	root := after.Content[0]
	i := keyIndex(root, key)
	if i < 0 || len(root.Content[i+1].Content) < len(items) {
		return unusual
	}
	list := root.Content[i+1]
	kept := len(list.Content) - len(items)
	for j, item := range items {
		if !equalNodes(list.Content[kept+j], item) {
			return unusual
		}
	}
	list.Content = list.Content[:kept]
	if len(before.Content) == 0 {
		before.Content = []*yaml.Node{{Kind: yaml.MappingNode}}
	}
	if keyIndex(before.Content[0], key) < 0 {
		root.Content = append(root.Content[:i:i], root.Content[i+2:]...)
	}
	if !equalNodes(before.Content[0], root) {
		return unusual
	}
	return nil
}

func equalNodes(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !equalNodes(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}
