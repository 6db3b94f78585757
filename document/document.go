// Package document turns files into text with pages, sections and offsets, so
// that a quote can be found in them and cited to its exact place.
//
// A format is one file with a reader and a row in the table of formats.
package document

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// MaxSize is the largest document that is read, in bytes.
const MaxSize = 100 << 20

// Document is the text of one file. Offsets are byte offsets in Text unless
// their name says characters.
type Document struct {
	Path   string // as it was asked for
	Format string // the name of its row in the table of formats
	SHA256 string // of the file's bytes, lower-case hexadecimal
	Text   string
	Pages  []Page // at least one, in order, together all of Text
	// Sections are the headings, in order; none where the format or the file
	// has none.
	Sections []Section

	memo      sync.Map
	charsOnce sync.Once
	chars     []int // characters before every charStep bytes; nil when all ASCII
}

// Page is one page. Number counts from 1; Label is what is printed on the page
// where that differs.
type Page struct {
	Number     int
	Label      string
	Start, End int
}

// Section is a heading and what follows it, up to the next heading of its
// level or above.
type Section struct {
	Level int // 1 for the outermost
	Title string
	Start int // of the heading
}

// format is a row of the table: how a kind of file is known and read.
type format struct {
	name string
	// sniff reports whether data, the whole file, is of this format. The name
	// is only a hint between formats that content can't tell apart.
	sniff func(name string, data []byte) bool
	read  func(d *Document, data []byte) error
}

// formats are tried in order; the last takes what is left.
var formats = []format{
	refused("PDF", "\x25PDF-", "PDF files can't be read yet; convert it with pdftotext and cite the text file"),
	refused("ZIP or DOCX", "PK\x03\x04", "convert it to plain text or Markdown"),
	refused("old Office", "\xd0\xcf\x11\xe0", "convert it to plain text or Markdown"),
	refused("PNG", "\x89PNG", "run it through OCR and cite the text file"),
	refused("JPEG", "\xff\xd8\xff", "run it through OCR and cite the text file"),
	refused("TIFF", "II*\x00", "run it through OCR and cite the text file"),
	refused("TIFF", "MM\x00*", "run it through OCR and cite the text file"),
	refused("gzip", "\x1f\x8b", "unpack it first"),
	{"markdown", isMarkdown, readMarkdown},
	{"text", func(string, []byte) bool { return true }, readText},
}

// refused is a row for files that are known but can't be read.
func refused(name, magic, advice string) format {
	return format{name,
		func(_ string, data []byte) bool { return strings.HasPrefix(string(data[:min(len(data), 8)]), magic) },
		func(*Document, []byte) error { return fmt.Errorf("is a %s file; %s", name, advice) },
	}
}

// openIn opens the file at rel inside the folder root. A path that leaves the
// folder, by "..", as an absolute path or through a symbolic link, is refused.
func openIn(root, rel string) (*os.File, error) {
	if !filepath.IsLocal(filepath.FromSlash(rel)) {
		return nil, errLeaves
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, plainError(err)
	}
	defer r.Close()
	info, err := r.Stat(filepath.FromSlash(rel))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("does not exist")
	case err != nil:
		if strings.Contains(err.Error(), "escapes") {
			return nil, errLeaves
		}
		return nil, plainError(err)
	case !info.Mode().IsRegular():
		return nil, notRegular(info)
	}
	f, err := r.Open(filepath.FromSlash(rel))
	return f, plainError(err)
}

var errLeaves = errors.New("leaves the folder of the case; documents must be inside it")

func notRegular(info fs.FileInfo) error {
	if info.IsDir() {
		return errors.New("is a folder, not a document")
	}
	return errors.New("is not a regular file")
}

func plainError(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("does not exist")
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// read reads an open file and makes sure that it stayed the same meanwhile.
func read(path string, f *os.File) (*Document, error) {
	before, err := f.Stat()
	switch {
	case err != nil:
		return nil, plainError(err)
	case !before.Mode().IsRegular():
		return nil, notRegular(before)
	case before.Size() > MaxSize:
		return nil, fmt.Errorf("has %d MB, more than the limit of %d MB", before.Size()>>20, MaxSize>>20)
	case before.Size() == 0:
		return nil, errors.New("is empty")
	}
	data, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return nil, plainError(err)
	}
	if after, err := f.Stat(); err != nil || after.Size() != int64(len(data)) || !after.ModTime().Equal(before.ModTime()) {
		return nil, errors.New("changed while it was read; try again")
	}
	return Parse(path, data)
}

// Parse reads a document from its bytes. The name only helps where content
// can't tell, as between plain text and Markdown.
func Parse(name string, data []byte) (*Document, error) {
	sum := sha256.Sum256(data)
	d := &Document{Path: filepath.ToSlash(name), SHA256: hex.EncodeToString(sum[:])}
	i := slices.IndexFunc(formats, func(f format) bool { return f.sniff(name, data) })
	d.Format = formats[i].name
	if err := formats[i].read(d, data); err != nil {
		return nil, err
	}
	if strings.TrimSpace(d.Text) == "" {
		return nil, errors.New("holds no text")
	}
	return d, nil
}

// PageAt returns the number of the page that the offset lies on.
func (d *Document) PageAt(offset int) int {
	i := sort.Search(len(d.Pages), func(i int) bool { return d.Pages[i].End > offset })
	return d.Pages[min(i, len(d.Pages)-1)].Number
}

// Page returns the page of that number; ok is false when there is none.
func (d *Document) Page(number int) (p Page, ok bool) {
	if number < 1 || number > len(d.Pages) {
		return Page{}, false
	}
	return d.Pages[number-1], true
}

// SectionAt returns the titles of the headings above the offset, the outermost
// first.
func (d *Document) SectionAt(offset int) []string {
	var path []Section
	for _, s := range d.Sections {
		if s.Start > offset {
			break
		}
		for len(path) > 0 && path[len(path)-1].Level >= s.Level {
			path = path[:len(path)-1]
		}
		path = append(path, s)
	}
	titles := make([]string, len(path))
	for i, s := range path {
		titles[i] = s.Title
	}
	return titles
}

// charStep is how far apart the counted places of a text are.
const charStep = 4096

// Characters converts a byte offset to characters (code points) before it.
func (d *Document) Characters(offset int) int {
	d.charsOnce.Do(func() {
		ascii := true
		for i := 0; i < len(d.Text) && ascii; i++ {
			ascii = d.Text[i] < utf8.RuneSelf
		}
		if ascii {
			return
		}
		d.chars = []int{0}
		count := 0
		for i := range len(d.Text) {
			if i > 0 && i%charStep == 0 {
				d.chars = append(d.chars, count)
			}
			if utf8.RuneStart(d.Text[i]) {
				count++
			}
		}
	})
	if d.chars == nil {
		return offset
	}
	step := min(offset/charStep, len(d.chars)-1)
	count := d.chars[step]
	for i := step * charStep; i < offset; i++ {
		if utf8.RuneStart(d.Text[i]) {
			count++
		}
	}
	return count
}

// Memo returns what was made of the document under that key, making it the
// first time. It lets a package keep what it derives from a document as long
// as the document lives.
func (d *Document) Memo(key any, make func() any) any {
	if v, ok := d.memo.Load(key); ok {
		return v
	}
	v, _ := d.memo.LoadOrStore(key, make())
	return v
}
