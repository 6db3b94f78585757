package extract

// ruled reports a verb of a relative clause in a sentence that lays down a duty:
// "shall carry tablets that log their position".
func (a *analysis) ruled(g *group) bool {
	if g == nil || g.start == 0 || a.tokens[g.start-1].text != "that" && a.tokens[g.start-1].text != "which" {
		return false
	}
	for i := range a.groups {
		if duty := &a.groups[i]; duty.end <= g.start && (duty.mood == obliged || duty.mood == future) {
			return !duty.negated
		}
	}
	return false
}
