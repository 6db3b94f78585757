package report

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

//go:embed html
var htmlFiles embed.FS

var htmlPage = template.Must(template.ParseFS(htmlFiles, "html/page.tmpl"))

// longReport is the number of findings from which on a browser takes noticeably
// long to open a page. The lists of such a page stand in noscript elements:
// without scripts they are there as ever, and with scripts they are text, from
// which the script takes what is looked at.
const longReport = 300

// htmlWriter writes one page that needs nothing but itself. Its head counts and
// lists what the cases yield, so the cases wait in two temporary files, their
// overviews and their findings; in memory stay a line per case, and the
// anchors and pictures that must not come twice.
type htmlWriter struct {
	w                  io.Writer
	o                  Options
	overview, findings spool
	cases              []htmlCase
	topics             []string
	severities         map[check.Severity]int
	states             map[check.State]int // against the baseline
	anchors            map[string]bool
	pictures           map[string]string // ids
}

// htmlCase is what the head says of a case.
type htmlCase struct {
	N              int // from 1
	Title          string
	Verdict, Class string
	Documents      []htmlOption
}

// htmlOption is a document to filter by.
type htmlOption struct{ Key, Title string }

func newHTML(w io.Writer, o Options) Writer {
	return &htmlWriter{w: w, o: o, severities: map[check.Severity]int{}, states: map[check.State]int{}, anchors: map[string]bool{}, pictures: map[string]string{}}
}

func (h *htmlWriter) Case(r *check.Result, s *check.Summary) error {
	v := h.view(r, s)
	h.cases = append(h.cases, htmlCase{v.N, v.Title, v.Verdict, string(v.Class), v.options()})
	v.overview(&h.overview.markup)
	if err := h.overview.cut(); err != nil {
		return err
	}
	return v.findings(&h.findings.markup, h.findings.cut)
}

// part writes one part of the page, with what could reorder or hide text on the
// screen taken out.
func part(name string, data any, w io.Writer) error {
	var b bytes.Buffer
	if err := htmlPage.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	_, err := w.Write(printableBytes(b.Bytes()))
	return err
}

// count is a number beside a name, in the filters.
type htmlCount struct {
	Value, Label string
	Count        int
}

func (h *htmlWriter) Close(problems claims.Problems, s *check.Summary) error {
	defer h.overview.close()
	defer h.findings.close()
	css, js := htmlFile("html/report.css"), htmlFile("html/report.js")
	title := "Do the public claims hold?"
	if len(h.cases) == 1 {
		title = h.cases[0].Title + ": do the public claims hold?"
	}
	text, worst := totalVerdict(s)
	var outcomes, severities, states []htmlCount
	total := 0
	for _, o := range shownOutcomes {
		if n := s.Outcomes[o]; n > 0 {
			outcomes = append(outcomes, htmlCount{string(o), outcomeLabels[o], n})
			total += n
		}
	}
	for _, v := range check.Severities {
		if n := h.severities[v]; n > 0 {
			severities = append(severities, htmlCount{string(v), title1(string(v)), n})
		}
	}
	for _, v := range check.States {
		if n := h.states[v]; n > 0 {
			states = append(states, htmlCount{string(v), title1(string(v)), n})
		}
	}
	long := total > longReport
	head := map[string]any{
		"Title": title, "CSS": template.CSS(css), "JS": template.JS(js), "Security": securityPolicy(css, js),
		"Cases": h.cases, "Many": len(h.cases) > 1, "Verdict": text, "Class": worst, "Errors": problemLines(problems), "Long": long,
	}
	filters := map[string]any{
		"Cases": h.cases, "Topics": h.topicLabels(), "Outcomes": outcomes, "Severities": severities, "States": states, "Total": total, "Long": long,
	}

	w := bufio.NewWriter(h.w)
	steps := []func() error{
		func() error { return part("head", head, w) },
		func() error { return h.overview.writeTo(w, long) },
		func() error { return part("filters", filters, w) },
		func() error { return h.findings.writeTo(w, long) },
		func() error { return part("foot", nil, w) },
		w.Flush,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func htmlFile(name string) string {
	data, err := htmlFiles.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(data)
}

// securityPolicy lets the page run its own script and style and show pictures
// that it holds, and nothing else: no request leaves it, whatever stands in it.
func securityPolicy(css, js string) template.HTML {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return template.HTML(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ` + hash(js) +
		"; style-src " + hash(css) + `; img-src data:; base-uri 'none'; form-action 'none'">`)
}

func problemLines(problems claims.Problems) []string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = p.Error()
	}
	return lines
}

// topic returns the number of a topic, which stands for it in the page.
func (h *htmlWriter) topic(name string) int {
	i := slices.Index(h.topics, name)
	if i < 0 {
		i = len(h.topics)
		h.topics = append(h.topics, name)
	}
	return i
}

func (h *htmlWriter) topicLabels() []string {
	labels := make([]string, len(h.topics))
	for i, t := range h.topics {
		labels[i] = title1(t)
	}
	return labels
}

// anchor returns the id of a finding in the page: the first half of its
// fingerprint, so that a link to it stays good, with a number where two share it.
func (h *htmlWriter) anchor(f *check.Finding) string {
	first := "f-" + f.Fingerprint[:min(len(f.Fingerprint), 16)] + suffix(f.Fingerprint)
	id := first
	for n := 2; h.anchors[id]; n++ {
		id = fmt.Sprintf("%s-%d", first, n)
	}
	h.anchors[id] = true
	return id
}

// printableBytes is Printable for text that is long and mostly harmless.
func printableBytes(b []byte) []byte {
	if !bytes.ContainsFunc(b, func(r rune) bool { return steers(r) && r != '\n' && r != '\t' }) {
		return b
	}
	return bytes.Map(func(r rune) rune {
		if steers(r) && r != '\n' && r != '\t' {
			return '\uFFFD'
		}
		return r
	}, b)
}

// title1 puts a capital first and spaces for hyphens.
func title1(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + strings.ReplaceAll(s[1:], "-", " ")
}
