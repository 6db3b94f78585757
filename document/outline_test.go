package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// outlineOf writes the sections of a document, one a line: level, number, what
// it is about and the title.
func outlineOf(d *Document) string {
	var b strings.Builder
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "%d [%s] (%s) %s\n", s.Level, s.Number, s.About, s.Title)
	}
	return b.String()
}

func TestOutline(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"assessment", dhsText, `
1 [] (overview) Abstract
1 [1.0] (authority) Section 1.0 Authorities and Other Requirements
2 [1.1] (authority) 1.1 What specific legal authorities permit and define the collection of information by the project in question?
2 [1.2] (authority) 1.2 What notices (SORNs) apply to the information?
1 [2.0] (collection) Section 2.0 Characterization of the Information
2 [2.1] (collection) 2.1 Identify the information the project collects, uses, disseminates, or maintains.
2 [2.2] (source) 2.2 What are the sources of the information and how is it collected?
2 [2.5] (risk) 2.5 Privacy Impact Analysis: Related to Characterization of the Information
3 [] (risk) Privacy Risk:
3 [] (mitigation) Mitigation:
1 [5.0] (retention) Section 5.0 Data Retention by the Project
2 [5.1] (retention) 5.1 How long is it retained?
1 [] (contact) Responsible Officials
`},
		{"older form", "1.0 Characterization of the Information\n\n1.1 What information is collected?\n\nNames.\n\n3.0 Retention\n\n3.2 How long is information retained?\n\nSeven years.\n\n8.0 Technical Access and Security\n\nIt is safe.\n\n9.0 Technology\n\nNone.\n", `
1 [1.0] (collection) 1.0 Characterization of the Information
2 [1.1] (collection) 1.1 What information is collected?
1 [3.0] (retention) 3.0 Retention
2 [3.2] (retention) 3.2 How long is information retained?
1 [8.0] (safeguard) 8.0 Technical Access and Security
1 [9.0] (technology) 9.0 Technology
`},
		{"VA form", "Section 1. Characterization of the Information\n\n1.1 What information is collected?\nNames.\n\nSection 3. Retention of Information\n\n3.2 How long is information retained?\nSeven years.\n\nSection 5. External Sharing/Receiving and Disclosure\n\nNone.\n", `
1 [1] (collection) Section 1. Characterization of the Information
2 [1.1] (collection) 1.1 What information is collected?
1 [3] (retention) Section 3. Retention of Information
2 [3.2] (retention) 3.2 How long is information retained?
1 [5] (sharing) Section 5. External Sharing/Receiving and Disclosure
`},
		{"HHS form", "1. OPDIV:\nCDC\n\nPIA - 11: Describe the purpose of the system.\nIt counts.\n\n24 Is the PII shared with other organizations?\nNo. It stays.\n\n37 Describe the process and guidelines in place with regard to the retention and destruction of PII. Cite specific records retention schedules.\n\nRecords are destroyed after 3 years.\n", `
1 [1] (overview) 1. OPDIV:
1 [11] (use) PIA - 11: Describe the purpose of the system.
1 [24] (sharing) 24 Is the PII shared with other organizations?
1 [37] (retention) 37 Describe the process and guidelines in place with regard to the retention and destruction of PII.
`},
		{"contract", "C.1 Data\n\nC.1.1 The vendor keeps names.\n\nC.1.2 The vendor shall not:\n\n(a) sell names;\n\n(b) copy them.\n\nC.1.3 Reports\n\nNone.\n", `
2 [C.1] () C.1 Data
3 [C.1.1] () C.1.1
3 [C.1.2] () C.1.2
3 [C.1.3] () C.1.3 Reports
`},
		{"system of records", "Register of Visitors\n\nAGENCY: Department of Examples.\nSUMMARY: There is a register.\n\nSYSTEM NAME AND NUMBER:\nEX-1.\nSecurity Classification: Unclassified.\n\nROUTINE USES OF RECORDS MAINTAINED IN THE SYSTEM, INCLUDING CATEGORIES OF\nUSERS AND PURPOSES OF SUCH USES:\nRecords may be disclosed:\nA. To the Department of Justice.\nB. To a contractor.\n\nPOLICIES AND PRACTICES FOR RETENTION AND DISPOSAL OF RECORDS:\nFive years.\n", `
1 [] (contact) AGENCY:
1 [] (overview) SUMMARY:
1 [] (overview) SYSTEM NAME AND NUMBER:
1 [] (overview) Security Classification:
1 [] (sharing) ROUTINE USES OF RECORDS MAINTAINED IN THE SYSTEM, INCLUDING CATEGORIES OF USERS AND PURPOSES OF SUCH USES:
1 [] (retention) POLICIES AND PRACTICES FOR RETENTION AND DISPOSAL OF RECORDS:
`},
		{"an older notice", "SYSTEM NAME:\nVisitors.\n\nSYSTEM LOCATION:\nThe office.\n\nCATEGORIES OF RECORDS IN THE SYSTEM:\nNames.\n\nSYSTEM MANAGER(S) AND ADDRESS:\nThe clerk.\n\nNOTIFICATION PROCEDURE:\nWrite to the clerk.\n\nRECORD SOURCE CATEGORIES:\nVisitors.\n", `
1 [] (overview) SYSTEM NAME:
1 [] (overview) SYSTEM LOCATION:
1 [] (collection) CATEGORIES OF RECORDS IN THE SYSTEM:
1 [] (contact) SYSTEM MANAGER(S) AND ADDRESS:
1 [] (access) NOTIFICATION PROCEDURE:
1 [] (source) RECORD SOURCE CATEGORIES:
`},
		{"contract", contractText, `
1 [B] (price) SECTION B - SUPPLIES OR SERVICES AND PRICES/COSTS
2 [B.1] () B.1
1 [C] (work) SECTION C - DESCRIPTION/SPECIFICATIONS/STATEMENT OF WORK
2 [C.1] () C.1 BACKGROUND
3 [C.3.2] () C.3.2
3 [C.3.3] (retention) C.3.3 Disposal.
1 [H] (requirements) SECTION H - SPECIAL CONTRACT REQUIREMENTS
2 [H.5] (rights) H.5 RIGHTS IN DATA
1 [I] (clauses) SECTION I - CONTRACT CLAUSES
2 [52.252-2] () I.1 52.252-2 CLAUSES INCORPORATED BY REFERENCE (FEB 1998)
2 [52.224-3] (training) 52.224-3 PRIVACY TRAINING (JAN 2017)
`},
		{"an extract of a contract", "Contract (extract)\n\nSECTION C: Description of the work\n\nThe contractor runs it.\n\nSECTION H: Rights in data\n\nThe agency has unlimited rights.\n", `
1 [C] (work) SECTION C: Description of the work
1 [H] (rights) SECTION H: Rights in data
`},
		{"one section of a contract", "SECTION H - SPECIAL CONTRACT REQUIREMENTS\n\nThe agency has unlimited rights in the data.\n", "\n1 [H] (requirements) SECTION H - SPECIAL CONTRACT REQUIREMENTS\n"},
		{"lettered numbers", "C.3.2 Data retention\n\nIt keeps the data for seven years.\n\nH.5 RIGHTS IN DATA\n\nThe agency has them.\n", `
3 [C.3.2] (retention) C.3.2 Data retention
2 [H.5] (rights) H.5 RIGHTS IN DATA
`},
		{"sections of a law", "The agency may do so under the Act:\n\nSection 5 of the Act, which is old.\n\nSection 7 of the Act, which is not.\n", ""},
		{"attachments", "Attachment A: Prices\n\nAttachment B: Places\n\nThese are part of it.\n", ""},
		{"one stray number", "It says so.\n\n5.1 How long is it kept?\n\nFor seven years.\n", ""},
		{"a list", "It holds:\n\n1. Name\n2. Address\n3. Photograph\n\nThat is all of it.\n", ""},
		{"a list with text", "1. The name of the person who asked.\n\n2. The address of the person who asked.\n\n3. The photograph.\n", ""},
		{"a number in a sentence", "The rule that binds all of the agency and its components stands in section\n5.1 of the law. Others are 5.2 and\n5.3 of it.\n", ""},
		{"clause", "52.224-2 Privacy Act.\n\n(a) The Contractor agrees to it.\n", "\n1 [52.224-2] () 52.224-2 Privacy Act.\n"},
		{"clauses in a list", "The contract holds by reference:\n52.224-1 PRIVACY ACT NOTIFICATION (APR 1984)\n52.224-2 PRIVACY ACT (APR 1984)\n52.239-1 PRIVACY OR SECURITY SAFEGUARDS (AUG 1996)\n\nEnd.\n", ""},
		{"numbers on lines of their own", "5.\n\nRetention\n\nIt is kept for as long as the law asks, which is long.\n\n5.1\n\nHow long is it kept?\n\nSeven years.\n\n5.2\n\nThe agency keeps all records in the custody of the office.\n", `
1 [5] (retention) 5. Retention
2 [5.1] (retention) 5.1 How long is it kept?
2 [5.2] () 5.2
`},
	} {
		want := strings.TrimPrefix(tc.want, "\n")
		d := parsed(t, "a.txt", tc.text)
		if got := outlineOf(d); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", tc.name, got, want)
		}
		checkSentences(t, d)
	}
}

