package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/document"
	"github.com/pia-check/pia-check/report"
)

func newText() *cobra.Command {
	var (
		d             documentFlags
		pages, format string
	)
	cmd := &cobra.Command{
		Use:   "text FILE",
		Short: "Print what is read of a document, page by page",
		Long: `Text prints a document as the program reads it: pages with their numbers and
printed labels, headings marked with #, what stands outside the running text
(headers, footers, footnotes, tables of contents) marked with ~, and withheld
passages named. Quotes are found in this text.`,
		Example: `  pia-check text assessment.pdf
  pia-check text assessment.pdf --pages 3-5
  pia-check text release.pdf --ocr force --format json`,
		Args: cobra.ExactArgs(1),
	}
	cmd.Flags().StringVar(&pages, "pages", "", "`pages` of the file, such as 3 or 3-5 or 1,4-6")
	cmd.Flags().StringVarP(&format, "format", "f", "text", "output `format`: text or json")
	d.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if format != "text" && format != "json" {
			return fmt.Errorf("--format %q is not one of text, json", format)
		}
		doc, err := d.open(cmd, args[0])
		if err != nil {
			return err
		}
		wanted, err := pageSet(pages, len(doc.Pages))
		if err != nil {
			return err
		}
		if format == "json" {
			return printJSON(cmd, documentJSON(doc, wanted))
		}
		return printText(cmd.OutOrStdout(), doc, wanted)
	}
	return cmd
}

// pageSet returns which pages, by number, a list such as "1,4-6" names; all
// when it is empty.
func pageSet(s string, last int) (map[int]bool, error) {
	set := map[int]bool{}
	if s == "" {
		s = "1-" + strconv.Itoa(last)
	}
	for _, part := range strings.Split(s, ",") {
		from, to, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			to = from
		}
		a, err1 := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		switch {
		case err1 != nil || err2 != nil || a < 1 || b < a:
			return nil, fmt.Errorf("--pages %q: write pages as 3 or 3-5 or 1,4-6", s)
		case a > last:
			return nil, fmt.Errorf("--pages %q: the document has %d pages", s, last)
		}
		for n := a; n <= min(b, last); n++ {
			set[n] = true
		}
	}
	return set, nil
}

// marks are how a line begins that is not running text.
func mark(s document.Sentence) string {
	switch s.Kind {
	case document.Heading, document.Question:
		return "# "
	case document.Margin, document.Note:
		return "~ "
	case document.Item:
		return "* "
	}
	return "  "
}

func printText(w io.Writer, doc *document.Document, wanted map[int]bool) error {
	b := bufio.NewWriter(w)
	for _, n := range doc.Notices {
		if n.Page == 0 || wanted[n.Page] {
			fmt.Fprintf(b, "note: %s\n", printable(n.String()))
		}
	}
	list := doc.Sentences()
	for _, p := range doc.Pages {
		for len(list) > 0 && list[0].Start < p.Start {
			list = list[1:]
		}
		if !wanted[p.Number] {
			continue
		}
		fmt.Fprintf(b, "--- page %d%s\n", p.Number, pageNote(p))
		for ; len(list) > 0 && list[0].Start < p.End; list = list[1:] {
			s := list[0]
			b.WriteString(mark(s) + printable(s.Text))
			if s.Redacted {
				b.WriteString("  [withheld in part]")
			}
			if s.End > p.End {
				fmt.Fprintf(b, "  [ends on page %d]", doc.PageAt(s.End-1))
			}
			b.WriteByte('\n')
		}
		for _, r := range doc.Redactions {
			if r.Page == p.Number {
				fmt.Fprintf(b, "withheld: %s\n", orElse(r.Exemption, "no exemption named"))
			}
		}
	}
	return b.Flush()
}

func pageNote(p document.Page) string {
	note := ""
	if p.Label != "" {
		note += ", printed " + printable(p.Label)
	}
	switch p.Source {
	case document.OCR:
		note += fmt.Sprintf(", read by OCR (confidence %.2f)", p.Confidence)
	case document.Unread:
		note += ", not read"
	}
	return note
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// printable keeps document text from steering the terminal.
var printable = report.Printable

// documentJSON is the JSON form of what was read. Offsets are in characters.
func documentJSON(doc *document.Document, wanted map[int]bool) any {
	type object = map[string]any
	sources := map[document.Source]string{document.TextLayer: "text", document.OCR: "ocr", document.Unread: "unread"}
	kinds := map[document.SentenceKind]string{
		document.Prose: "prose", document.Heading: "heading", document.Question: "question", document.Item: "item",
		document.Cell: "cell", document.Note: "note", document.Margin: "margin",
	}
	box := func(b document.Box) []float32 { return []float32{b.X0, b.Y0, b.X1, b.Y1} }
	pages, list, standing := []any{}, doc.Sentences(), doc.Words
	for _, p := range doc.Pages {
		for len(list) > 0 && list[0].Start < p.Start {
			list = list[1:]
		}
		for len(standing) > 0 && int(standing[0].Start) < p.Start {
			standing = standing[1:]
		}
		if !wanted[p.Number] {
			continue
		}
		out := object{
			"number": p.Number, "source": sources[p.Source], "text": doc.Text[p.Start:p.End],
			"start": doc.Characters(p.Start), "end": doc.Characters(p.End),
		}
		if p.Label != "" {
			out["label"] = p.Label
		}
		if p.Width > 0 {
			out["width"], out["height"] = p.Width, p.Height
		}
		if p.Source == document.OCR {
			out["confidence"] = p.Confidence
		}
		sentences := []any{}
		for ; len(list) > 0 && list[0].Start < p.End; list = list[1:] {
			s := list[0]
			item := object{
				"kind": kinds[s.Kind], "text": s.Text, "start": doc.Characters(s.Start), "end": doc.Characters(s.End),
				"section": doc.SectionAt(s.Start),
			}
			if s.Redacted {
				item["redacted"] = true
			}
			sentences = append(sentences, item)
		}
		redactions := []any{}
		for _, r := range doc.Redactions {
			if r.Page == p.Number {
				redactions = append(redactions, object{"exemption": r.Exemption, "at": doc.Characters(r.At), "box": box(r.Box)})
			}
		}
		words := []any{}
		for ; len(standing) > 0 && int(standing[0].Start) < p.End; standing = standing[1:] {
			word := standing[0]
			words = append(words, object{"start": doc.Characters(int(word.Start)), "end": doc.Characters(int(word.End)), "box": box(word.Box)})
		}
		out["sentences"], out["redactions"], out["words"] = sentences, redactions, words
		pages = append(pages, out)
	}
	notices := []any{}
	for _, n := range doc.Notices {
		notices = append(notices, n.String())
	}
	return object{"path": doc.Path, "format": doc.Format, "sha256": doc.SHA256, "pages": pages, "notices": notices}
}
