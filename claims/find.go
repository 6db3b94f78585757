package claims

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Find returns the cases that the arguments name: a case file, a case folder,
// or a tree "dir/..." with every case folder in and below dir. Each case comes
// once, in the order of the arguments, and trees in the order of their names.
// An argument that names no case is a problem.
func Find(args []string) (paths []string, problems Problems) {
	seen := map[string]bool{}
	add := func(path string) {
		path = relative(path)
		key := filepath.Clean(strings.TrimSuffix(filepath.ToSlash(path), "/"+CaseFileName))
		if !seen[key] {
			seen[key] = true
			paths = append(paths, path)
		}
	}
	for _, arg := range args {
		dir, tree := strings.CutSuffix(filepath.ToSlash(arg), "...")
		if !tree {
			if _, err := os.Stat(arg); err != nil {
				problems.Addf(Pos{File: filepath.ToSlash(arg)}, "%v", cleanPathError(err))
				continue
			}
			add(arg)
			continue
		}
		found, err := findTree(cleanTree(dir))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			problems.Addf(Pos{File: arg}, "no such folder")
		case err != nil:
			problems.Addf(Pos{File: arg}, "%v", cleanPathError(err))
		case len(found) == 0:
			problems.Addf(Pos{File: arg}, "no case found: no folder here or below holds a %s", CaseFileName)
		}
		for _, path := range found {
			add(path)
		}
	}
	return paths, problems
}

func cleanTree(dir string) string {
	if dir = strings.TrimSuffix(dir, "/"); dir == "" {
		return "."
	}
	return dir
}

func findTree(root string) (found []string, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if path == root {
				return err
			}
			return nil // an unreadable folder below hides no case that could be read
		}
		if d.IsDir() && path != root && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir
		}
		if !d.IsDir() && d.Name() == CaseFileName {
			found = append(found, filepath.Dir(path))
		}
		return nil
	})
	slices.Sort(found)
	return found, err
}

// relative puts an absolute path in terms of the working folder, for reports
// hold no absolute path.
func relative(path string) string {
	if !filepath.IsAbs(path) {
		return filepath.ToSlash(path)
	}
	wd, err := workingFolder()
	if err != nil {
		return filepath.ToSlash(path)
	}
	rel, err := filepath.Rel(wd, path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}

// workingFolder is looked up once, for a tree may hold thousands of cases.
var workingFolder = sync.OnceValues(os.Getwd)
