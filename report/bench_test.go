package report

import (
	"fmt"
	"io"
	"testing"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// manyFindings is a case of n failing findings, each over two claims.
func manyFindings(n int) *check.Result {
	r := &check.Result{Path: "cases/many", File: "cases/many/case.yaml", Dir: "cases/many", ID: "many", Title: "Many findings"}
	pia := check.Document{ID: "pia", Kind: "pia", Side: claims.Public, Title: "The assessment", Path: "documents/pia.txt", URL: "https://agency.example/pia.pdf"}
	contract := check.Document{ID: "contract", Kind: "contract", Side: claims.Binding, Title: "The contract", Path: "documents/contract.txt"}
	r.Documents = []check.Document{pia, contract}
	for i := range n {
		claim := func(d check.Document, line int) check.Claim {
			return check.Claim{
				ID: fmt.Sprintf("%s-%d", d.ID, i), Document: d, Topic: "retention", Modality: "does", Review: "accepted",
				Values: map[string]any{"period": "P7Y", "kind": "temporal", "text": "for 7 years", "says": "personal data is kept for 7 years"},
				Says:   "personal data is kept for 7 years", File: r.File, Line: line, Column: 5,
				Citations: []check.Citation{{Quote: "Data is kept for seven years after the end of participation.", Page: 3, Section: "5.1", Start: 100 * i, End: 100*i + 60, Match: "exact"}},
			}
		}
		r.Findings = append(r.Findings, check.Finding{
			Policy: "RET-001", Title: "Data is kept longer than the public was told", Severity: check.Severities[i%4], Topic: "retention", Outcome: check.Fail,
			Message:     "The privacy impact assessment “The assessment” says that personal data is kept for 7 years; the contract “The contract” provides that personal data is kept for 9 years.",
			Fingerprint: fmt.Sprintf("%032x", i), Claims: []check.Claim{claim(pia, 2*i+1), claim(contract, 2*i+2)},
		})
	}
	return r
}

// BenchmarkFormats measures what a finding costs in each format.
func BenchmarkFormats(b *testing.B) {
	r := manyFindings(1000)
	s := check.Of(r)
	for _, f := range Formats {
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				w := f.New(io.Discard, Options{})
				if err := w.Case(r, s); err != nil {
					b.Fatal(err)
				}
				if err := w.Close(nil, s); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000/1000, "µs/finding")
		})
	}
}
