package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// progress tells on a terminal how far long work is: nothing in the first
// second, then five times a second at most. It may be told from several
// goroutines.
type progress struct {
	w   io.Writer // nil: tell nothing
	now func() time.Time

	mu           sync.Mutex
	cases, total int // cases done and in all
	documents    map[string]pages
	start, last  time.Time
	reading      time.Time // when the first page was told of
}

type pages struct{ done, total int }

// newProgress tells on stderr where that is a terminal and no CI's log.
func newProgress(cmd *cobra.Command, total int) *progress {
	p := &progress{total: total, documents: map[string]pages{}, start: time.Now(), now: time.Now}
	if isTerminal(cmd.ErrOrStderr()) && os.Getenv("CI") == "" {
		p.w = cmd.ErrOrStderr()
	}
	return p
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// step counts one more case.
func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cases++
	p.tell()
}

// pages tells how far the reading of a document is.
func (p *progress) pages(path string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.reading.IsZero() {
		p.reading = p.now()
	}
	p.documents[path] = pages{max(done, p.documents[path].done), total}
	p.tell()
}

func (p *progress) tell() {
	now := p.now()
	if p.w == nil || now.Sub(p.start) < time.Second || now.Sub(p.last) < 200*time.Millisecond {
		return
	}
	p.last = now
	var read pages
	for _, d := range p.documents {
		read.done, read.total = read.done+d.done, read.total+d.total
	}
	line := ""
	if read.done < read.total {
		line = pace("page", read.done, read.total, now.Sub(p.reading))
	}
	if p.total > 1 {
		cases := pace("case", p.cases, p.total, now.Sub(p.start))
		if line != "" {
			cases += "; " + line
		}
		line = cases
	}
	if line != "" {
		fmt.Fprintf(p.w, "\r%s\x1b[K", line)
	}
}

// pace says how much of the work is done, how fast, and how long the rest takes
// at that pace.
func pace(what string, done, total int, elapsed time.Duration) string {
	s := fmt.Sprintf("%d of %d %ss", done, total, what)
	if done == 0 || elapsed <= 0 {
		return s
	}
	rate := float64(done) / elapsed.Seconds()
	left := time.Duration(float64(total-done) / rate * float64(time.Second))
	return fmt.Sprintf("%s, %.3g a second, %s left", s, rate, left.Round(time.Second))
}

// clear takes the line away, so that something else can be printed.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil && !p.last.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.last = time.Time{}
	}
}
