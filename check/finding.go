// Package check evaluates cases against Rego policies and turns what the
// policies say into findings, each backed by the verified citations of the
// claims that it names.
package check

import (
	"slices"

	"github.com/pia-check/pia-check/claims"
)

// Severity says how much a failing finding weighs.
type Severity string

// Severities lists the severities, the heaviest first.
var Severities = []Severity{"critical", "high", "medium", "low"}

// AtLeast reports whether s weighs as much as other or more.
func (s Severity) AtLeast(other Severity) bool {
	return slices.Index(Severities, s) <= slices.Index(Severities, other)
}

// Outcome is what a policy says of the claims that it compared. The values are
// the kinds of result of SARIF 2.1.0 (section 3.27.9) that apply here, and
// accepted, which SARIF says by a suppression.
type Outcome string

// The outcomes: the comparison holds; it doesn't; it doesn't, but a waiver says
// why that is accepted; a person must decide; a claim that the comparison needs
// is missing; the policy has nothing to compare.
const (
	Pass          Outcome = "pass"
	Fail          Outcome = "fail"
	Accepted      Outcome = "accepted"
	Review        Outcome = "review"
	Open          Outcome = "open"
	NotApplicable Outcome = "not-applicable"
)

// Outcomes lists the outcomes in the order in which reports show them.
var Outcomes = []Outcome{Fail, Review, Open, Accepted, Pass, NotApplicable}

// State is how a finding stands to a baseline, as SARIF's baselineState.
type State string

// The states: the baseline doesn't have it (or had it as something better than
// a failure); has the very same; has the same comparison with other values; has
// it, but this run doesn't.
const (
	New       State = "new"
	Unchanged State = "unchanged"
	Updated   State = "updated"
	Absent    State = "absent"
)

// States lists the states in the order in which reports tell them.
var States = []State{New, Updated, Unchanged, Absent}

// policyOutcomes are the sets that a policy may have, in the order in which
// their findings are listed.
var policyOutcomes = []Outcome{Fail, Review, Open, Pass}

// Finding is one result of one policy on one case.
type Finding struct {
	Policy      string   `json:"policy"`
	Title       string   `json:"title"`
	Severity    Severity `json:"severity"`
	Topic       string   `json:"topic"`
	Outcome     Outcome  `json:"outcome"`
	Message     string   `json:"message,omitempty"`
	Unreviewed  bool     `json:"unreviewed,omitempty"` // rests on a claim that no person has reviewed
	Fingerprint string   `json:"fingerprint"`
	Baseline    State    `json:"baseline,omitempty"` // empty without a baseline
	Was         *Was     `json:"was,omitempty"`      // what the baseline has instead
	Waiver      *Waiver  `json:"waiver,omitempty"`   // of an accepted finding
	Claims      []Claim  `json:"claims,omitempty"`
}

// Was is what the baseline has of a finding that changed.
type Was struct {
	Outcome  Outcome  `json:"outcome"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
}

// Waiver says why a failing finding is accepted, who decided so, and the last
// day that it holds (YYYY-MM-DD).
type Waiver struct {
	Reason string `json:"reason"`
	Who    string `json:"who"`
	Until  string `json:"until"`
}

// Claim is a claim that a finding rests on, with its document and citations.
// Values and Says are there once Result.Describe was called.
type Claim struct {
	ID        string         `json:"id"`
	Document  Document       `json:"document"`
	Topic     string         `json:"topic"`
	Modality  string         `json:"modality"`
	Values    map[string]any `json:"values"` // as policies see them
	Says      string         `json:"says"`   // the values in words
	Review    string         `json:"review"`
	Redacted  bool           `json:"redacted,omitempty"`
	Implied   *Implied       `json:"implied_by,omitempty"`
	File      string         `json:"file"` // where the claim stands in the case
	Line      int            `json:"line"`
	Column    int            `json:"column"`
	Citations []Citation     `json:"citations"`
	claim     *claims.Claim
	order     int // of the claim in the case
}

// Implied says that a claim follows from a standard clause which another claim
// shows to stand in the contract.
type Implied struct {
	Claim  string `json:"claim"`
	Clause string `json:"clause"` // number and title
}

// Document is a document of a case. Its path is relative to Result.Dir.
type Document struct {
	ID         string      `json:"id"`
	Kind       string      `json:"kind"`
	Side       claims.Side `json:"side"`
	Title      string      `json:"title"`
	Path       string      `json:"path"`
	URL        string      `json:"url,omitempty"`
	Date       string      `json:"date,omitempty"` // YYYY, YYYY-MM or YYYY-MM-DD
	SHA256     string      `json:"sha256,omitempty"`
	Supersedes []string    `json:"supersedes,omitempty"` // ids of documents
	Superseded bool        `json:"superseded,omitempty"` // its claims no longer speak
	// Notices tell what a reader of the file must know, such as pages that were
	// not read. They are told once, in Result.Documents.
	Notices []string `json:"notices,omitempty"`
}

// Citation is a quote, verified in its document. Start and End are offsets in
// characters of the document's text, from 0, End exclusive.
type Citation struct {
	Quote   string `json:"quote"`
	Page    int    `json:"page"`
	EndPage int    `json:"end_page,omitempty"` // where the quote ends on a later page
	// The page numbers as printed, where they differ.
	PageLabel    string `json:"page_label,omitempty"`
	EndPageLabel string `json:"end_page_label,omitempty"`
	Section      string `json:"section,omitempty"`
	Start        int    `json:"start"`
	End          int    `json:"end"`
	Match        string `json:"match"` // exact, folded, elided or ocr
	// Of "ocr" only, from 0 to 1: the share of the characters that stand as
	// quoted, and the confidence of the OCR.
	Similarity float64 `json:"similarity,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}
