package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func parsedHTML(t testing.TB, text string) *Document {
	t.Helper()
	d := parsed(t, "a.html", text)
	checkOutline(t, d)
	checkSentences(t, d)
	return d
}

func TestHTMLText(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"blocks", "<p>One\n  two<p>three<div>four</div>five<br>six<hr>seven", "One two\n\nthree\n\nfour\n\nfive\nsix\n\nseven"},
		{"inline", "<p>un<b>believ</b>able <a href='http://x'>link</a>&nbsp;&amp; &lt;x&gt; &#8220;q&#x201d;</p>", "unbelievable link\u00a0& <x> “q”"},
		{"nothing runs", "<html><head><title>t</title><style>s</style></head><body><script>alert('<p>x')</script><template>y</template><noscript>z</noscript><p>Seen.<svg><text>v</text></svg></body>", "Seen."},
		{"lists", "<p>It collects:<ul><li><p>Name<li>Address<ol type=a start=2><li>home<li>work</ol><li value=7>Photo</ul><p>End.", "It collects:\n\n• Name\n• Address\n  b. home\n  c. work\n• Photo\n\nEnd."},
		{"table", "<table><thead><tr><th>Data<th>Period</thead><tr><td><p>Names</p><td>7 years<tr><td><td>only</table>after", "Data\tPeriod\nNames\t7 years\n\nonly\n\nafter"},
		{"layout table", "<table><tr><td><h2>Retention</h2><p>Kept.</p></td><td>Side</td></tr></table>", "Retention\n\nKept.\n\nSide"},
		{"nested tables", "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a\tb\n\nc"},
		{"preformatted", "<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"},
		{"checkboxes", "<p><input type=checkbox checked>Yes <input type=radio> No", "☒ Yes ☐ No"},
		{"wrong ends", "</b></p><div><span>a</div></span></ul>b</td>c", "a\n\nbc"},
		{"definitions", "<dl><dt>Data<dd>What is kept.<dt>User<dd>You.</dl>", "Data\n\nWhat is kept.\n\nUser\n\nYou."},
		{"details", "<details><summary>How long?</summary>Seven years.</details>", "How long?\n\nSeven years."},
		{"nul", "<p>a\x00b</p>", "a b"},
	} {
		if got := strings.TrimSpace(parsedHTML(t, tc.text).Text); got != tc.want {
			t.Errorf("%s:\n got %q\nwant %q", tc.name, got, tc.want)
		}
	}
}

func TestHTMLOutline(t *testing.T) {
	d := parsedHTML(t, `<!doctype html><html><body>
<nav><ul><li><a href="#a">Home</a></ul></nav>
<header role="banner">An official website</header>
<main><h1>Questions</h1><h2><a name=a></a>How long is   it kept?</h2><p>Seven years.</p>
<div role=heading aria-level=2>Sharing</div><p>With nobody.</p><p><b>Who sees it</b></p><p>Staff do.</p>
<p style="display: none">secret words</p><p hidden>more</p></main>
<aside>Read more.</aside><footer><h2>Contact</h2><p>Us.</p></footer></body></html>`)
	want := "1 [] () Questions\n2 [] (retention) How long is it kept?\n2 [] (sharing) Sharing\n1 [] () Who sees it\n"
	if got := outlineOf(d); got != want {
		t.Errorf("sections:\n%s\nwant:\n%s", got, want)
	}
	var asides []string
	for _, a := range d.Asides {
		asides = append(asides, fmt.Sprint(a.Kind, " ", d.Text[a.Start:a.End]))
	}
	if want := []string{"0 • Home", "0 An official website", "2 Read more.", "1 Contact\n\nUs."}; !slices.Equal(asides, want) {
		t.Errorf("asides %q, want %q", asides, want)
	}
	if len(d.Notices) != 1 || !strings.Contains(d.Notices[0].Message, "hidden text (16 characters)") {
		t.Errorf("notices %+v", d.Notices)
	}
	list := d.Sentences()
	i := slices.IndexFunc(list, func(s Sentence) bool { return s.Text == "How long is it kept?" })
	if i < 0 || list[i].Kind != Question {
		t.Errorf("sentences %+v", list)
	}
}

func TestHTMLEncodings(t *testing.T) {
	for name, text := range map[string]string{
		"meta":          "<html><head><meta charset=windows-1252></head><body><p>caf\xe9 \x93q\x94",
		"http-equiv":    `<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>caf` + "\xe9 \x93q\x94",
		"utf-8":         "<!DOCTYPE html><p>" + strings.Repeat(" ", 5000) + "café “q”",
		"bom":           "\xef\xbb\xbf<html><p>café “q”",
		"utf-16":        "\xff\xfe" + utf16Text("<html><p>café “q”"),
		"guessed":       "<html><p>caf\xe9 \x93q\x94",
		"declaration":   "<?xml version=\"1.0\" encoding=\"windows-1252\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><div/><p>caf\xe9 \x93q\x94</p></body></html>",
		"named so":      "<p>café “q”",
		"comment first": "<!-- saved from x -->\n<html><p>café “q”",
	} {
		d := parsedHTML(t, text)
		if got := strings.TrimSpace(d.Text); got != "café “q”" || d.Format != "html" {
			t.Errorf("%s: %s reads as %q", name, d.Format, got)
		}
	}
	if d := parsed(t, "a.txt", "<!doctype HTML PUBLIC '-//W3C'><p>x"); d.Format != "html" {
		t.Errorf("a page named as text is %s", d.Format)
	}
	if d := parsed(t, "a.txt", "1 < 2 and <p> is a mark"); d.Format != "text" {
		t.Errorf("text with a mark is %s", d.Format)
	}
}

