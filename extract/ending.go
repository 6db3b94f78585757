package extract

import "github.com/pia-check/pia-check/claims"

// What a statement on retention says of the end: what then happens to the data,
// and from when its length of time counts.

// endings are what verbs of retention say that happens at the end.
var endings = map[string]string{"destroy": "destroy", "return": "return", "anonymise": "anonymise"}

// starters are words behind a length of time that say from when it counts, and
// extensions those before one that counts from the end of another.
var (
	starters   = words("after from following since thereafter afterwards")
	extensions = words("plus + further additional another")
	longers    = words("more beyond later longer")
	relatives  = words("which that this then") // "after which" is after the time itself
)

// end adds to a statement on retention what its verb says that happens to the
// data, and that its length of time counts from an event that no term names.
func (f *finding) end(g *group, a *analysis) {
	if g != nil && g.negated && hasClass(g, "destroy") {
		delete(f.values, "disposition") // not destroyed before
	}
	if f.values["disposition"] == nil && g != nil && !g.negated {
		for _, class := range g.classes {
			if does := endings[class]; does != "" {
				f.values["disposition"] = does
			}
		}
	}
	if p, ok := f.values["period"].(claims.Period); !ok || p.Kind != claims.Temporal || f.values["from"] != nil {
		return
	}
	for _, c := range f.match.captures {
		if c.kind != "period" {
			continue
		}
		before, behind, which := "", "", false
		if c.start > 0 {
			before = a.tokens[c.start-1].text
		}
		if c.end < len(a.tokens) {
			behind = a.tokens[c.end].text
			which = c.end+1 < len(a.tokens) && relatives[a.tokens[c.end+1].text]
		}
		if starters[behind] && !which || longers[behind] || extensions[before] || before == "for" && c.start > 1 && (a.tokens[c.start-2].text == "and" || a.tokens[c.start-2].text == "plus") || before == "within" && behind == "of" {
			f.values["from"] = claims.StatedEvent
		}
	}
}
