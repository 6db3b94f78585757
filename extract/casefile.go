package extract

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/pia-check/pia-check/claims"
)

// Added says what was written of one document.
type Added struct {
	Document string // its id in the case
	Claims   int    // drafts that were added
	Known    int    // drafts that the case has already, in any review state
}

// WriteCase writes a new case into a folder that must be new or empty: the
// documents, a case file, and the drafts of each document in claims/.
func WriteCase(dir string, drafts []Draft) ([]Added, error) {
	switch entries, err := os.ReadDir(dir); {
	case err == nil && len(entries) > 0:
		return nil, fmt.Errorf("%s is not empty; name a new folder, or add to the case in it with --into", dir)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	if len(drafts) == 0 {
		return nil, errors.New("there is no document to make a case of")
	}
	for _, sub := range []string{"documents", "claims"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return nil, err
		}
	}
	names := map[string]bool{}
	documents := &yaml.Node{Kind: yaml.SequenceNode}
	var added []Added
	for i := range drafts {
		d := &drafts[i]
		name, err := copyDocument(dir, d, names)
		if err != nil {
			return nil, err
		}
		documents.Content = append(documents.Content, d.node(name))
		if err := claims.Append(claimsFile(dir, d.ID), "claims", claimNodes(d.Claims)); err != nil {
			return nil, err
		}
		added = append(added, Added{Document: d.ID, Claims: len(d.Claims)})
	}
	about := mapping{}
	about.text("id", slugOf(filepath.Clean(dir)+".x"))
	about.text("title", "Draft: "+drafts[0].Title)
	root := mapping{}
	root.node("case", about.yaml())
	root.node("documents", documents)
	text, err := render(root.yaml())
	if err != nil {
		return nil, err
	}
	head := "# Drafted from the documents by rules. Every claim in claims/ is a draft until a\n# person has read it against its quote: pia-check review " + filepath.ToSlash(dir) + "\n\n"
	return added, os.WriteFile(filepath.Join(dir, claims.CaseFileName), append([]byte(head), text...), 0o644)
}

// CaseOf makes a case of drafts without writing it. Its folder is the innermost
// that all the documents are in.
func CaseOf(drafts []Draft, v *claims.Vocabulary) (*claims.Case, error) {
	if len(drafts) == 0 {
		return nil, errors.New("no document could be read, so there is nothing to check")
	}
	c := &claims.Case{ID: "documents", Title: "Draft: " + drafts[0].Title}
	full := make([]string, len(drafts))
	for i := range drafts {
		var err error
		if full[i], err = filepath.Abs(drafts[i].Path); err != nil {
			return nil, err
		}
		dir := filepath.Dir(full[i])
		for c.Dir != "" && !inside(c.Dir, dir) {
			c.Dir = filepath.Dir(c.Dir)
		}
		if c.Dir == "" {
			c.Dir = dir
		}
	}
	for i := range drafts {
		d := &drafts[i]
		rel, err := filepath.Rel(c.Dir, full[i])
		if err != nil {
			return nil, err
		}
		c.Documents = append(c.Documents, claims.Document{ID: d.ID, Kind: d.Kind.Name, Title: d.Title, Path: filepath.ToSlash(rel), SHA256: d.SHA256})
		c.Claims = append(c.Claims, d.Claims...)
	}
	if wd, err := os.Getwd(); err == nil { // reports hold no absolute path
		if rel, err := filepath.Rel(wd, c.Dir); err == nil {
			c.Dir = rel
		}
	}
	c.AddImplied(v)
	return c, nil
}

// inside reports whether a folder is another or below it.
func inside(dir, sub string) bool {
	rel, err := filepath.Rel(dir, sub)
	return err == nil && filepath.IsLocal(rel)
}

