package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Store keeps what was read of documents in a folder, so that the next run need
// not read them again. An entry is written in one step and proves itself when it
// is read, so several processes can share a store, and a damaged entry is as
// good as none.
type Store struct{ dir string }

// NewStore returns the store in that folder, which is made when it is needed.
func NewStore(dir string) *Store { return &Store{dir} }

// DefaultStore returns the store in the user's cache folder, which on Linux is
// $XDG_CACHE_HOME or ~/.cache (XDG Base Directory Specification).
func DefaultStore() (*Store, error) {
	dir, err := CacheDir()
	if err != nil {
		return nil, err
	}
	return NewStore(filepath.Join(dir, "documents")), nil
}

// CacheDir returns the folder for all that can be made again.
func CacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("there is no cache folder: %w; set XDG_CACHE_HOME, or use --no-cache", err)
	}
	return filepath.Join(dir, "pia-check"), nil
}

// storeHead starts every entry; it changes with the form of entries.
const storeHead = "pia-check document 2\n"

func (s *Store) path(key string) string { return filepath.Join(s.dir, key[:2], key) }

// get fills in v, a pointer, with what was put under the key, and reports
// whether there was something whole.
func (s *Store) get(key string, v any) bool {
	if s == nil {
		return false
	}
	data, err := os.ReadFile(s.path(key))
	if err != nil {
		return false
	}
	rest, ok := bytes.CutPrefix(data, []byte(storeHead))
	if !ok || len(rest) < sha256.Size {
		return false
	}
	if sum := sha256.Sum256(rest[sha256.Size:]); !bytes.Equal(sum[:], rest[:sha256.Size]) {
		return false
	}
	return gob.NewDecoder(bytes.NewReader(rest[sha256.Size:])).Decode(v) == nil
}

// put keeps v under the key. A store that can't be written costs time, not
// results, so errors are not told.
func (s *Store) put(key string, v any) {
	if s == nil {
		return
	}
	var b bytes.Buffer
	b.WriteString(storeHead)
	b.Write(make([]byte, sha256.Size))
	if gob.NewEncoder(&b).Encode(v) != nil {
		return
	}
	data := b.Bytes()
	sum := sha256.Sum256(data[len(storeHead)+sha256.Size:])
	copy(data[len(storeHead):], sum[:])
	dir := filepath.Dir(s.path(key))
	if os.MkdirAll(dir, 0o700) != nil { // documents may be confidential
		return
	}
	tmp, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Close()); err != nil {
		return
	}
	_ = os.Rename(tmp.Name(), s.path(key))
}

// Usage says what a cache holds.
type Usage struct {
	Files int
	Bytes int64
}

// Stat returns what lies in the folder and below it.
func Stat(dir string) (u Usage, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ignoreMissing(err)
		}
		info, err := d.Info()
		if err == nil {
			u.Files++
			u.Bytes += info.Size()
		}
		return ignoreMissing(err)
	})
	return u, err
}

// ignoreMissing drops the error of a file that another process removed.
func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// documentKey names what a format's reader makes of a file: it holds all that
// the result depends on. The parts of one file share their beginning.
func documentKey(sum string, row *format, o *Options) string {
	key := fmt.Sprintf("%s-%s-%d", sum, row.name, row.version)
	if o.OCR != OCROff {
		key += "-" + strings.Map(fileName, fmt.Sprintf("%d-%s-%s", o.OCR, o.language(), ocrEngine()))
	}
	return key
}

func fileName(r rune) rune {
	if r == '-' || r == '+' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
		return r
	}
	return '_'
}

func (o *Options) language() string {
	if o.Language == "" {
		return "eng"
	}
	return o.Language
}

// ocrEngine identifies the OCR that is installed, "none" where there is none. It
// asks the file, not the program, which a run that finds all in the store then
// never starts.
func ocrEngine() string {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return "none"
	}
	info, err := os.Stat(path)
	if err != nil {
		return "none"
	}
	return fmt.Sprintf("%d-%d", info.Size(), info.ModTime().Unix())
}
