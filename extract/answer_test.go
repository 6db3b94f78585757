package extract

import (
	"context"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/document"
)

func TestQuestionsWithBareAnswers(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"1.1 Does the system collect Social Security numbers?\n\nNo.\n", "collection (does-not): data social-security-number"},
		{"1.1 Does the system collect Social Security numbers?\n\nYes.\n", "collection (does): data social-security-number"},
		{"1.2 Are fingerprints collected?\n\nYes\n", "collection (does): data fingerprint"},
		{"1.2a Is the data encrypted?\n\nYes\n", "safeguard (does): measures encryption"},
		{"1.3 Does the project use information from commercial sources? If so, explain why.\n\nNo.\n", "source (does-not): sources commercial-source"},
		{"1.3a Will the photographs be used to watch readers?\n\nNo.\n", "use (does-not): purposes stated-purpose; data photograph"},
		{"1.3b Does the system collect Social Security numbers?\n\n- [ ] Yes\n- [X] No\n", "collection (does-not): data social-security-number"},
		{"1.3c Does the system collect Social Security numbers?\n\n- [ ] No\n- [X] Yes\n", "collection (does): data social-security-number"},
		{"1.4 Does the system encrypt the data?\n\nNo, it does not.\n", ""},
		{"1.5 Does the system collect Social Security numbers?\n\nThe system does so in some cases.\n", ""},
		{"1.6 What does the system collect?\n\nNo.\n", ""},
	} {
		d, err := document.Parse(context.Background(), "form.md", []byte("# Privacy Impact Assessment\n\n## "+test.text), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range Built().Extract(d, "pia").Claims {
			got = append(got, Describe(&c))
			if quote := c.Citations[0].Quote; !strings.Contains(quote, "?") {
				t.Errorf("%q: quote %q leaves the question out", test.text, quote)
			}
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%q gives %q, want %q", test.text, got, test.want)
		}
	}
}
