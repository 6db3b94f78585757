package check

import (
	"context"
	"runtime"

	"github.com/pia-check/pia-check/claims"
)

// Ahead returns a Source that begins to read the first of the paths at once,
// with whatever processors are idle: they are read by the time that the
// policies are compiled.
func Ahead(ctx context.Context, paths []string, read Source) Source {
	type pending struct {
		done     chan struct{}
		c        *claims.Case
		problems claims.Problems
	}
	first := paths[:min(len(paths), 4*runtime.GOMAXPROCS(0))] // as many as Run has at hand
	begun := make(map[string]*pending, len(first))
	for _, path := range first {
		begun[path] = &pending{done: make(chan struct{})}
	}
	go each(len(first), runtime.GOMAXPROCS(0), func(i int) {
		p := begun[first[i]]
		p.c, p.problems = read(ctx, first[i])
		close(p.done)
	})
	return func(ctx context.Context, path string) (*claims.Case, claims.Problems) {
		p := begun[path]
		if p == nil {
			return read(ctx, path)
		}
		<-p.done
		return p.c, p.problems
	}
}
