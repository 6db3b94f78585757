package check

import (
	"testing"

	"github.com/pia-check/pia-check/claims"
)

// A finding keeps its fingerprint while only its place changes, and gets
// another one when what is claimed does.
func TestFingerprint(t *testing.T) {
	p, err := claims.ParsePeriod("P7Y")
	if err != nil {
		t.Fatal(err)
	}
	make := func(change func(f *Finding, c *claims.Claim)) string {
		c := &claims.Claim{ID: "a", Topic: "retention", Modality: "does", Values: map[string]any{"period": p, "data": []string{"name"}}}
		f := &Finding{Policy: "RET-001", Message: "m", Claims: []Claim{
			{ID: "a", Document: Document{ID: "pia", Title: "T", Path: "p"}, Topic: "retention", Modality: "does", claim: c, Citations: []Citation{{Quote: "q", Page: 1}}},
			{ID: "b", Document: Document{ID: "record"}, Topic: "retention", Modality: "may", claim: &claims.Claim{}},
		}}
		change(f, c)
		return fingerprint("case", f)
	}
	first := make(func(*Finding, *claims.Claim) {})
	for name, change := range map[string]func(f *Finding, c *claims.Claim){
		"message":   func(f *Finding, _ *claims.Claim) { f.Message = "other words" },
		"claim id":  func(f *Finding, _ *claims.Claim) { f.Claims[0].ID = "z" },
		"order":     func(f *Finding, _ *claims.Claim) { f.Claims[0], f.Claims[1] = f.Claims[1], f.Claims[0] },
		"page":      func(f *Finding, _ *claims.Claim) { f.Claims[0].Citations[0].Page = 9 },
		"quote":     func(f *Finding, _ *claims.Claim) { f.Claims[0].Citations[0].Quote = "as scanned anew" },
		"file":      func(f *Finding, _ *claims.Claim) { f.Claims[0].Document.Path = "moved" },
		"title":     func(f *Finding, _ *claims.Claim) { f.Claims[0].Document.Title = "renamed" },
		"does/must": func(f *Finding, _ *claims.Claim) { f.Claims[0].Modality = "must" },
	} {
		if make(change) != first {
			t.Errorf("changed with the %s", name)
		}
	}
	for name, change := range map[string]func(f *Finding, c *claims.Claim){
		"policy":   func(f *Finding, _ *claims.Claim) { f.Policy = "RET-003" },
		"period":   func(_ *Finding, c *claims.Claim) { c.Values["period"] = "P8Y" },
		"data":     func(_ *Finding, c *claims.Claim) { c.Values["data"] = []string{"alias"} },
		"polarity": func(f *Finding, _ *claims.Claim) { f.Claims[0].Modality = "does-not" },
		"document": func(f *Finding, _ *claims.Claim) { f.Claims[0].Document.ID = "sorn" },
		"clause":   func(_ *Finding, c *claims.Claim) { c.Clause = "far-52.224-2" },
	} {
		if make(change) == first {
			t.Errorf("did not change with the %s", name)
		}
	}
}
