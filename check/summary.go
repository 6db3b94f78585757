package check

import "github.com/pia-check/pia-check/claims"

// Summary counts what a run found.
type Summary struct {
	Cases    int              `json:"cases"`
	Outcomes map[Outcome]int  `json:"outcomes"`
	Failing  map[Severity]int `json:"failing"`       // failing findings by severity
	New      map[Severity]int `json:"new,omitempty"` // those that the baseline doesn't have; nil without one
	Errors   int              `json:"errors"`
}

// NewSummary returns an empty summary.
func NewSummary() *Summary {
	s := &Summary{Outcomes: map[Outcome]int{}, Failing: map[Severity]int{}}
	for _, o := range Outcomes {
		s.Outcomes[o] = 0
	}
	for _, v := range Severities {
		s.Failing[v] = 0
	}
	return s
}

// newFailing returns the counts of new failures, made where there are none yet.
func (s *Summary) newFailing() map[Severity]int {
	if s.New == nil {
		s.New = map[Severity]int{}
		for _, v := range Severities {
			s.New[v] = 0
		}
	}
	return s.New
}

// Add counts a result. A case to which no policy applied is an error: nothing
// was evaluated, and that must never look like nothing was found.
func (s *Summary) Add(r *Result) {
	s.Cases++
	if len(r.Problems) == 0 && r.Applied() == 0 {
		r.Problems.Addf(claims.Pos{File: r.Path}, "no policy had anything to compare in this case; `pia-check policy list` shows what is checked, `pia-check facts` what the policies see")
	}
	s.Errors += len(r.Problems)
	for _, f := range r.Findings {
		s.Outcomes[f.Outcome]++
		if f.Outcome == Fail {
			s.Failing[f.Severity]++
		}
		if f.Baseline != "" {
			n := s.newFailing()
			if f.Outcome == Fail && f.Baseline == New {
				n[f.Severity]++
			}
		}
	}
}

// Merge adds the counts of another summary.
func (s *Summary) Merge(other *Summary) {
	s.Cases += other.Cases
	s.Errors += other.Errors
	for o, n := range other.Outcomes {
		s.Outcomes[o] += n
	}
	for v, n := range other.Failing {
		s.Failing[v] += n
	}
	for v, n := range other.New {
		s.newFailing()[v] += n
	}
}

// Of returns the summary of one result.
func Of(r *Result) *Summary {
	s := NewSummary()
	s.Add(r)
	return s
}

// Fails reports whether a failing finding weighs at least as much as the
// threshold; no threshold means that none does.
func (s *Summary) Fails(threshold Severity) bool { return reaches(s.Failing, threshold) }

// FailsNew is Fails for the findings alone that the baseline doesn't have.
func (s *Summary) FailsNew(threshold Severity) bool { return reaches(s.New, threshold) }

func reaches(failing map[Severity]int, threshold Severity) bool {
	for v, n := range failing {
		if n > 0 && threshold != "" && v.AtLeast(threshold) {
			return true
		}
	}
	return false
}
