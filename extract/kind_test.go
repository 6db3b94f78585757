package extract

import (
	"testing"

	"github.com/pia-check/pia-check/document"
)

// TestKindOf proposes kinds of documents by their first lines; each speaks of
// other kinds, too. The documents are invented.
func TestKindOf(t *testing.T) {
	for _, tc := range []struct{ want, text string }{
		{"pia", "# Privacy Impact Assessment for the Visitor Program\n\nThe agency runs the program with a contractor. Records are kept under the General Records Schedule."},
		{"pia", "# Visitor App: Privacy Assessment\n\nThe app is run by a contractor."},
		{"pia", "A. SYSTEM DESCRIPTION\n\nWhat is the general business purpose of this system?\nIt counts visitors.\n\nDoes the system collect or maintain personally identifiable information (PII)?\nYes\n"},
		{"pia", "# Abstract\n\nThe platform counts visitors under a contract.\n\n# Section 1. Characterization of the Information\n\nNames are kept.\n"},
		{"sorn", "# Privacy Act of 1974; Matching Program\n\nThe agreement sets forth the terms under which the bureau discloses records."},
		{"sorn", "12VIS3\n\nSYSTEM NAME:\nVisitor Records\n\nAUTHORITY FOR MAINTENANCE OF THE SYSTEM:\nTitle 9, United States Code.\n\nRECORD SOURCE CATEGORIES:\nVisitors.\n"},
		{"contract", "# Contract for the Visitor Program (extract)\n\nThe company counts visitors."},
		{"contract", "# Visitors Inc. Data Protection Agreement\n\nVisitors Inc. processes data as the customer says."},
		{"contract", "EXHIBIT C, INFORMATION TECHNOLOGY PROVISIONS\n\nContractor may not keep visitors' records elsewhere.\n"},
		{"sorn", "12. A record in this system of records may be disclosed, as a routine use, to a contractor.\n\nRETRIEVABILITY:\nBy name.\n"},
		{"records-schedule", "SCHEDULE OF RECORDS RETENTION AND DISPOSITION\nVISITORS' OFFICE\n\n1-01 Visitor logs\n"},
		{"records-schedule", "RECORDS SCHEDULE FOR VISITOR SYSTEMS\n\nItem 1. Visitor logs.\n"},
		{"statement", "VIDEO AND AUDIO RECORDING POLICY\n\nFootage of visitors is kept for a month.\n"},
		{"contract", "# Request for Quotation\n\nFrom: the office. Question and answer exchanges are published."},
		{"contract", "SUBCONTRACT PROVISIONS\n\nThe following clauses are incorporated by reference.\n\n52.224-2 Privacy Act\n"},
		{"contract", "# Data Terms for the Visitor System\n\nThe Vendor hereby assigns its rights in the visitor data.\n\nThis contract requires the Vendor to return it.\n"},
		{"records-schedule", "### 4.9 Visitor logs\n\nDisposition authority: see below.\n\nTemporary. Destroy 2 years after the visit.\n"},
		{"records-schedule", "# Data Retention Schedule\n\nThe periods for visitors' records."},
		{"notice", "# Privacy information\n\nWe keep your personal details until you have left."},
		{"statement", "# Policy 77 - Visitor Cameras\n\nThe cameras are run by the department."},
		{"audit", "# Privacy review of the visitor app\n\nThe office had a Privacy Assessment made by the department, and looked at it."},
		{"sorn", "# Privacy Act of 1974; Office-011 Case Records System of Records\n\nACTION: Notice of modified system of records. A privacy impact assessment was published."},
		{"sorn", "SYSTEM NAME AND NUMBER: Visitor Records.\n\nCATEGORIES OF INDIVIDUALS COVERED BY THE SYSTEM: Visitors.\n"},
		{"contract", "# AMENDMENT OF SOLICITATION/MODIFICATION OF CONTRACT\n\nThe contractor follows the privacy policy of the agency."},
		{"contract", "# PERFORMANCE WORK STATEMENT\n\nThe Contractor shall help to write the privacy impact assessment."},
		{"contract", "# First Amendment to the Hosting Agreement\n\nThe amendment follows the privacy policy."},
		{"contract", "# FLOWDOWNS\n\nThe following clauses are incorporated in this order by reference:\n\n52.224-2 Privacy Act\n"},
		{"contract", "# Visitors Inc. Data Protection Agreement\n\nVisitors Inc. processes data as the customer says."},
		{"contract", "EXHIBIT C, INFORMATION TECHNOLOGY PROVISIONS\n\nContractor may not keep visitors' records elsewhere.\n"},
		{"sorn", "12. A record in this system of records may be disclosed, as a routine use, to a contractor.\n\nRETRIEVABILITY:\nBy name.\n"},
		{"records-schedule", "SCHEDULE OF RECORDS RETENTION AND DISPOSITION\nVISITORS' OFFICE\n\n1-01 Visitor logs\n"},
		{"records-schedule", "RECORDS SCHEDULE FOR VISITOR SYSTEMS\n\nItem 1. Visitor logs.\n"},
		{"statement", "VIDEO AND AUDIO RECORDING POLICY\n\nFootage of visitors is kept for a month.\n"},
		{"contract", "# Request for Quotation\n\nQuestions and answers are published. The contractor shall follow the notice."},
		{"contract", "# Data Terms\n\nThe Vendor hereby assigns its rights in the data. The Vendor warrants that the data is its own."},
		{"contract", "# DATA PROCESSING ADDENDUM\n\nThe Processor shall follow the privacy notice."},
		{"records-schedule", "# GENERAL RECORDS SCHEDULE 9.9: Visitor Records\n\nThis schedule covers records of visitors."},
		{"statement", "# Visitor Program: Frequently Asked Questions\n\nThe privacy impact assessment says so."},
		{"statement", "# WRITTEN TESTIMONY OF THE DIRECTOR\n\nThe contract is performed by a vendor. The Privacy Impact Assessment was published."},
		{"notice", "# PRIVACY ACT STATEMENT\n\nROUTINE USES: see the System of Records Notice of the office."},
		{"notice", "# Privacy - Harbor Police Service\n\nWhat visitors tell us is treated in confidence."},
		{"notice", "# 4. Where do we obtain personal data from?\n\n* Courts\n* Prisons"},
		{"audit", "# Government Accountability Office\n\nThe bureau published a privacy impact assessment late."},
		{"audit", "# Data Protection Impact Assessment Review\n\nThis document reviews the Data Protection Impact Assessment (DPIA) of the program."},
		{"foia-record", "# Released under the Freedom of Information Act\n\nPlease read the privacy impact assessment."},
		{"statute", "99.999-1 Visitor Notification.\n\nAs prescribed in 99.999, insert the following clause in solicitations and contracts:\n\nThe Contractor shall notify visitors."},
		{"statute", "52.999-2 Visitors.\n\nAs prescribed in 99.999(a), insert the following clause:\n\nThe Contractor shall say so in every subcontract and task order.\n"},
		{"report", "# Watched: a report by nobody\n\nWhat the privacy impact assessment leaves out."},
		{"contract", "# Camera order\n\nThe Contractor shall count visitors. The Contractor may not name them.\n"},
		{"notice", "# Coming to see us\n\nWe ask you for a name at the door. Your details are kept for a week.\n"},
		{"statement", "# At the door\n\nWhy do you want my name?\nTo call you when it is your turn.\n\nWho sees my visits?\nNobody.\n"},
		{"statement", "# Counting begins\n\nThe doors count visitors, said the director. Nobody is named, the chief told the council.\n"},
		{"audit", "# Doors of the county\n\nWe found that visitors were named at four doors. We tested forty.\n"},
		{"records-schedule", "Record title: Visitors\n\nRetention: 3 years\n\nRecord title: Doors\n\nRetention: until superseded\n"},
		{"", "# Doors\n\nThe contractor shall count visitors once.\n"},
		{"", "# Lunch\n\nThe canteen is open from noon."},
	} {
		d, err := document.Parse(t.Context(), "kind.md", []byte(tc.text), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if k, _ := Built().KindOf(d); k.Name != tc.want {
			t.Errorf("%.40q is proposed as %q (%s), want %q", tc.text, k.Name, k.Reason, tc.want)
		}
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"Bureau of Visits\n\nPrivacy Impact Assessment\nfor the\nVisitor Program (VP)\n\nSection 1: Executive Summary\n\nThe program counts.": "Privacy Impact Assessment for the Visitor Program (VP)",
		"# PRIVACY IMPACT ASSESSMENT\n\n## Visitor Program\n\n## 1. Introduction\n\nThe program counts.":                                      "PRIVACY IMPACT ASSESSMENT: Visitor Program",
		"# Abstract\n\nThe program counts visitors.\n":                                                                                        "visitor notice",
		"12VIS3\n\nSYSTEM NAME:\nVisitor Records--Bureau of Visits.\n\nSYSTEM LOCATION:\nHere.\n":                                             "Visitor Records--Bureau of Visits",
		"# Visitor Program Assessment\n\n## 1. Introduction\n\nThe program counts visitors.":                                                  "Visitor Program Assessment",
		"Version 3, of May.\n\n# 1. Introduction\n\nThe program counts visitors.":                                                             "visitor notice",
		"Version 3, of May.\n\n# 1. Introduction\n\nText.\n\n# Notice to Visitors\n\nWe count.":                                               "Notice to Visitors",
	} {
		d, err := document.Parse(t.Context(), "visitor-notice.md", []byte(text), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		kind, _ := Built().KindOf(d)
		if got := Built().title(d, kind); got != want {
			t.Errorf("%.40q has the title %q, want %q", text, got, want)
		}
	}
}
