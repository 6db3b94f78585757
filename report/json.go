package report

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// jsonWriter writes one object whose "cases" grow as they come.
type jsonWriter struct {
	w     io.Writer
	begun bool
	cases int
}

func newJSON(w io.Writer, _ Options) Writer { return &jsonWriter{w: w} }

type jsonCase struct {
	Path      string           `json:"path"`
	Dir       string           `json:"dir"`
	ID        string           `json:"id,omitempty"`
	Title     string           `json:"title,omitempty"`
	Documents []check.Document `json:"documents"`
	Findings  []check.Finding  `json:"findings"`
	Errors    []jsonProblem    `json:"errors"`
	Summary   *check.Summary   `json:"summary"`
}

type jsonProblem struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

func jsonProblems(ps claims.Problems) []jsonProblem {
	list := make([]jsonProblem, 0, len(ps))
	for _, p := range ps {
		list = append(list, jsonProblem{p.Pos.File, p.Pos.Line, p.Pos.Column, p.Message})
	}
	return list
}

func (j *jsonWriter) Case(r *check.Result, s *check.Summary) error {
	r.Describe()
	c := jsonCase{
		Path: r.Path, Dir: r.Dir, ID: r.ID, Title: r.Title, Documents: append([]check.Document{}, r.Documents...),
		Findings: append([]check.Finding{}, r.Findings...), Errors: jsonProblems(r.Problems), Summary: s,
	}
	if err := j.begin(); err != nil {
		return err
	}
	separator := "\n    "
	if j.cases > 0 {
		separator = ",\n    "
	}
	j.cases++
	return j.write(separator, "    ", c)
}

func (j *jsonWriter) Close(problems claims.Problems, s *check.Summary) error {
	if err := j.begin(); err != nil {
		return err
	}
	if err := j.write("\n  ],\n  \"errors\": ", "  ", jsonProblems(problems)); err != nil {
		return err
	}
	if err := j.write(",\n  \"summary\": ", "  ", s); err != nil {
		return err
	}
	_, err := io.WriteString(j.w, "\n}\n")
	return err
}

func (j *jsonWriter) begin() error {
	if j.begun {
		return nil
	}
	j.begun = true
	return j.write("{\n  \"version\": ", "", check.ReportVersion, ",\n  \"cases\": [")
}

// write writes a value between two texts, its further lines indented by prefix
// and "<" and "&" left as they are, for this is read by people too.
func (j *jsonWriter) write(before, prefix string, v any, after ...string) error {
	var b bytes.Buffer
	b.WriteString(before)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the encoder's newline
	for _, s := range after {
		b.WriteString(s)
	}
	_, err := j.w.Write(b.Bytes())
	return err
}
