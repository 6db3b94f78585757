package report

import (
	"fmt"
	"io"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// changesWriter says in words what appeared, changed and went away since the
// baseline, and only counts what stayed.
type changesWriter struct {
	*textWriter
	total    map[check.State]int
	unmarked int // findings that no baseline was held against
}

func newChanges(w io.Writer, o Options) Writer {
	return &changesWriter{newText(w, o).(*textWriter), map[check.State]int{}, 0}
}

func (c *changesWriter) Case(r *check.Result, _ *check.Summary) error {
	byState := map[check.State][]check.Finding{check.Absent: r.Absent}
	for _, f := range r.Findings {
		if f.Outcome == check.NotApplicable {
			continue
		}
		byState[f.Baseline] = append(byState[f.Baseline], f)
		if f.Baseline == "" {
			c.unmarked++
		}
	}
	for _, s := range check.States {
		c.total[s] += len(byState[s])
	}
	changed := len(byState[check.New]) + len(byState[check.Updated]) + len(r.Absent)
	if changed == 0 && len(r.Problems) == 0 {
		return nil
	}
	c.b.Reset()
	fmt.Fprintf(&c.b, "%s\n", c.style(bold, Printable(caseTitle(r))))
	for _, p := range problemLines(r.Problems) {
		c.wrap("", "Error: "+p)
	}
	for _, section := range []struct {
		state   check.State
		heading string
	}{{check.New, "Appeared"}, {check.Updated, "Changed"}, {check.Absent, "Went away"}} {
		if len(byState[section.state]) == 0 {
			continue
		}
		fmt.Fprintf(&c.b, "\n%s\n", c.style(bold, section.heading))
		for _, outcome := range shownOutcomes {
			for _, f := range ranked(byState[section.state], outcome) {
				c.finding(f)
			}
		}
	}
	c.b.WriteByte('\n')
	_, err := c.b.WriteTo(c.w)
	return err
}

func (c *changesWriter) Close(problems claims.Problems, s *check.Summary) error {
	line := changeCounts(c.total)
	if c.unmarked > 0 {
		line = fmt.Sprintf("%s compared with no earlier run; give one with --baseline", claims.Count(c.unmarked, "finding was", "findings were"))
	}
	if n := s.Errors; n > 0 {
		line += "; " + claims.Count(n, "error", "errors")
	}
	_, err := fmt.Fprintf(c.w, "%s\n", c.style(bold, line+"."))
	return err
}

// changeCounts says how much changed: "2 findings appeared, 1 changed, none went
// away; 14 are as before".
func changeCounts(n map[check.State]int) string {
	line := "Nothing changed"
	if n[check.New]+n[check.Updated]+n[check.Absent] > 0 {
		line = fmt.Sprintf("%s, %d changed, %d went away", claims.Count(n[check.New], "finding appeared", "findings appeared"), n[check.Updated], n[check.Absent])
	}
	if same := n[check.Unchanged]; same > 0 {
		line += "; " + claims.Count(same, "finding is as before", "findings are as before")
	}
	return line
}
