package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// GitHub refuses a run of more results than maxResults and shows the 5,000 most
// severe. Where there are more, what passes is left out before what fails.
const (
	maxResults    = 25_000
	maxNotFailing = 20_000
)

// sarifWriter writes SARIF 2.1.0 (OASIS Standard with errata 01), result by
// result. What passes, what doesn't apply and what is gone is written when
// everything is asked for: GitHub reads neither kind nor baselineState, and
// would make alerts of them.
type sarifWriter struct {
	w        io.Writer
	o        Options
	b        bytes.Buffer
	begun    bool
	written  int
	leftOut  int
	problems claims.Problems
	rules    []*sarif.ReportingDescriptor // of the results
	places   claimCache[[]json.RawMessage]
}

func newSARIF(w io.Writer, o Options) Writer { return &sarifWriter{w: w, o: o} }

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

func (w *sarifWriter) Case(r *check.Result, _ *check.Summary) error {
	w.begin()
	w.places.clear()
	w.problems = append(w.problems, r.Problems...)
	for i := range r.Findings {
		f := &r.Findings[i]
		if passing := f.Outcome == check.Pass || f.Outcome == check.NotApplicable; passing && !w.o.Verbose {
			continue
		}
		if err := w.result(r, f); err != nil {
			return err
		}
	}
	for i := range r.Absent {
		if w.o.Verbose {
			if err := w.result(r, &r.Absent[i]); err != nil {
				return err
			}
		}
	}
	return w.flush()
}

func (w *sarifWriter) Close(problems claims.Problems, s *check.Summary) error {
	w.begin()
	invocation := sarif.NewInvocation().WithExecutionSuccessful(s.Errors == 0)
	for _, p := range append(w.problems, problems...) {
		n := sarif.NewNotification().WithLevel("error").WithMessage(sarifMessage(p.Message))
		if p.File != "" {
			n.WithLocations([]*sarif.Location{sarif.NewLocation().WithPhysicalLocation(sarifPlace(p.Pos))})
		}
		invocation.AddToolExecutionNotification(n)
	}
	if w.leftOut > 0 {
		invocation.AddToolExecutionNotification(sarif.NewNotification().WithLevel("warning").WithMessage(sarifMessage(fmt.Sprintf(
			"%d results are left out: GitHub takes %d of a run. The JSON report has all.", w.leftOut, maxResults))))
	}
	w.b.WriteString("\n      ],\n      \"invocations\": [\n        ")
	for _, part := range []struct {
		value any
		after string
	}{{invocation, "\n      ],\n      \"tool\": "}, {w.tool(), "\n    }\n  ]\n}\n"}} {
		text, err := pruned(part.value)
		if err != nil {
			return err
		}
		w.b.Write(text)
		w.b.WriteString(part.after)
	}
	return w.flush()
}

func (w *sarifWriter) begin() {
	if !w.begun {
		w.begun = true
		fmt.Fprintf(&w.b, "{\n  \"$schema\": %q,\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n      \"columnKind\": \"unicodeCodePoints\",\n      \"results\": [", sarifSchema)
	}
}

// tool describes the program and the rules of the results that were written.
func (w *sarifWriter) tool() *sarif.Tool {
	driver := sarif.NewToolComponent().WithName("pia-check").WithInformationURI("https://github.com/pia-check/pia-check").WithRules(append([]*sarif.ReportingDescriptor{}, w.rules...))
	if w.o.Version != "" && w.o.Version != "(devel)" {
		driver.WithVersion(strings.TrimPrefix(w.o.Version, "v"))
	}
	return sarif.NewTool().WithDriver(driver)
}

// rule returns the index of a finding's rule, which is described when it is
// first met. A policy that the run knows nothing more of is described by what
// its findings say.
func (w *sarifWriter) rule(f *check.Finding) int {
	if i := slices.IndexFunc(w.rules, func(r *sarif.ReportingDescriptor) bool { return *r.ID == f.Policy }); i >= 0 {
		return i
	}
	p := check.Policy{ID: f.Policy, Title: f.Title, Description: f.Title, Severity: f.Severity, Topic: f.Topic}
	if i := slices.IndexFunc(w.o.Policies, func(p check.Policy) bool { return p.ID == f.Policy }); i >= 0 {
		p = w.o.Policies[i]
	}
	w.rules = append(w.rules, sarifRule(&p))
	return len(w.rules) - 1
}

