package main

import (
	"bytes"
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := &progress{w: &out, total: 1000, documents: map[string]pages{}, start: now, now: func() time.Time { return now }}
	p.step()
	if out.Len() > 0 {
		t.Errorf("told in the first second: %q", out.String())
	}
	now = now.Add(2 * time.Second)
	for range 199 { // five times a second at most
		p.step()
	}
	if got, want := out.String(), "\r2 of 1000 cases, 1 a second, 16m38s left\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	out.Reset()
	now = now.Add(time.Second)
	p.pages("a.pdf", 0, 300)
	out.Reset()
	now = now.Add(2 * time.Second)
	p.pages("a.pdf", 20, 300)
	if got, want := out.String(), "\r200 of 1000 cases, 40 a second, 20s left; 20 of 300 pages, 10 a second, 28s left\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	out.Reset()
	p.clear()
	p.clear()
	if got := out.String(); got != "\r\x1b[K" {
		t.Errorf("cleared by %q", got)
	}
	silent := &progress{total: 1, documents: map[string]pages{}, now: time.Now}
	silent.step()
	silent.pages("a", 1, 2)
	silent.clear()
}

func TestProgressOfOneDocument(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := &progress{w: &out, documents: map[string]pages{}, start: now, now: func() time.Time { return now }}
	p.pages("a.pdf", 0, 9)
	now = now.Add(3 * time.Second)
	p.pages("a.pdf", 3, 9)
	if got, want := out.String(), "\r3 of 9 pages, 1 a second, 6s left\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
