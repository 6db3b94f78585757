package claims

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBuiltInVocabulary(t *testing.T) {
	v, problems := buildVocabulary(nil)
	if len(problems) > 0 {
		t.Fatal(problems.Error())
	}
	if n := len(v.List("data").Terms); n < 80 {
		t.Errorf("%d data categories, want at least 80", n)
	}
	for _, clause := range []string{
		"far-52.224-1", "far-52.224-2", "far-52.224-3", "far-52.227-14", "far-52.227-17", "far-52.239-1",
		"dfars-252.227-7013", "dfars-252.227-7014", "hsar-3052.204-71", "hsar-3052.204-72",
	} {
		term := v.List("clauses").Terms[clause]
		if term == nil || term.Number == "" || term.Title == "" || term.Source == "" || len(term.implied) == 0 {
			t.Errorf("clause %s is not whole: %+v", clause, term)
		}
	}
}

func TestRelate(t *testing.T) {
	v := DefaultVocabulary()
	for _, tc := range []struct {
		list, a, b string
		want       Relation
	}{
		{"data", "voice-print", "voice-print", RelEqual},
		{"purposes", "stated-purpose", "stated-purpose", RelOverlapping}, // two that no term has
		{"data", "voice-print", "biometric", RelNarrower},
		{"data", "biometric", "voice-print", RelBroader},
		{"data", "voice-print", "facial-image", RelDisjoint},
		{"data", "biometric", "photograph", RelOverlapping}, // a facial image is both
		{"data", "pregnancy", "medical-information", RelNarrower},
		{"data", "contact-phone-number", "phone-number", RelDisjoint}, // the contacts' numbers are not the person's
		{"actors", "ice", "dhs", RelNarrower},
		{"actors", "fbi", "law-enforcement-agency", RelNarrower},
		{"actors", "lexisnexis", "commercial-source", RelNarrower},
		{"triggers", "video-call", "continuous", RelNarrower},
		{"rights", "limited", "unlimited", RelNarrower},
		{"rights", "unlimited", "restricted", RelBroader},
		{"purposes", "sanctuary-enforcement", "law-enforcement", RelNarrower},
	} {
		if got := v.List(tc.list).Relate(tc.a, tc.b); got != tc.want {
			t.Errorf("%s against %s: %s, want %s", tc.a, tc.b, got, tc.want)
		}
	}
}

func TestRelateSets(t *testing.T) {
	l := DefaultVocabulary().List("data")
	for _, tc := range []struct {
		a, b string
		want Relation
	}{
		{"voice-print,iris-scan", "biometric", RelNarrower},
		{"biometric", "voice-print,iris-scan", RelBroader},
		{"name,email-address", "email-address,name", RelEqual},
		{"name,email-address", "name,geolocation", RelOverlapping},
		{"name", "geolocation", RelDisjoint},
		{"", "geolocation", RelUnstated},
	} {
		if got := l.relateSets(fields(tc.a), fields(tc.b)); got != tc.want {
			t.Errorf("%s against %s: %s, want %s", tc.a, tc.b, got, tc.want)
		}
	}
}

func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
}

func TestUsersVocabulary(t *testing.T) {
	for _, tc := range []struct{ name, file, want string }{
		{"adds a term", "vocabulary: data\nterms:\n  retinal-vein: {parents: [biometric], forms: [vein map]}\n", ""},
		{"adds a vocabulary", "vocabulary: ships\nterms: {frigate: {}}\n", ""},
		{"adds a form", "vocabulary: data\nterms:\n  voice-print: {forms: [vocal signature]}\n", ""},
		{"cycle", "vocabulary: data\nterms:\n  a1: {parents: [b1]}\n  b1: {parents: [a1]}\n", "v.yaml:3:3: the parents of term \"a1\" form a cycle: a1 -> b1 -> a1"},
		{"cycle through ours", "vocabulary: data\nterms:\n  biometric: {parents: [voice-print]}\n", "form a cycle"},
		{"unknown parent", "vocabulary: data\nterms:\n  a1: {parents: [biometrik]}\n", `v.yaml:3:3: term "a1": parent "biometrik" is no term of vocabulary "data"; did you mean "biometric"?`},
		{"unknown key", "vocabulary: data\nterms:\n  a1: {parent: [biometric]}\n", `v.yaml:3:8: term "a1": unknown key "parent"; did you mean "parents"?`},
		{"taken form", "vocabulary: data\nterms:\n  a1: {forms: [voiceprint]}\n", `belongs to`},
		{"changes ours", "vocabulary: data\nterms:\n  name: {label: ship}\n", "exists with another label"},
		{"bad id", "vocabulary: data\nterms:\n  A 1: {}\n", "write it in lower case with hyphens"},
		{"no vocabulary", "terms: {a1: {}}\n", `no "vocabulary"`},
		{"no terms", "vocabulary: data\n", `has no "terms"`},
		{"broken", "vocabulary: [\n", "not valid YAML"},
		{"a list", "- a\n", "must be a mapping"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "v.yaml")
			if err := os.WriteFile(file, []byte(tc.file), 0o644); err != nil {
				t.Fatal(err)
			}
			_, problems := LoadVocabulary(file)
			if tc.want == "" && len(problems) > 0 || !strings.Contains(problems.Error(), tc.want) {
				t.Errorf("got %v, want %q", problems, tc.want)
			}
		})
	}
	if _, problems := LoadVocabulary("no-such-file.yaml"); !strings.Contains(problems.Error(), "no-such-file.yaml: no such file") {
		t.Errorf("got %v", problems)
	}
	if DefaultVocabulary().List("data").Terms["retinal-vein"] != nil {
		t.Error("a user's file changed the built-in vocabulary")
	}
}
