package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
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

func TestDOCXRefused(t *testing.T) {
	bomb := strings.Repeat("<w:p><w:r><w:t>"+strings.Repeat("a", 1<<20)+"</w:t></w:r></w:p>", 40)
	for _, tc := range []struct {
		name, want string
		data       []byte
	}{
		{"bomb", "unpacks to more than", makeDOCX(t, bomb, nil)},
		{"external entity", "declares entities", makeDOCX(t, "", map[string]string{"word/document.xml": ""})},
		{"deep", "nests elements more than 1000 deep", makeDOCX(t, strings.Repeat("<w:sdt>", 5000), nil)},
		{"broken", "is damaged: word/document.xml", makeDOCX(t, "<w:p><w:r>", nil)},
	} {
		data := tc.data
		if tc.name == "external entity" {
			data = zipOf(t, map[string]string{"word/document.xml": `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document ` + wordXMLNS + `><w:body>` + wordPara("&e;") + `</w:body></w:document>`})
		}
		if _, err := Parse(t.Context(), "a.docx", data, Options{}); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		}
	}
	climbing := zipOf(t, map[string]string{"../../etc/passwd": "x", "word/document.xml": `<w:document ` + wordXMLNS + `><w:body>` + wordPara("Safe.") + `</w:body></w:document>`,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Id="a" Type="x/footnotes" Target="../../../etc/passwd"/><Relationship Id="b" Type="x/styles" Target="http://example.com/a" TargetMode="External"/></Relationships>`})
	if d, err := Parse(t.Context(), "a.docx", climbing, Options{}); err != nil || strings.TrimSpace(d.Text) != "Safe." {
		t.Errorf("paths that climb: %v", err)
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

func TestRefusedByName(t *testing.T) {
	utf16le := func(s string) string {
		var b strings.Builder
		for _, c := range s {
			b.WriteByte(byte(c))
			b.WriteByte(0)
		}
		return b.String()
	}
	ole := func(stream string) string {
		return "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 3<<20) + utf16le(stream)
	}
	for name, tc := range map[string]struct{ data, want string }{
		"msg":       {ole("__properties_version1.0"), "is an Outlook message (MSG), which is not read; save its attachment"},
		"encrypted": {ole("EncryptedPackage"), "protected by a password"},
		"doc":       {ole("WordDocument"), "older Word (DOC), which is not read; save it as DOCX or PDF"},
		"ole":       {ole("Other"), "older Office program"},
		"eml":       {"Received: by x\r\n y\r\nFrom: a@example.com\r\nSubject: s\r\nMessage-ID: <1>\r\n\r\nText.\r\n", "is an e-mail message (EML)"},
		"mhtml":     {"From: <Saved by Blink>\nSnapshot-Content-Location: https://x\nMIME-Version: 1.0\nContent-Type: multipart/related\n\nx", "MHTML"},
		"rtf":       {`{\rtf1 x}`, "Rich Text (RTF) file; save it as DOCX or PDF"},
		"xlsx":      {string(zipOf(t, map[string]string{"xl/workbook.xml": "x"})), "Excel workbook (XLSX)"},
		"pptx":      {string(zipOf(t, map[string]string{"ppt/presentation.xml": "x"})), "PowerPoint"},
		"zip":       {string(zipOf(t, map[string]string{"a.txt": "x"})), "unpack it first"},
		"cut zip":   {"PK\x03\x04abc", "damaged ZIP"},
		"many":      {"PK\x03\x04" + strings.Repeat("PK\x01\x02", 2<<20) + "PK\x05\x06" + strings.Repeat("\x00", 18), "is a ZIP file; unpack it first"},
		"xlsb":      {string(zipOf(t, map[string]string{"xl/workbook.bin": "x"})), "Excel workbook (XLSB)"},
		"pages":     {string(zipOf(t, map[string]string{"Index/Document.iwa": "x"})), "Apple Pages"},
		"xls":       {ole("Workbook"), "older Excel (XLS), which is not read; save the sheets that matter as PDF or CSV"},
		"ppt":       {ole("PowerPoint Document"), "older PowerPoint (PPT)"},
		"gzip":      {"\x1f\x8b\x08", "is a gzip file; unpack it first"},
		"7z":        {"7z\xbc\xaf\x27\x1c", "is a 7-Zip file; unpack it first"},
		"rar":       {"Rar!\x1a", "is a RAR file; unpack it first"},
		"ps":        {"%!PS-Adobe", "is a PostScript file; convert it to PDF"},
		"pst":       {"!BDN", "save the messages that matter as PDF"},
		"bigtiff":   {"II+\x00\x08\x00", "is a BigTIFF file; save it as TIFF or PDF"},
		"jp2":       {"\x00\x00\x00\x0cjP  \r\n", "is a JPEG 2000 file; save it as PNG or PDF"},
		"gif":       {"GIF89a", "is a GIF file; save it as PNG or PDF"},
		"heic":      {"\x00\x00\x00\x18ftypheic", "is a HEIF file; save it as PNG or PDF"},
		"webp":      {"RIFF\x00\x00\x00\x00WEBP", "is a WebP file; save it as PNG or PDF"},
		"mp4":       {"\x00\x00\x00\x18ftypmp42", "is a video (MP4, MOV) file; name a transcript of it"},
		"wav":       {"RIFF\x00\x00\x00\x00WAVE", "is a sound (WAV) file; name a transcript of it"},
		"mp3":       {"ID3\x04\x00", "is a sound (MP3) file; name a transcript of it"},
		"program":   {"\x7fELF\x02\x00", "save it as PDF, DOCX or text"},
	} {
		if _, err := Parse(t.Context(), "a.txt", []byte(tc.data), Options{}); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
	for mime, want := range map[string]string{
		"application/vnd.oasis.opendocument.text":        "OpenDocument text (ODT), which is not read; save it as DOCX or PDF",
		"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument file, which is not read; save it as PDF",
		"application/epub+zip":                           "an electronic book (EPUB), which is not read; save it as PDF or HTML",
	} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
		io.WriteString(w, mime)
		z.Close()
		if _, err := Parse(t.Context(), "a.docx", b.Bytes(), Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", mime, err)
		}
	}
	for _, text := range []string{"From: Jane Roe\nTo: John Doe\nDate: May 5\nSubject: Data\n\nKept.", "SUMMARY: x\n\ny", "{\"a\": \"b\"}", "a,b\n1,2\n"} {
		if d, err := Parse(t.Context(), "a.txt", []byte(text), Options{}); err != nil || d.Format != "text" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add([]byte(makeDOCX(f, inStyle("Heading1", "A")+listItem(0, "b"), map[string]string{"styles": wordStylesXML, "numbering": wordNumberingXML})), uint64(0))
	f.Add([]byte("PK\x03\x04"), uint64(1))
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		d, err := Parse(t.Context(), "a.docx", data, Options{})
		if err == nil {
			checkOutline(t, d)
			checkSentences(t, d)
		}
	})
}

// FuzzDOCXBody reads bodies, notes and numberings of any XML.
func FuzzDOCXBody(f *testing.F) {
	note := `<w:footnote w:id="2">` + wordPara("A note.") + `</w:footnote>`
	for _, body := range []string{
		inStyle("Heading1", "A") + inStyle("Heading2", "What is kept?") + listItem(0, "b") + listItem(1, "c"),
		"<w:tbl><w:tr><w:tc>" + wordPara("a") + "</w:tc><w:tc>" + wordPara("b") + "<w:tbl><w:tr><w:tc>" + wordPara("c") + "</w:tc></w:tr></w:tbl></w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr></w:tr></w:tbl>",
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>joined</w:t><w:br w:type="page"/></w:r></w:p><w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del></w:p>`,
		`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:r><w:footnoteReference w:id="2"/><w:lastRenderedPageBreak/><w:sym w:char="F0FE"/><w:t>text</w:t></w:r></w:p>`,
		`<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r><mc:AlternateContent><mc:Fallback>` + wordPara("x") + `</mc:Fallback></mc:AlternateContent></w:p>`,
		`<w:p><w:pPr><w:outlineLvl w:val="2"/><w:pageBreakBefore/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="40"/></w:rPr><w:t>1.1 Title</w:t></w:r></w:p><w:sdt><w:sdtPr/><w:sdtContent>` + wordPara("y") + `</w:sdtContent></w:sdt><w:sectPr><w:headerReference w:id="rId15"/></w:sectPr>`,
	} {
		f.Add(body, note, wordNumberingXML, wordPara("A header."))
	}
	f.Fuzz(func(t *testing.T, body, notes, numbering, header string) {
		parts := map[string]string{"styles": wordStylesXML, "numbering": numbering, "footnotes": notes, "header": header}
		d, err := Parse(t.Context(), "a.docx", makeDOCX(t, body, parts), Options{})
		if err == nil {
			checkOutline(t, d)
			checkSentences(t, d)
		}
	})
}

