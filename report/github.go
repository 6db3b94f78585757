package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// githubWriter writes workflow commands, from which GitHub makes annotations at
// the claims' lines. GitHub shows ten errors, ten warnings and ten notices of a
// step, so the most severe of a case come first.
type githubWriter struct {
	w io.Writer
	b bytes.Buffer
}

func newGitHub(w io.Writer, _ Options) Writer { return &githubWriter{w: w} }

// githubLevels say how an outcome is annotated; what passes isn't.
var githubLevels = map[check.Outcome]string{
	check.Fail: "error", check.Review: "warning", check.Open: "notice", check.Accepted: "notice",
}

func (g *githubWriter) Case(r *check.Result, _ *check.Summary) error {
	for _, outcome := range shownOutcomes {
		level := githubLevels[outcome]
		if level == "" {
			continue
		}
		for _, f := range ranked(r.Findings, outcome) {
			title := f.Policy + " " + f.Title
			if f.Outcome != check.Fail {
				title = outcomeLabels[f.Outcome] + ": " + title
			}
			at := claims.Pos{File: r.File}
			if c := focus(f); c != nil {
				at = claims.Pos{File: c.File, Line: c.Line, Column: c.Column}
			}
			g.command(level, at, title, plainFinding(f))
		}
	}
	for _, n := range r.Notices {
		g.command("notice", n.Pos, "Note", n.Message)
	}
	return g.problems(r.Problems)
}

func (g *githubWriter) Close(problems claims.Problems, _ *check.Summary) error {
	return g.problems(problems)
}

func (g *githubWriter) problems(problems claims.Problems) error {
	for _, p := range problems {
		g.command("error", p.Pos, "The case could not be checked", p.Message)
	}
	_, err := g.b.WriteTo(g.w)
	return err
}

// command writes one workflow command. Its parts are escaped so that no text can
// end it and begin another.
func (g *githubWriter) command(level string, at claims.Pos, title, message string) {
	var properties []string
	add := func(name, value string) {
		if value != "" && value != "0" {
			properties = append(properties, name+"="+githubProperty.Replace(Printable(value)))
		}
	}
	add("file", at.File)
	add("line", strconv.Itoa(at.Line))
	add("col", strconv.Itoa(at.Column))
	add("title", oneLine(title))
	fmt.Fprintf(&g.b, "::%s %s::%s\n", level, strings.Join(properties, ","), githubData.Replace(printableLines(message)))
}

// The escapes of a command's message, and of its properties.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
