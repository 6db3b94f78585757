package extract

import (
	"strings"
	"testing"
)

func values(a *analysis, kind string) string {
	var list []string
	for _, v := range a.values {
		if v.kind == kind {
			list = append(list, v.text)
		}
	}
	return strings.Join(list, " ")
}

func TestPeriods(t *testing.T) {
	tests := []struct{ text, want string }{
		{"seven (7) years", "P7Y"},
		{"seventy-five (75) years", "P75Y"},
		{"kept for one hundred years", "P100Y"},
		{"a period of 18 months", "P18M"},
		{"6 years and 3 months", "P6Y3M"},
		{"one and a half years", "P1Y6M"},
		{"thirty (30) calendar days", "P30D"},
		{"30-90 days", "P90D"},
		{"from 30 to 90 days", "P90D"},
		{"no sooner than 30 days but no later than 1 year", "P1Y"},
		{"minimum of 60 days, maximum of 180 days", "P180D"},
		{"for at least 30 days, and at most 90 days", "P90D"},
		{"a 15-year retention period", "P15Y"},
		{"3 year(s)", "P3Y"},
		{"72 hours", "PT72H"},
		{"five (6) years", ""}, // the word and the figure differ
		{"persons under 16 years of age", ""},
		{"two years ago", ""},
		{"Destroy when 3 years old", "P3Y"},
		{"purges messages that are more than two years old", "P2Y"},
		{"applicants who are at least 18 years old", ""},
		{"kept indefinitely", "indefinite"},
		{"records are permanent", "permanent"},
		{"lawful permanent residents", ""},
		{"permanently deleted", ""},
		{"for the life of the contract", "life-of-contract"},
		{"for the duration of this Agreement", "life-of-contract"},
		{"until no longer needed for law enforcement purposes", "until-no-longer-needed"},
		{"for as long as is necessary", "until-no-longer-needed"},
		{"no longer than necessary", "until-no-longer-needed"},
	}
	for _, tt := range tests {
		if got := values(Built().analyse(tt.text), "period"); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestIdentifiers(t *testing.T) {
	tests := []struct{ text, kind, want string }{
		{"under N1-567-09-002, item 3", "schedule", "N1-567-09-002, item 3"},
		{"see DAA-0567-2015-0001-0004.", "schedule", "DAA-0567-2015-0001-0004"},
		{"General Records Schedule (GRS) 3.2, item 031", "schedule", "GRS 3.2, item 031"},
		{"GRS 20", "schedule", "GRS 20"},
		{"FAR 52.224-1, DFARS 252.227-7013 and HSAR 3052.204-71", "clause", "52.224-1 252.227-7013 3052.204-71"},
		{"version 52.24-1", "clause", ""},
	}
	for _, tt := range tests {
		if got := values(Built().analyse(tt.text), tt.kind); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestEvents(t *testing.T) {
	tests := []struct{ text, want string }{
		{"after the end of the contract", "end-of-contract"},
		{"upon expiration or termination of this Agreement", "end-of-contract"},
		{"20 years after case closure", "case-closure"},
		{"when the investigation is closed", "case-closure"},
		{"once the account has been deactivated", "account-termination"},
		{"after the employee leaves the agency", "separation"},
		{"from the date of last action", "last-action"},
		{"at the end of the fiscal year", "end-of-fiscal-year"},
		{"when superseded or obsolete", "superseded"},
	}
	for _, tt := range tests {
		found := ""
		for _, m := range Built().analyse(tt.text).mentions {
			if m.list == "events" && (found == "" || m.id == tt.want) {
				found = m.id
			}
		}
		if found != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, found, tt.want)
		}
	}
}

func TestModality(t *testing.T) {
	tests := []struct{ text, kind, want string }{
		{"Names are collected.", "pia", "does"},
		{"The agency will collect names.", "pia", "does"},
		{"The contractor will collect names.", "contract", "must"},
		{"Names may be collected.", "pia", "may"},
		{"The contractor shall collect names.", "contract", "must"},
		{"The contractor is required to collect names.", "contract", "must"},
		{"The contractor is prohibited from collecting names.", "contract", "must-not"},
		{"The system does not collect names.", "pia", "does-not"},
		{"No names are collected.", "pia", "does-not"},
		{"The system collects no names.", "pia", "does-not"},
		{"The contractor may not collect names.", "contract", "must-not"},
		{"Names cannot be collected.", "pia", "does-not"},
		{"In no event may the contractor collect names.", "contract", "must-not"},
		{"The contractor agrees to: not collect names", "contract", "must-not"},
		{"The contractor undertakes to: (a) keep records; (b) not collect names", "contract", "must-not"},
		{"The contractor is prohibited from: (a) collecting names", "contract", "must-not"},
		{"The contractor shall ensure that names are collected.", "contract", "must"},
		{"Ensure that names are collected.", "contract", "must"},
		{"Names are collected by persons authorized to collect names.", "contract", "does"},
	}
	x := Built()
	for _, tt := range tests {
		a := x.analyse(tt.text)
		if len(a.groups) == 0 {
			t.Errorf("%q has no verb", tt.text)
			continue
		}
		if got := modalityOf(&a.groups[len(a.groups)-1], a, &matched{end: len(a.tokens)}, tt.kind); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestListsAndExceptions(t *testing.T) {
	tests := []struct{ text, want string }{
		{"names, dates of birth, and e-mail addresses", "name date-of-birth email-address"},
		{"names and photographs, other than those of children", "name photograph"},
		{"names, excluding Social Security numbers; photographs", "name photograph"},
		{"names but not fingerprints", "name"},
		{"driver’s license numbers", "driver-licence-number"},
		{"an A-Number", "alien-number"},
	}
	for _, tt := range tests {
		a := Built().analyse(tt.text)
		terms, _ := a.collect("data", 0)
		if got := strings.Join(terms, " "); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestForeign(t *testing.T) {
	english := "The data that we collect is kept for as long as it is needed for the purposes of this notice, and is not shared with any other person. "
	german := "Die Daten, die wir erheben, werden so lange gespeichert, wie es für die Zwecke dieser Erklärung nötig ist, und nicht an andere weitergegeben. "
	x := Built()
	if got := x.Foreign(strings.Repeat(english, 3)); got != "" {
		t.Errorf("English is %q", got)
	}
	if got := x.Foreign(strings.Repeat(german, 3)); got != "German" {
		t.Errorf("German is %q", got)
	}
	if got := x.Foreign("Die Daten"); got != "" {
		t.Errorf("two words are %q", got)
	}
}
