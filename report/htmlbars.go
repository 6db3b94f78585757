package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// htmlBars shows periods side by side, all to one scale.
type htmlBars struct {
	Scale   string
	Rows    []htmlBar
	longest float64 // days
}

// htmlBar is one document's period. Width is in percent of the scale; a period
// without end goes to the end of it, one that ends at an event has none.
type htmlBar struct {
	Side                   claims.Side
	SideLabel, Title, Says string
	Anchor                 string // of the document
	Width                  string
	Endless                bool
	days                   float64
}

// period enters the period of a claim, of whatever topic has one; the values
// are those that claims.Vocabulary.Describe gives.
func (b *htmlBuilder) period(c *check.Claim) {
	kind, _ := c.Values["kind"].(string)
	if _, ok := c.Values["text"].(string); !ok || kind == "" {
		return
	}
	d := b.of(c)
	row := htmlBar{Side: d.Side, SideLabel: d.SideLabel, Title: d.Title, Says: c.Says, Anchor: d.Anchor, days: -1}
	if days, ok := c.Values["days"].(map[string]any); ok {
		row.days, _ = days["max"].(float64)
		b.bars.longest = max(b.bars.longest, row.days)
	} else if claims.PeriodKind(kind) == claims.Endless {
		row.Endless, row.days = true, math.Inf(1)
	}
	same := func(have htmlBar) bool { return have.Anchor == row.Anchor && have.Says == row.Says }
	if !slices.ContainsFunc(b.bars.Rows, same) {
		b.bars.Rows = append(b.bars.Rows, row)
	}
}

// scaled returns the bars, the longest last; nil when there are less than two
// to compare.
func (b *htmlBuilder) scaled() *htmlBars {
	bars := &b.bars
	if len(bars.Rows) < 2 {
		return nil
	}
	slices.SortStableFunc(bars.Rows, func(x, y htmlBar) int {
		return cmp.Or(slices.Index(claims.Sides, x.Side)-slices.Index(claims.Sides, y.Side), cmp.Compare(x.days, y.days))
	})
	for i := range bars.Rows {
		row := &bars.Rows[i]
		switch {
		case row.Endless:
			row.Width = "100%"
		case row.days > 0:
			// A period without end must look longer than the longest that has one.
			row.Width = fmt.Sprintf("%.2f%%", max(85*row.days/bars.longest, 0.5))
		}
	}
	bars.Scale = "Bars are to scale; an arrow stands for a period without end."
	return bars
}
