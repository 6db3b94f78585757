// Package report writes findings for people and for machines: one file a
// format, and one table that lists them.
package report

import (
	"io"
	"strings"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// Options are what a person may choose about a report.
type Options struct {
	Verbose bool // list what passes and what doesn't apply, too
	Quiet   bool // in text: an answer in a line for each case, and the summary
	Color   bool // ANSI colours
	Width   int  // columns; 0 for the default
	// Version is that of the program, and Policies are those that the run
	// evaluated, for formats that tell where findings come from.
	Version  string
	Policies []check.Policy
	// Picture makes the picture of a cited passage, highlighted on its page, as
	// PNG; nil where there is none to be had, as of plain text. The document's
	// path is relative to dir.
	Picture func(dir string, doc check.Document, cit check.Citation) (png []byte, err error)
}

// Writer writes one report, case by case as the cases come, so that memory
// doesn't grow with their number.
type Writer interface {
	// Case writes one case; s counts that case alone.
	Case(r *check.Result, s *check.Summary) error
	// Close ends the report with the problems that belong to no case and the
	// summary of all cases.
	Close(problems claims.Problems, s *check.Summary) error
}

// Format is one kind of report.
type Format struct {
	Name, Doc string
	New       func(w io.Writer, o Options) Writer
}

// Formats lists every format, the default first.
var Formats = []Format{
	{"text", "for people: the findings with both sides' quotes", newText},
	{"html", "for people: one page for a browser, with both sides' quotes next to each other", newHTML},
	{"markdown", "for people: a comment on a pull request, or a memo", newMarkdown},
	{"changes", "for people: what appeared, changed and went away since the baseline", newChanges},
	{"json", "for machines: everything, as `pia-check schema finding` describes it", newJSON},
	{"sarif", "for machines: SARIF 2.1.0, for code scanning", newSARIF},
	{"junit", "for machines: JUnit XML, for the test pages of CI servers", newJUnit},
	{"github", "for machines: GitHub annotations (workflow commands)", newGitHub},
	{"csv", "for spreadsheets: a row a finding, with both sides' quotes", newCSV},
}

// Named returns the format of that name; ok is false when there is none.
func Named(name string) (f Format, ok bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Names returns the formats' names for help and error messages.
func Names() string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}
