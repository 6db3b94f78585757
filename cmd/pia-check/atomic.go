package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// atomicFile is written beside the file that it becomes, so that nobody ever
// reads half a report and a run that fails leaves the one from before.
type atomicFile struct {
	name   string // as asked for
	target string // without symbolic links
	*os.File
	done bool
}

// createAtomic begins a file. What is no regular file, such as /dev/null or a
// pipe, can't be replaced and is written to as it is.
func createAtomic(name string) (*atomicFile, error) {
	a := &atomicFile{name: name, target: name}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		a.target = target
	}
	info, err := os.Stat(a.target)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err == nil && !info.Mode().IsRegular():
		a.target = ""
		a.File, err = os.OpenFile(name, os.O_WRONLY, 0)
	default:
		part := fmt.Sprintf("%s.%08x.part", a.target, rand.Uint32())
		a.File, err = os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // less the umask
		if err == nil && info != nil {
			err = a.Chmod(info.Mode().Perm())
		}
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// commit ends the file and puts it in its place.
func (a *atomicFile) commit() error {
	a.done = true
	if err := a.Close(); err != nil {
		a.remove()
		return err
	}
	if a.target == "" {
		return nil
	}
	if err := os.Rename(a.File.Name(), a.target); err != nil {
		a.remove()
		return err
	}
	return nil
}

// discard removes the file unless it was committed.
func (a *atomicFile) discard() {
	if !a.done {
		a.done = true
		a.Close()
		a.remove()
	}
}

func (a *atomicFile) remove() {
	if a.target != "" {
		os.Remove(a.File.Name())
	}
}
