package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

var terms = []string{"name", "geolocation", "fingerprint", "email-address", "passport-number"}

// writeCases writes folders of one case each, with retention claims of two
// documents about the same data and every quote in its document.
func writeCases(root string, cases, claimsPerCase int) error {
	for n := range cases {
		dir := filepath.Join(root, fmt.Sprintf("case-%05d", n))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		var yaml strings.Builder
		fmt.Fprintf(&yaml, "case:\n  id: case-%d\n  title: Case %d\ndocuments:\n", n, n)
		fmt.Fprint(&yaml, "  - {id: pia, kind: pia, title: The assessment, path: pia.txt}\n  - {id: contract, kind: contract, title: The contract, path: contract.txt}\nclaims:\n")
		text := map[string]*strings.Builder{"pia": {}, "contract": {}}
		for i := range claimsPerCase {
			doc := [2]string{"pia", "contract"}[i%2]
			years := 1 + (7*n+3*i)%20
			quote := fmt.Sprintf("Record group %d is retained for %d years.", i, years)
			fmt.Fprintln(text[doc], quote)
			fmt.Fprintf(&yaml, "  - id: claim-%d\n    document: %s\n    topic: retention\n    modality: does\n    retention: {period: P%dY, data: [%s]}\n    citations:\n      - {quote: %q, page: 1}\n",
				i, doc, years, terms[i/2%len(terms)], quote)
		}
		for name, content := range map[string]string{"case.yaml": yaml.String(), "pia.txt": text["pia"].String(), "contract.txt": text["contract"].String()} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// scaling evaluates every built-in policy over cases of more and more claims of
// its topic and prints what each takes.
func scaling() error {
	set, problems := check.LoadPolicies(true)
	if err := problems.Err(); err != nil {
		return err
	}
	ctx := context.Background()
	v := claims.DefaultVocabulary()
	sizes := []int{200, 2_000, 20_000}
	took := map[string][]cost{}
	for _, p := range set.List {
		e, err := check.NewEngine(ctx, set.Only(p.ID), v, 10*time.Minute)
		if err != nil {
			return err
		}
		for _, size := range sizes {
			c := manyClaims(v, p.Topic, size)
			input := e.Input(c)
			if p.ID == "RET-001" { // one for all: the policies share what they see
				took["(its input)"] = append(took["(its input)"], costOf(func() { e.Input(c) }))
			}
			var wrong claims.Problems
			took[p.ID] = append(took[p.ID], costOf(func() { _, wrong = e.EvaluateInput(ctx, c, input, 1) }))
			if len(wrong) > 0 {
				return wrong
			}
		}
	}
	tw := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(tw, "policy\t")
	for _, size := range sizes {
		fmt.Fprintf(tw, "%d claims\t", size)
	}
	fmt.Fprint(tw, "100 times the claims take\tand allocate\t\n")
	row := func(name string) {
		fmt.Fprintf(tw, "%s\t", name)
		for _, c := range took[name] {
			fmt.Fprintf(tw, "%.1f\t", ms(c.time))
		}
		least, most := took[name][0], took[name][len(sizes)-1]
		fmt.Fprintf(tw, "%.0f times\t%.0f times\t\n", most.time.Seconds()/least.time.Seconds(), float64(most.allocations)/float64(least.allocations))
	}
	for _, p := range set.List {
		row(p.ID)
		if p.ID == "RET-001" {
			row("(its input)")
		}
	}
	return tw.Flush()
}

// cost is what something takes: processor time with the collection of its
// garbage, and allocations, which caches and other programs don't sway.
type cost struct {
	time        time.Duration
	allocations uint64
}

// costOf returns the cost of f: the better of two means, each over a tenth of a
// second or more.
func costOf(f func()) cost {
	best := cost{time: math.MaxInt64}
	for range 2 {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start, rounds := cpuTime(), 0
		for cpuTime()-start < 100*time.Millisecond {
			f()
			rounds++
		}
		took := (cpuTime() - start) / time.Duration(rounds)
		runtime.ReadMemStats(&after)
		best = cost{min(best.time, took), (after.Mallocs - before.Mallocs) / uint64(rounds)}
	}
	return best
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// distinct is how many terms of each vocabulary the claims use: a case with
// more claims says more often what it is about, not about ever more.
const distinct = 30

// manyClaims makes a case with claims of a topic by public, binding and observed
// documents, and some of every other topic.
func manyClaims(v *claims.Vocabulary, topic string, n int) *claims.Case {
	c := &claims.Case{ID: "many", Title: "Many claims", Documents: []claims.Document{
		{ID: "pia", Kind: "pia", Title: "The assessment", Path: "pia.txt", Date: "2023"},
		{ID: "faq", Kind: "statement", Title: "The FAQ", Path: "faq.txt", Date: "2023"},
		{ID: "contract", Kind: "contract", Title: "The contract", Path: "contract.txt", Date: "2022"},
		{ID: "record", Kind: "foia-record", Title: "The record", Path: "record.txt", Date: "2024"},
	}}
	topics := claims.Topics()
	for i := range n {
		t, round := topics[i%len(topics)], i/len(topics)
		if own := claims.TopicOf(topic); own != nil && i%5 > 0 {
			t, round = *own, i
		}
		modality := "does"
		if round%7 == 0 {
			modality = "does-not"
		}
		values := map[string]any{}
		for j, f := range t.Fields {
			k := round/len(c.Documents) + j
			switch f.Type {
			case "terms":
				ids := v.List(f.Vocabulary).IDs()
				values[f.Name] = []string{ids[k%min(len(ids), distinct)]}
			case "term":
				if f.Name == "clause" || f.Name == "incident" && round%3 > 0 || f.Name == "until" {
					continue
				}
				ids := v.List(f.Vocabulary).IDs()
				values[f.Name] = ids[(k/5)%min(len(ids), distinct)]
			case "names":
				values[f.Name] = []string{fmt.Sprintf("System %d", k%distinct)}
			case "enum":
				values[f.Name] = f.Values[k%len(f.Values)]
			case "period":
				p, err := claims.ParsePeriod([]string{"P1Y", "P7Y", "P90D", "indefinite", "P75Y"}[k%5])
				if err != nil {
					panic(err)
				}
				values[f.Name] = p
			case "string":
				values[f.Name] = fmt.Sprintf("%s %d", f.Name, k%distinct)
			}
		}
		c.Claims = append(c.Claims, claims.Claim{
			ID: fmt.Sprintf("claim-%d", i), Document: c.Documents[round%len(c.Documents)].ID, Topic: t.Name,
			Modality: modality, Review: "accepted", Values: values,
			Citations: []claims.Citation{{Quote: "x", Verified: &claims.Place{Page: 1, EndPage: 1, End: 1, Match: "exact"}}},
		})
	}
	return c
}