const dhsText = `Privacy Impact Assessment
for the
Example Register

Table of Contents
Abstract ................................ 2
Section 1.0 Authorities and Other Requirements ......... 3
Section 5.0 Data Retention by the Project ........... 9

Abstract
The Example Register is a list that we made up. It holds names.

Section 1.0 Authorities and Other Requirements

1.1 What specific legal authorities permit and define the collection of
information by the project in question?
Section 208 of the E-Government Act does.

1.2 What notices (SORNs) apply to the information?

The notice DHS/EX-001 applies. 2.1 stands here in the middle.

Section 2.0 Characterization of the Information

2.1 Identify the information the project collects, uses, disseminates, or
maintains.

The project collects:
1. Name;
2. Date of birth; and
3. Photograph.

2.2 What are the sources of the information and how is it collected?
The person gives it.

2.5 Privacy Impact Analysis: Related to Characterization of the Information

Privacy Risk: There is a risk that more is collected than needed.

Mitigation: The form asks for three things only.

Section 5.0 Data Retention by the Project

5.1 How long is it retained? Records are kept for seven years.

Responsible Officials

Jane Roe
`

const contractText = `SECTION B - SUPPLIES OR SERVICES AND PRICES/COSTS

B.1 Prices are in the schedule.

SECTION C - DESCRIPTION/SPECIFICATIONS/STATEMENT OF WORK

C.1 BACKGROUND

The agency runs a programme.

C.3.2 The Contractor shall retain the records for no more than two years after the end of the contract, and shall then destroy them.

C.3.3 Disposal. The Contractor shall certify the destruction of all records within thirty days after the end of the contract.

SECTION H - SPECIAL CONTRACT REQUIREMENTS

H.5 RIGHTS IN DATA

The Government has unlimited rights.

SECTION I - CONTRACT CLAUSES

I.1 52.252-2 CLAUSES INCORPORATED BY REFERENCE (FEB 1998)

This contract incorporates one or more clauses by reference.

52.224-1 PRIVACY ACT NOTIFICATION (APR 1984)
52.224-2 PRIVACY ACT (APR 1984)
52.227-14 RIGHTS IN DATA-GENERAL (MAY 2014)

52.224-3 PRIVACY TRAINING (JAN 2017)

(a) Definition. As used in this clause, it means what it means.
`

