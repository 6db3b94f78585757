package claims

import (
	"slices"

	"github.com/agnivade/levenshtein"
)

// nearest returns the candidate that s is most likely a slip for, "" when none
// is close: one letter of a short word may differ, two (as when neighbours are
// swapped) or a third of a longer one.
func nearest(s string, candidates []string) string {
	limit := 1
	if len(s) > 4 {
		limit = max(2, len(s)/3)
	}
	best, bestDistance := "", limit+1
	if len(s) > 64 { // no term is that long, and the distance is quadratic
		return ""
	}
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := levenshtein.ComputeDistance(s, c); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// didYouMean is nearest put as the end of an error message.
func didYouMean(s string, candidates []string) string {
	if near := nearest(s, candidates); near != "" {
		return "; did you mean \"" + near + "\"?"
	}
	return ""
}
