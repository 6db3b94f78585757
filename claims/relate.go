package claims

import (
	"cmp"
	"strings"
)

// Relation is how one term or set of terms stands to another, after the
// semantic relations of PolicyLint (Andow et al., USENIX Security 2019).
type Relation string

// The relations. Overlapping terms share a narrower term though neither
// contains the other; Disjoint ones share nothing.
const (
	RelEqual       Relation = "equal"
	RelNarrower    Relation = "narrower"
	RelBroader     Relation = "broader"
	RelOverlapping Relation = "overlapping"
	RelUnstated    Relation = "unstated"
	RelDisjoint    Relation = "disjoint"
)

// Relate says how term a stands to term b: narrower when b is an ancestor of a.
// Two that a document states in words that no term has may be the same or not.
func (l *TermList) Relate(a, b string) Relation {
	ta, tb := l.Terms[a], l.Terms[b]
	switch {
	case ta != nil && tb != nil:
		return ta.relate(tb)
	case a == b:
		return RelEqual
	}
	return RelDisjoint
}

func (t *Term) relate(other *Term) Relation {
	switch {
	case t == other && Unnamed(t.ID):
		return RelOverlapping
	case t == other:
		return RelEqual
	case t.lineage[other.ID]:
		return RelNarrower
	case other.lineage[t.ID]:
		return RelBroader
	}
	small, large := t.descendant, other.descendant
	if len(small) > len(large) {
		small, large = large, small
	}
	for d := range small {
		if large[d] {
			return RelOverlapping
		}
	}
	return RelDisjoint
}

// relateSets relates two sets of terms: a is narrower than b when each of its
// terms is equal to or narrower than one of b.
func (l *TermList) relateSets(a, b []string) Relation {
	if len(a) == 0 || len(b) == 0 {
		return RelUnstated
	}
	touch := false
	inside := func(as, bs []string) bool {
		all := true
		for _, x := range as {
			within := false
			for _, y := range bs {
				rel := l.Relate(x, y)
				touch = touch || rel != RelDisjoint
				within = within || rel == RelEqual || rel == RelNarrower
			}
			all = all && within
		}
		return all
	}
	aInB, bInA := inside(a, b), inside(b, a)
	switch {
	case aInB && bInA:
		return RelEqual
	case aInB:
		return RelNarrower
	case bInA:
		return RelBroader
	case touch:
		return RelOverlapping
	}
	return RelDisjoint
}

// relateModes orders a practice below the capability to do it.
func relateModes(a, b string) Relation {
	switch {
	case a == b:
		return RelEqual
	case a == "practice":
		return RelNarrower
	}
	return RelBroader
}

// relateDates says whether a document is earlier or later than another. Dates
// may be a year or a month only; what these leave open is unknown.
func relateDates(a, b string) string {
	short := min(len(a), len(b))
	switch {
	case short == 0:
		return "unknown"
	case a == b:
		return "same"
	case a[:short] < b[:short]:
		return "earlier"
	case a[:short] > b[:short]:
		return "later"
	}
	return "unknown"
}

// relateRetention says how the retention of claim a stands to that of b. Where
// one leaves the starting event out, the lengths are compared as they stand.
func relateRetention(a, b *Claim) string {
	p, ok1 := a.Values["period"].(Period)
	q, ok2 := b.Values["period"].(Period)
	switch {
	case ok1 && p.Kind == Indeterminate, ok2 && q.Kind == Indeterminate:
		return "vague"
	case !ok1 || !ok2: // a denial has no period
		return string(RelUnstated)
	case endEvent(p, a) == StatedEvent, endEvent(q, b) == StatedEvent:
		return "vague"
	}
	_, _, pBounded := p.Bounds()
	_, _, qBounded := q.Bounds()
	from1, _ := a.Values["from"].(string)
	from2, _ := b.Values["from"].(string)
	switch {
	case p.Kind == Endless && q.Kind == Endless:
		return string(Equal)
	case p.Kind == Endless:
		return string(Longer)
	case q.Kind == Endless:
		return string(Shorter)
	case pBounded && qBounded && startApart(from1, from2):
		return "different-start"
	case pBounded && qBounded:
		return string(CompareDurations(p, q))
	case p.Kind == UntilTime && q.Kind == UntilTime:
		return [...]string{string(Shorter), string(Equal), string(Longer)}[p.Until.Compare(q.Until)+1]
	case p.Kind == UntilEvent && q.Kind == UntilEvent && endEvent(p, a) == endEvent(q, b):
		return string(Equal)
	case p.Kind == FixedOccurrences && q.Kind == FixedOccurrences && !pBounded && !qBounded:
		return [...]string{string(Shorter), string(Equal), string(Longer)}[cmp.Compare(p.Times, q.Times)+1]
	}
	return "different-kind"
}

// startApart reports whether two periods start at different events. One that
// leaves its start out may start at the other's, unless that is a request: to
// delete data within 30 days of one says nothing of how long it is kept without.
func startApart(a, b string) bool {
	if a == "" || b == "" {
		return a == onRequest || b == onRequest
	}
	return a != b || a == StatedEvent
}

const onRequest = "request"

// Unnamed reports whether a term, such as stated-purpose, stands for one that a
// document states and that the vocabulary has no name for.
func Unnamed(term string) bool { return strings.HasPrefix(term, "stated-") }

// StatedEvent stands for an event that no term names: only a person can tell
// whether two are the same.
const StatedEvent = "stated-event"

func endEvent(p Period, c *Claim) string {
	if p.Written == "life-of-contract" {
		return "end-of-contract"
	}
	until, _ := c.Values["until"].(string)
	return until
}
