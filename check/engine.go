package check

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/pia-check/pia-check/claims"
)

// DefaultTimeout is how long one policy may take over one case.
const DefaultTimeout = 10 * time.Second

// Engine evaluates prepared policies. It is safe for concurrent use.
type Engine struct {
	Policies   []Policy
	Vocabulary *claims.Vocabulary
	Timeout    time.Duration
	// RequireReviewed keeps drafts from deciding: what would fail or pass by one
	// is for a person to review.
	RequireReviewed bool

	queries []*query     // by policy
	reads   claims.Parts // what the policies can see of the input
}

// NewEngine prepares the policies' queries over the vocabulary.
func NewEngine(ctx context.Context, p *Policies, v *claims.Vocabulary, timeout time.Duration) (*Engine, error) {
	e := &Engine{Policies: p.List, Vocabulary: v, Timeout: timeout, reads: p.reads()}
	store := vocabularyStore(v)
	txn, err := store.NewTransaction(ctx, storage.TransactionParams{}) // kept open: the vocabulary never changes
	if err != nil {
		return nil, err
	}
	for i := range p.List {
		q, err := p.query(&p.List[i], store, txn)
		if err != nil {
			return nil, fmt.Errorf("policy %s: %w", p.List[i].ID, err)
		}
		e.queries = append(e.queries, q)
	}
	return e, nil
}

// vocabularyStore holds the vocabulary as data. It keeps parsed values and is
// only read, so that nothing is copied per evaluation.
func vocabularyStore(v *claims.Vocabulary) storage.Store {
	return inmem.NewFromObjectWithOpts(v.Data(), inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
}

// Evaluate checks one case that was read and verified. Policies run on up to
// the given number of goroutines. A policy that fails is told as a problem.
func (e *Engine) Evaluate(ctx context.Context, c *claims.Case, parallel int) ([]Finding, claims.Problems) {
	return e.EvaluateInput(ctx, c, e.Input(c), parallel)
}

// Input returns what the policies see of a case: the parts of the input that
// they can look at.
func (e *Engine) Input(c *claims.Case) ast.Value {
	return claims.Normalise(c, e.Vocabulary, e.reads)
}

// EvaluateInput is Evaluate over an input that was made before.
func (e *Engine) EvaluateInput(ctx context.Context, c *claims.Case, input ast.Value, parallel int) ([]Finding, claims.Problems) {
	byID := make(map[string]int, len(c.Claims))
	for i := range c.Claims {
		byID[c.Claims[i].ID] = i
	}
	results := make([][]Finding, len(e.Policies))
	failed := make([]claims.Problems, len(e.Policies))
	each(len(e.Policies), parallel, func(i int) {
		results[i], failed[i] = e.evaluate(ctx, i, input, c, byID)
	})
	return slices.Concat(results...), slices.Concat(failed...)
}

// each calls f(0) to f(n-1) on up to the given number of goroutines.
func each(n, parallel int, f func(i int)) {
	if parallel <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, parallel) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// Source reads and verifies one case for Run.
type Source func(ctx context.Context, path string) (*claims.Case, claims.Problems)

// Run evaluates the cases at the paths in parallel and hands each result to
// emit in the order of the paths, one at a time. Results that wait for an
// earlier one are few, so that memory doesn't grow with the number of cases. An
// error of emit ends it.
func (e *Engine) Run(ctx context.Context, paths []string, read Source, emit func(*Result) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers := min(runtime.GOMAXPROCS(0), max(len(paths), 1))
	inner := max(1, runtime.GOMAXPROCS(0)/workers)
	var (
		mu      sync.Mutex
		room    = sync.NewCond(&mu)
		begun   int                 // how many paths were taken
		emitted int                 // how many results were handed on
		waiting = map[int]*Result{} // for an earlier one
	)
	defer context.AfterFunc(ctx, func() {
		mu.Lock()
		defer mu.Unlock()
		room.Broadcast()
	})()
	// take returns the next path; ok is false when there is none.
	take := func() (i int, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		for begun-emitted >= 4*workers && ctx.Err() == nil {
			room.Wait()
		}
		begun++
		return begun - 1, begun <= len(paths) && ctx.Err() == nil
	}
	// give hands on what is complete. Whoever completes a row of results emits
	// it, which spares waking somebody up for each.
	give := func(i int, r *Result) {
		mu.Lock()
		defer mu.Unlock()
		waiting[i] = r
		for ctx.Err() == nil && waiting[emitted] != nil {
			if err := emit(waiting[emitted]); err != nil {
				cancel(err)
			}
			delete(waiting, emitted)
			emitted++
		}
		room.Broadcast()
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i, ok := take(); ok; i, ok = take() {
				give(i, e.one(ctx, paths[i], read, inner))
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

func (e *Engine) one(ctx context.Context, path string, read Source, parallel int) *Result {
	c, problems := read(ctx, path)
	r := newResult(path, c, e.Vocabulary)
	if r.Problems = problems; len(problems) == 0 {
		r.Unclaimed = unclaimed(c)
		noticeUnclaimed(r)
		r.Findings, r.Problems = e.Evaluate(ctx, c, parallel)
		e.addSuperseded(r, c)
	}
	return r
}
