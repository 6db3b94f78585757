package extract

import (
	"path/filepath"
	"testing"

	"github.com/pia-check/pia-check/document"
)

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

// TestFixtures holds extraction against the labels of our own documents.
func TestFixtures(t *testing.T) {
	root := filepath.Join("..", "fixtures", "extraction")
	gold, problems := ReadGold(filepath.Join(root, "gold"))
	ev, more := Built().Evaluate(t.Context(), gold, root, document.NewReader(document.Options{}))
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	if ev.Dropped > 0 {
		t.Errorf("%d quotes don't stand", ev.Dropped)
	}
	if ev.Kinds[0] != ev.Kinds[1] {
		t.Errorf("%d of %d kinds are proposed as labelled", ev.Kinds[0], ev.Kinds[1])
	}
	for topic, s := range ev.ByTopic {
		if s.Precision() < 0.9 || s.Recall() < 0.9 {
			t.Errorf("%s: precision %.2f, recall %.2f", topic, s.Precision(), s.Recall())
		}
	}
}
