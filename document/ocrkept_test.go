package document

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The time that OCR takes doesn't count against the document's.
func TestClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cause := errors.New("too long")
		ctx, c, stop := withClock(t.Context(), time.Minute, cause)
		defer stop()
		time.Sleep(50 * time.Second)
		c.pause()
		c.pause()
		time.Sleep(time.Hour)
		c.resume()
		time.Sleep(time.Hour)
		c.resume()
		time.Sleep(9 * time.Second)
		if ctx.Err() != nil {
			t.Fatal("ended while paused")
		}
		time.Sleep(2 * time.Second)
		if !errors.Is(context.Cause(ctx), cause) {
			t.Errorf("after the limit: %v", context.Cause(ctx))
		}
		c.pause() // what comes late does no harm
		c.resume()
	})
}

func TestReadingHasALimit(t *testing.T) {
	saved := formats
	defer func() { formats = saved }()
	formats = []format{{"slow", 1, func(*file) bool { return true }, func(ctx context.Context, _ *Document, _ *file, _ *Options) error {
		<-ctx.Done()
		return ctx.Err()
	}, false}}
	_, err := Parse(t.Context(), "a.pdf", []byte("x"), Options{Timeout: time.Millisecond})
	if err == nil || !strings.Contains(err.Error(), "took longer than 1ms to read") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Parse(ctx, "a.pdf", []byte("x"), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
