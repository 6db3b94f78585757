package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pia-check/pia-check/claims"
)

// maxCitations is how many citations one claim collects.
const maxCitations = 8

// merger joins claims that say the same into one with several citations.
type merger struct {
	list  []claims.Claim
	index map[string]int
}

func (m *merger) add(c claims.Claim) {
	key := signature(&c)
	i, said := m.index[key]
	if !said {
		m.index[key] = len(m.list)
		m.list = append(m.list, c)
		return
	}
	have := &m.list[i]
	have.Redacted = have.Redacted && c.Redacted
	if c.Extracted.Confidence > have.Extracted.Confidence {
		have.Extracted = c.Extracted
	}
	for _, cit := range c.Citations {
		repeated := slices.ContainsFunc(have.Citations, func(h claims.Citation) bool { return h.Start < cit.End && cit.Start < h.End })
		if !repeated && len(have.Citations) < maxCitations {
			have.Citations = append(have.Citations, cit)
		}
	}
}

// signature is what a claim says, for comparison with another: its topic,
// modality and values, in which the order of lists means nothing.
func signature(c *claims.Claim) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", c.Topic, c.Modality)
	topic := claims.TopicOf(c.Topic)
	if topic == nil {
		return b.String()
	}
	for _, f := range topic.Fields {
		switch v := c.Values[f.Name].(type) {
		case nil:
		case []string:
			fmt.Fprintf(&b, " %s=%s", f.Name, strings.Join(slices.Sorted(slices.Values(v)), ","))
		case claims.Period:
			fmt.Fprintf(&b, " %s=%s", f.Name, v.Written)
		default:
			fmt.Fprintf(&b, " %s=%v", f.Name, v)
		}
	}
	return b.String()
}
