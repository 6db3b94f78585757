package claims

import (
	"strings"
	"testing"
)

func TestReadDrafts(t *testing.T) {
	v := DefaultVocabulary()
	drafts, err := ReadDrafts("prog", []byte(`{"version": 1, "claims": [
		{"topic": "retention", "modality": "does", "review": "accepted", "retention": {"period": "P7Y", "data": "voice-print"}, "citations": [{"quote": "kept \ud83d\ude00 for\t7 years", "page": 3}]},
		{"topic": "retention", "modality": "does", "retention": {"period": "7 yrs"}, "citations": [{"quote": "q"}]},
		{"topic": "retention", "modality": "does", "retention": {"period": "P1Y"}},
		"nothing"
	]}`), v)
	if err != nil || len(drafts) != 4 {
		t.Fatalf("%d drafts, %v", len(drafts), err)
	}
	good := drafts[0]
	if len(good.Problems) > 0 || good.Review != "draft" || good.Citations[0].Quote != "kept 😀 for\t7 years" || good.Citations[0].Page != 3 || good.Values["period"].(Period).Written != "P7Y" {
		t.Errorf("got %+v", good)
	}
	for i, want := range []string{"", `"7 yrs" is not an ISO 8601 duration`, "has no citations", "must be a mapping"} {
		if got := drafts[i].Problems.Error(); want != "" && !strings.Contains(got, want) {
			t.Errorf("claim %d: %q, want %q", i+1, got, want)
		}
	}
	for text, want := range map[string]string{
		``:                            "ends too early",
		`{"version": 1, "claims": [`:  "ends too early",
		`{"version": 1} x`:            "goes on behind",
		`{"version": 1,}`:             "not JSON",
		`no`:                          "not JSON",
		`{"version": 2}`:              `version "2" is not 1`,
		`{"claims": []}`:              `version "" is not 1`,
		`{"version": 1, "claim": 1}`:  `unknown key "claim"`,
		`[]`:                          "must be a mapping",
		`{"version": 1, "claims": 7}`: "claims must be a list",
	} {
		if drafts, err := ReadDrafts("prog", []byte(text), v); err == nil || !strings.Contains(err.Error(), want) || drafts != nil {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func FuzzReadDrafts(f *testing.F) {
	f.Add([]byte(`{"version": 1, "claims": [{"topic": "use", "modality": "may", "use": {"purposes": ["audit"]}, "citations": [{"quote": "q"}]}]}`))
	f.Add([]byte(`{"version": 1, "claims": [{"a": "\u0000\ud800"}, null, [1e999]]}`))
	v := DefaultVocabulary()
	f.Fuzz(func(_ *testing.T, text []byte) {
		_, _ = ReadDrafts("prog", text, v)
	})
}
