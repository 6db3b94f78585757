package document

import (
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// wordReader reads the parts of a Word document, one after the other.
type wordReader struct {
	file      *docxFile
	styles    wordStyles
	numbering wordNumbering

	notes    map[string][]wordBlock // by kind and id, as "footnote 2"
	margins  []string               // the relations of headers and footers
	authors  map[string]bool        // of comments
	comments int
	inserted int
	deleted  int
	hidden   int // characters
	body     []wordBlock
	// size counts the bytes of text, and paragraphs all of them, those that hang
	// on others too.
	size, paragraphs int
	tables           int // so far
	rows             int // of them
}

// wordBlock is a paragraph, or a row of a table in which no cell holds more.
type wordBlock struct {
	text   string
	breaks []int    // offsets in text at which pages start
	notes  []string // the notes that the text refers to
	marks  []span   // of notes, typed by hand
	level  int      // of a heading, 0 for none
	size   float32
	bold   bool
	list   bool        // an item of a list
	row    bool        // of a table
	cells  []TableCell // of which its text is; their offsets count in it
	toc    bool        // a line of a table of contents
}

// wordParagraph is a paragraph that is being read.
type wordParagraph struct {
	b         strings.Builder
	block     wordBlock
	style     string
	num       string // its list, "" for that of its style
	ilvl      int
	outline   int  // 1 + the outline level stated in it
	joins     bool // its mark is deleted, so that it goes on with the next
	properly  bool // its properties are being read
	letters   int
	boldOnes  int
	sizes     map[float32]int
	boxes     []wordBlock // the text boxes that hang on it
	pageFirst bool
}

// wordRun is what holds of a run of text.
type wordRun struct {
	bold, hidden, raised, properly bool
	size                           float32
}

// wordTable is a table that is being read.
type wordTable struct {
	tableOpen
	cells    [][]wordBlock // of the row
	columns  []int         // where they stand
	properly bool          // the properties of the row are being read
	drop     bool          // the row is deleted
}

// wordFrame is what blocks are put into: the body, a cell or a text box.
type wordFrame struct {
	blocks []wordBlock
	para   *wordParagraph // that is being read in it
	run    wordRun
	text   bool           // the text of a run is being read
	table  *wordTable     // whose cell this is
	across int            // how many columns the cell reaches over
	joined *wordParagraph // that goes on with the next one
}

func (w *wordReader) readBody(x *xmlReader) (err error) {
	w.body, err = w.readPart(x)
	return err
}

// readPart reads the blocks of a part.
func (w *wordReader) readPart(x *xmlReader) ([]wordBlock, error) {
	return w.readBlocks(x, 0)
}

// readBlocks reads blocks up to the end of the element in which depth elements
// are open.
func (w *wordReader) readBlocks(x *xmlReader, depth int) ([]wordBlock, error) {
	frames := []*wordFrame{{}}
	var tables []*wordTable
	for {
		t, err := x.next()
		if err == io.EOF {
			return frames[0].blocks, io.EOF
		}
		if err != nil {
			return nil, err
		}
		f := frames[len(frames)-1]
		switch t := t.(type) {
		case xml.StartElement:
			skip := false
			switch name := t.Name.Local; name {
			case "txbxContent", "tc":
				inner := &wordFrame{}
				if name == "tc" && len(tables) > 0 {
					inner.table = tables[len(tables)-1]
				}
				frames = append(frames, inner)
			case "tbl":
				w.tables++
				tables = append(tables, &wordTable{tableOpen: tableOpen{number: w.tables}})
			case "trPr":
				if len(tables) > 0 {
					tables[len(tables)-1].properly = true
				}
			default:
				if len(tables) > 0 && name == "del" && tables[len(tables)-1].properly {
					tables[len(tables)-1].drop = true
					w.deleted++
				}
				skip = w.start(f, t)
			}
			if skip {
				if err := x.skip(); err != nil {
					return nil, err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "p":
				w.endParagraph(f)
			case "tc":
				if len(frames) > 1 {
					frames = frames[:len(frames)-1]
					if f.table != nil {
						f.table.cells = append(f.table.cells, f.blocks)
						f.table.columns = append(f.table.columns, f.table.startCell(f.across, 1))
					}
				}
			case "txbxContent":
				if len(frames) > 1 {
					frames = frames[:len(frames)-1]
					if outer := frames[len(frames)-1]; outer.para != nil {
						outer.para.boxes = append(outer.para.boxes, f.blocks...)
					} else {
						outer.blocks = append(outer.blocks, f.blocks...)
					}
				}
			case "tr":
				if len(tables) > 0 {
					table := tables[len(tables)-1]
					if !table.drop {
						f.blocks = append(f.blocks, w.rowBlocks(table)...)
					}
					table.cells, table.columns, table.drop = nil, nil, false
					table.endRow()
				}
			case "tbl":
				if len(tables) > 0 {
					tables = tables[:len(tables)-1]
				}
			case "trPr":
				if len(tables) > 0 {
					tables[len(tables)-1].properly = false
				}
			case "t":
				f.text = false
			case "pPr":
				if f.para != nil {
					f.para.properly = false
				}
			case "rPr":
				f.run.properly = false
			case "footnote", "endnote":
				if x.depth < depth {
					return frames[0].blocks, nil
				}
			}
		case xml.CharData:
			if f.text && f.para != nil {
				w.write(f, string(t))
			}
		}
		if err := tooLong(w.size, w.paragraphs); err != nil {
			return nil, err
		}
	}
}

// start reads the start of an element; skip says that nothing in it counts.
func (w *wordReader) start(f *wordFrame, t xml.StartElement) (skip bool) {
	p := f.para
	switch name := t.Name.Local; name {
	case "p":
		if p != nil { // paragraphs hold no paragraphs
			w.endParagraph(f)
		}
		f.para, f.joined = f.joined, nil
		if f.para == nil {
			f.para = &wordParagraph{sizes: map[float32]int{}}
		}
		f.text = false
		return false
	case "del", "moveFrom":
		if p != nil && p.properly {
			p.joins = true
			return true
		}
		if p == nil { // of a row or cell
			return true
		}
		w.deleted++
		return true
	case "ins", "moveTo":
		if p != nil && !p.properly {
			w.inserted++
		}
	case "Fallback", "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange",
		"instrText", "delText", "delInstrText", "rt", "object", "chart", "sdtPr":
		return true
	case "headerReference", "footerReference":
		if id := attr(t, "id"); !slices.Contains(w.margins, id) {
			w.margins = append(w.margins, id)
		}
	}
	if p == nil {
		if t.Name.Local == "gridSpan" {
			f.across, _ = strconv.Atoi(attr(t, "val"))
		}
		return false
	}
	switch name := t.Name.Local; name {
	case "pPr":
		p.properly = true
	case "r":
		f.run = wordRun{}
		f.run.bold, f.run.hidden, f.run.size = w.styles.look(p.style)
	case "rPr":
		f.run.properly = !p.properly
	}
	if p.properly {
		w.property(p, t)
		return false
	}
	if f.run.properly {
		switch t.Name.Local {
		case "b":
			f.run.bold = on(t)
		case "vanish":
			f.run.hidden = on(t)
		case "vertAlign":
			f.run.raised = attr(t, "val") == "superscript"
		case "sz":
			f.run.size = halfPoints(attr(t, "val"))
		case "rStyle":
			bold, hidden, size := w.styles.look(attr(t, "val"))
			f.run.bold, f.run.hidden = f.run.bold || bold, f.run.hidden || hidden
			if size > 0 {
				f.run.size = size
			}
		}
		return false
	}
	w.content(f, t)
	return false
}

// property reads a property of a paragraph.
func (w *wordReader) property(p *wordParagraph, t xml.StartElement) {
	switch t.Name.Local {
	case "pStyle":
		p.style = attr(t, "val")
	case "numId":
		p.num = attr(t, "val")
	case "ilvl":
		p.ilvl, _ = strconv.Atoi(attr(t, "val"))
	case "outlineLvl":
		if n, err := strconv.Atoi(attr(t, "val")); err == nil && n >= 0 && n < 9 {
			p.outline = n + 1
		}
	case "pageBreakBefore":
		p.pageFirst = on(t)
	}
}

// content reads what a run holds.
func (w *wordReader) content(f *wordFrame, t xml.StartElement) {
	switch t.Name.Local {
	case "t":
		f.text = true
	case "tab", "ptab":
		w.write(f, " ")
	case "br":
		if attr(t, "type") == "page" {
			f.para.block.breaks = append(f.para.block.breaks, f.para.b.Len())
			return
		}
		w.write(f, "\n")
	case "cr":
		w.write(f, "\n")
	case "lastRenderedPageBreak":
		f.para.block.breaks = append(f.para.block.breaks, f.para.b.Len())
	case "noBreakHyphen":
		w.write(f, "\u2011")
	case "softHyphen":
		w.write(f, string(softHyphen))
	case "sym":
		w.write(f, symbol(attr(t, "char")))
	case "footnoteReference", "endnoteReference":
		kind := strings.TrimSuffix(t.Name.Local, "Reference")
		f.para.block.notes = append(f.para.block.notes, kind+" "+attr(t, "id"))
	case "checkBox":
		w.write(f, "☐")
	case "checked", "default":
		if on(t) && strings.HasSuffix(f.para.b.String(), "☐") {
			text := strings.TrimSuffix(f.para.b.String(), "☐") + "☒"
			f.para.b.Reset()
			f.para.b.WriteString(text)
		}
	}
}

// symbol returns a character of a symbol font as Unicode has it.
func symbol(code string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
		return ""
	}
	if s, ok := wordSymbols[rune(n)]; ok {
		return s
	}
	return string(rune(n))
}

// wordSymbols are those of the Wingdings and Symbol fonts that forms and lists use.
var wordSymbols = map[rune]string{
	0xf0b7: "•", 0xf0a7: "▪", 0xf0a8: "☐", 0xf06f: "☐", 0xf0fe: "☒", 0xf078: "☒", 0xf0fd: "☒", 0xf0fc: "✓", 0xf0d8: "➢", 0xf0e0: "→", 0xf076: "❖", 0xf06e: "■",
}

func halfPoints(s string) float32 {
	n, _ := strconv.ParseFloat(s, 32)
	return float32(n) / 2
}

// write adds text to the paragraph.
func (w *wordReader) write(f *wordFrame, s string) {
	if f.run.hidden {
		w.hidden += len(strings.TrimSpace(s))
		return
	}
	p := f.para
	n := len(strings.TrimSpace(s))
	p.letters += n
	p.sizes[f.run.size] += n
	if f.run.bold {
		p.boldOnes += n
	}
	if before := p.b.String(); f.run.raised && isRaisedMark(s) && strings.TrimSpace(before) != "" && !isUnit([]byte(lastWord(before, len(before)))) {
		p.block.marks = append(p.block.marks, span{len(before), len(before) + len(s)})
	}
	p.b.WriteString(s)
	w.size += len(s)
}
