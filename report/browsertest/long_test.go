package browsertest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A long report shows what is looked at.
func TestLongReport(t *testing.T) {
	long := filepath.Join(t.TempDir(), "long")
	writeCases(t, long, 40)
	b := open(t, report(t, long+"/..."), desktop)
	all := len(slices.DeleteFunc(findings(t, long+"/..."), func(f finding) bool { return f.message == "" }))
	status := `document.querySelector(".filters output").value`
	if got := eval[string](b, status); got != fmt.Sprintf("%d findings", all) {
		t.Errorf("%s, want %d", got, all)
	}
	if n := eval[int](b, `document.querySelectorAll("article").length`); n == 0 || n > 50 {
		t.Errorf("%d entries are made at first", n)
	}
	eval[any](b, `document.querySelector(".list + .more").click(), null`)
	if !eval[bool](b, `document.activeElement.parentNode.matches(".list")`) {
		t.Error("more findings came, but the focus is not on the first of them")
	}
	eval[any](b, set("q", "system 37 9 years")+", null")
	eval[int](b, settled)
	if got := eval[string](b, status); !strings.HasSuffix(got, fmt.Sprintf(" of %d findings", all)) || strings.HasPrefix(got, "0") {
		t.Errorf("searched: %s", got)
	}
	if got := eval[string](b, `document.querySelector("article").textContent`); !strings.Contains(got, "system 37") {
		t.Errorf("the search shows %q", got)
	}
	eval[any](b, set("q", `"Contract for system 37"`)+", null") // which the page has in curly marks
	eval[int](b, settled)
	if got := eval[string](b, `document.querySelector("article")?.textContent ?? ""`); !strings.Contains(got, "“Contract for system 37”") {
		t.Errorf("a search with quotation marks shows %q", got)
	}
	for _, id := range []string{"case-39", "d-38.2", "findings-37"} {
		eval[any](b, fmt.Sprintf(`location.hash = %q, null`, id))
		eval[int](b, settled)
		if !eval[bool](b, fmt.Sprintf(`document.getElementById(%q)?.checkVisibility() ?? false`, id)) {
			t.Errorf("a link to %s doesn't show it", id)
		}
	}
	b.quiet()
}

// BenchmarkLongReport measures what a report of 10,000 findings takes.
func BenchmarkLongReport(b *testing.B) {
	long := filepath.Join(b.TempDir(), "long")
	writeCases(b, long, 625)
	file := report(b, long+"/...")
	info, err := os.Stat(file)
	if err != nil {
		b.Fatal(err)
	}
	took := map[string][]float64{}
	for b.Loop() {
		tab := open(b, file, desktop)
		for name, at := range eval[map[string]float64](tab, `new Promise((r) => setTimeout(() => { const n = performance.getEntriesByType("navigation")[0]; r({ "first-paint-ms": performance.getEntriesByName("first-contentful-paint")[0].startTime, "filters-ms": performance.getEntriesByName("filters")[0].startTime, "all-read-ms": n.domContentLoadedEventEnd }) }, 500))`) {
			took[name] = append(took[name], at)
		}
		for name, action := range map[string]string{
			"outcome-ms": check("o", "fail"), "severity-ms": check("s", "high"), "topic-ms": set("t", "0"), "search-ms": set("q", "17 years"),
			"document-ms": set("d", ""), "clear-ms": `document.querySelector(".filters button").click()`,
		} {
			ms := eval[float64](tab, fmt.Sprintf(`new Promise((r) => { const start = performance.now(); %s; const wait = %t ? 130 : 1; setTimeout(() => requestAnimationFrame(() => setTimeout(() => r(performance.now() - start))), wait) })`, action, name == "search-ms"))
			took[name] = append(took[name], ms)
		}
		tab.close()
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB")
	for name, values := range took {
		slices.Sort(values)
		b.ReportMetric(values[len(values)/2], name)
	}
	b.ReportMetric(0, "ns/op")
}

// writeCases writes cases of ten claims on retention, 16 findings each.
func writeCases(t testing.TB, root string, cases int) {
	t.Helper()
	terms := []string{"name", "geolocation", "fingerprint", "email-address", "passport-number"}
	for n := range cases {
		var yaml strings.Builder
		fmt.Fprintf(&yaml, "case: {id: case-%d, title: System %d}\ndocuments:\n", n, n)
		fmt.Fprintf(&yaml, "  - {id: pia, kind: pia, title: Privacy impact assessment of system %d, path: pia.txt, url: 'https://www.example.gov/pia/system-%d.pdf', date: 2022-03}\n", n, n)
		fmt.Fprintf(&yaml, "  - {id: contract, kind: contract, title: Contract for system %d, path: contract.txt}\nclaims:\n", n)
		text := map[string]*bytes.Buffer{"pia": {}, "contract": {}}
		for i := range 10 {
			doc, years := [2]string{"pia", "contract"}[i%2], 1+(7*n+3*i)%20
			quote := fmt.Sprintf("Record group %d of system %d, which holds what participants gave at enrolment, is retained for %d years after the end of participation.", i, n, years)
			fmt.Fprintln(text[doc], quote)
			fmt.Fprintf(&yaml, "  - id: claim-%d\n    document: %s\n    topic: retention\n    modality: does\n    retention: {period: P%dY, data: [%s]}\n    citations: [{quote: %q, page: 1}]\n", i, doc, years, terms[i/2], quote)
		}
		write(t, filepath.Join(root, fmt.Sprintf("case-%05d", n)), map[string]string{"case.yaml": yaml.String(), "pia.txt": text["pia"].String(), "contract.txt": text["contract"].String()})
	}
}
