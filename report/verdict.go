package report

import (
	"cmp"
	"fmt"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// verdict says in one line whether the public claims hold, and the outcome that
// decides it; errors weigh as much as a failure.
func verdict(r *check.Result, s *check.Summary) (string, check.Outcome) {
	o := s.Outcomes
	switch {
	case len(r.Problems) > 0 && len(r.Findings) == 0:
		return fmt.Sprintf("Not checked: %s.", claims.Count(len(r.Problems), "error", "errors")), check.Fail
	case o[check.Fail] > 0:
		return failVerdict(r, o[check.Fail]), check.Fail
	case len(r.Problems) > 0:
		return fmt.Sprintf("Not fully checked: %s.", claims.Count(len(r.Problems), "error", "errors")), check.Fail
	case o[check.Review] > 0:
		return fmt.Sprintf("%s, but a person must decide %s.", nothingFails(o, ""), claims.Count(o[check.Review], "finding", "findings")), check.Review
	case o[check.Open] > 0:
		return fmt.Sprintf("%s, but %s a document that is missing or silent.", nothingFails(o, ""), claims.Count(o[check.Open], "finding waits for", "findings wait for")), check.Open
	}
	if o[check.Accepted] > 0 {
		return nothingFails(o, "") + ".", check.Accepted
	}
	return fmt.Sprintf("The public claims hold: %s.", claims.Count(o[check.Pass], "comparison passes", "comparisons pass")), check.Pass
}

// failVerdict says that findings fail, and how far that rests on drafts: what no
// person has read must not sound like a fact.
func failVerdict(r *check.Result, failing int) string {
	fail := claims.Count(failing, "finding fails", "findings fail")
	unreviewed := 0
	for _, f := range r.Findings {
		if f.Outcome == check.Fail && f.Unreviewed {
			unreviewed++
		}
	}
	switch unreviewed {
	case 0:
		return fmt.Sprintf("The public claims do not hold: %s.", fail)
	case failing:
		return fmt.Sprintf("By drafts that no person has reviewed, the public claims do not hold: %s.", fail)
	}
	return fmt.Sprintf("The public claims do not hold: %s, %d by drafts that no person has reviewed.", fail, unreviewed)
}

// nothingFails says so, and what would but for a waiver.
func nothingFails(o map[check.Outcome]int, where string) string {
	if n := o[check.Accepted]; n > 0 {
		return fmt.Sprintf("Nothing fails%s beyond %s", where, claims.Count(n, "accepted finding", "accepted findings"))
	}
	return "Nothing fails" + where
}

// caseTitle is the title of a case, or where it was read from.
func caseTitle(r *check.Result) string {
	return cmp.Or(r.Title, r.Path)
}

// totalVerdict is verdict for all cases.
func totalVerdict(s *check.Summary) (string, check.Outcome) {
	o, cases := s.Outcomes, claims.Count(s.Cases, "case", "cases")
	switch {
	case o[check.Fail] > 0:
		return fmt.Sprintf("The public claims do not hold: %s in %s.", claims.Count(o[check.Fail], "finding fails", "findings fail"), cases), check.Fail
	case s.Errors > 0:
		return fmt.Sprintf("Not fully checked: %s in %s.", claims.Count(s.Errors, "error", "errors"), cases), check.Fail
	case o[check.Review] > 0:
		return fmt.Sprintf("%s, but a person must decide %s.", nothingFails(o, " in "+cases), claims.Count(o[check.Review], "finding", "findings")), check.Review
	case o[check.Open] > 0:
		return fmt.Sprintf("%s, but %s a document that is missing or silent.", nothingFails(o, " in "+cases), claims.Count(o[check.Open], "finding waits for", "findings wait for")), check.Open
	}
	if o[check.Accepted] > 0 {
		return nothingFails(o, " in "+cases) + ".", check.Accepted
	}
	return fmt.Sprintf("The public claims hold in %s: %s.", cases, claims.Count(o[check.Pass], "comparison passes", "comparisons pass")), check.Pass
}
