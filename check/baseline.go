package check

import (
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// Compare marks the findings of a result by how they stand to those of an
// earlier run of the case (nil when there was none), and lists those that are
// gone in r.Absent.
//
// A finding is the same when its fingerprint is, and an updated one when the
// same comparison was made before with other values. A failure whose
// counterpart didn't fail is new all the same: that is what a build should
// break on.
func Compare(r, earlier *Result) {
	r.Describe()
	for i := range r.Findings {
		r.Findings[i].Baseline, r.Findings[i].Was = "", nil
	}
	b := baseline{byPrint: map[string]*Finding{}, byKey: map[string][]*Finding{}, gone: map[*Finding]bool{}}
	if earlier != nil {
		earlier.Describe()
		b.add(earlier.Findings)
	}
	var left []*Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Outcome == NotApplicable {
			f.Baseline = Unchanged // no news, whatever was there before
			continue
		}
		old := b.byPrint[f.Fingerprint]
		if old == nil {
			left = append(left, f)
			continue
		}
		delete(b.gone, old)
		if f.Baseline = Unchanged; old.Outcome != f.Outcome {
			f.change(old)
		}
	}
	// What has a fingerprint of its own is settled; the rest looks for the same
	// comparison among what seems gone.
	for _, f := range left {
		f.Baseline = New
		if old := b.counterpart(f); old != nil {
			delete(b.gone, old)
			f.change(old)
		}
	}
	r.Absent = nil
	if earlier == nil || len(r.Problems) > 0 { // what wasn't evaluated isn't gone
		return
	}
	for i := range earlier.Findings {
		if f := &earlier.Findings[i]; b.gone[f] {
			gone := *f
			gone.Baseline, gone.Was = Absent, nil
			r.Absent = append(r.Absent, gone)
		}
	}
}

// Gone returns what is left of a case that the later run doesn't have: its
// findings, absent.
func Gone(earlier *Result) *Result {
	r := &Result{Path: earlier.Path, Dir: earlier.Dir, ID: earlier.ID, Title: earlier.Title}
	Compare(r, earlier)
	return r
}

// change marks a finding that isn't what its counterpart was.
func (f *Finding) change(old *Finding) {
	f.Baseline = Updated
	if f.Outcome == Fail && old.Outcome != Fail {
		f.Baseline = New
	}
	f.Was = &Was{Outcome: old.Outcome, Severity: old.Severity, Message: old.Message}
}

// baseline holds the findings of the earlier run.
type baseline struct {
	byPrint map[string]*Finding
	byKey   map[string][]*Finding // by what they compare, and by their claims' ids
	gone    map[*Finding]bool     // until their counterpart is met
}

func (b *baseline) add(findings []Finding) {
	for i := range findings {
		f := &findings[i]
		if f.Outcome == NotApplicable {
			continue
		}
		b.gone[f] = true
		b.byPrint[f.Fingerprint] = f
		for _, key := range keys(f) {
			b.byKey[key] = append(b.byKey[key], f)
		}
	}
}

// counterpart returns a finding that made the same comparison and seems gone.
func (b *baseline) counterpart(f *Finding) *Finding {
	for _, key := range keys(f) {
		list := b.byKey[key]
		for len(list) > 0 && !b.gone[list[0]] {
			list = list[1:]
		}
		b.byKey[key] = list
		for _, old := range list {
			if b.gone[old] && covers(old, f) {
				return old
			}
		}
	}
	return nil
}

// keys are what a finding and its counterpart share: the terms that are
// compared, of which documents; or else the claims by their ids.
func keys(f *Finding) []string {
	var compared, ids []string
	for _, c := range subject(f) {
		part := c.Document.ID + " " + c.Topic + " " + claims.Polarity(c.Modality)
		for _, field := range compares(c) {
			part += " " + field + "=" + strings.Join(slices.Sorted(slices.Values(terms(c.Values[field]))), ",")
		}
		compared, ids = append(compared, part), append(ids, c.ID)
	}
	slices.Sort(compared)
	slices.Sort(ids)
	return []string{f.Policy + "\x00" + strings.Join(compared, "\x00"), f.Policy + "\x01" + strings.Join(ids, "\x01")}
}

// compares returns the fields of a claim whose terms are compared.
func compares(c *Claim) (fields []string) {
	if topic := claims.TopicOf(c.Topic); topic != nil {
		for i := range topic.Fields {
			if topic.Fields[i].Role != "" {
				fields = append(fields, topic.Fields[i].Name)
			}
		}
	}
	return fields
}

// subject returns the claims that a finding is about: those of the binding and
// the observed side, which are held against what the public was told, and all
// of a finding about public documents alone.
func subject(f *Finding) []*Claim {
	var all, held []*Claim
	for i := range f.Claims {
		c := &f.Claims[i]
		if all = append(all, c); c.Document.Side != claims.Public {
			held = append(held, c)
		}
	}
	if held == nil {
		return all
	}
	return held
}

// covers reports whether every claim that the later finding is about was the
// subject of the earlier one already: said by the same document, of no other
// terms. How long, how much and under which status may differ.
func covers(earlier, later *Finding) bool {
	before := subject(earlier)
	for _, c := range subject(later) {
		if !slices.ContainsFunc(before, func(old *Claim) bool {
			return old.Topic == c.Topic && claims.Polarity(old.Modality) == claims.Polarity(c.Modality) &&
				sameDocument(&old.Document, &c.Document) && sameImplied(old, c) && noOtherTerms(old, c)
		}) {
			return false
		}
	}
	return true
}

// sameDocument: under the same name, or the same file under another.
func sameDocument(a, b *Document) bool {
	return a.ID == b.ID || a.SHA256 != "" && a.SHA256 == b.SHA256
}

func sameImplied(a, b *Claim) bool {
	return (a.Implied == nil) == (b.Implied == nil) && (a.Implied == nil || a.Implied.Clause == b.Implied.Clause)
}

// noOtherTerms reports whether the later claim names, in the dimensions of the
// comparison, only what the earlier one named. Where a topic has no such
// dimensions, only the claim's id tells what it is about.
func noOtherTerms(earlier, later *Claim) bool {
	fields := compares(later)
	if fields == nil {
		return earlier.ID == later.ID
	}
	for _, field := range fields {
		before, after := terms(earlier.Values[field]), terms(later.Values[field])
		if len(after) == 0 && len(before) > 0 { // a claim that names none speaks of all
			return false
		}
		for _, t := range after {
			if !slices.Contains(before, t) {
				return false
			}
		}
	}
	return true
}

// terms returns the terms of a plain value, be it one or several.
func terms(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		list := make([]string, 0, len(value))
		for _, v := range value {
			if s, ok := v.(string); ok {
				list = append(list, s)
			}
		}
		return list
	}
	return nil
}
