package report

import (
	"errors"
	"fmt"
	"io"
	"os"
)

const (
	// chunkSize is how much of a part of the page stands in one element. A
	// browser takes longer than linearly for the text of a larger one.
	chunkSize = 48 << 10
	// spoolMemory is how much of it waits in memory before it goes to a
	// temporary file.
	spoolMemory = 4 << 20
)

// spool holds a part of the page until it is wanted, in chunks.
type spool struct {
	markup          // of the next chunk
	chunks [][]byte // those in memory
	sizes  []int    // of all
	held   int      // bytes in memory
	file   *os.File
}

// cut ends the chunk when it is long enough.
func (s *spool) cut() error {
	if len(s.b) < chunkSize {
		return nil
	}
	return s.end()
}

// end ends the chunk.
func (s *spool) end() error {
	if len(s.b) == 0 {
		return nil
	}
	s.sizes = append(s.sizes, len(s.b))
	s.chunks = append(s.chunks, s.b)
	s.held += len(s.b)
	s.b = make([]byte, 0, chunkSize+chunkSize/4)
	if s.held > spoolMemory {
		return s.spill()
	}
	return nil
}

// spill moves what is in memory to the file.
func (s *spool) spill() error {
	if s.file == nil {
		f, err := os.CreateTemp("", "pia-check-*.html")
		if err != nil {
			return fmt.Errorf("the page is too large for memory and needs a temporary file: %w", err)
		}
		s.file = f
		_ = os.Remove(f.Name()) // gone when closed; where that fails, close does it
	}
	for _, c := range s.chunks {
		if _, err := s.file.Write(c); err != nil {
			return err
		}
	}
	s.chunks, s.held = s.chunks[:0], 0
	return nil
}

// writeTo writes the chunks; wrapped, each in a noscript element.
func (s *spool) writeTo(w io.Writer, wrapped bool) error {
	if err := s.end(); err != nil {
		return err
	}
	if s.file != nil {
		if err := s.spill(); err != nil {
			return err
		}
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
	}
	before, after := "", ""
	if wrapped {
		before, after = "<noscript>", "</noscript>"
	}
	for i, size := range s.sizes {
		_, err := io.WriteString(w, before)
		if err != nil {
			return err
		}
		if s.file != nil {
			_, err = io.CopyN(w, s.file, int64(size))
		} else {
			_, err = w.Write(s.chunks[i])
		}
		if _, err2 := io.WriteString(w, after); err != nil || err2 != nil {
			return errors.Join(err, err2)
		}
	}
	return nil
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}
