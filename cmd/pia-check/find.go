package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/document"
)

func newFind() *cobra.Command {
	var (
		d      documentFlags
		format string
	)
	cmd := &cobra.Command{
		Use:   "find FILE QUOTE",
		Short: "Find every place of a quote in a document, as a citation",
		Long: `Find prints each place where the words stand as a citation that can be pasted
under the "citations" of a claim. White space, hyphenation and typographic forms
don't matter; "..." stands for words left out. Where the words stand nowhere, the
closest passage is told, and the exit code is 1.`,
		Example: `  pia-check find assessment.pdf "retained for seven years"
  pia-check find contract.pdf "unlimited rights ... or disclose" --format json`,
		Args: cobra.ExactArgs(2),
	}
	cmd.Flags().StringVarP(&format, "format", "f", "text", "output `format`: text (YAML, as in a case file) or json")
	d.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if format != "text" && format != "json" {
			return fmt.Errorf("--format %q is not one of text, json", format)
		}
		if strings.TrimSpace(args[1]) == "" {
			return fmt.Errorf("the quote is empty")
		}
		doc, err := d.open(cmd, args[0])
		if err != nil {
			return err
		}
		matches := cite.Find(doc, args[1])
		places := make([]place, len(matches))
		for i, m := range matches {
			places[i] = newPlace(doc, args[1], m)
		}
		if format == "json" {
			if err := printJSON(cmd, places); err != nil {
				return err
			}
		}
		for _, p := range places {
			if format == "text" {
				fmt.Fprint(cmd.OutOrStdout(), p.yaml())
			}
		}
		if len(places) > 0 {
			return nil
		}
		return notStanding(cmd, doc, args[0], args[1])
	}
	return cmd
}

// notStanding tells that words stand nowhere in a document, and what comes close.
func notStanding(cmd *cobra.Command, doc *document.Document, path, quote string) error {
	fmt.Fprintf(cmd.ErrOrStderr(), "pia-check: these words do not stand in %s%s\n", path, cite.Unread(doc))
	if near, ok := cite.Nearest(doc, quote); ok {
		fmt.Fprintf(cmd.ErrOrStderr(), "closest: %q (page %d, %.0f%% alike)\n", near.Text, near.Page, 100*near.Similarity)
	}
	return exitCode(exitFindings)
}

// place is one citation, as a case file writes it.
type place struct {
	Quote      string  `json:"quote"`
	Page       int     `json:"page"`
	EndPage    int     `json:"end_page,omitempty"`
	PageLabel  string  `json:"page_label,omitempty"`
	Section    string  `json:"section,omitempty"`
	Start      int     `json:"start"`
	End        int     `json:"end"`
	Match      string  `json:"match"`
	Similarity float64 `json:"similarity"`
	Confidence float64 `json:"confidence,omitempty"`
}

// newPlace cites a match. The quote is what stands in the document, but for text
// that OCR may have misread and for words that the quote leaves out.
func newPlace(doc *document.Document, quote string, m cite.Match) place {
	page, _ := doc.Page(m.Page)
	p := place{
		Quote: plain(quote), Page: m.Page, PageLabel: page.Label, Match: m.Kind,
		Start: doc.Characters(m.Start), End: doc.Characters(m.End), Similarity: m.Similarity, Confidence: m.Confidence,
	}
	if m.EndPage != m.Page {
		p.EndPage = m.EndPage
	}
	if path := doc.SectionAt(m.Start); len(path) > 0 {
		p.Section = path[len(path)-1]
	}
	return p
}

func (p *place) yaml() string {
	var notes []string
	if p.PageLabel != "" {
		notes = append(notes, "printed "+printable(p.PageLabel))
	}
	if p.EndPage > 0 {
		notes = append(notes, fmt.Sprintf("ends on page %d", p.EndPage))
	}
	if p.Match == cite.OCR {
		notes = append(notes, fmt.Sprintf("read by OCR, %.0f%% alike, confidence %.2f", 100*p.Similarity, p.Confidence))
	}
	comment := ""
	if len(notes) > 0 {
		comment = " # " + strings.Join(notes, ", ")
	}
	s := fmt.Sprintf("- quote: %s\n  page: %d%s\n", yamlString(p.Quote), p.Page, comment)
	if p.Section != "" {
		s += "  section: " + yamlString(p.Section) + "\n"
	}
	return s + fmt.Sprintf("  start: %d\n  end: %d\n", p.Start, p.End)
}

// yamlString writes a text in double quotes, which in YAML 1.2 hold whatever
// JSON strings hold.
func yamlString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