// sarifLevels weigh a failing finding; security-severity is what GitHub sorts
// by, and calls critical from 9.0, high from 7.0, medium from 4.0.
var sarifLevels = map[check.Severity]struct{ level, security string }{
	"critical": {"error", "9.5"}, "high": {"error", "8.0"}, "medium": {"warning", "5.5"}, "low": {"note", "2.0"},
}

func sarifRule(p *check.Policy) *sarif.ReportingDescriptor {
	level := sarifLevels[p.Severity]
	text, markdown := p.Description, escapeMarkdown(p.Description)
	if len(p.Authority) > 0 {
		text += "\n\nAuthority:"
		markdown += "\n\n**Authority**\n"
	}
	for _, a := range p.Authority {
		text += fmt.Sprintf("\n- %s: %s", a.Title, a.URL)
		markdown += fmt.Sprintf("\n- %s", markdownLink(a.Title, a.URL))
	}
	rule := sarif.NewReportingDescriptor().WithID(p.ID).
		WithShortDescription(sarif.NewMultiformatMessageString().WithText(p.Title)).
		WithFullDescription(sarif.NewMultiformatMessageString().WithText(p.Description)).
		WithHelp(sarif.NewMultiformatMessageString().WithText(text).WithMarkdown(markdown)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(level.level)).
		WithProperties(sarif.NewPropertyBag().WithTags([]string{"privacy", p.Topic}).
			Add("severity", p.Severity).Add("security-severity", level.security).Add("precision", "high"))
	if i := slices.IndexFunc(p.Authority, func(a check.Authority) bool { return webURL(a.URL) != nil }); i >= 0 {
		rule.WithHelpURI(p.Authority[i].URL)
	}
	return rule
}

// sarifResult is a result as it is written but for its locations, which are
// encoded once for all results of a claim and follow. Suppressions stand on all results of a run (an empty list says "not
// suppressed") or on none; and what we never fill is left out, where the
// library writes empty lists and numbers that stand for nothing.
type sarifResult struct {
	*sarif.Result
	Locations        []string             `json:"locations,omitempty"`
	RelatedLocations []string             `json:"relatedLocations,omitempty"`
	Properties       sarifProperties      `json:"properties"`
	Message          sarifText            `json:"message"`
	Suppressions     []*sarif.Suppression `json:"suppressions"`
	Rank             []string             `json:"rank,omitempty"`
	Attachments      []string             `json:"attachments,omitempty"`
	CodeFlows        []string             `json:"codeFlows,omitempty"`
	Fixes            []string             `json:"fixes,omitempty"`
	GraphTraversals  []string             `json:"graphTraversals,omitempty"`
	Graphs           []string             `json:"graphs,omitempty"`
	Stacks           []string             `json:"stacks,omitempty"`
	Taxa             []string             `json:"taxa,omitempty"`
}

type sarifProperties struct {
	Case     string         `json:"case"`
	Outcome  check.Outcome  `json:"outcome"`
	Severity check.Severity `json:"severity"`
	Topic    string         `json:"topic"`
}

