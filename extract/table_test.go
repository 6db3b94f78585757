package extract

import (
	"context"
	"slices"
	"testing"

	"github.com/pia-check/pia-check/document"
)

// described returns in words the drafts of a topic, or of all for "", of a document
// of a kind.
func described(t *testing.T, file, text, kind, topic string) (list []string) {
	t.Helper()
	d, err := document.Parse(context.Background(), file, []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range Built().Extract(d, kind).Claims {
		if topic == "" || c.Topic == topic {
			list = append(list, Describe(&c))
		}
	}
	return list
}

// TestMarks holds that what a form offers counts where it has a mark.
func TestMarks(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"rows", "## 4. With whom is the information shared?\n\n| Recipient | Case by case | Bulk transfer |\n|---|---|---|\n| Federal agencies | X | |\n| The press | | |\n| Foreign governments | | X |\n",
			[]string{"sharing (does): recipients federal-agency", "sharing (does): recipients foreign-government"}},
		{"who receives", "## 4. Flows\n\n| Recipient | How often |\n|---|---|\n| Harbor Lantern Ltd | Daily |\n| The police | Weekly |\n",
			[]string{"sharing (does): recipients stated-recipient", "sharing (does): recipients police"}},
		{"yes and no", "## 4. With whom is the information shared?\n\n| Recipient | Yes | No |\n|---|---|---|\n| Federal agencies | X | |\n| The press | | X |\n",
			[]string{"sharing (does): recipients federal-agency"}},
		{"marks behind words", "## 3. Data\n\n| Category of information | Relates to | Collected |\n|---|---|---|\n| Fingerprints | Visitors | ☐ |\n| Photographs | Visitors | ☒ |\n",
			[]string{"collection (does): data photograph"}},
		{"several in a row", "## 4. With whom is the information shared?\n\n| | | | |\n|---|---|---|---|\n| Within the agency | X | Federal agencies | X |\n| Foreign governments | | Contractors | X |\n",
			[]string{"sharing (does): recipients federal-agency", "sharing (does): recipients contractor"}},
		{"bars between cells only", "## 3. Data\n\nCategory of information | Collected | Comment\nFingerprints | X | |\nPhotographs | | |\n",
			[]string{"collection (does): data fingerprint"}},
	} {
		if got := described(t, "pia.md", "# Privacy Impact Assessment\n\n"+tc.text, "pia", ""); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
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
		if got := described(t, "pia.html", start+tc.rows+"</table>", "pia", "retention"); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
