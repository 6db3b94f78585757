package claims

import (
	"strings"
	"testing"
)

func TestParsePeriod(t *testing.T) {
	for _, tc := range []struct {
		in       string
		kind     PeriodKind
		min, max float64 // days; both 0 for no bounds
		text     string
	}{
		{"P7Y", Temporal, 2555, 2557, "7 years"}, // 1897-03 to 1904-02 holds no 29 February
		{"P84M", Temporal, 2555, 2557, "7 years"},
		{"P1Y", Temporal, 365, 366, "1 year"},
		{"P1M", Temporal, 28, 31, "1 month"},
		{"P2M", Temporal, 59, 62, "2 months"},
		{"P18M", Temporal, 546, 550, "18 months"},
		{"P400Y", Temporal, 146097, 146097, "400 years"},
		{"P30D", Temporal, 30, 30, "30 days"},
		{"P2W", Temporal, 14, 14, "14 days"},
		{"PT72H", Temporal, 3, 3, "3 days"},
		{"PT12H", Temporal, 0.5, 0.5, "12 hours"},
		{"P1Y6M10DT1H", Temporal, 546 + 10 + 1.0/24, 550 + 10 + 1.0/24, "18 months, 10 days and 1 hour"},
		{"P0D", Temporal, 0, 0, "no time"},
		{"R5", FixedOccurrences, 0, 0, "5 times"},
		{"R2/P1Y", FixedOccurrences, 730, 731, "2 times 1 year"},
		{"2030-12-31", UntilTime, 0, 0, "until 31 December 2030"},
		{"indefinite", Endless, 0, 0, "indefinitely"},
		{"permanent", Endless, 0, 0, "permanently"},
		{"life-of-contract", UntilEvent, 0, 0, "for the life of the contract"},
		{"until-no-longer-needed", Indeterminate, 0, 0, "until no longer needed"},
		{"unspecified", Indeterminate, 0, 0, "for an unstated time"},
	} {
		p, err := ParsePeriod(tc.in)
		if err != nil {
			t.Errorf("%s: %v", tc.in, err)
			continue
		}
		min, max, _ := p.Bounds()
		if p.Kind != tc.kind || min != tc.min || max != tc.max || p.Text() != tc.text {
			t.Errorf("%s: got %s [%v, %v] %q, want %s [%v, %v] %q", tc.in, p.Kind, min, max, p.Text(), tc.kind, tc.min, tc.max, tc.text)
		}
	}
}

func TestParsePeriodErrorsSayWhatToWrite(t *testing.T) {
	for in, want := range map[string]string{
		"7 yrs":                   "write P7Y",
		"7 years":                 "write P7Y",
		"seven (7) years":         "write P7Y",
		"90 days":                 "write P90D",
		"6 months":                "write P6M",
		"48 hours":                "write PT48H",
		"p7y":                     "write P7Y",
		"indefinitely":            "did you mean indefinite?",
		"P":                       "write for example P7Y",
		"P1YT":                    "not an ISO 8601 duration",
		"P1.5Y":                   "not an ISO 8601 duration",
		"-P1Y":                    "not an ISO 8601 duration",
		"P99999Y":                 "longer than 10,000 years",
		"P99999999999999999999Y":  "longer than 10,000 years",
		"R99999999/P1Y":           "repeats too often",
		"R0":                      "repeats too often or never",
		"2030-13-01":              "not an ISO 8601 duration",
		"until no longer needed.": "did you mean until-no-longer-needed?",
	} {
		_, err := ParsePeriod(in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want an error with %q", in, err, want)
		}
	}
}

func TestCompareDurations(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want Order
	}{
		{"P7Y", "P84M", Equal},
		{"P7Y", "P6Y", Longer},
		{"P1Y", "P365D", Unknown},
		{"P1Y", "P366D", Unknown},
		{"P1Y", "P367D", Shorter},
		{"P1Y", "P364D", Longer},
		{"P30D", "P1M", Unknown},
		{"P27D", "P1M", Shorter},
		{"P32D", "P1M", Longer},
		{"P7Y1D", "P7Y", Longer},
		{"P7Y", "P7YT1S", Shorter},
		{"P1Y30D", "P13M", Unknown}, // what they share, a year, is taken away first
		{"P1Y32D", "P13M", Longer},
		{"PT72H", "P3D", Equal},
		{"P1W", "P7D", Equal},
		{"P100Y", "P36524D", Unknown},
		{"P400Y", "P146097D", Equal},
		{"R2/P6M", "P1Y", Equal},
	} {
		a, err := ParsePeriod(tc.a)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ParsePeriod(tc.b)
		if err != nil {
			t.Fatal(err)
		}
		if got := CompareDurations(a, b); got != tc.want {
			t.Errorf("%s against %s: got %s, want %s", tc.a, tc.b, got, tc.want)
		}
		reverse := map[Order]Order{Shorter: Longer, Longer: Shorter, Equal: Equal, Unknown: Unknown}[tc.want]
		if got := CompareDurations(b, a); got != reverse {
			t.Errorf("%s against %s: got %s, want %s", tc.b, tc.a, got, reverse)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"P7Y", "R5/P1Y", "2030-01-01", "7 yrs", "P1Y2M3W4DT5H6M7S", "indefinite"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err != nil {
			return
		}
		if again, err := ParsePeriod(p.Written); err != nil || again != p {
			t.Errorf("%q reads as %+v, then as %+v, %v", s, p, again, err)
		}
		if min, max, ok := p.Bounds(); ok && (min < 0 || max < min) {
			t.Errorf("%q: bounds %v, %v", s, min, max)
		}
		if p.Text() == "" {
			t.Errorf("%q has no text", s)
		}
	})
}