func utf16Text(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// TestHTMLHostile reads pages that are made to take long. The limit is far above
// what they take.
func TestHTMLHostile(t *testing.T) {
	n := 100_000
	for name, text := range map[string]string{
		"nested":           "<html>" + strings.Repeat("<div>", n) + "x" + strings.Repeat("</div>", n),
		"ends in vain":     "<html>" + strings.Repeat("<b>", n) + strings.Repeat("</i>", n) + "x",
		"unclosed cells":   "<html><table>" + strings.Repeat("<tr><td>x", n),
		"nested tables":    "<html>" + strings.Repeat("<table><tr><td>x", n/10),
		"nested lists":     "<html>" + strings.Repeat("<ul><li>x", n/10),
		"paragraphs":       "<html>" + strings.Repeat("<b><p>x", n),
		"attributes":       "<html><p " + strings.Repeat("a=b ", n) + ">x",
		"asides":           "<html>" + strings.Repeat("<nav>x</nav>y", n/10),
		"headings":         "<html>" + strings.Repeat("<h2>x", n/10),
		"one line":         "<html><p>" + strings.Repeat("The system keeps names. ", n),
		"unclosed comment": "<html><!--" + strings.Repeat("x", n) + "<p>y",
		"unclosed script":  "<html><p>z<script>" + strings.Repeat("x<", n),
		"entities":         "<html>" + strings.Repeat("&amp;&#x;&", n),
	} {
		start := time.Now()
		d, err := Parse(t.Context(), "a.html", []byte(text), Options{Timeout: 30 * time.Second})
		if err != nil {
			if !strings.Contains(err.Error(), "holds no text") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		checkOutline(t, d)
		checkSentences(t, d)
		t.Logf("%s: %d bytes of text in %s", name, len(d.Text), time.Since(start))
	}
}

// The mark of a footnote stands outside the running text, in a cell apart from it;
// what is raised for other reasons stays.
func TestRaisedMarks(t *testing.T) {
	d := parsed(t, "a.html", "<p>Data is kept<sup>1</sup> for seven years.<sup><a href='#n'>[12]</a></sup> It takes 10 m<sup>2</sup> on the 1<sup>st</sup> floor.</p><table><tr><td>Names<td>7 years<sup>3</sup></table><p><sup>1</sup> A note.</p>")
	want := []string{"Data is kept for seven years.", "1", "[12]", "It takes 10 m2 on the 1st floor.", "Names", "7 years 3", "1 A note."}
	if got := sentenceTexts(d); !slices.Equal(got, want) {
		t.Errorf("sentences %q,\nwant %q", got, want)
	}
}

// Whole documents in one line are read up to a limit of text, and refused beyond it.
func TestLongLines(t *testing.T) {
	words := "The system keeps names for seven years. "
	last := "Then it destroys them."
	for _, tc := range []struct{ name, start, text, end, want string }{
		{"a.html", "<html><p>", "The <b>system</b> keeps names <a href='x'>for</a> seven years. ", "<p>" + last, ""},
		{"a.html", "<html><p>", "<b>" + words + "</b>", "", "holds more than 24 MB of text"},
		{"a.html", "<html>", "<p>x", "", "lines or paragraphs"},
		{"a.html", "<html><p title='", words, "'>" + last, ""},
		{"a.xml", "<NOTICE><P>", words, "</P></NOTICE>", "in one piece"},
		{"a.xml", "<NOTICE>", "<P>x</P>", "</NOTICE>", "lines or paragraphs"},
		{"a.txt", "", words, "\n" + last, "holds more than 24 MB of text"},
		{"a.md", "", "**" + words, "", "holds more than 24 MB of text"},
	} {
		size := 50 << 20
		if tc.want == "" {
			size = 6 << 20
		}
		text := tc.start + strings.Repeat(tc.text, size/len(tc.text)) + tc.end
		d, err := Parse(t.Context(), tc.name, []byte(text), Options{Timeout: 2 * time.Minute})
		switch {
		case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
			t.Errorf("%s of %.9q: %v, want %q", tc.name, tc.text, err, tc.want)
		case tc.want == "" && err != nil:
			t.Errorf("%s of %.9q: %v", tc.name, tc.text, err)
		case tc.want == "" && !strings.HasSuffix(strings.TrimSpace(d.Text), last):
			t.Errorf("%s of %.9q: its end is lost", tc.name, tc.text)
		}
	}
}

func TestFederalRegister(t *testing.T) {
	d := parsed(t, "a.xml", `<?xml version="1.0" encoding="UTF-8"?>
<NOTICE><PREAMB><AGENCY TYPE="S">DEPARTMENT OF EXAMPLES</AGENCY>
<AGY><HD SOURCE="HED">AGENCY:</HD><P>Department of Examples (<E T="03">e.g.,</E>
us).<SU>1</SU><FTNT><P><SU>1</SU> A note.</P></FTNT></P></AGY></PREAMB>
<PRIACT><HD SOURCE="HD2">SYSTEM NAME AND NUMBER:</HD><P>EX-1.</P>
<HD SOURCE="HD2">CATEGORIES OF RECORDS IN THE SYSTEM:</HD><P>Names are kept for
<PRTPAGE P="53729"/>
seven years.</P>
<GPOTABLE><BOXHD><CHED H="1">Data</CHED><CHED H="1">Period</CHED></BOXHD><ROW><ENT I="01">Names</ENT><ENT>7 years</ENT></ROW></GPOTABLE>
</PRIACT></NOTICE>`)
	if d.Format != "federal-register" {
		t.Fatalf("format %s", d.Format)
	}
	want := "1 [] (contact) AGENCY:\n3 [] (overview) SYSTEM NAME AND NUMBER:\n3 [] (collection) CATEGORIES OF RECORDS IN THE SYSTEM:\n"
	if got := outlineOf(d); got != want {
		t.Errorf("sections:\n%s\nwant:\n%s", got, want)
	}
	list := []string{"DEPARTMENT OF EXAMPLES", "AGENCY:", "Department of Examples (e.g., us).", "1", "1 A note.", "SYSTEM NAME AND NUMBER:", "EX-1.",
		"CATEGORIES OF RECORDS IN THE SYSTEM:", "Names are kept for seven years.", "Data", "Period", "Names", "7 years"}
	if got := sentenceTexts(d); !slices.Equal(got, list) {
		t.Errorf("sentences %q,\nwant %q", got, list)
	}
	if len(d.Pages) != 2 || d.Pages[1].Label != "53729" || !strings.HasPrefix(strings.TrimSpace(d.Text[d.Pages[1].Start:]), "seven") {
		t.Errorf("pages %+v", d.Pages)
	}
	issuance := parsed(t, "a.xml", `<?xml version="1.0"?><pai><agency><name>Office of Examples</name><section id="ex1"><systemNumber>1</systemNumber>
<subsection type="recordSourceCategories"><xhtmlContent><p>Visitors.</p><p>Clerks.</p></xhtmlContent></subsection></section></agency></pai>`)
	if got, want := sentenceTexts(issuance), []string{"Office of Examples", "1", "Record source categories", "Visitors.", "Clerks."}; !slices.Equal(got, want) {
		t.Errorf("an issuance: %q, want %q", got, want)
	}
	if _, err := Parse(t.Context(), "a.xml", []byte(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><NOTICE><P>&e;</P></NOTICE>`), Options{}); err == nil {
		t.Log("read as text")
	}
	if _, err := Parse(t.Context(), "a.xml", []byte("<NOTICE><P>cut"), Options{}); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("cut: %v", err)
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<p>a<b>b</p>c", "<table><tr><td>a<td>b", "<ul><li>a<ol><li>b", "<h1>a<nav>b</h1>c</nav>", "<pre>\n a\t</pre><br/>", "<tr><td><aside>x</td></aside>", "<p>kept.<sup>1</sup> It<sup>[2]</sup>", "<tr><td>7 years<sup>1</sup><td>b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, start := range []string{"<html>", ""} {
			d, err := Parse(t.Context(), "a.html", []byte(start+text), Options{})
			if err == nil {
				checkOutline(t, d)
				checkSentences(t, d)
			}
		}
	})
}

func FuzzFederalRegister(f *testing.F) {
	for _, s := range []string{
		"<AGENCY>A</AGENCY><HD SOURCE='HED'>SUMMARY:</HD><P>b <E T='03'>c</E>.<SU>1</SU><FTNT><P><SU>1</SU> d</P></FTNT></P>",
		"<PRIACT><HD SOURCE='HD2'>SYSTEM NAME AND NUMBER:</HD><P>x<PRTPAGE P='2'/>y</P></PRIACT>",
		"<GPOTABLE><BOXHD><CHED H='1'>a</CHED></BOXHD><ROW><ENT I='01'>b<SU>2</SU></ENT><ENT>c</ENT></ROW></GPOTABLE>",
		"<GPH><GID>x</GID></GPH><FTNT>a<FTNT>b</FTNT>", "<SU><SU>1</SU></SU>", "<ROW><FTNT><ROW>", "<HD SOURCE='HD1'><PRTPAGE/></HD>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(t.Context(), "a.xml", []byte("<NOTICE>"+text+"</NOTICE>"), Options{})
		if err != nil {
			return
		}
		checkOutline(t, d)
		checkSentences(t, d)
		end := 0
		for i, p := range d.Pages {
			if p.Number != i+1 || p.Start != end || p.End < p.Start {
				t.Fatalf("page %+v behind offset %d", p, end)
			}
			end = p.End
		}
	})
}
