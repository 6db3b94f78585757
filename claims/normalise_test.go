package claims

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// facts is the whole input of a case in plain form.
func facts(t *testing.T, c *Case) map[string]any {
	t.Helper()
	plain, err := ast.JSON(Normalise(c, DefaultVocabulary(), nil))
	if err != nil {
		t.Fatal(err)
	}
	return plain.(map[string]any)
}

// compared loads claims of the documents pia, faq, contract and record, and
// returns how the comparisons of a topic read, one a line.
func compared(t *testing.T, topic, claims string) string {
	t.Helper()
	c, problems := Load(write(t, map[string]string{"case.yaml": `case: {id: x, title: X}
documents:
  - {id: old, kind: pia, title: Old, path: p, date: 2020}
  - {id: pia, kind: pia, title: PIA, path: p, date: 2023-03, supersedes: old}
  - {id: faq, kind: statement, title: FAQ, path: p}
  - {id: contract, kind: contract, title: Contract, path: p, date: 2022}
  - {id: record, kind: foia-record, title: Record, path: p, date: 2023}
claims:
` + claims}), DefaultVocabulary())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var lines []string
	for _, e := range facts(t, c)["comparisons"].(map[string]any)[topic].([]any) {
		entry := e.(map[string]any)
		line := fmt.Sprint(entry["claim"], at1(entry), ":")
		for _, o := range entry["with"].([]any) {
			other := o.(map[string]any)
			relation, err := json.Marshal(other["relation"])
			if err != nil {
				t.Fatal(err)
			}
			line += fmt.Sprint(" ", other["claim"], at1(other), strings.ReplaceAll(string(relation), `"`, ""))
			if u := other["unbounded"].([]any); len(u) > 0 {
				line += fmt.Sprint(" unbounded", u)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func at1(m map[string]any) string {
	b, err := json.Marshal(m["at"])
	if err != nil {
		return err.Error()
	}
	return strings.ReplaceAll(string(b), `"`, "")
}

func claimLine(id, document, topic, modality, values string) string {
	return fmt.Sprintf("  - {id: %s, document: %s, topic: %s, modality: %s, %s: {%s}, citations: [{quote: q}]}\n", id, document, topic, modality, topic, values)
}

func TestComparisons(t *testing.T) {
	for _, tc := range []struct{ name, topic, claims, want string }{
		{"a voice print is biometric data", "collection",
			claimLine("p", "pia", "collection", "does", "data: biometric") + claimLine("r", "record", "collection", "does", "data: [voice-print, name]"),
			"p{data:biometric}:\nr{data:voice-print}: p{data:biometric}{data:narrower,date:unknown}\nr{data:name}:"},
		{"telling of personal data tells nothing", "collection",
			claimLine("p", "pia", "collection", "does", "data: personal-data") + claimLine("r", "contract", "collection", "must", "data: name"),
			"p{data:personal-data}:\nr{data:name}: p{data:personal-data}{data:narrower,date:earlier} unbounded[data]"},
		{"retention without data is about all", "retention",
			claimLine("p", "pia", "retention", "does", "period: P7Y, from: collection") + claimLine("r", "record", "retention", "may", "period: P84M, from: collection, data: name"),
			"p{data:personal-data}:\nr{data:name}: p{data:personal-data}{data:narrower,date:unknown,duration:equal} unbounded[data]"},
		{"different starts", "retention",
			claimLine("p", "pia", "retention", "does", "period: P7Y, from: collection") + claimLine("r", "faq", "retention", "does", "period: P7Y, from: case-closure"),
			"p{data:personal-data}:\nr{data:personal-data}: p{data:personal-data}{data:equal,date:unknown,duration:different-start}"},
		{"two stated events are never the same", "retention",
			claimLine("p", "pia", "retention", "does", "period: P7Y, from: stated-event") + claimLine("r", "faq", "retention", "does", "period: P7Y, from: stated-event"),
			"p{data:personal-data}:\nr{data:personal-data}: p{data:personal-data}{data:equal,date:unknown,duration:different-start}"},
		{"deleting on request is no limit", "retention",
			claimLine("p", "pia", "retention", "does", "period: P30D, from: request") + claimLine("r", "faq", "retention", "does", "period: P7Y"),
			"p{data:personal-data}:\nr{data:personal-data}: p{data:personal-data}{data:equal,date:unknown,duration:different-start}"},
		{"life of contract is until its end", "retention",
			claimLine("p", "pia", "retention", "does", "period: life-of-contract") + claimLine("r", "contract", "retention", "must", "period: until-event, until: end-of-contract"),
			"p{data:personal-data}:\nr{data:personal-data}: p{data:personal-data}{data:equal,date:earlier,duration:equal}"},
		{"shortest and longest stand for all", "retention",
			claimLine("a", "pia", "retention", "does", "period: P5Y") + claimLine("b", "pia", "retention", "does", "period: P3Y") + claimLine("c", "pia", "retention", "does", "period: P9Y") +
				claimLine("r", "record", "retention", "does", "period: P8Y"),
			"a{data:personal-data}:\nb{data:personal-data}:\nc{data:personal-data}:\nr{data:personal-data}: b{data:personal-data}{data:equal,date:unknown,duration:longer} c{data:personal-data}{data:equal,date:unknown,duration:shorter}"},
		{"no sale touches sale, not use", "rights",
			claimLine("p", "faq", "rights", "must-not", "acts: sell") + claimLine("r", "contract", "rights", "may", "rights: unlimited, holder: ice, acts: [use, disclose]"),
			"p{action:sell}:\nr{action:use,entity:ice}:\nr{action:disclose,entity:ice}: p{action:sell}{action:broader,date:unknown,entity:unstated}"},
		{"not continuous leaves check-ins standing", "tracking",
			claimLine("p", "faq", "tracking", "does-not", "triggers: continuous") + claimLine("r", "record", "tracking", "does", "triggers: [check-in, continuous], mode: capability"),
			"p{condition:continuous}:\nr{condition:check-in}:\nr{condition:continuous}: p{condition:continuous}{condition:equal,data:unstated,date:unknown,mode:broader}"},
		{"purposes of sharing as a set", "sharing",
			claimLine("p", "pia", "sharing", "does", "recipients: dhs, purposes: [law-enforcement]") + claimLine("r", "record", "sharing", "does", "recipients: ice, purposes: [removal, marketing]"),
			"p{entity:dhs}:\nr{entity:ice}: p{entity:dhs}{data:unstated,date:unknown,entity:narrower,purpose:overlapping}"},
		{"names compare without case", "coverage",
			claimLine("p", "pia", "coverage", "does", "systems: SmartLINK") + claimLine("r", "record", "coverage", "does", "systems: [smartlink, Veri-Watch]"),
			"p{entity:smartlink}:\nr{entity:smartlink}: p{entity:smartlink}{date:unknown,entity:equal}\nr{entity:veri-watch}:"},
		{"superseded claims no longer speak", "use",
			claimLine("o", "old", "use", "does", "purposes: audit") + claimLine("r", "record", "use", "does", "purposes: audit"),
			"r{purpose:audit}:"},
		{"repeats in one document fold", "use",
			claimLine("p", "pia", "use", "does", "purposes: audit") + claimLine("q", "pia", "use", "does", "purposes: audit") + claimLine("r", "record", "use", "does", "purposes: audit") + claimLine("s", "record", "use", "may", "purposes: audit"),
			"p{purpose:audit}:\nr{purpose:audit}: p{purpose:audit}{data:unstated,date:unknown,purpose:equal}"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := compared(t, tc.topic, tc.claims); got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func TestRejectedAndDraftClaims(t *testing.T) {
	c, problems := Load(write(t, map[string]string{"case.yaml": head + `claims:
  - {id: a, document: pia, topic: use, modality: does, review: rejected, use: {purposes: audit}, citations: [{quote: q}]}
  - {id: b, document: pia, topic: use, modality: does, review: draft, use: {purposes: audit}, citations: [{quote: q}]}
`}), DefaultVocabulary())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	claims := facts(t, c)["claims"].([]any)
	if len(claims) != 1 || claims[0].(map[string]any)["review"] != "draft" {
		t.Errorf("got %v", claims)
	}
}

func TestRelateDates(t *testing.T) {
	for _, tc := range [][3]string{
		{"2023-03", "2023-03", "same"}, {"2022", "2023-03", "earlier"}, {"2023-04-01", "2023-03", "later"},
		{"2023", "2023-03", "unknown"}, {"", "2023", "unknown"},
	} {
		if got := relateDates(tc[0], tc[1]); got != tc[2] {
			t.Errorf("%s against %s: %s, want %s", tc[0], tc[1], got, tc[2])
		}
	}
}
