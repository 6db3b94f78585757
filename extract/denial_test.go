package extract

import (
	"slices"
	"strings"
	"testing"
)

// Only what a document itself denies is a denial: one that is none fails a case
// by CON-001.
func TestDenials(t *testing.T) {
	for text, denied := range map[string]string{
		"The office does not share names with contractors.":                                                 "sharing",
		"It does not collect, nor share, personal information (save for the IP address).":                   "",
		"The clerks have no access to the reading room, or to names stored there.":                          "",
		"Where the app is deleted, names are not removed from the server.":                                  "",
		"Recipients may not disseminate the names further without the approval of the office.":              "",
		"We never make lists of names or give them to advertisers.":                                         "sharing",
		"At no time, in its own name or as an agent, does the vendor release or sell names to advertisers.": "sharing",
		"We do not use cookies to collect names.":                                                           "collection tracking",
		"The website does not collect your name unless you choose to provide it.":                           "",
		"Partners may or may not collect names.":                                                            "",
		"Data that goes to the office does not include the IP address of the readers.":                      "",
		"The agency never collects information for marketing.":                                              "use",
	} {
		var got []string
		for _, c := range Built().Extract(exampleDocument(&Example{Text: text}), "pia").Claims {
			if strings.HasSuffix(c.Modality, "not") {
				got = append(got, c.Topic)
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != denied {
			t.Errorf("%q denies %v, want %v", text, got, denied)
		}
	}
}
