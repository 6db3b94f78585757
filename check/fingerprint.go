package check

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// fingerprintVersion changes with the recipe, so that fingerprints of two
// recipes are never taken for each other.
const fingerprintVersion = "2"

// fingerprint identifies a finding across runs. It holds what is claimed: the
// case, the policy, and of each claim its document's id, its topic, polarity
// and values. It leaves out what moves without a change of meaning: claim ids,
// their order in the file, paths, lines, pages, quotes, sums, titles and the
// message; terms in another order and P84M for P7Y say the same. The id of a
// document is its name in the case, whatever file or edition stands behind it:
// who renames it makes another finding (which a baseline shows as updated, as
// long as the file is the same).
func fingerprint(caseID string, f *Finding) string {
	parts := make([]string, 0, len(f.Claims))
	for i := range f.Claims {
		parts = append(parts, statement(&f.Claims[i]))
	}
	slices.Sort(parts)
	sum := sha256.Sum256([]byte(fingerprintVersion + "\x00" + caseID + "\x00" + f.Policy + "\x00" + strings.Join(parts, "\x01")))
	return hex.EncodeToString(sum[:16])
}

// statement renders what a claim says, in the one form of all that say it.
func statement(fc *Claim) string {
	b := make([]byte, 0, 256)
	for _, s := range []string{fc.Document.ID, fc.Topic, claims.Polarity(fc.Modality), fc.claim.Clause} {
		b = append(append(b, s...), 0)
	}
	for _, key := range slices.Sorted(maps.Keys(fc.claim.Values)) {
		b = append(append(b, key...), '=')
		switch value := fc.claim.Values[key].(type) {
		case claims.Period:
			b = append(b, periodStatement(value)...)
		case string:
			b = append(b, value...)
		case []string:
			for _, s := range slices.Sorted(slices.Values(value)) {
				b = append(append(b, s...), 2)
			}
		default:
			b = fmt.Append(b, value) // maps are written with sorted keys
		}
		b = append(b, 0)
	}
	return string(b)
}

func periodStatement(p claims.Period) string {
	if p.Kind == claims.Temporal || p.Kind == claims.FixedOccurrences {
		return fmt.Sprintf("%d times %d months %d seconds", max(p.Times, 1), p.Months, p.Seconds)
	}
	return p.Written
}

// number gives the findings their fingerprints; those that say the same of the
// same claims are told apart by their messages' order.
func number(findings []Finding, caseID string) {
	if len(findings) == 1 {
		findings[0].Fingerprint = fingerprint(caseID, &findings[0])
		return
	}
	same := map[string][]*Finding{}
	for i := range findings {
		fp := fingerprint(caseID, &findings[i])
		findings[i].Fingerprint = fp
		same[fp] = append(same[fp], &findings[i])
	}
	for fp, list := range same {
		slices.SortStableFunc(list, func(a, b *Finding) int { return strings.Compare(a.Message, b.Message) })
		for n, f := range list[1:] {
			f.Fingerprint = fmt.Sprintf("%s-%d", fp, n+2)
		}
	}
}
