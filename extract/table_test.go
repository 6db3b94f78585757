package extract

import (
	"context"
	"slices"
	"testing"

	"github.com/pia-check/pia-check/document"
)

// TestCrosses holds that what a form offers counts where it is chosen.
func TestCrosses(t *testing.T) {
	const text = "# Privacy Impact Assessment\n\n## 4. With whom is the information shared?\n\n" +
		"| Recipient | Case by case | Bulk transfer |\n|---|---|---|\n| Federal agencies | X | |\n| The press | | |\n| Foreign governments | | X |\n"
	d, err := document.Parse(context.Background(), "pia.md", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range Built().Extract(d, "pia").Claims {
		got = append(got, Describe(&c))
	}
	if want := []string{"sharing (does): recipients federal-agency", "sharing (does): recipients foreign-government"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestTables holds that a cell is about what its row begins with, and says what
// its column is titled.
func TestTables(t *testing.T) {
	const start = "<html><h1>Privacy Impact Assessment</h1><table><tr><th>Data<th>Purpose<th colspan=2>Retention"
	for _, tc := range []struct {
		name, rows string
		want       []string
	}{
		{"short rows", "<tr><td>Photographs<td>Identification<td>This data is kept for 5 years.</table><p>x<table><tr><td>Data<td>Retention<tr><td>Names<td>It is kept for 5 years.",
			[]string{"retention (does): period P5Y; data photograph", "retention (does): period P5Y; data name"}},
		{"long cells", "<tr><td><p>Phone number<p>Email address<td>Contact<td>None<td><p>It is held by the agency.<p>This data is kept for 5 years.",
			[]string{"retention (does): period P5Y; data phone-number, email-address"}},
		{"a row that goes on", "<tr><td rowspan=2><p>Fingerprints<p>(all ten)<td>Identification<td>None<td>None<tr><td>None<td>This data is kept for 5 years.<td>None",
			[]string{"retention (does): period P5Y; data fingerprint"}},
		{"a cell that names its own", "<tr><td><p>Photographs<p>Others<td>Identification<td>The fingerprints are kept for 5 years.<td>None",
			[]string{"retention (does): period P5Y; data fingerprint"}},
	} {
		d, err := document.Parse(context.Background(), "pia.html", []byte(start+tc.rows+"</table>"), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range Built().Extract(d, "pia").Claims {
			if c.Topic == "retention" {
				got = append(got, Describe(&c))
			}
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
