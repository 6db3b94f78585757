// Package process runs other programs within limits of time, memory and output.
package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Limits are what one run of a program may take; a program that takes more is
// ended, with all that it started.
type Limits struct {
	Time   time.Duration
	Memory int64 // bytes of address space, where the system can limit it; 0 for no limit
	Output int   // bytes
}

// The errors of a program that exceeded its limits.
var (
	ErrTime   = errors.New("took too long and was ended")
	ErrOutput = errors.New("printed too much and was ended")
)

// Run runs a program and returns what it printed, once it ended well: a program
// that fails has printed nothing. The error is that of ctx where that ended,
// ErrTime or ErrOutput, or tells the program's exit and the last line of its
// stderr. Env is added to the environment.
func Run(ctx context.Context, l Limits, env []string, stdin io.Reader, path string, arguments ...string) ([]byte, error) {
	limited, cancel := context.WithTimeoutCause(ctx, l.Time, ErrTime)
	defer cancel()
	limited, stop := context.WithCancelCause(limited)
	defer stop(nil)
	cmd := command(limited, l, path, arguments...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdin = stdin
	cmd.WaitDelay = 2 * time.Second
	stdout := &bounded{limit: l.Output, full: func() { stop(ErrOutput) }}
	stderr := &bounded{limit: 8 << 10, full: func() {}}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, context.Cause(limited)
	case err == nil:
		return stdout.kept.Bytes(), nil
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) && !errors.Is(err, exec.ErrWaitDelay) {
		return nil, err // it didn't start
	}
	lines := strings.Split(strings.TrimSpace(stderr.kept.String()), "\n")
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return nil, fmt.Errorf("%w: %s", err, last)
	}
	return nil, err
}

// bounded keeps the first bytes written to it.
type bounded struct {
	kept  bytes.Buffer // not embedded: it has ways around Write
	limit int
	full  func()
}

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.limit - b.kept.Len(); len(p) > room {
		b.kept.Write(p[:room])
		b.full()
		return len(p), nil
	}
	return b.kept.Write(p)
}
