package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pia-check/pia-check/document"
)

// What the agency whose document it is gets from somebody comes from a source;
// what somebody else gets is shared.
func TestOwnAgency(t *testing.T) {
	const title = "# Privacy Impact Assessment for the Harbor Register\n\nDHS/ICE/PIA-999\n\n"
	for text, want := range map[string]string{
		"ICE receives booking data from local jails.":                  "source [jail]",
		"The FBI retains the fingerprints for seventy-five years.":     "",
		"ICE retains the fingerprints for seventy-five years.":         "retention",
		"CBP receives booking data from the register.":                 "sharing [cbp]",
		"Local jails provide ICE with booking data about each person.": "source [jail]",
		"The contractor provides booking data to ICE.":                 "sharing [ice]",
		"The register shares booking data with ICE and the FBI.":       "sharing [ice fbi]",
	} {
		d, err := document.Parse(t.Context(), "own.md", []byte(title+text+"\n"), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range Built().Extract(d, "pia").Claims {
			switch c.Topic {
			case "sharing":
				got = append(got, fmt.Sprint("sharing ", c.Values["recipients"]))
			case "retention":
				got = append(got, "retention")
			case "source":
				got = append(got, fmt.Sprint("source ", c.Values["sources"]))
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}
