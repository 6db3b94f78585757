//go:build unix

package process

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var small = Limits{Time: 20 * time.Second, Output: 1 << 10}

func TestRun(t *testing.T) {
	out, err := Run(t.Context(), small, []string{"A=b"}, strings.NewReader("in"), "sh", "-c", `cat; echo " $A"`)
	if err != nil || string(out) != "in b\n" {
		t.Errorf("got %q, %v", out, err)
	}
	if out, err := Run(t.Context(), small, nil, nil, "sh", "-c", "echo half; echo why >&2; exit 3"); err == nil || out != nil || err.Error() != "exit status 3: why" {
		t.Errorf("a program that fails: %q, %v", out, err)
	}
	if _, err := Run(t.Context(), small, nil, nil, "/no/such/program"); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("no program: %v", err)
	}
	if out, err := Run(t.Context(), small, nil, nil, "sh", "-c", "yes"); !errors.Is(err, ErrOutput) || out != nil {
		t.Errorf("a flood: %q, %v", out, err)
	}
	l := small
	l.Memory = 64 << 20
	if _, err := Run(t.Context(), l, nil, nil, "sh", "-c", `ulimit -v | grep -q 65536`); err != nil {
		t.Errorf("the limit of memory is not set: %v", err)
	}
}

// What a program started ends with it.
func TestRunEndsTheWholeGroup(t *testing.T) {
	alive := filepath.Join(t.TempDir(), "alive")
	l := small
	l.Time = 200 * time.Millisecond
	_, err := Run(t.Context(), l, nil, nil, "sh", "-c", "(sleep 1; touch "+alive+") & wait")
	if !errors.Is(err, ErrTime) {
		t.Errorf("got %v", err)
	}
	time.Sleep(1500 * time.Millisecond)
	if _, err := os.Stat(alive); err == nil {
		t.Error("a child lived on")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, small, nil, nil, "sleep", "5"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
