package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/pia-check/pia-check/claims"
)

// The findings of every fixture keep their fingerprints, each with its outcome,
// when the claims of the case are put in another order.
func TestFingerprintsSurviveReordering(t *testing.T) {
	e := engine(t, DefaultTimeout)
	for _, name := range []string{"smartlink", "hart", "keeps-its-word", "lexisnexis", "clearforce", "ankle-monitors"} {
		prints := func(c *claims.Case) []string {
			findings, problems := e.Evaluate(context.Background(), c, 1)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var list []string
			for _, f := range findings {
				list = append(list, fmt.Sprint(f.Policy, f.Outcome, f.Fingerprint))
			}
			slices.Sort(list)
			return list
		}
		want := prints(fixture(t, name))
		random := rand.New(rand.NewPCG(1, 2))
		for range 20 {
			c := fixture(t, name)
			random.Shuffle(len(c.Claims), func(i, j int) { c.Claims[i], c.Claims[j] = c.Claims[j], c.Claims[i] })
			if got := prints(c); !slices.Equal(got, want) {
				for _, g := range got {
					if !slices.Contains(want, g) {
						t.Errorf("%s: %s is new", name, g)
					}
				}
				break
			}
		}
	}
}
