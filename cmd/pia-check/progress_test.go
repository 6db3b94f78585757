package main

import (
	"strings"
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	var b strings.Builder
	now := time.Unix(0, 0)
	p := &progress{w: &b, total: 100, start: now, now: func() time.Time { return now }}
	for range 20 {
		now = now.Add(50 * time.Millisecond)
		p.step()
	}
	if got, want := b.String(), "\r20 of 100 cases, 20 a second, 4s left\x1b[K"; got != want {
		t.Errorf("after a second %q, want %q", got, want)
	}
	p.step()
	if strings.Count(b.String(), "\r") != 1 {
		t.Error("told more often than five times a second")
	}
	p.clear()
	p.clear()
	if !strings.HasSuffix(b.String(), "left\x1b[K\r\x1b[K") {
		t.Errorf("not taken away once: %q", b.String())
	}
	quiet := &progress{total: 1, now: time.Now}
	quiet.step()
	quiet.clear()
}
