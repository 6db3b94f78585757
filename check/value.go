package check

import (
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/pia-check/pia-check/claims"
)

// toTerm converts plain values to the terms that policies are evaluated over.
// It is what ast.InterfaceToValue does, but for the keys of the input, which
// are the same in every case and are made once.
func toTerm(v any) *ast.Term {
	switch v := v.(type) {
	case map[string]any:
		pairs := make([][2]*ast.Term, 0, len(v))
		for key, item := range v {
			pairs = append(pairs, [2]*ast.Term{stringTerm(key), toTerm(item)})
		}
		return ast.ObjectTerm(pairs...)
	case []any:
		items := make([]*ast.Term, len(v))
		for i, item := range v {
			items[i] = toTerm(item)
		}
		return ast.ArrayTerm(items...)
	case string:
		return stringTerm(v)
	case bool:
		return ast.InternedTerm(v)
	case int:
		return ast.InternedTerm(v)
	case float64:
		return ast.NumberTerm(json.Number(strconv.FormatFloat(v, 'g', -1, 64)))
	case nil:
		return ast.NullTerm()
	}
	value, err := ast.InterfaceToValue(v)
	if err != nil {
		panic(fmt.Sprintf("check: the normalised input holds a %T", v)) // only Normalise makes it
	}
	return ast.NewTerm(value)
}

// stringTerm returns the shared term of a word that every input holds, or a new
// one.
func stringTerm(s string) *ast.Term {
	if t := commonTerms()[s]; t != nil {
		return t
	}
	return ast.StringTerm(s)
}

// commonTerms holds the words of the input's schema: its keys and the values
// that it enumerates.
var commonTerms = sync.OnceValue(func() map[string]*ast.Term {
	terms := map[string]*ast.Term{}
	var collect func(v any)
	collect = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, item := range v {
				terms[key] = ast.StringTerm(key)
				collect(item)
			}
		case []any:
			for _, item := range v {
				collect(item)
			}
		case string:
			terms[v] = ast.StringTerm(v)
		}
	}
	collect(claims.InputSchema())
	return terms
})
