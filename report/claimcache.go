package report

import "github.com/pia-check/pia-check/check"

// claimCache keeps what a format makes of a claim while a case is written.
type claimCache[T any] struct {
	made map[claimKey]T
}

// maxCachedClaims bounds what is kept.
const maxCachedClaims = 1000

// claimKey tells claims apart that differ in what any format shows of them.
type claimKey struct {
	id, document, topic, modality, review, says, file, quote string
	line, start, citations                                   int
}

func (c *claimCache[T]) clear() { clear(c.made) }

// get returns what was made of a claim, making it when it is new.
func (c *claimCache[T]) get(claim *check.Claim, make func(*check.Claim) (T, error)) (T, error) {
	key := claimKey{
		id: claim.ID, document: claim.Document.ID, topic: claim.Topic, modality: claim.Modality, review: claim.Review,
		says: claim.Says, file: claim.File, line: claim.Line, citations: len(claim.Citations),
	}
	if len(claim.Citations) > 0 {
		key.quote, key.start = claim.Citations[0].Quote, claim.Citations[0].Start
	}
	if have, ok := c.made[key]; ok {
		return have, nil
	}
	made, err := make(claim)
	if err != nil {
		return made, err
	}
	if c.made == nil || len(c.made) >= maxCachedClaims {
		c.made = map[claimKey]T{}
	}
	c.made[key] = made
	return made, nil
}
