package document

import (
	"fmt"
	"strings"
	"testing"
)

func TestGaps(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		// Codes that stand for what is withheld.
		{"The contractor is (b)(6) of Houston.", "(b)(6)"},
		{"Call (b) (6), (b) (7)(C) at the field office.", "(b)(6), (b)(7)(C)"},
		{"The price is (b)(4) a month.", "(b)(4)"},
		{"(b)(7)(E)\nThe system alerts the officer.", "(b)(7)(E)"},
		{"(b)(6) was enrolled on May 3.", "(b)(6)"},
		{"The record is kept for [(b)(5)] years.", "(b)(5)"},
		{"reported by (b)(6);(b)(7)(C) on Monday", "(b)(6), (b)(7)(C)"},
		{"In 2019 (b)(6) signed it.", "(b)(6)"},
		{"The source (k)(2) told us. A file (j)(2) as well.", "(k)(2) | (j)(2)"},
		{"The ceiling is $1,500.00 (b)(4) each.", "(b)(4)"},
		{"Agent (b)(6)\nAgent (b)(6)", "(b)(6) | (b)(6)"},
		{"Approved (b)(6)(b)(7)(C) yesterday", "(b)(6), (b)(7)(C)"},
		{"Page 12\nWithheld pursuant to exemption\n(b)(5)\nof the Freedom of Information and Privacy Act", "(b)(5)"},
		{"Sent to (b)(3):50 U.S.C. 3024(i) for review", "(b)(3)"},
		{"(b)(5) - Deliberative process is why (b)(5)", "(b)(5) | (b)(5)"},
		{"(b)(1)", "(b)(1)"},
		// As OCR and people write them.
		{"met {b)(6} and (bX6) and (b)(7XC) there", "(b)(6) | (b)(6) | (b)(7)(C)"},
		{"met (b)(7)(c) there, also b(6) and (b)6 and (b)7(E).", "(b)(7)(C) | (b)(6) | (b)(6) | (b)(7)(E)"},
		{"met (6)(6) and (h)(7)(C) there", "(b)(6) | (b)(7)(C)"},
		{"met (b)(G) and (b)(?)(C) there", "(b)(6) | (b)(7)(C)"},
		{"Special Agent\nb6\nb7C\nreported", "(b)(6) | (b)(7)(C)"},
		{"The method b7E was used.", "(b)(7)(E)"},
		// Words and blocks.
		{"Mr. [REDACTED] called.", "-"}, {"Mr. [redacted - (b)(6)] called.", "(b)(6)"}, {"[Name withheld] called.", "-"},
		{"Mr. ███ ████ called.", "-"}, {"Mr. ████ (b)(6) called.", "(b)(6)"}, {"a fee of [***] a month, [* * *] a year", "- | -"},
		{"the officer (name redacted) said", "-"}, {"Mr. **REDACTED** called", "-"}, {"<REDACTED>", "-"}, {"[portion redacted under Exemption 5]", "-"},
		// References to the law.
		{"It is exempt under 5 U.S.C. 552(b)(5).", ""},
		{"5 U.S.C. § 552 (b)(6) applies; 5 USC 552a (k)(2) too.", ""},
		{"withheld under (b)(5) and (b)(7)(C)", ""},
		{"See paragraph (b)(4) of this clause.", ""},
		{"Exemptions (b)(6), (b)(7)(C), and (b)(7)(E) protect it.", ""},
		{"exempt from 5 U.S.C. 552a(c)(3), (d), (e)(1), (e)(4)(G), (H), and (I) and (f) pursuant to (k)(2)", ""},
		{"pursuant to 5 U.S.C. 552a(j)(2) and (k)(2)", ""},
		{"8 CFR 208.6(a), (b)(1) and (b)(2)", ""},
		{"as (b)(4) of this section says", ""},
		{"The (b)(5) exemption protects drafts.", ""},
		{"52.227-14(b)(1)", ""}, {"FAR 52.227-14 (b)(1)", ""}, {"(b)(1)(ii) Except", ""}, {"(b)(3)(A) says", ""},
		// Numbers of paragraphs.
		{"(a) Definitions. As used\n(b)(1) Except as provided, the Government has\n(2) The Contractor shall\n(c) Copyright.", ""},
		{"(b)(1) National defense\n(b)(2) Personnel rules and practices\n(b)(3) Other statutes forbid it", ""},
		{"(b)(6) - Personal privacy\n(b)(7)(C) - Personal privacy\n(b)(7)(E) - Techniques of investigation", ""},
		// Nothing at all.
		{"The vitamins B6 and b7; cell b6; (b) 6 months; 6(6); (a)(6); (k)(9)", ""},
		{"[redacted](https://example.com/a.pdf) [the redacted version is public] a redacted copy", ""},
		{"a footnote [*] and a █ and ■ a bullet and (b) and (6)", ""},
		{"REDACTED VERSION", ""},
		{"[***] = CERTAIN INFORMATION HAS BEEN OMITTED AND REPLACED WITH \u201c[***]\u201d.", ""},
		{"Codes in this response: (b)(4) (b)(5) (b)(6) (b)(7)(C) (b)(7)(E) (k)(2)", ""},
		{"Restricted: FOIA (b)(7)(E)", ""},
		{"(b)", ""}, {"b(", ""}, {"(b)(", ""}, {"(b)(6", ""},
	} {
		var got []string
		for _, m := range findOmissions(tc.text) {
			if m.exemption == "" {
				m.exemption = "-"
			}
			got = append(got, m.exemption)
		}
		if g := strings.Join(got, " | "); g != tc.want {
			t.Errorf("%q\n\tgot  %s\n\twant %s", tc.text, g, tc.want)
		}
	}
}

func TestGapPlaces(t *testing.T) {
	text := "Call (b)(6) or [REDACTED] now"
	var got []string
	for _, m := range findOmissions(text) {
		got = append(got, text[m.start:m.end])
	}
	if fmt.Sprint(got) != "[(b)(6) [REDACTED]]" {
		t.Errorf("got %q", got)
	}
}

func FuzzGaps(f *testing.F) {
	for _, s := range []string{"(b)(6), (b)(7)(C)", "5 U.S.C. 552(b)(5)", "[REDACTED] ███ b7E", "(b)(1) The\n(b)(2) The", "(bX6)b6(b)6"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, m := range findOmissions(text) {
			if m.start < end || m.end <= m.start || m.end > len(text) {
				t.Fatalf("mark %+v after %d in %q", m, end, text)
			}
			end = m.end
		}
	})
}

func BenchmarkGaps(b *testing.B) {
	text := strings.Repeat("The contractor (the \"Contractor\") shall keep the data under paragraph (b)(4) of this clause for 7 years.\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		findOmissions(text)
	}
}
