package document

import (
	"container/list"
	"context"
	"os"
	"path/filepath"
	"sync"
)

// Reader reads documents and keeps those that several cases share, the least
// recently used dropped beyond a number of bytes. It is safe for concurrent
// use, and two that ask for one document at once read it once.
type Reader struct {
	o Options

	mu      sync.Mutex
	bytes   int64
	entries map[string]*list.Element
	recent  *list.List // of *kept, the most recent first
}

type kept struct {
	key   string
	ready chan struct{}
	size  int64
	mtime int64
	cost  int64
	doc   *Document
	err   error
}

// What a document takes in memory with what is derived from it: a fixed part,
// and so many bytes for each byte of the text and each word.
const entryCost, textCost, wordCost = 8 << 10, 12, 24

// NewReader returns a reader of documents.
func NewReader(o Options) *Reader {
	return &Reader{o: o, entries: map[string]*list.Element{}, recent: list.New()}
}

// Open reads the document at a path that the user names.
func (r *Reader) Open(ctx context.Context, path string) (*Document, error) {
	f, err := openPath(path)
	if err != nil {
		return nil, err
	}
	return r.open(ctx, filepath.Clean(path), path, f)
}

// OpenIn reads the document at rel inside the folder root, or returns the one
// that it keeps; one that changed on disk is read anew. A path that leaves the
// folder, by "..", as an absolute path or through a symbolic link, is refused.
func (r *Reader) OpenIn(ctx context.Context, root, rel string) (*Document, error) {
	f, err := openIn(root, rel)
	if err != nil {
		return nil, err
	}
	return r.open(ctx, filepath.Join(root, rel), rel, f)
}

func (r *Reader) open(ctx context.Context, key, name string, f *os.File) (*Document, error) {
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, plainError(err)
	}
	size, mtime := info.Size(), info.ModTime().UnixNano()

	r.mu.Lock()
	if el := r.entries[key]; el != nil {
		e := el.Value.(*kept)
		if e.size == size && e.mtime == mtime {
			r.recent.MoveToFront(el)
			r.mu.Unlock()
			<-e.ready
			return e.doc, e.err
		}
		r.drop(el)
	}
	e := &kept{key: key, ready: make(chan struct{}), size: size, mtime: mtime, cost: entryCost}
	el := r.recent.PushFront(e)
	r.entries[key] = el
	r.bytes += e.cost
	r.mu.Unlock()

	e.doc, e.err = read(ctx, name, f, info, &r.o)
	close(e.ready)

	r.mu.Lock()
	defer r.mu.Unlock()
	if r.entries[key] != el {
		return e.doc, e.err // dropped meanwhile
	}
	if ctx.Err() != nil { // given up, which says nothing about the document
		r.drop(el)
		return e.doc, e.err
	}
	if e.doc != nil {
		more := textCost*int64(len(e.doc.Text)) + wordCost*int64(len(e.doc.Words))
		e.cost, r.bytes = e.cost+more, r.bytes+more
	}
	for r.bytes > r.o.Memory && r.recent.Len() > 1 {
		r.drop(r.recent.Back())
	}
	return e.doc, e.err
}

// drop forgets an entry; those who wait for it still get it.
func (r *Reader) drop(el *list.Element) {
	e := el.Value.(*kept)
	r.recent.Remove(el)
	delete(r.entries, e.key)
	r.bytes -= e.cost
}
