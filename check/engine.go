package check

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/pia-check/pia-check/claims"
)

// DefaultTimeout is how long one policy may take over one case.
const DefaultTimeout = 10 * time.Second

// Engine evaluates prepared policies. It is safe for concurrent use.
type Engine struct {
	Policies   []Policy
	Vocabulary *claims.Vocabulary
	Timeout    time.Duration

	queries []rego.PreparedEvalQuery // by policy
}

// NewEngine prepares the policies' queries over the vocabulary.
func NewEngine(ctx context.Context, p *Policies, v *claims.Vocabulary, timeout time.Duration) (*Engine, error) {
	e := &Engine{Policies: p.List, Vocabulary: v, Timeout: timeout}
	store := vocabularyStore(v)
	for i := range p.List {
		q, err := rego.New(
			rego.Query(outcomeQuery(&p.List[i])),
			rego.Compiler(p.compiler),
			rego.Store(store),
			rego.Capabilities(Capabilities()),
		).PrepareForEval(ctx)
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

// outcomeQuery asks for every set of a policy in one evaluation.
func outcomeQuery(p *Policy) string {
	parts := make([]string, len(p.outcomes))
	for i, o := range p.outcomes {
		parts[i] = fmt.Sprintf("%q: %s.%s", o, p.pkg, o)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// Evaluate checks one case that was read and verified. Policies run on up to
// the given number of goroutines. A policy that fails is told as a problem.
func (e *Engine) Evaluate(ctx context.Context, c *claims.Case, parallel int) ([]Finding, claims.Problems) {
	return e.EvaluateInput(ctx, c, e.Input(c), parallel)
}

// Input returns what the policies see of a case.
func (e *Engine) Input(c *claims.Case) ast.Value {
	return claims.Normalise(c, e.Vocabulary, nil)
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

func (e *Engine) evaluate(ctx context.Context, i int, input ast.Value, c *claims.Case, byID map[string]int) ([]Finding, claims.Problems) {
	p := &e.Policies[i]
	var problems claims.Problems
	limited, cancel := context.WithTimeout(ctx, e.Timeout)
	defer cancel()
	rs, err := e.queries[i].Eval(limited, rego.EvalParsedInput(input))
	if err != nil {
		problems.Addf(p.errorPos(err), "policy %s on case %q: %s", p.ID, c.ID, e.evalError(limited, err))
		return nil, problems
	}
	if len(rs) == 0 || len(rs[0].Expressions) == 0 {
		problems.Addf(p.pos, "policy %s on case %q: its sets are undefined", p.ID, c.ID)
		return nil, problems
	}
	sets, _ := rs[0].Expressions[0].Value.(map[string]any)
	var findings []Finding
	for _, outcome := range policyOutcomes {
		members, _ := sets[string(outcome)].([]any)
		for _, m := range members {
			f, err := e.finding(p, outcome, m, c, byID)
			if err != nil {
				problems.Addf(p.pos, "policy %s on case %q: %v", p.ID, c.ID, err)
				continue
			}
			findings = append(findings, f)
		}
	}
	if len(problems) > 0 {
		return nil, problems // a policy that is wrong once is not believed the other times
	}
	if len(findings) == 0 {
		findings = []Finding{p.notApplicable()}
	}
	sortFindings(findings)
	number(findings, c.ID)
	return findings, nil
}

func (p *Policy) errorPos(err error) claims.Pos {
	var te *topdown.Error
	if errors.As(err, &te) && te.Location != nil && te.Location.File != "" {
		return position(te.Location)
	}
	return p.pos
}

func (e *Engine) evalError(ctx context.Context, err error) string {
	if ctx.Err() == context.DeadlineExceeded || topdown.IsCancel(err) {
		return fmt.Sprintf("took longer than %s and was stopped; make it cheaper or raise --timeout", e.Timeout)
	}
	var te *topdown.Error
	if errors.As(err, &te) {
		return te.Message
	}
	return err.Error()
}

func (p *Policy) notApplicable() Finding {
	return Finding{Policy: p.ID, Title: p.Title, Severity: p.Severity, Topic: p.Topic, Outcome: NotApplicable}
}

// finding turns one member of a policy's set into a finding. The policy names
// claims; their citations are attached here, so that no policy can make one up.
func (e *Engine) finding(p *Policy, outcome Outcome, member any, c *claims.Case, byID map[string]int) (Finding, error) {
	m, ok := member.(map[string]any)
	if !ok {
		return Finding{}, fmt.Errorf("%s holds %v; a member must be {\"message\": ..., \"claims\": [claim ids]}", outcome, member)
	}
	message, _ := m["message"].(string)
	if strings.TrimSpace(message) == "" {
		return Finding{}, fmt.Errorf("%s holds a member without a message", outcome)
	}
	for key := range m {
		if key != "message" && key != "claims" {
			return Finding{}, fmt.Errorf("%s holds a member with the unknown key %q; a member has message and claims only", outcome, key)
		}
	}
	ids, _ := m["claims"].([]any)
	if len(ids) == 0 {
		return Finding{}, fmt.Errorf("%s names no claim (message: %q); every finding must rest on a claim's citation", outcome, message)
	}
	f := p.notApplicable()
	f.Outcome, f.Message = outcome, message
	redacted := false
	for _, id := range ids {
		name, _ := id.(string)
		i, exists := byID[name]
		if !exists {
			return Finding{}, fmt.Errorf("%s names the claim %v, which the case doesn't have (message: %q)", outcome, id, message)
		}
		if slices.ContainsFunc(f.Claims, func(have Claim) bool { return have.ID == name }) {
			continue
		}
		cl := &c.Claims[i]
		fc, err := e.newClaim(cl, c)
		if err != nil {
			return Finding{}, err
		}
		fc.order = i
		f.Claims = append(f.Claims, fc)
		redacted = redacted || cl.Redacted
		f.Unreviewed = f.Unreviewed || cl.Review == "draft"
	}
	if redacted && (outcome == Fail || outcome == Pass) {
		f.Outcome = Review
		f.Message += " The passage that would decide this is withheld, so a person must."
	}
	return f, nil
}

func (e *Engine) newClaim(cl *claims.Claim, c *claims.Case) (Claim, error) {
	d := c.Document(cl.Document)
	if d == nil {
		return Claim{}, fmt.Errorf("claim %q has no document", cl.ID)
	}
	out := Claim{
		ID: cl.ID, Topic: cl.Topic, Modality: cl.Modality, Review: cl.Review, Redacted: cl.Redacted, claim: cl,
		Document: newDocument(d), File: cl.Pos.File, Line: cl.Pos.Line, Column: cl.Pos.Column,
	}
	if cl.ImpliedBy != "" {
		clause := e.Vocabulary.List("clauses").Terms[cl.Clause]
		out.Implied = &Implied{Claim: cl.ImpliedBy, Clause: clause.Number + ", " + clause.Title}
	}
	for _, cit := range cl.Citations {
		at := cit.Verified
		if at == nil {
			return Claim{}, fmt.Errorf("claim %q has a citation that was not verified", cl.ID)
		}
		o := Citation{
			Quote: cit.Quote, Page: at.Page, PageLabel: at.Label, Section: at.Section, Start: at.Start, End: at.End,
			Match: at.Match, Similarity: at.Similarity, Confidence: at.Confidence,
		}
		if at.EndPage != at.Page {
			o.EndPage, o.EndPageLabel = at.EndPage, at.EndLabel
		}
		out.Citations = append(out.Citations, o)
	}
	if len(out.Citations) == 0 {
		return Claim{}, fmt.Errorf("claim %q has no citation", cl.ID)
	}
	return out, nil
}

// sortFindings orders one policy's findings by outcome, then by the order of
// their claims in the case, then by message.
func sortFindings(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		if d := slices.Index(policyOutcomes, a.Outcome) - slices.Index(policyOutcomes, b.Outcome); d != 0 {
			return d
		}
		if d := slices.CompareFunc(a.Claims, b.Claims, func(x, y Claim) int { return x.order - y.order }); d != 0 {
			return d
		}
		return strings.Compare(a.Message, b.Message)
	})
}

// number gives the findings their fingerprints; those that say the same of the
// same claims are told apart by their order.
func number(findings []Finding, caseID string) {
	seen := map[string]int{}
	for i := range findings {
		fp := fingerprint(caseID, &findings[i])
		seen[fp]++
		if n := seen[fp]; n > 1 {
			fp = fmt.Sprintf("%s-%d", fp, n)
		}
		findings[i].Fingerprint = fp
	}
}

// Source reads and verifies one case for Run.
type Source func(ctx context.Context, path string) (*claims.Case, claims.Problems)

// Run evaluates the cases at the paths in parallel and hands each result to
// emit in the order of the paths. It holds only a few results at a time, so
// that memory doesn't grow with the number of cases. An error of emit ends it.
func (e *Engine) Run(ctx context.Context, paths []string, read Source, emit func(*Result) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := min(runtime.GOMAXPROCS(0), max(len(paths), 1))
	inner := max(1, runtime.GOMAXPROCS(0)/workers)
	type job struct {
		path string
		done chan *Result
	}
	jobs := make(chan job)
	ordered := make(chan job, 4*workers)
	go func() {
		defer close(jobs)
		defer close(ordered)
		for _, p := range paths {
			j := job{p, make(chan *Result, 1)}
			select {
			case ordered <- j:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range workers {
		go func() {
			for j := range jobs {
				j.done <- e.one(ctx, j.path, read, inner)
			}
		}()
	}
	for j := range ordered {
		select {
		case r := <-j.done:
			if err := emit(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}

func (e *Engine) one(ctx context.Context, path string, read Source, parallel int) *Result {
	c, problems := read(ctx, path)
	r := newResult(path, c, e.Vocabulary)
	if r.Problems = problems; len(problems) == 0 {
		r.Notices = unclaimed(c)
		r.Findings, r.Problems = e.Evaluate(ctx, c, parallel)
	}
	return r
}
