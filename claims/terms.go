package claims

import (
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// What policies see is made of OPA's terms from the start: a million small maps
// less. Terms don't change once made, so one stands wherever the same is said.

// words holds the words that every case may hold: those of the table of topics,
// the kinds and sides of documents, modalities, review states and relations.
var words = sync.OnceValue(func() map[string]*ast.Term {
	terms := map[string]*ast.Term{}
	add := func(list ...string) {
		for _, s := range list {
			terms[s] = ast.StringTerm(s)
		}
	}
	for _, t := range Topics() {
		add(t.Name)
		for _, f := range t.Fields {
			add(f.Name)
			add(f.Values...)
		}
	}
	for _, k := range Kinds {
		add(k.Name, string(k.Side))
	}
	add(Modalities...)
	add(Reviews...)
	add(roles...)
	for _, r := range []Relation{RelEqual, RelNarrower, RelBroader, RelOverlapping, RelUnstated} {
		add(string(r))
	}
	for _, k := range []PeriodKind{Temporal, UntilTime, UntilEvent, FixedOccurrences, Indeterminate, Endless} {
		add(string(k))
	}
	return terms
})

// word returns the shared term of a word that every case may hold, or a new one.
func word[T ~string](s T) *ast.Term {
	if t := words()[string(s)]; t != nil {
		return t
	}
	return ast.StringTerm(string(s))
}

// stated is the term of a text, nil when there is none.
func stated(s string) *ast.Term {
	if s == "" {
		return nil
	}
	return ast.StringTerm(s)
}

func numberTerm(f float64) *ast.Term {
	if i := int(f); float64(i) == f {
		return ast.InternedTerm(i)
	}
	return ast.NumberTerm(json.Number(strconv.FormatFloat(f, 'g', -1, 64)))
}

// anyTerm returns the term of what YAML can hold.
func anyTerm(v any) *ast.Term {
	value, err := ast.InterfaceToValue(v)
	if err != nil {
		panic(fmt.Sprintf("claims: a value of type %T", v)) // decoder.raw makes no such
	}
	return ast.NewTerm(value)
}

// stringList returns the term of a list of texts.
func stringList(list []string) *ast.Term {
	terms := make([]*ast.Term, len(list))
	for i, s := range list {
		terms[i] = ast.StringTerm(s)
	}
	return arrayTerm(terms)
}

func arrayTerm(items []*ast.Term) *ast.Term {
	if len(items) == 0 {
		return ast.InternedEmptyArray
	}
	return ast.ArrayTerm(items...)
}

// entries are the entries of an object that is being made.
type entries [][2]*ast.Term

// add adds an entry unless it has no value, as append does.
func (e entries) add(key, value *ast.Term) entries {
	if value == nil {
		return e
	}
	return append(e, [2]*ast.Term{key, value})
}

func (e entries) term() *ast.Term {
	if len(e) == 0 {
		return ast.InternedEmptyObject
	}
	return ast.ObjectTerm(e...)
}

// objectOf makes an object of keys and values in turn, leaving out those
// without a value.
func objectOf(keysAndValues ...*ast.Term) *ast.Term {
	e := make(entries, 0, 16) // on the stack
	for i := 0; i < len(keysAndValues); i += 2 {
		e = e.add(keysAndValues[i], keysAndValues[i+1])
	}
	return e.term()
}

// The keys of the input.
var (
	keyAt              = ast.StringTerm("at")
	keyCase            = ast.StringTerm("case")
	keyClaim           = ast.StringTerm("claim")
	keyClaims          = ast.StringTerm("claims")
	keyComparisons     = ast.StringTerm("comparisons")
	keyContractor      = ast.StringTerm("contractor")
	keyCovered         = ast.StringTerm("covered")
	keyDate            = ast.StringTerm("date")
	keyDays            = ast.StringTerm("days")
	keyDocument        = ast.StringTerm("document")
	keyDocumentName    = ast.StringTerm("document_name")
	keyDocuments       = ast.StringTerm("documents")
	keyDuration        = ast.StringTerm("duration")
	keyID              = ast.StringTerm("id")
	keyImpliedBy       = ast.StringTerm("implied_by")
	keyImpliedByClause = ast.StringTerm("implied_by_clause")
	keyKind            = ast.StringTerm("kind")
	keyLineage         = ast.StringTerm("lineage")
	keyMax             = ast.StringTerm("max")
	keyMin             = ast.StringTerm("min")
	keyModality        = ast.StringTerm("modality")
	keyName            = ast.StringTerm("name")
	keyNamed           = ast.StringTerm("named")
	keyOperator        = ast.StringTerm("operator")
	keyOwnTopics       = ast.StringTerm("own_topics")
	keyPolarity        = ast.StringTerm("polarity")
	keyPosition        = ast.StringTerm("position")
	keyRedacted        = ast.StringTerm("redacted")
	keyRelation        = ast.StringTerm("relation")
	keyReview          = ast.StringTerm("review")
	keySays            = ast.StringTerm("says")
	keySide            = ast.StringTerm("side")
	keySides           = ast.StringTerm("sides")
	keySuperseded      = ast.StringTerm("superseded")
	keySystem          = ast.StringTerm("system")
	keyText            = ast.StringTerm("text")
	keyTitle           = ast.StringTerm("title")
	keyTopic           = ast.StringTerm("topic")
	keyTopics          = ast.StringTerm("topics")
	keyUnbounded       = ast.StringTerm("unbounded")
	keyValues          = ast.StringTerm(ownTopicKey)
	keyVersion         = ast.StringTerm("version")
	keyWith            = ast.StringTerm("with")
)
