package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// junitWriter writes the XML that CI servers show as tests (Jenkins' JUnit
// schema): a suite a case, a test a finding. What fails is a failure, an error
// an error; what is open, for a person to decide or accepted didn't pass and
// didn't fail, which JUnit calls skipped.
type junitWriter struct {
	w     io.Writer
	o     Options
	b     bytes.Buffer // one suite's part
	begun bool
}

func newJUnit(w io.Writer, o Options) Writer { return &junitWriter{w: w, o: o} }

func (j *junitWriter) Case(r *check.Result, s *check.Summary) error {
	j.begin()
	o, tests := s.Outcomes, len(r.Problems)
	for _, outcome := range shownOutcomes {
		tests += o[outcome]
	}
	skipped := o[check.Review] + o[check.Open] + o[check.Accepted]
	if j.o.Verbose {
		tests += o[check.NotApplicable]
		skipped += o[check.NotApplicable]
	}
	j.open("  ", "testsuite", "name", caseTitle(r), "id", r.ID, "package", r.Path,
		"tests", fmt.Sprint(tests), "failures", fmt.Sprint(o[check.Fail]), "errors", fmt.Sprint(len(r.Problems)), "skipped", fmt.Sprint(skipped))
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Outcome == check.NotApplicable && !j.o.Verbose {
			continue
		}
		j.test(r, f)
		if err := j.flush(); err != nil {
			return err
		}
	}
	j.problems(r.Path, r.Problems)
	if lines := gone(r); lines != nil {
		j.element("    ", "system-out", strings.Join(lines, "\n"))
	}
	j.b.WriteString("  </testsuite>\n")
	return j.flush()
}

func (j *junitWriter) Close(problems claims.Problems, _ *check.Summary) error {
	j.begin()
	if n := len(problems); n > 0 {
		j.open("  ", "testsuite", "name", "pia-check", "tests", fmt.Sprint(n), "failures", "0", "errors", fmt.Sprint(n), "skipped", "0")
		j.problems("pia-check", problems)
		j.b.WriteString("  </testsuite>\n")
	}
	j.b.WriteString("</testsuites>\n")
	return j.flush()
}

func (j *junitWriter) begin() {
	if !j.begun {
		j.begun = true
		j.b.WriteString(xml.Header)
		j.b.WriteString("<testsuites name=\"pia-check\">\n")
	}
}

// test writes one finding. Its name is the same as long as its fingerprint is,
// so that a CI server can follow it.
func (j *junitWriter) test(r *check.Result, f *check.Finding) {
	name := fmt.Sprintf("%s %s", f.Policy, f.Title)
	if f.Outcome != check.NotApplicable {
		name += " [" + f.Fingerprint[:min(len(f.Fingerprint), 8)] + suffix(f.Fingerprint) + "]"
	}
	j.open("    ", "testcase", "classname", r.ID+"."+f.Topic, "name", name)
	text := plainFinding(f)
	switch f.Outcome {
	case check.Fail:
		j.element("      ", "failure", text, "type", string(f.Severity), "message", f.Message)
	case check.Pass:
		j.element("      ", "system-out", text)
	default:
		j.element("      ", "skipped", outcomeLabels[f.Outcome]+". "+text)
	}
	j.b.WriteString("    </testcase>\n")
}

// suffix is what tells findings of one fingerprint apart.
func suffix(fingerprint string) string {
	if i := strings.IndexByte(fingerprint, '-'); i >= 0 {
		return fingerprint[i:]
	}
	return ""
}

// plainFinding says a finding in plain text: the message, the remarks, and both
// sides' words.
func plainFinding(f *check.Finding) string {
	lines := append([]string{f.Message}, remarks(f)...)
	for i := range f.Claims {
		c := &f.Claims[i]
		for _, cit := range c.Citations {
			lines = append(lines, fmt.Sprintf("%s: %s, %s: “%s”", sideLabel(c.Document.Side), c.Document.Title, place(cit), oneLine(cit.Quote)))
			lines = append(lines, marks(c, cit)...)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func (j *junitWriter) problems(class string, problems claims.Problems) {
	for _, p := range problems {
		j.open("    ", "testcase", "classname", class, "name", "error "+p.Pos.String())
		j.element("      ", "error", p.Error(), "message", p.Message)
		j.b.WriteString("    </testcase>\n")
	}
}

// open writes a start tag with attributes, those without a value left out.
func (j *junitWriter) open(indent, name string, attributes ...string) {
	j.b.WriteString(indent + "<" + name)
	j.attributes(attributes)
	j.b.WriteString(">\n")
}

func (j *junitWriter) element(indent, name, text string, attributes ...string) {
	j.b.WriteString(indent + "<" + name)
	j.attributes(attributes)
	j.b.WriteByte('>')
	_ = xml.EscapeText(&j.b, []byte(printableLines(text))) // a buffer takes all
	j.b.WriteString("</" + name + ">\n")
}

func (j *junitWriter) attributes(attributes []string) {
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			j.b.WriteString(" " + attributes[i] + "=\"")
			_ = xml.EscapeText(&j.b, []byte(Printable(oneLine(attributes[i+1]))))
			j.b.WriteByte('"')
		}
	}
}

func (j *junitWriter) flush() error {
	_, err := j.b.WriteTo(j.w)
	return err
}

// printableLines is Printable for text of several lines.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = Printable(line)
	}
	return strings.Join(lines, "\n")
}
