package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// jsonWriter writes one object whose "cases" grow as they come, and each case
// finding by finding.
type jsonWriter struct {
	w     io.Writer
	o     Options
	b     bytes.Buffer // what is written next
	begun bool
	cases int

	applied map[string]bool    // policies that had something to compare
	claims  claimCache[[]byte] // as they are written
}

func newJSON(w io.Writer, o Options) Writer {
	return &jsonWriter{w: w, o: o, applied: map[string]bool{}}
}

// jsonHead and jsonTail are a saved case but for its findings, which stand
// between them.
type jsonHead struct {
	Path      string           `json:"path"`
	File      string           `json:"file,omitempty"`
	Dir       string           `json:"dir,omitempty"`
	ID        string           `json:"id,omitempty"`
	Title     string           `json:"title,omitempty"`
	Documents []check.Document `json:"documents"`
}

type jsonTail struct {
	Absent     []check.Finding `json:"absent,omitempty"`
	Superseded []check.Claim   `json:"superseded,omitempty"`
	Unclaimed  []string        `json:"unclaimed,omitempty"`
	Notices    claims.Problems `json:"notices,omitempty"`
	Errors     claims.Problems `json:"errors"`
	Summary    *check.Summary  `json:"summary"`
}

// jsonPolicy is what a policy says of itself, but for where it lies.
type jsonPolicy struct {
	ID          string            `json:"id"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Severity    check.Severity    `json:"severity"`
	Topic       string            `json:"topic"`
	Authority   []check.Authority `json:"authority"`
}

func (j *jsonWriter) Case(r *check.Result, s *check.Summary) error {
	r.Describe()
	j.claims.clear()
	j.begin()
	if j.cases > 0 {
		j.b.WriteByte(',')
	}
	j.cases++
	j.b.WriteString("\n    ")
	head := jsonHead{r.Path, r.File, r.Dir, r.ID, r.Title, r.Documents}
	if head.Documents == nil {
		head.Documents = []check.Document{}
	}
	if err := j.encode("    ", head); err != nil {
		return err
	}
	j.b.Truncate(j.b.Len() - len("\n    }"))
	j.b.WriteString(",\n      \"findings\": [")
	for i := range r.Findings {
		if r.Findings[i].Outcome != check.NotApplicable {
			j.applied[r.Findings[i].Policy] = true
		}
		if i > 0 {
			j.b.WriteByte(',')
		}
		if err := j.finding(r.Findings[i]); err != nil {
			return err
		}
		if err := j.flush(); err != nil {
			return err
		}
	}
	if len(r.Findings) > 0 {
		j.b.WriteString("\n      ")
	}
	j.b.WriteString("],")
	tail := j.b.Len()
	if err := j.encode("    ", jsonTail{r.Absent, r.Superseded, r.Unclaimed, r.Notices, all(r.Problems), s}); err != nil {
		return err
	}
	copy(j.b.Bytes()[tail:], j.b.Bytes()[tail+1:]) // the brace that opens it
	j.b.Truncate(j.b.Len() - 1)
	return j.flush()
}

// finding writes one finding. Its claims are encoded once in a case, for most
// stand in several findings, and stand on a line each: indenting them takes
// longer than encoding them.
func (j *jsonWriter) finding(f check.Finding) error {
	list := f.Claims
	f.Claims = nil
	j.b.WriteString("\n        ")
	if err := j.encode("        ", &f); err != nil || len(list) == 0 {
		return err
	}
	j.b.Truncate(j.b.Len() - len("\n        }"))
	j.b.WriteString(",\n          \"claims\": [")
	for i := range list {
		if i > 0 {
			j.b.WriteByte(',')
		}
		text, err := j.claims.get(&list[i], func(c *check.Claim) ([]byte, error) {
			start := j.b.Len()
			err := j.encode("", c)
			text := bytes.Clone(j.b.Bytes()[start:])
			j.b.Truncate(start)
			return text, err
		})
		if err != nil {
			return err
		}
		j.b.WriteString("\n            ")
		j.b.Write(text)
	}
	j.b.WriteString("\n          ]\n        }")
	return nil
}

func (j *jsonWriter) Close(problems claims.Problems, s *check.Summary) error {
	j.begin()
	if j.cases > 0 {
		j.b.WriteString("\n  ")
	}
	j.b.WriteString("],\n  \"policies\": ")
	if err := j.encode("  ", j.policies()); err != nil {
		return err
	}
	j.b.WriteString(",\n  \"errors\": ")
	if err := j.encode("  ", all(problems)); err != nil {
		return err
	}
	j.b.WriteString(",\n  \"summary\": ")
	if err := j.encode("  ", s); err != nil {
		return err
	}
	j.b.WriteString("\n}\n")
	return j.flush()
}

// all is a list of problems that is an empty list in JSON where there are none.
func all(ps claims.Problems) claims.Problems {
	if ps == nil {
		return claims.Problems{}
	}
	return ps
}

func (j *jsonWriter) begin() {
	if !j.begun {
		j.begun = true
		fmt.Fprintf(&j.b, "{\n  \"version\": %d,\n  \"cases\": [", check.ReportVersion)
	}
}

// policies are those that had something to compare.
func (j *jsonWriter) policies() []jsonPolicy {
	list := []jsonPolicy{}
	for _, p := range j.o.Policies {
		if j.applied[p.ID] {
			list = append(list, jsonPolicy{p.ID, p.Title, p.Description, p.Severity, p.Topic, append([]check.Authority{}, p.Authority...)})
		}
	}
	return list
}

// encode adds a value, its further lines indented by prefix, or all of it on one
// line without one; "<" and "&" are left as they are, for this is read by people
// too.
func (j *jsonWriter) encode(prefix string, v any) error {
	enc := json.NewEncoder(&j.b)
	enc.SetEscapeHTML(false)
	if prefix != "" {
		enc.SetIndent(prefix, "  ")
	}
	if err := enc.Encode(v); err != nil {
		return err
	}
	j.b.Truncate(j.b.Len() - 1) // the encoder's newline
	return nil
}

func (j *jsonWriter) flush() error {
	_, err := j.b.WriteTo(j.w)
	return err
}