func TestContents(t *testing.T) {
	for name, text := range map[string]string{
		"leaders":  dhsText,
		"repeated": "1. Introduction\n2. Sharing\n3. Retention\n\nPreface\n\n1. Introduction\n\nThis is an introduction that says what the whole of the document is all about and for whom it was written by us.\n\n2. Sharing\n\nThis is a paragraph that says with whom the information is shared, which is nobody at all as far as anybody knows.\n\n3. Retention\n\nIt is kept.\n",
		"titled":   "CONTENTS\nAbstract\t1\nOverview of a long title that goes\non here\t2\n\nAbstract\n\nWords.\n",
	} {
		d := parsed(t, "a.txt", text)
		n := 0
		for _, a := range d.Asides {
			if a.Kind == Contents {
				n++
			}
		}
		if n < 3 {
			t.Errorf("%s: %d lines of a table of contents in %+v", name, n, d.Asides)
		}
		list := d.Sentences()
		if i := slices.IndexFunc(list, func(s Sentence) bool { return s.Kind == Margin }); i < 0 {
			t.Errorf("%s: no margin", name)
		}
		checkSentences(t, d)
	}
}

func TestQuestionsOfForms(t *testing.T) {
	d := parsed(t, "a.txt", dhsText)
	for text, want := range map[string]SentenceKind{
		"5.1 How long is it retained?": Question, "Records are kept for seven years.": Prose, "Section 5.0 Data Retention by the Project": Heading,
		"2.1 Identify the information the project collects, uses, disseminates, or maintains.": Question, "Date of birth; and": Item, "Mitigation:": Heading,
	} {
		i := slices.IndexFunc(d.Sentences(), func(s Sentence) bool { return s.Text == text })
		if i < 0 {
			t.Errorf("no sentence %q", text)
			continue
		}
		if got := d.Sentences()[i].Kind; got != want {
			t.Errorf("%q is of kind %d, want %d", text, got, want)
		}
	}
}

