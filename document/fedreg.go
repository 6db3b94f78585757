package document

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// fedregStart finds the elements that documents of the Federal Register start
// with in the XML of govinfo.gov and federalregister.gov (GPO's Federal Register
// schema, and that of the Privacy Act Issuances).
var fedregStart = pattern(`(?s)^(?:\x{feff}|\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>)*<(?:FEDREG|RULE|PRORULE|NOTICE|PRESDOCU|PRIACT|pai)\b`)

func isFederalRegister(f *file) bool { return fedregStart().Match(f.head) }

// What is read of it: paragraphs, and headings by what the attribute SOURCE
// says. Other elements are parts of them or hold them.
var (
	fedregBlocks = names("P FP HD SUBJECT AGENCY SUBAGY DEPDOC RIN NAME TITLE DATED FRDOC BILCOD CFR CHED LI GPOTABLE FTNT SIG EXTRACT NOTICE RULE PRORULE STARS AMDPAR SECTION SECTNO section subsection name systemNumber p li")
	fedregLevels = map[string]int{"HED": 1, "HD1": 2, "HD2": 3, "HD3": 4, "HD4": 5, "HD5": 6}
	fedregUnread = names("GPH MATH GID")
)

// readFederalRegister reads a document of the Federal Register. A page starts
// where the printed one does and has its number for a label.
func readFederalRegister(ctx context.Context, d *Document, f *file, _ *Options) error {
	data, err := f.bytes()
	if err != nil {
		return err
	}
	x := newXMLReader(ctx, bytes.NewReader(data))
	w := &pageWriter{d: d, heading: -1, tight: true}
	d.Pages = []Page{{Number: 1}}
	var open []string
	level, raised := 0, 0
	for {
		t, err := x.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("is damaged: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if fedregUnread[name] {
				if err := x.skip(); err != nil && err != io.EOF {
					return fmt.Errorf("is damaged: %w", err)
				}
				continue
			}
			open = append(open, name)
			switch {
			case name == "ROW" || name == "BOXHD":
				w.startRow()
			case name == "ENT" || name == "CHED":
				w.startCell(1, 1)
			case name == "FTNT":
				w.startAside(Footnote)
			case fedregBlocks[name]:
				w.breakBlock()
			}
			switch name {
			case "HD":
				level = fedregLevels[attr(t, "SOURCE")]
				if level > 0 {
					w.startHeading()
				}
			case "subsection":
				if title := wordsOf(attr(t, "type")); title != "" {
					w.startHeading()
					w.write(title, true)
					w.endHeading(2)
					w.breakBlock()
				}
			case "SU":
				raised = w.size()
			case "PRTPAGE":
				w.pageFrom(attr(t, "P"))
			}
		case xml.EndElement:
			if len(open) == 0 {
				continue
			}
			open = open[:len(open)-1]
			switch name := t.Name.Local; {
			case name == "HD":
				w.endHeading(level)
				w.breakBlock()
			case name == "ROW" || name == "BOXHD":
				w.endRow()
			case name == "SU" && raised < w.size():
				w.noteMark(raised)
			case name == "FTNT":
				w.endAside()
			case fedregBlocks[name]:
				w.breakBlock()
			}
		case xml.CharData:
			w.write(string(t), len(open) > 0 && open[len(open)-1] == "HD")
		}
		if err := w.tooLong(); err != nil {
			return err
		}
	}
	return w.finish()
}

// wordsOf returns the words of a name such as recordSourceCategories.
func wordsOf(name string) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case i == 0:
			r = unicode.ToUpper(r)
		case unicode.IsUpper(r):
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// pageFrom starts a page whose printed number is given.
func (w *pageWriter) pageFrom(label string) {
	label = strings.TrimSpace(label)
	last := &w.d.Pages[len(w.d.Pages)-1]
	if last.Start == len(w.b) {
		last.Label = label
		return
	}
	last.End = len(w.b)
	w.d.Pages = append(w.d.Pages, Page{Number: last.Number + 1, Label: label, Start: len(w.b)})
}
