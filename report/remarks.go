package report

import (
	"fmt"

	"github.com/pia-check/pia-check/check"
)

// shownOutcomes are the outcomes that are shown in full, in their order.
var shownOutcomes = []check.Outcome{check.Fail, check.Review, check.Open, check.Accepted, check.Pass}

// outcomeLabels say the outcomes to people who don't know the words.
var outcomeLabels = map[check.Outcome]string{
	check.Fail: "Does not hold", check.Review: "For a person to decide", check.Open: "Open",
	check.Accepted: "Accepted", check.Pass: "Holds", check.NotApplicable: "Nothing to compare",
}

// remarks are the sentences that belong to a finding beside its message, in
// every format: how far it is reviewed, whether it is accepted, and how it
// stands to the baseline.
func remarks(f *check.Finding) []string {
	var list []string
	if f.Unreviewed {
		list = append(list, "Unreviewed: this rests on a draft claim that no person has read against its quote.")
	}
	if w := f.Waiver; w != nil {
		list = append(list, fmt.Sprintf("Accepted until %s by %s: %s", dateText(w.Until), w.Who, w.Reason))
	}
	switch f.Baseline {
	case check.New:
		list = append(list, "New: the baseline doesn't have this."+was(f))
	case check.Updated:
		list = append(list, "Changed since the baseline."+was(f))
	case check.Absent:
		list = append(list, "Gone: the baseline has this, and this run doesn't.")
	}
	return list
}

// was says what the baseline has instead.
func was(f *check.Finding) string {
	switch {
	case f.Was == nil:
		return ""
	case f.Was.Outcome == f.Outcome:
		return " Before: " + f.Was.Message
	case f.Was.Message == f.Message:
		return fmt.Sprintf(" Before, the outcome was %s.", f.Was.Outcome)
	}
	return fmt.Sprintf(" Before, the outcome was %s: %s", f.Was.Outcome, f.Was.Message)
}

// gone says in a line each which findings of the baseline are gone.
func gone(r *check.Result) []string {
	var list []string
	for i := range r.Absent {
		f := &r.Absent[i]
		list = append(list, fmt.Sprintf("Gone since the baseline (%s, %s): %s", f.Outcome, f.Policy, f.Message))
	}
	return list
}
