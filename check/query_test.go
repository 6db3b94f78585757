package check

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/claims"
)

// A policy is given the parts of the input that it can look at, and no policy
// may be able to tell.
func TestPoliciesFindTheSameInTheWholeInput(t *testing.T) {
	set, problems := LoadPolicies(true)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	v := claims.DefaultVocabulary()
	cases, _ := filepath.Glob(filepath.Join(fixtures, "*", "case.yaml"))
	for _, file := range cases {
		c := fixture(t, filepath.Base(filepath.Dir(file)))
		for _, p := range set.List {
			e, err := NewEngine(context.Background(), set.Only(p.ID), v, DefaultTimeout)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := e.Evaluate(context.Background(), c, 1)
			want, _ := e.EvaluateInput(context.Background(), c, claims.Normalise(c, v, nil), 1)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s finds other things in %s when it is given %v only", p.ID, file, e.reads)
			}
		}
	}
}

func TestReads(t *testing.T) {
	const all = "all"
	for rules, want := range map[string]string{
		`fail contains x if { some c in input.claims; x := {"message": c.id, "claims": [c.id]} }`: "claims",
		`fail contains x if { x := input.comparisons.retention[_].claim }
pass contains x if { x := input.comparisons.use[_].claim }`: "comparisons.retention comparisons.use",
		`fail contains x if { some t; x := input.comparisons[t][_].claim }`: "comparisons",
		`fail contains x if { some k; x := input[k] }`:                      all,
		`fail contains x if { x := json.marshal(input) }`:                   all,
		`fail contains x if { whole := input; x := whole.claims }`:          all,
		`fail contains x if { x := helper("use") }
helper(topic) := input.topics[topic] if input.version == 1
else := input.sides`: "sides topics version",
		`import data.pia_check.lib
fail contains x if { x := lib.claim("a") }`: "claims position",
		`import input.superseded as old
fail contains x if { x := old[_].id }`: "superseded",
		`fail contains x if { x := 1; every c in input.claims { c.id != "" } }`: "claims",
		`fail contains x if { x := [d.id | some d in input.documents] }`:        "documents",
		`fail contains x if { not input.system.name; x := 1 }`:                  "system",
		`fail contains "x" if true`:                                             "",
		`default limit := 3
limit := count(input.claims)
fail contains x if { x := limit }`: "claims",
	} {
		set, problems := LoadPolicies(false, policy(t, rules))
		if len(problems) > 0 {
			t.Fatalf("%s: %v", rules, problems)
		}
		reads := set.reads()
		var parts []string
		for p := range reads {
			parts = append(parts, p)
		}
		slices.Sort(parts)
		got := strings.Join(parts, " ")
		if reads == nil {
			got = all
		}
		if got != want {
			t.Errorf("%s\ngot %q, want %q", rules, got, want)
		}
	}
}
