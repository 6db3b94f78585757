// Package claims is the ground floor of pia-check: what a case file says, in a
// form that can be compared. A case names documents; each document makes
// claims; each claim has values of one topic and the quotes that back it.
//
// The package reads cases (Load), knows the vocabulary and the topics, orders
// durations, and normalises a case into the input that policies see.
package claims

import (
	"fmt"
	"slices"
)

// Case is one question under examination: a system, the documents about it and
// what they claim. It is read by Load and never changed afterwards, but for the
// Verified part of its citations.
type Case struct {
	ID, Title, Summary string
	System             System
	Documents          []Document
	Claims             []Claim

	File  string   // the case file, as given on the command line
	Dir   string   // the folder that document paths are relative to
	Files []string // File and every claims/*.yaml that was read with it
}

// System is what the documents of a case are about.
type System struct {
	Name       string
	Operator   string // term of the vocabulary "actors"
	Contractor string // free text
}

// Document is one source of claims. Path is relative to the folder of the case
// and must stay inside it.
type Document struct {
	ID, Kind, Title string
	Path, SHA256    string
	URL, Date       string // Date is YYYY, YYYY-MM or YYYY-MM-DD, or empty
	Supersedes      []string
	Redactions      []Redaction
	// Superseded is true when a current document of the case supersedes this
	// one: its claims no longer speak for their side.
	Superseded bool
	// Notices tell what a reader of the file must know, such as pages that were
	// not read; they are known once its quotes are verified.
	Notices []string

	Pos, PathPos, SHA256Pos Pos
}

// Name is how the document is called in a message: its kind and its title.
func (d *Document) Name() string {
	kind, _ := KindOf(d.Kind)
	return kind.Label + " “" + d.Title + "”"
}

// Redaction is a passage of a document that was withheld, with the exemption
// that its releaser claimed, such as "(b)(7)(E)".
type Redaction struct {
	Page      int // 1-based
	Exemption string
	Note      string
}

// Claim is one statement by one document.
type Claim struct {
	ID, Document, Topic, Modality string
	Review                        string // draft, accepted or rejected
	Redacted                      bool   // the deciding text is withheld
	Note                          string
	// Values holds the values of the topic by field name: string, []string,
	// int or Period, as the topic's table says. A topic that is not built in
	// keeps its values as they were read, under the single key "values".
	Values    map[string]any
	Citations []Citation

	// Extracted says which rule drafted the claim; nil when a person wrote it.
	Extracted *Extracted

	// ImpliedBy names the claim that a clause of the library was cited by,
	// and Clause that clause, where this claim follows from the clause's text.
	ImpliedBy, Clause string

	Pos Pos
}

// Extracted is where a drafted claim comes from. Confidence is from 0 to 1.
type Extracted struct {
	Rule       string
	Confidence float64
}

// Citation is an exact quote from the document of its claim. Page, Start and
// End are what the case states, zero where it is silent; Start and End count
// characters (Unicode code points) of the document's text from 0, as a W3C Web
// Annotation TextPositionSelector does.
type Citation struct {
	Quote      string
	Page       int // 1-based
	Section    string
	Start, End int
	HasOffsets bool

	// Verified says where the quote was found; nil until then.
	Verified *Place

	Pos, QuotePos, PagePos, SectionPos, OffsetPos Pos
}

// Place is where a quote stands in its document. Match is "exact", "folded"
// (the same words, but for white space, hyphenation and typographic forms),
// "elided" (the quote leaves words out) or "ocr" (in text that OCR read from a
// picture). Labels are the printed page numbers, empty where they are the same.
type Place struct {
	Page, EndPage   int // 1-based
	Label, EndLabel string
	Section         string
	Start, End      int // characters, half-open
	Match           string
	// Similarity is the share of the characters that stand as quoted, from 0 to
	// 1, and Confidence that of the OCR; both are told of "ocr" only.
	Similarity, Confidence float64
	// Redacted says that a passage of the quote's sentence is withheld.
	Redacted bool
}

// Side is the part that a document plays in the comparison.
type Side string

// The three sides. Public documents draw the boundary that binding and
// observed ones are held against.
const (
	Public   Side = "public"
	Binding  Side = "binding"
	Observed Side = "observed"
)

// Sides lists the sides in the order in which they are reported.
var Sides = []Side{Public, Binding, Observed}

// Kind is a kind of document.
type Kind struct {
	Name, Label string
	Side        Side
}

// Kinds lists the kinds of documents that a case may name.
var Kinds = []Kind{
	{"pia", "privacy impact assessment", Public},
	{"sorn", "system of records notice", Public},
	{"notice", "notice", Public},
	{"statement", "statement", Public},
	{"contract", "contract", Binding},
	{"records-schedule", "records schedule", Binding},
	{"statute", "statute", Binding},
	{"foia-record", "record released under FOIA", Observed},
	{"audit", "audit", Observed},
	{"report", "report", Observed},
}

// KindOf returns the kind of that name; ok is false when there is none.
func KindOf(name string) (k Kind, ok bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// Modalities are the ways in which a claim can be put.
var Modalities = []string{"does", "does-not", "may", "must", "must-not"}

// Reviews are the review states of a claim.
var Reviews = []string{"draft", "accepted", "rejected"}

// Polarity folds a modality to what can be compared: "does" or "does-not".
func Polarity(modality string) string {
	if modality == "does-not" || modality == "must-not" {
		return "does-not"
	}
	return "does"
}

// Document returns the document of that id, nil when the case has none.
func (c *Case) Document(id string) *Document {
	for i := range c.Documents {
		if c.Documents[i].ID == id {
			return &c.Documents[i]
		}
	}
	return nil
}

// Claim returns the claim of that id, nil when the case has none.
func (c *Case) Claim(id string) *Claim {
	for i := range c.Claims {
		if c.Claims[i].ID == id {
			return &c.Claims[i]
		}
	}
	return nil
}

// Tally says how many quotes of how many documents were verified, and how.
func (c *Case) Tally() string {
	matches := map[string]int{}
	total := 0
	for _, cl := range c.Claims {
		if cl.ImpliedBy != "" {
			continue
		}
		for _, cit := range cl.Citations {
			if cit.Verified != nil {
				total++
				matches[cit.Verified.Match]++
			}
		}
	}
	scanned := ""
	if n := matches["ocr"]; n > 0 {
		scanned = fmt.Sprintf(", %d in text read by OCR", n)
	}
	return fmt.Sprintf("%d quotes of %d documents stand as cited (%d exact, %d but for line breaks and typography, %d with words left out%s)",
		total, len(c.Documents), matches["exact"], matches["folded"], matches["elided"], scanned)
}
