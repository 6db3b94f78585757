package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// htmlBars shows periods side by side, all to one scale.
type htmlBars struct {
	Scale     string
	Documents []htmlBarsOf
	longest   float64 // days
}

// htmlBarsOf is the bars of one document.
type htmlBarsOf struct {
	Document *htmlDocument
	Rows     []htmlBar
}

// htmlBar is one period. Width is in percent of the scale; a period without end
// goes to the end of it, one that ends at an event has none.
type htmlBar struct {
	Says    string
	Width   string
	Endless bool
	days    float64
}

// period enters the period of a claim, of whatever topic has one; the values
// are those that claims.Vocabulary.Describe gives.
func (b *htmlBuilder) period(c *check.Claim) {
	kind, _ := c.Values["kind"].(string)
	if _, ok := c.Values["text"].(string); !ok || kind == "" {
		return
	}
	row := htmlBar{Says: c.Says, days: -1}
	if days, ok := c.Values["days"].(map[string]any); ok {
		row.days, _ = strconv.ParseFloat(fmt.Sprint(days["max"]), 64) // a number of whatever Go type
		b.bars.longest = max(b.bars.longest, row.days)
	} else if claims.PeriodKind(kind) == claims.Endless {
		row.Endless, row.days = true, math.Inf(1)
	}
	d := b.of(c)
	i := slices.IndexFunc(b.bars.Documents, func(have htmlBarsOf) bool { return have.Document == d })
	if i < 0 {
		i = len(b.bars.Documents)
		b.bars.Documents = append(b.bars.Documents, htmlBarsOf{Document: d})
	}
	rows := &b.bars.Documents[i].Rows
	if !slices.ContainsFunc(*rows, func(have htmlBar) bool { return have.Says == row.Says }) {
		*rows = append(*rows, row)
	}
}

// scaled returns the bars, public documents first, the shortest period of each
// first; nil when there are less than two periods to compare.
func (b *htmlBuilder) scaled() *htmlBars {
	bars, n := &b.bars, 0
	for _, d := range bars.Documents {
		n += len(d.Rows)
		slices.SortStableFunc(d.Rows, func(x, y htmlBar) int { return cmp.Compare(x.days, y.days) })
		for i := range d.Rows {
			row := &d.Rows[i]
			switch {
			case row.Endless:
				row.Width = "100%"
			case row.days > 0:
				// A period without end must look longer than the longest that has one.
				row.Width = fmt.Sprintf("%.1f%%", max(85*row.days/bars.longest, 0.5))
			}
		}
	}
	if n < 2 {
		return nil
	}
	slices.SortStableFunc(bars.Documents, func(x, y htmlBarsOf) int {
		return slices.Index(claims.Sides, x.Document.Side) - slices.Index(claims.Sides, y.Document.Side)
	})
	bars.Scale = "Bars are to scale; an arrow stands for a period without end."
	return bars
}