// TestDOCXBombs reads small files that ask for much memory or time. The limit is
// far above what they take.
func TestDOCXBombs(t *testing.T) {
	reference := `<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`
	note := `<w:footnote w:id="2">` + wordPara(strings.Repeat("note ", 200_000)) + `</w:footnote>`
	long := strings.Repeat("%1", 1<<20)
	for _, tc := range []struct {
		name, want string
		data       []byte
	}{
		{"spaces", "unpacks to more than", zipOf(t, map[string]string{"word/document.xml": strings.Repeat(" ", 64<<20)})},
		{"one word", "in one piece", makeDOCX(t, wordPara(strings.Repeat("a", 10<<20)), nil)},
		{"one attribute", "in one piece", makeDOCX(t, `<w:p w:a="`+strings.Repeat("a", 10<<20)+`">`, nil)},
		{"one comment", "in one piece", makeDOCX(t, `<!--`+strings.Repeat("<a>", 4<<20), nil)},
		{"paragraphs", "lines or paragraphs", makeDOCX(t, strings.Repeat("<w:p></w:p>", maxLines+1), nil)},
		{"a note many times", "", makeDOCX(t, strings.Repeat(reference, 10_000), map[string]string{"footnotes": note})},
		{"numbers", "", makeDOCX(t, strings.Repeat(listItem(0, "a"), 10_000), map[string]string{"numbering": `<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:lvlText w:val="` + long + `"/></w:lvl></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>`})},
		{"cells", "", makeDOCX(t, "<w:tbl><w:tr>"+strings.Repeat("<w:tc>"+wordPara("cell")+"</w:tc>", 100_000)+"</w:tr></w:tbl>", nil)},
		{"breaks", "", makeDOCX(t, "<w:p><w:r>"+strings.Repeat(`<w:t xml:space="preserve"> </w:t><w:br w:type="page"/>`, 200_000)+"<w:t>a</w:t></w:r></w:p>", nil)},
	} {
		d, err := Parse(t.Context(), "a.docx", tc.data, Options{Timeout: 30 * time.Second})
		switch {
		case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		case tc.want == "" && err != nil:
			t.Errorf("%s: %v", tc.name, err)
		case tc.want == "" && len(d.Text) > 8<<20:
			t.Errorf("%s: %d bytes of text", tc.name, len(d.Text))
		}
	}
}