func (w *sarifWriter) result(r *check.Result, f *check.Finding) error {
	failing := f.Outcome == check.Fail || f.Outcome == check.Accepted
	if w.written >= maxResults || !failing && w.written >= maxNotFailing {
		w.leftOut++
		return nil
	}
	kind, level := string(f.Outcome), "none"
	switch {
	case failing:
		kind, level = "fail", sarifLevels[f.Severity].level
	case f.Outcome == check.NotApplicable:
		kind = "notApplicable"
	}
	// primaryLocationLineHash is the one that GitHub knows an alert by.
	result := sarifResult{Suppressions: []*sarif.Suppression{}, Result: &sarif.Result{
		RuleID: &f.Policy, RuleIndex: w.rule(f), Kind: kind, Level: level,
		PartialFingerprints: map[string]string{"piaCheckFinding/v2": f.Fingerprint, "primaryLocationLineHash": f.Fingerprint + ":1"},
	}}
	result.Properties = sarifProperties{r.ID, f.Outcome, f.Severity, f.Topic}
	if f.Baseline != "" { // on every finding that a baseline was held against
		result.WithBaselineState(string(f.Baseline))
	}
	if f.Waiver != nil {
		result.Suppressions = append(result.Suppressions, sarif.NewSuppression().WithKind("external").WithStatus("accepted").
			WithJustification(f.Waiver.Reason).WithProperties(sarif.NewPropertyBag().Add("who", f.Waiver.Who).Add("until", f.Waiver.Until)))
	}
	text := strings.Join(append([]string{cmp.Or(f.Message, "This policy has nothing to compare in this case.")}, remarks(f)...), "\n")
	result.Message.Text = plainText(text)
	locations, related, err := w.locations(r, f)
	if err != nil {
		return err
	}
	if w.written > 0 {
		w.b.WriteByte(',')
	}
	w.written++
	w.b.WriteString("\n        ")
	if err := w.encode(result); err != nil {
		return err
	}
	w.b.Truncate(w.b.Len() - len("}"))
	w.list("locations", locations)
	if len(related) > 0 {
		w.list("relatedLocations", related)
	}
	w.b.WriteByte('}')
	return w.flush()
}

// list adds a member that is a list of what was encoded before.
func (w *sarifWriter) list(name string, items []json.RawMessage) {
	fmt.Fprintf(&w.b, ",%q:[", name)
	for i, item := range items {
		if i > 0 {
			w.b.WriteByte(',')
		}
		w.b.Write(item)
	}
	w.b.WriteByte(']')
}

// pruned encodes a value without the empty lists and the numbers -1 by which
// the library says "not given".
func pruned(v any) (json.RawMessage, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	out, _ := prune(make([]byte, 0, len(text)), text)
	return out, nil
}

// prune appends the value at the start of compact JSON to out, and returns what
// follows it.
func prune(out, text []byte) (pruned, rest []byte) {
	switch text[0] {
	case '{', '[':
		object, end := text[0] == '{', text[0]+2 // the brackets are two apart in ASCII
		out, text = append(out, text[0]), text[1:]
		for first := true; text[0] != end; {
			start := len(out)
			if text[0] == ',' {
				text = text[1:]
			}
			if !first {
				out = append(out, ',')
			}
			if object {
				out, text = prune(out, text)
				out, text = append(out, ':'), text[1:]
			}
			value := len(out)
			out, text = prune(out, text)
			if given := string(out[value:]); object && (given == "-1" || given == "[]") {
				out = out[:start]
				continue
			}
			first = false
		}
		return append(out, end), text[1:]
	case '"':
		i := 1
		for ; text[i] != '"'; i++ {
			if text[i] == '\\' {
				i++
			}
		}
		return append(out, text[:i+1]...), text[i+1:]
	}
	i := bytes.IndexAny(text, ",]}")
	if i < 0 {
		i = len(text)
	}
	return append(out, text[:i]...), text[i:]
}

// sarifMessage is plain text in which no document text makes a link (SARIF
// 3.11.6: brackets are escaped by a backslash).
func sarifMessage(text string) *sarif.Message { return sarif.NewTextMessage(plainText(text)) }

type sarifText struct {
	Text string `json:"text"`
}

func plainText(text string) string {
	if strings.Contains(text, "](") {
		return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(text)
	}
	return text
}

func (w *sarifWriter) encode(v any) error {
	enc := json.NewEncoder(&w.b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	w.b.Truncate(w.b.Len() - 1) // the encoder's newline
	return nil
}

func (w *sarifWriter) flush() error {
	_, err := w.b.WriteTo(w.w)
	return err
}
