package check

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/pia-check/pia-check/claims"
)

// query asks for every set of one policy in one evaluation. It is OPA's own
// evaluator without the layer that turns what it finds into plain values.
type query struct {
	body     ast.Body
	compiler ast.QueryCompiler
	policies *ast.Compiler
	store    storage.Store
	txn      storage.Transaction
}

// outcomesVar is the variable that a query binds to the sets by their names.
const outcomesVar = ast.Var("outcomes")

func (p *Policies) query(of *Policy, store storage.Store, txn storage.Transaction) (*query, error) {
	parts := make([]string, len(of.outcomes))
	for i, o := range of.outcomes {
		parts[i] = fmt.Sprintf("%q: %s.%s", o, of.pkg, o)
	}
	body, err := ast.ParseBody(fmt.Sprintf("%s = {%s}", outcomesVar, strings.Join(parts, ", ")))
	if err != nil {
		return nil, err
	}
	q := &query{compiler: p.compiler.QueryCompiler(), policies: p.compiler, store: store, txn: txn}
	q.body, err = q.compiler.Compile(body)
	return q, err
}

// eval returns the policy's sets by their names.
func (q *query) eval(ctx context.Context, input ast.Value) (sets ast.Object, err error) {
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	err = topdown.NewQuery(q.body).
		WithQueryCompiler(q.compiler).
		WithCompiler(q.policies).
		WithStore(q.store).
		WithTransaction(q.txn).
		WithMetrics(metrics.NoOp()).
		WithCancel(cancel).
		WithInput(ast.NewTerm(input)).
		Iter(ctx, func(r topdown.QueryResult) error {
			sets, _ = r[outcomesVar].Value.(ast.Object)
			return nil
		})
	if err == nil && sets == nil {
		err = errors.New("its sets are undefined")
	}
	return sets, err
}

// members returns the members of a set or list in their order; none of
// anything else.
func members(t *ast.Term) []*ast.Term {
	if t == nil {
		return nil
	}
	switch v := t.Value.(type) {
	case ast.Set:
		return v.Slice()
	case *ast.Array:
		list := make([]*ast.Term, 0, v.Len())
		v.Foreach(func(item *ast.Term) { list = append(list, item) })
		return list
	}
	return nil
}

// text returns the text of a term; "" of anything else.
func text(t *ast.Term) string {
	if t == nil {
		return ""
	}
	s, _ := t.Value.(ast.String)
	return string(s)
}

var (
	messageKey, claimsKey = ast.StringTerm("message"), ast.StringTerm("claims")

	outcomeKeys = map[Outcome]*ast.Term{
		Fail: ast.StringTerm(string(Fail)), Review: ast.StringTerm(string(Review)),
		Open: ast.StringTerm(string(Open)), Pass: ast.StringTerm(string(Pass)),
	}
)

// reads returns the parts of the input that the policies' rules, and the rules
// that these rest on, refer to.
func (p *Policies) reads() claims.Parts {
	parts := claims.Parts{}
	whole := false
	read := func(ref ast.Ref) {
		key := ""
		if len(ref) > 1 {
			key = text(ref[1])
		}
		if key == "comparisons" && len(ref) > 2 && text(ref[2]) != "" {
			key += "." + text(ref[2])
		}
		parts[key] = true
		whole = whole || key == "" // input, or input[name]
	}
	seen := map[*ast.Rule]bool{}
	var visit func(rule *ast.Rule)
	visit = func(rule *ast.Rule) {
		if seen[rule] {
			return
		}
		seen[rule] = true
		ast.WalkRefs(rule, func(ref ast.Ref) bool {
			if ref[0].Equal(ast.InputRootDocument) {
				read(ref)
			}
			return false
		})
		for dependency := range p.compiler.Graph.Dependencies(rule) {
			visit(dependency.(*ast.Rule))
		}
	}
	for i := range p.List {
		for _, o := range p.List[i].outcomes {
			for _, rule := range p.compiler.GetRules(p.List[i].pkg.Append(outcomeKeys[o])) {
				visit(rule)
			}
		}
	}
	if whole {
		return nil
	}
	return parts
}
