package document

import (
	"strings"
	"testing"
	"time"
)

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