func TestStyledOutline(t *testing.T) {
	text := "Big title\n\nRetention\nRecords are kept for seven years, and then they are destroyed.\n\nSharing of data\nNothing is shared.\nImportant words in bold\nthat go on in this sentence. They do.\n"
	d := &Document{Text: text, Pages: splitPages(text), Format: "pdf"}
	var lines []line
	at := 0
	for s := range strings.Lines(text) {
		l := line{start: at, end: at + len(s), size: 11}
		switch strings.TrimSpace(s) {
		case "Big title":
			l.size = 20
		case "Retention", "Sharing of data":
			l.bold = true
		}
		lines = append(lines, l)
		at += len(s)
	}
	d.outline(lines)
	want := "1 [] () Big title\n2 [] (retention) Retention\n2 [] (sharing) Sharing of data\n"
	if got := outlineOf(d); got != want {
		t.Errorf("%s\nwant:\n%s", got, want)
	}
}

func FuzzOutline(f *testing.F) {
	f.Add(dhsText, 7)
	f.Add(contractText, 3)
	f.Add("1. a\n2. b\n3. c\n1. a\nContents\n1.1\n1.2\nC.1\nPurpose: x\n52.1-1\n", 2)
	f.Fuzz(func(t *testing.T, text string, n int) {
		d, err := Parse(t.Context(), "a.txt", []byte(text), Options{})
		if err != nil {
			return
		}
		checkOutline(t, d)
		checkSentences(t, d)
		if n < 1 {
			return
		}
		again := &Document{Text: d.Text, Pages: d.Pages, Format: "pdf"}
		var lines []line
		for i := 0; i < len(d.Text); i += n {
			lines = append(lines, line{i, min(i+n, len(d.Text)), float32(9 + i%5), i%3 == 0})
		}
		again.outline(lines)
		checkOutline(t, again)
	})
}

func checkOutline(t testing.TB, d *Document) {
	t.Helper()
	end := 0
	for _, s := range d.Sections {
		if s.Start < end || s.End <= s.Start || s.End > len(d.Text) || s.Level < 1 || s.Level > maxLevel || s.Title == "" {
			t.Fatalf("section %+v behind offset %d", s, end)
		}
		end = s.End
	}
	end = 0
	for _, a := range d.Asides {
		if a.Start < end || a.End <= a.Start || a.End > len(d.Text) {
			t.Fatalf("aside %+v behind offset %d", a, end)
		}
		end = a.End
	}
	checkCells(t, d)
}
