package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

const wordXMLNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// makeDOCX makes a Word document of a body and of other parts by their names.
func makeDOCX(t testing.TB, body string, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	add("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)
	add("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
	add("word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document `+wordXMLNS+`><w:body>`+body+`</w:body></w:document>`)
	rels := ""
	for i, kind := range []string{"styles", "numbering", "comments", "footnotes", "endnotes", "header", "footer"} {
		if text, ok := parts[kind]; ok {
			add("word/"+kind+".xml", `<w:`+kind+` `+wordXMLNS+`>`+text+`</w:`+kind+`>`)
			rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s.xml"/>`, i+10, kind, kind)
			delete(parts, kind)
		}
	}
	add("word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels+`</Relationships>`)
	for _, name := range sortedKeys(parts) {
		add(name, parts[name])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func wordPara(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func inStyle(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func parsedDOCX(t testing.TB, body string, parts map[string]string) *Document {
	t.Helper()
	d, err := Parse(t.Context(), "a.bin", makeDOCX(t, body, parts), Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkOutline(t, d)
	checkSentences(t, d)
	return d
}

const wordStylesXML = `<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>`

const wordNumberingXML = `<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="Section %1.0"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>`

func listItem(level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, text)
}

func TestDOCXOutline(t *testing.T) {
	body := inStyle("TOC1", "Section 1.0 Authorities 2") +
		inStyle("Heading1", "Authorities") + inStyle("Heading2", "What law permits it?") + wordPara("Section 208.") +
		inStyle("Heading1", "Retention") + inStyle("Heading2", "How long is it kept?") +
		`<w:p><w:r><w:t xml:space="preserve">Kept for </w:t></w:r><w:r><w:t>seven years.</w:t></w:r></w:p>` +
		wordPara("It collects:") + listItem(0, "Name;") + listItem(0, "Contacts:") + listItem(1, "phone") + listItem(1, "mail") + listItem(0, "Photo.")
	d := parsedDOCX(t, body, map[string]string{"styles": wordStylesXML, "numbering": wordNumberingXML})
	if d.Format != "docx" {
		t.Errorf("format %q", d.Format)
	}
	want := `1 [1.0] (authority) Section 1.0 Authorities
2 [1.1] () 1.1 What law permits it?
1 [2.0] (retention) Section 2.0 Retention
2 [2.1] (retention) 2.1 How long is it kept?
`
	if got := outlineOf(d); got != want {
		t.Errorf("sections:\n%s\nwant:\n%s", got, want)
	}
	list := d.Sentences()
	intro := func(text string) string {
		i := slices.IndexFunc(list, func(s Sentence) bool { return s.Text == text })
		if i < 0 || list[i].Intro < 0 {
			return ""
		}
		return list[list[i].Intro].Text
	}
	if intro("Name;") != "It collects:" || intro("phone") != "Contacts:" || intro("Photo.") != "It collects:" {
		t.Errorf("introductions of %q", sentenceTexts(d))
	}
	if !strings.Contains(d.Text, "Kept for seven years.\n") {
		t.Errorf("text %q", d.Text)
	}
	if len(d.Asides) != 1 || d.Asides[0].Kind != Contents {
		t.Errorf("asides %+v", d.Asides)
	}
}

func TestDOCXText(t *testing.T) {
	run := func(inner string) string { return `<w:p><w:r>` + inner + `</w:r></w:p>` }
	for _, tc := range []struct{ name, body, want string }{
		{"marks", run(`<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:sym w:font="Wingdings" w:char="F0FE"/>`), "a b\nc\u2011d☒"},
		{"entities", wordPara("A &amp; B &lt;c&gt; &#8220;d&#8221;"), "A & B <c> “d”"},
		{"tracked", `<w:p><w:r><w:t xml:space="preserve">Kept for </w:t></w:r><w:del w:author="x"><w:r><w:delText>seven</w:delText></w:r></w:del><w:ins w:author="x"><w:r><w:t>two</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> years.</w:t></w:r></w:p>`, "Kept for two years."},
		{"deleted mark", `<w:p><w:pPr><w:rPr><w:del w:author="x"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r></w:p>` + wordPara("two."), "One two."},
		{"moved", `<w:p><w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>new</w:t></w:r></w:moveTo></w:p>`, "new"},
		{"field", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "12"},
		{"controls", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p><w:smartTag><w:r><w:t>in </w:t></w:r></w:smartTag><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>`, "in link"},
		{"text box once", `<w:p><w:r><w:t>Around.</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + wordPara("Box.") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + wordPara("Box.") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>`, "Around.\n\nBox."},
		{"table", `<w:tbl><w:tr><w:tc>` + wordPara("Data") + `</w:tc><w:tc>` + wordPara("Period") + `</w:tc></w:tr><w:tr><w:tc>` + wordPara("Names") + `</w:tc><w:tc>` + wordPara("7 years") + `</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>` + wordPara("Gone") + `</w:tc><w:tc>` + wordPara("0") + `</w:tc></w:tr></w:tbl>`, "Data\tPeriod\nNames\t7 years"},
		{"form", `<w:tbl><w:tr><w:tc>` + wordPara("37") + `</w:tc><w:tc>` + wordPara("Describe the retention.") + `</w:tc><w:tc>` + wordPara("Three years.") + wordPara("Then none.") + `</w:tc></w:tr></w:tbl>`, "37 Describe the retention.\n\nThree years.\n\nThen none."},
		{"checkboxes", `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:t>Yes</w:t></w:r></w:p>`, "☒Yes"},
		{"changed properties", `<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>x</w:t></w:r></w:p>`, "x"},
	} {
		d := parsedDOCX(t, tc.body, map[string]string{"numbering": wordNumberingXML})
		if got := strings.TrimSpace(d.Text); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestDOCXAsides(t *testing.T) {
	body := `<w:p><w:r><w:t>Kept for seven</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> years.</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t xml:space="preserve">It goes over </w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>the page.</w:t></w:r></w:p>` +
		`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>more</w:t></w:r><w:r><w:t>Seen.</w:t></w:r></w:p>` +
		`<w:p><w:r><w:br w:type="page"/></w:r></w:p>` + `<w:p><w:r><w:lastRenderedPageBreak/><w:t>Third.</w:t></w:r></w:p>` +
		`<w:sectPr><w:headerReference r:id="rId15"/><w:footerReference r:id="rId16"/></w:sectPr>`
	d := parsedDOCX(t, body, map[string]string{
		"styles": wordStylesXML, "header": wordPara("DHS Example"), "footer": wordPara("Page 1"),
		"footnotes": `<w:footnote w:type="separator" w:id="0">` + wordPara("no") + `</w:footnote><w:footnote w:id="2">` + wordPara("See the law.") + `</w:footnote>`,
		"comments":  `<w:comment w:author="Jane Roe">` + wordPara("really?") + `</w:comment>`,
	})
	want := []string{"DHS Example", "Kept for seven years.", "[1] See the law.", "It goes over the page.", "Seen.", "Third.", "Page 1"}
	if got := sentenceTexts(d); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	kinds := []AsideKind{}
	for _, a := range d.Asides {
		kinds = append(kinds, a.Kind)
	}
	if !slices.Equal(kinds, []AsideKind{Header, Footnote, Footer}) {
		t.Errorf("asides %v", kinds)
	}
	if s := d.Sentences()[3]; d.PageAt(s.Start) != 1 || d.PageAt(s.End-1) != 2 {
		t.Errorf("sentence over a page: %+v of %+v", s, d.Pages)
	}
	if len(d.Pages) != 3 {
		t.Errorf("%d pages", len(d.Pages))
	}
	var notices []string
	for _, n := range d.Notices {
		notices = append(notices, n.Message)
	}
	if got := strings.Join(notices, "\n"); !strings.Contains(got, "1 comments by Jane Roe") || !strings.Contains(got, "hidden text (10 characters)") {
		t.Errorf("notices %q", got)
	}
}

// The marks of notes that someone typed stand outside the running text.
func TestDOCXRaisedMarks(t *testing.T) {
	raised := func(s string) string {
		return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>` + s + `</w:t></w:r>`
	}
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	item := strings.Replace(listItem(1, "Names"), "</w:p>", raised("2")+run(" of people.")+"</w:p>", 1)
	d := parsedDOCX(t, "<w:p>"+run("It is kept")+raised("1")+run(" for the 1")+raised("st")+run(" time in 10 m")+raised("2")+run(".")+"</w:p>"+item,
		map[string]string{"styles": wordStylesXML, "numbering": wordNumberingXML})
	if got, want := sentenceTexts(d), []string{"It is kept for the 1st time in 10 m2.", "1", "Names of people.", "2"}; !slices.Equal(got, want) {
		t.Errorf("sentences %q, want %q", got, want)
	}
}

func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedKeys(parts) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
