package check

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// documentsFolder is where a case keeps its documents. A file that is dropped
// there is noticed until the case makes claims from it.
const documentsFolder = "documents"

// unclaimed returns the documents of a case that no claim is made from, by
// their paths: those that it lists, and files in its documents/ that it doesn't.
func unclaimed(c *claims.Case) (without []string) {
	claimed := make(map[string]bool, len(c.Documents))
	for i := range c.Claims {
		claimed[c.Claims[i].Document] = true
	}
	listed := make(map[string]bool, len(c.Documents))
	for i := range c.Documents {
		d := &c.Documents[i]
		file := filepath.ToSlash(filepath.Clean(d.Path))
		listed[file] = true
		if !claimed[d.ID] && !d.Superseded {
			without = append(without, file)
		}
	}
	if ownsFolder(c.File) {
		_ = filepath.WalkDir(filepath.Join(c.Dir, documentsFolder), func(file string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // no such folder, or one that can't be read: nothing was dropped there
			case strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			rel, err := filepath.Rel(c.Dir, file)
			if rel = filepath.ToSlash(rel); err == nil && d.Type().IsRegular() && !listed[rel] {
				without = append(without, rel)
			}
			return nil
		})
	}
	return without
}

// noticeUnclaimed says what to do about documents without claims.
func noticeUnclaimed(r *Result) {
	n := len(r.Unclaimed)
	if n == 0 {
		return
	}
	r.Notices.Addf(claims.Pos{File: r.File}, "%s no claims yet: %s; `pia-check extract --into %s %s` drafts them",
		claims.Count(n, "document has", "documents have"), strings.Join(r.Unclaimed, ", "), r.Dir, path.Join(r.Dir, r.Unclaimed[0]))
}
