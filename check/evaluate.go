package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/pia-check/pia-check/claims"
)

func (e *Engine) evaluate(ctx context.Context, i int, input ast.Value, c *claims.Case, byID map[string]int) ([]Finding, claims.Problems) {
	p := &e.Policies[i]
	var problems claims.Problems
	limited, cancel := context.WithTimeout(ctx, e.Timeout)
	defer cancel()
	sets, err := e.queries[i].eval(limited, input)
	if err != nil {
		problems.Addf(p.errorPos(err), "policy %s on case %q: %s", p.ID, c.ID, e.evalError(limited, err))
		return nil, problems
	}
	var findings []Finding
	for _, outcome := range policyOutcomes {
		for _, m := range members(sets.Get(outcomeKeys[outcome])) {
			f, err := e.finding(p, outcome, m, c, byID)
			if err != nil {
				problems.Addf(p.pos, "policy %s on case %q: %v", p.ID, c.ID, err)
				continue
			}
			findings = append(findings, f)
		}
	}
	if len(problems) > 0 {
		return nil, problems // a policy that is wrong once is not believed the other times
	}
	if len(findings) == 0 {
		findings = []Finding{p.notApplicable()}
	}
	sortFindings(findings)
	number(findings, c.ID)
	return findings, nil
}

func (p *Policy) errorPos(err error) claims.Pos {
	var te *topdown.Error
	if errors.As(err, &te) && te.Location != nil && te.Location.File != "" {
		return position(te.Location)
	}
	return p.pos
}

func (e *Engine) evalError(ctx context.Context, err error) string {
	if ctx.Err() == context.DeadlineExceeded || topdown.IsCancel(err) {
		return fmt.Sprintf("took longer than %s and was stopped; make it cheaper or raise --timeout", e.Timeout)
	}
	var te *topdown.Error
	if errors.As(err, &te) {
		return te.Message
	}
	return err.Error()
}

func (p *Policy) notApplicable() Finding {
	return Finding{Policy: p.ID, Title: p.Title, Severity: p.Severity, Topic: p.Topic, Outcome: NotApplicable}
}

// finding turns one member of a policy's set into a finding. The policy names
// claims; their citations are attached here, so that no policy can make one up.
func (e *Engine) finding(p *Policy, outcome Outcome, member *ast.Term, c *claims.Case, byID map[string]int) (Finding, error) {
	m, ok := member.Value.(ast.Object)
	if !ok {
		return Finding{}, fmt.Errorf("%s holds %v; a member must be {\"message\": ..., \"claims\": [claim ids]}", outcome, member)
	}
	message := text(m.Get(messageKey))
	if strings.TrimSpace(message) == "" {
		return Finding{}, fmt.Errorf("%s holds a member without a message", outcome)
	}
	for _, key := range m.Keys() {
		if !key.Equal(messageKey) && !key.Equal(claimsKey) {
			return Finding{}, fmt.Errorf("%s holds a member with the unknown key %v; a member has message and claims only", outcome, key)
		}
	}
	ids := members(m.Get(claimsKey))
	if len(ids) == 0 {
		return Finding{}, fmt.Errorf("%s names no claim (message: %q); every finding must rest on a claim's citation", outcome, message)
	}
	f := p.notApplicable()
	f.Outcome, f.Message, f.Claims = outcome, message, make([]Claim, 0, len(ids))
	redacted := false
	for _, id := range ids {
		name := text(id)
		i, exists := byID[name]
		if !exists {
			return Finding{}, fmt.Errorf("%s names the claim %v, which the case doesn't have (message: %q)", outcome, id, message)
		}
		if slices.ContainsFunc(f.Claims, func(have Claim) bool { return have.ID == name }) {
			continue
		}
		cl := &c.Claims[i]
		fc, err := e.newClaim(cl, c)
		if err != nil {
			return Finding{}, err
		}
		fc.order = i
		f.Claims = append(f.Claims, fc)
		redacted = redacted || cl.Redacted
		f.Unreviewed = f.Unreviewed || cl.Review == "draft"
	}
	if redacted && (outcome == Fail || outcome == Pass) {
		f.Outcome = Review
		f.Message += " The passage that would decide this is withheld, so a person must."
	}
	if e.RequireReviewed && f.Unreviewed && (f.Outcome == Fail || f.Outcome == Pass) {
		f.Outcome = Review
	}
	return f, nil
}

func (e *Engine) newClaim(cl *claims.Claim, c *claims.Case) (Claim, error) {
	d := c.Document(cl.Document)
	if d == nil {
		return Claim{}, fmt.Errorf("claim %q has no document", cl.ID)
	}
	out := Claim{
		ID: cl.ID, Topic: cl.Topic, Modality: cl.Modality, Review: cl.Review, Redacted: cl.Redacted, claim: cl,
		Document: newDocument(d), File: cl.Pos.File, Line: cl.Pos.Line, Column: cl.Pos.Column,
	}
	if cl.ImpliedBy != "" {
		clause := e.Vocabulary.List("clauses").Terms[cl.Clause]
		out.Implied = &Implied{Claim: cl.ImpliedBy, Clause: clause.Number + ", " + clause.Title}
	}
	out.Citations = make([]Citation, 0, len(cl.Citations))
	for _, cit := range cl.Citations {
		at := cit.Verified
		if at == nil {
			return Claim{}, fmt.Errorf("claim %q has a citation that was not verified", cl.ID)
		}
		o := Citation{
			Quote: cit.Quote, Page: at.Page, PageLabel: at.Label, Section: at.Section, Start: at.Start, End: at.End,
			Match: at.Match, Similarity: at.Similarity, Confidence: at.Confidence,
		}
		if at.EndPage != at.Page {
			o.EndPage, o.EndPageLabel = at.EndPage, at.EndLabel
		}
		out.Citations = append(out.Citations, o)
	}
	if len(out.Citations) == 0 {
		return Claim{}, fmt.Errorf("claim %q has no citation", cl.ID)
	}
	return out, nil
}

// sortFindings orders one policy's findings by outcome, then by the order of
// their claims in the case, then by message.
func sortFindings(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int {
		if d := slices.Index(policyOutcomes, a.Outcome) - slices.Index(policyOutcomes, b.Outcome); d != 0 {
			return d
		}
		if d := slices.CompareFunc(a.Claims, b.Claims, func(x, y Claim) int { return x.order - y.order }); d != 0 {
			return d
		}
		return strings.Compare(a.Message, b.Message)
	})
}
