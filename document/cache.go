package document

import (
	"container/list"
	"path/filepath"
	"sync"
)

// Cache keeps documents that several cases share, the least recently used
// dropped beyond a number of bytes. It is safe for concurrent use, and two that
// ask for one document at once read it once.
type Cache struct {
	maxBytes int64

	mu      sync.Mutex
	bytes   int64
	entries map[string]*list.Element
	recent  *list.List // of *cached, the most recent first
}

type cached struct {
	key   string
	ready chan struct{}
	size  int64
	cost  int64
	mtime int64
	doc   *Document
	err   error
}

// What a document takes in memory with what is derived from it: a fixed part,
// and so many bytes for each byte of the file.
const entryCost, textCost = 8 << 10, 12

// NewCache returns a cache of documents that take together at most maxBytes of
// memory, and of one document of any size.
func NewCache(maxBytes int64) *Cache {
	return &Cache{maxBytes: maxBytes, entries: map[string]*list.Element{}, recent: list.New()}
}

// OpenIn reads the document at rel inside the folder root, or returns it from
// the cache; one that changed on disk is read anew. A path that leaves the
// folder, by "..", as an absolute path or through a symbolic link, is refused.
func (c *Cache) OpenIn(root, rel string) (*Document, error) {
	f, err := openIn(root, rel)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, plainError(err)
	}
	key := filepath.Join(root, rel)
	size, mtime := info.Size(), info.ModTime().UnixNano()
	cost := entryCost + textCost*size

	c.mu.Lock()
	if el := c.entries[key]; el != nil {
		e := el.Value.(*cached)
		if e.size == size && e.mtime == mtime {
			c.recent.MoveToFront(el)
			c.mu.Unlock()
			<-e.ready
			return e.doc, e.err
		}
		c.drop(el)
	}
	e := &cached{key: key, ready: make(chan struct{}), size: size, cost: cost, mtime: mtime}
	c.entries[key] = c.recent.PushFront(e)
	c.bytes += cost
	for c.bytes > c.maxBytes && c.recent.Len() > 1 {
		c.drop(c.recent.Back())
	}
	c.mu.Unlock()

	e.doc, e.err = read(rel, f)
	close(e.ready)
	return e.doc, e.err
}

// drop forgets an entry; those who wait for it still get it.
func (c *Cache) drop(el *list.Element) {
	e := el.Value.(*cached)
	c.recent.Remove(el)
	delete(c.entries, e.key)
	c.bytes -= e.cost
}