// AddTo adds documents and drafts to a case, of which nothing else changes. A
// document that the case has (the same bytes) isn't added again, and a draft
// that says what a claim of the case says, or rests on the same words, is not
// added whatever its review state. The case's citations must be verified.
func AddTo(c *claims.Case, drafts []Draft) ([]Added, error) {
	names, ids, taken := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, d := range c.Documents {
		ids[d.ID] = true
		names[path.Base(d.Path)] = true
	}
	for _, cl := range c.Claims {
		taken[cl.ID] = true
	}
	var added []Added
	for i := range drafts {
		d := &drafts[i]
		have := documentOf(c, d)
		if have == nil {
			d.ID = freeID(d.ID, ids)
			if err := os.MkdirAll(filepath.Join(c.Dir, "documents"), 0o755); err != nil {
				return added, err
			}
			name, err := copyDocument(c.Dir, d, names)
			if err != nil {
				return added, err
			}
			if err := claims.Append(c.File, "documents", []*yaml.Node{d.node(name)}); err != nil {
				return added, fmt.Errorf("%s: %w", c.File, err)
			}
		} else {
			d.ID = have.ID
		}
		fresh := d.Claims[:0:0]
		for _, cl := range d.Claims {
			if !known(c, d.ID, &cl) {
				fresh = append(fresh, cl)
			}
		}
		report := Added{Document: d.ID, Claims: len(fresh), Known: len(d.Claims) - len(fresh)}
		d.Claims = fresh
		d.number(taken)
		if err := os.MkdirAll(filepath.Join(c.Dir, "claims"), 0o755); err != nil {
			return added, err
		}
		if err := claims.Append(claimsFile(c.Dir, d.ID), "claims", claimNodes(d.Claims)); err != nil {
			return added, fmt.Errorf("%s: %w", claimsFile(c.Dir, d.ID), err)
		}
		for _, cl := range d.Claims {
			taken[cl.ID] = true
		}
		added = append(added, report)
	}
	return added, nil
}

func claimsFile(dir, id string) string { return filepath.Join(dir, "claims", id+".yaml") }

func claimNodes(list []claims.Claim) []*yaml.Node {
	nodes := make([]*yaml.Node, len(list))
	for i := range list {
		nodes[i] = ClaimNode(&list[i])
	}
	return nodes
}

// node returns the document's entry in a case file.
func (d *Draft) node(name string) *yaml.Node {
	m := mapping{}
	m.text("id", d.ID)
	m.text("kind", d.Kind.Name)
	m.text("title", d.Title)
	m.text("path", "documents/"+name)
	m.text("sha256", d.SHA256)
	return m.yaml()
}

// copyDocument copies a document into the case, under a name that is free, and
// returns where it lies in documents/. One that was dropped there stays as it is.
func copyDocument(dir string, d *Draft, names map[string]bool) (string, error) {
	if rel, ok := inDocuments(dir, d.Path); ok {
		names[path.Base(rel)] = true
		return rel, nil
	}
	base := filepath.Base(d.Path)
	ext := filepath.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	name := freeID(stem, stems(names, ext)) + ext
	names[name] = true
	in, err := os.Open(d.Path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.OpenFile(filepath.Join(dir, "documents", name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return "", err
	}
	return name, out.Close()
}

func inDocuments(dir, file string) (rel string, ok bool) {
	documents, err1 := filepath.Abs(filepath.Join(dir, "documents"))
	file, err2 := filepath.Abs(file)
	if err1 != nil || err2 != nil {
		return "", false
	}
	rel, err := filepath.Rel(documents, file)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// stems returns the names without that extension.
func stems(names map[string]bool, ext string) map[string]bool {
	m := map[string]bool{}
	for n := range names {
		if s, ok := strings.CutSuffix(n, ext); ok {
			m[s] = true
		}
	}
	return m
}

// documentOf returns the document of the case that has the draft's bytes.
func documentOf(c *claims.Case, d *Draft) *claims.Document {
	for i := range c.Documents {
		if c.Documents[i].SHA256 == d.SHA256 {
			return &c.Documents[i]
		}
	}
	return nil
}

// known reports whether the case has a claim of that document which says the
// same, or one of the same topic that rests on half of the draft's words or
// more, or whose words are half the draft's.
func known(c *claims.Case, id string, draft *claims.Claim) bool {
	for i := range c.Claims {
		cl := &c.Claims[i]
		if cl.Document != id || cl.Topic != draft.Topic || cl.ImpliedBy != "" {
			continue
		}
		if signature(cl) == signature(draft) {
			return true
		}
		for _, have := range cl.Citations {
			for _, cit := range draft.Citations {
				if have.Verified != nil && overlaps(have.Verified.Start, have.Verified.End, cit.Start, cit.End) {
					return true
				}
			}
		}
	}
	return false
}

// overlaps reports whether two spans have half of the shorter one in common.
func overlaps(a1, a2, b1, b2 int) bool {
	common := min(a2, b2) - max(a1, b1)
	return 2*common >= min(a2-a1, b2-b1)
}
