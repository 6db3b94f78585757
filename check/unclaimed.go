package check

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// documentsFolder is where a case keeps its documents. A file that is dropped
// there is noticed until the case makes claims from it.
const documentsFolder = "documents"

// unclaimed tells of the documents of a case that no claim is made from: those
// that it lists, and files in its documents/ that it doesn't.
func unclaimed(c *claims.Case) (notices claims.Problems) {
	claimed := make(map[string]bool, len(c.Documents))
	for i := range c.Claims {
		claimed[c.Claims[i].Document] = true
	}
	listed := make(map[string]bool, len(c.Documents))
	var without []string
	for i := range c.Documents {
		d := &c.Documents[i]
		path := filepath.ToSlash(filepath.Clean(d.Path))
		listed[path] = true
		if !claimed[d.ID] && !d.Superseded {
			without = append(without, path)
		}
	}
	if ownsFolder(c.File) {
		_ = filepath.WalkDir(filepath.Join(c.Dir, documentsFolder), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // no such folder, or one that can't be read: nothing was dropped there
			case strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			rel, err := filepath.Rel(c.Dir, path)
			if rel = filepath.ToSlash(rel); err == nil && d.Type().IsRegular() && !listed[rel] {
				without = append(without, rel)
			}
			return nil
		})
	}
	if n := len(without); n > 0 {
		subject := "1 document has"
		if n > 1 {
			subject = fmt.Sprintf("%d documents have", n)
		}
		notices.Addf(claims.Pos{File: c.File}, "%s no claims yet: %s; `pia-check extract --into %s %s` drafts them",
			subject, strings.Join(without, ", "), c.Dir, filepath.ToSlash(filepath.Join(c.Dir, without[0])))
	}
	return notices
}
