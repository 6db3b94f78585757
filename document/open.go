package document

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// MaxSize is the largest document that is read, in bytes. Formats that are read
// as a whole have a lower limit.
const MaxSize = 2 << 30

// smallFile is up to which size a file is read once and kept while it is read.
const smallFile = 8 << 20

// Options say how documents are read. The zero value reads them anew each time,
// with OCR where tesseract is installed.
type Options struct {
	OCR      OCRMode
	Language string        // of OCR, as tesseract names it: "eng", "eng+spa"; empty for eng
	Timeout  time.Duration // for one document, OCR aside; 0 for DefaultTimeout
	// Store keeps what was read for the next run; nil for not at all.
	Store *Store
	// Memory bounds what the documents take together that a Reader keeps, in
	// bytes; one document is kept at any size.
	Memory int64
	// Progress is called with the pages done and the pages in all as a document
	// is read, from several goroutines; nil for not at all.
	Progress func(path string, done, total int)
}

// OCRMode says which pages are read by OCR.
type OCRMode uint8

// The modes: pages without usable text; no page; every page.
const (
	OCRAuto OCRMode = iota
	OCROff
	OCRForce
)

// DefaultTimeout is how long reading one document may take.
const DefaultTimeout = time.Minute

func (o *Options) timeout() time.Duration {
	if o.Timeout == 0 {
		return DefaultTimeout
	}
	return o.Timeout
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
	f, err := r.OpenFile(filepath.FromSlash(rel), readOnly, 0)
	if err != nil && strings.Contains(err.Error(), "escapes") {
		return nil, errLeaves
	}
	return f, plainError(err)
}

// readOnly opens a file without waiting for the writer of a fifo, which is then
// refused for what it is.
const readOnly = os.O_RDONLY | syscall.O_NONBLOCK

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
	if errors.Is(err, syscall.ENXIO) { // a socket
		return errors.New("is not a regular file")
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// openPath opens a file at a path that the user names.
func openPath(path string) (*os.File, error) {
	f, err := os.OpenFile(path, readOnly, 0)
	return f, plainError(err)
}

// newFile returns what reads an open file, small ones from memory.
func newFile(name string, f *os.File, info fs.FileInfo) (*file, error) {
	switch {
	case !info.Mode().IsRegular():
		return nil, notRegular(info)
	case info.Size() > MaxSize:
		return nil, fmt.Errorf("has %d MB, more than the limit of %d MB", info.Size()>>20, int64(MaxSize)>>20)
	case info.Size() == 0:
		return nil, errors.New("is empty")
	}
	src := &file{ReaderAt: f, name: name, size: info.Size()}
	if src.size <= smallFile {
		src.data = make([]byte, src.size)
		if _, err := io.ReadFull(f, src.data); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, plainError(err)
		}
		src.ReaderAt = bytes.NewReader(src.data)
		src.head = src.data[:min(len(src.data), headSize)]
		return src, nil
	}
	src.head = make([]byte, headSize)
	if _, err := f.ReadAt(src.head, 0); err != nil {
		return nil, plainError(err)
	}
	return src, nil
}

// read reads an open file, which is as before says, and makes sure that it
// stayed the same meanwhile.
func read(ctx context.Context, path string, f *os.File, before fs.FileInfo, o *Options) (*Document, error) {
	src, err := newFile(path, f, before)
	if err != nil {
		return nil, err
	}
	d, err := parse(ctx, src, o)
	if after, statErr := f.Stat(); statErr != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
		return nil, errors.New("changed while it was read; try again")
	}
	return d, err
}

// Parse reads a document from its bytes. The name only helps where content
// can't tell, as between plain text and Markdown.
func Parse(ctx context.Context, name string, data []byte, o Options) (*Document, error) {
	return parse(ctx, &file{ReaderAt: bytes.NewReader(data), name: name, size: int64(len(data)), head: data[:min(len(data), headSize)], data: data}, &o)
}

func parse(ctx context.Context, f *file, o *Options) (*Document, error) {
	sum := sha256.New()
	if f.data != nil {
		sum.Write(f.data)
	} else if _, err := io.Copy(sum, io.NewSectionReader(f, 0, f.size)); err != nil {
		return nil, plainError(err)
	}
	f.sum = hex.EncodeToString(sum.Sum(nil))
	d := &Document{Path: filepath.ToSlash(f.name), SHA256: f.sum}
	row := formats[slices.IndexFunc(formats, func(row format) bool { return row.sniff(f) })]
	d.Format = row.name
	key := ""
	if row.keep {
		key = documentKey(d.SHA256, &row, o)
		if o.Store.get(key, d) {
			d.Path = filepath.ToSlash(f.name)
			return d, nil
		}
	}
	limit := o.timeout()
	f.run = ctx
	tooLong := fmt.Errorf("took longer than %s to read and was given up; raise --document-timeout if it is worth the wait", limit)
	ctx, clock, stop := withClock(ctx, limit, tooLong)
	defer stop()
	f.clock = clock
	err := row.read(ctx, d, f, o)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		return nil, err
	}
	unread := slices.ContainsFunc(d.Pages, func(p Page) bool { return p.Source == Unread })
	if strings.TrimSpace(d.Text) == "" && !unread {
		if len(d.Pages) > 0 && d.Pages[0].Width > 0 {
			return nil, errors.New("holds no text: its pages are blank, or show no words")
		}
		return nil, errors.New("holds no text")
	}
	findRedactions(d, f.covers)
	// What OCR failed to read may be read next time.
	if row.keep && (!unread || o.OCR == OCROff || ocrEngine() == "none") {
		o.Store.put(key, d)
	}
	return d, nil
}
