package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestTableCells holds where cells are said to stand.
func TestTableCells(t *testing.T) {
	docx := func(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }
	docxCell := func(paragraphs ...string) string {
		for i := range paragraphs {
			paragraphs[i] = wordPara(paragraphs[i])
		}
		return `<w:tc>` + strings.Join(paragraphs, "") + `</w:tc>`
	}
	pdf := newPDF()
	pdf.page(at(72, 700, "Data") + at(200, 700, "Purpose") + at(380, 700, "Retention") +
		"70 690 460 0.5 re f " +
		paragraph(72, 675, "Phone", "number") + paragraph(200, 675, "A call to those", "who were near a", "known case") + paragraph(380, 675, "Held on the phone", "until the user", "removes it") +
		"70 620 460 0.5 re f " +
		paragraph(72, 605, "Symptoms") + paragraph(200, 605, "Research on how", "the illness goes", "on") + paragraph(380, 605, "Held by the agency", "for one day after", "receipt"))
	pdf.page(paragraph(380, 720, "and by the registry", "for ten years") + "70 690 460 0.5 re f " +
		paragraph(72, 675, "Address") + paragraph(200, 675, "A letter to those", "who have no phone", "at all") + at(380, 675, "Held") + at(480, 675, "as long as") + paragraph(380, 660, "the letter is on its way", "to its reader"))

	for _, tc := range []struct {
		name string
		d    *Document
		want []string
	}{
		{"html", parsedHTML(t, `<table><tr><th>Data<th colspan=2>Retention<tr><td rowspan=2>Names<td>One.<td><p>Two.<p>Three.<tr><td>Four.<td>Five.</table>
			<table><tr><td>short<td>row</table><table><tr><td>x<td><p>y<p>z</table>`), []string{
			"1 1 0 Data", "1 1 1 Retention", "1 2 0 Names", "1 2 1 One.", "1 2 2 Two. Three.", "1 3 1 Four.", "1 3 2 Five.", "2 4 0 short", "2 4 1 row", "3 5 0 x", "3 5 1 y z",
		}},
		{"html, nested", parsedHTML(t, `<table><tr><td>a<td><table><tr><td>b<td><p>c<p>d</table></table>`), []string{"1 2 0 a", "2 1 0 b", "2 1 1 c d"}},
		{"docx", parsedDOCX(t, `<w:tbl>`+docx(docxCell("Data"), `<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`+wordPara("Purpose")+`</w:tc>`, docxCell("Retention"))+
			docx(docxCell("Names"), docxCell("One."), docxCell(), docxCell("Two.", "Three."))+`</w:tbl>`, nil), []string{
			"1 1 0 Data", "1 1 1 Purpose", "1 1 3 Retention", "1 2 0 Names", "1 2 1 One.", "1 2 3 Two. Three.",
		}},
		{"pdf, over a page end", parsed(t, "a.pdf", string(pdf.bytes())), []string{
			"1 1 0 Data", "1 1 1 Purpose", "1 1 2 Retention",
			"1 2 0 Phone number", "1 2 1 A call to those who were near a known case", "1 2 2 Held on the phone until the user removes it",
			"1 3 0 Symptoms", "1 3 1 Research on how the illness goes on", "1 3 2 Held by the agency for one day after receipt",
			"1 4 2 and by the registry for ten years",
			"1 5 0 Address", "1 5 1 A letter to those who have no phone at all", "1 5 2 Held as long as the letter is on its way to its reader",
		}},
		{"no table", parsedHTML(t, "<p>a<p>b"), nil},
	} {
		var got []string
		for _, c := range tc.d.Cells {
			got = append(got, fmt.Sprintf("%d %d %d %s", c.Table, c.Row, c.Column, strings.Join(strings.Fields(tc.d.Text[c.Start:c.End]), " ")))
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s:\n got %q\nwant %q", tc.name, got, tc.want)
		}
	}
}

// checkCells checks what holds of the cells of every document.
func checkCells(t testing.TB, d *Document) {
	t.Helper()
	end, last := 0, TableCell{}
	for _, c := range d.Cells {
		if c.Start < end || c.End <= c.Start || c.End > len(d.Text) || c.Column < 0 {
			t.Fatalf("cell %+v behind offset %d", c, end)
		}
		if c.Row == last.Row && c.Table == last.Table && c.Column <= last.Column {
			t.Fatalf("cell %+v behind %+v", c, last)
		}
		end, last = c.End, c
	}
}
