package extract

import "testing"

// TestRules holds the built-in rules against their own examples.
func TestRules(t *testing.T) {
	n, failures := Built().Test()
	for _, f := range failures {
		t.Error(f)
	}
	if n == 0 {
		t.Error("no examples")
	}
}
