package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// progress tells on a terminal how far long work is: nothing in the first
// second, then five times a second at most.
type progress struct {
	w     io.Writer // nil: tell nothing
	total int
	done  int
	start time.Time
	last  time.Time
	now   func() time.Time
}

// newProgress tells on stderr where that is a terminal, unless the report goes
// to the terminal, too, and shows the progress by itself.
func newProgress(cmd *cobra.Command, total int) *progress {
	p := &progress{total: total, start: time.Now(), now: time.Now}
	if isTerminal(cmd.ErrOrStderr()) && !isTerminal(cmd.OutOrStdout()) && os.Getenv("CI") == "" {
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
	p.done++
	now := p.now()
	elapsed := now.Sub(p.start)
	if p.w == nil || elapsed < time.Second || now.Sub(p.last) < 200*time.Millisecond {
		return
	}
	p.last = now
	rate := float64(p.done) / elapsed.Seconds()
	left := time.Duration(float64(p.total-p.done) / rate * float64(time.Second))
	fmt.Fprintf(p.w, "\r%d of %d cases, %.0f a second, %s left\x1b[K", p.done, p.total, rate, left.Round(time.Second))
}

// clear takes the line away.
func (p *progress) clear() {
	if p.w != nil && !p.last.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.last = time.Time{}
	}
}
