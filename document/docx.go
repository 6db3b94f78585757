package document

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
)

// Limits of what a DOCX file may unpack to, in bytes and as a multiple of its
// size, and of how deep its elements may nest.
const (
	maxUnpacked = 256 << 20
	maxRatio    = 500
	minUnpacked = 16 << 20 // below it no ratio is too high
	maxNesting  = 1000
	maxToken    = 8 << 20 // of one tag or passage
	maxParts    = 4 << 20 // of the list of parts
)

// docxFile is the package of a Word document (ECMA-376, Office Open XML).
type docxFile struct {
	ctx   context.Context
	zip   *zip.Reader
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
	limit int64
}

// openDOCX opens the package; ok is false when the file is none.
func openDOCX(ctx context.Context, f *file) (p *docxFile, ok bool) {
	if !bytes.HasPrefix(f.head, []byte("PK\x03\x04")) {
		return nil, false
	}
	if listSize(f) > maxParts { // an archive
		return new(docxFile), false
	}
	z, err := zip.NewReader(f, f.size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, false
	}
	p = &docxFile{ctx: ctx, zip: z, parts: map[string]*zip.File{}}
	p.limit = min(maxUnpacked, max(minUnpacked, maxRatio*f.size))
	p.left = p.limit
	for _, part := range z.File {
		// A part is found by the name that the package's relations give, so one
		// whose path climbs is never read.
		if _, twice := p.parts[part.Name]; !twice {
			p.parts[part.Name] = part
		}
	}
	return p, p.parts["word/document.xml"] != nil || p.mainPart() != ""
}

// listSize returns how many bytes of a ZIP file list its parts, 0 where its end
// doesn't say (APPNOTE.TXT, 4.3.16).
func listSize(f *file) int64 {
	const record, longest = 22, 22 + 1<<16
	from := max(0, f.size-longest)
	end := make([]byte, f.size-from)
	if n, err := f.ReadAt(end, from); n < len(end) && err != nil {
		return 0
	}
	i := bytes.LastIndex(end, []byte("PK\x05\x06"))
	if i < 0 || len(end)-i < record {
		return 0
	}
	size, start := int64(binary.LittleEndian.Uint32(end[i+12:])), int64(binary.LittleEndian.Uint32(end[i+16:]))
	return max(size, from+int64(i)-start)
}

func isDOCX(f *file) bool {
	_, ok := openDOCX(context.Background(), f)
	return ok
}

// relation is a relationship of a part to another one.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relations returns those of a part, with targets as names of parts; those to
// the world outside are left out.
func (p *docxFile) relations(part string) []relation {
	dir, base := path.Split(part)
	var list []relation
	_ = p.read(path.Join(dir, "_rels", base+".rels"), func(x *xmlReader) error {
		for {
			t, err := x.next()
			if err != nil {
				return err
			}
			start, ok := t.(xml.StartElement)
			if !ok || start.Name.Local != "Relationship" {
				continue
			}
			r := relation{ID: attr(start, "Id"), Type: attr(start, "Type"), Target: attr(start, "Target"), Mode: attr(start, "TargetMode")}
			if r.Mode == "External" {
				continue
			}
			if target, rooted := strings.CutPrefix(r.Target, "/"); rooted {
				r.Target = target
			} else {
				r.Target = path.Join(dir, r.Target)
			}
			list = append(list, r)
		}
	})
	return list
}

// mainPart returns the name of the part that holds the text, "" for none.
func (p *docxFile) mainPart() string {
	for _, r := range p.relations("") {
		if strings.HasSuffix(r.Type, "/officeDocument") && strings.HasPrefix(r.Target, "word/") && p.parts[r.Target] != nil {
			return r.Target
		}
	}
	if p.parts["word/document.xml"] != nil {
		return "word/document.xml"
	}
	return ""
}

var errNoPart = errors.New("is not in the file")

// read reads a part with the function, which ends with the reader's error; the
// end of the part is none.
func (p *docxFile) read(name string, do func(*xmlReader) error) error {
	part := p.parts[name]
	if part == nil {
		return errNoPart
	}
	if part.UncompressedSize64 > uint64(p.left) {
		return p.tooLarge()
	}
	r, err := part.Open()
	if err != nil {
		return fmt.Errorf("is damaged: %s can't be unpacked: %w", name, err)
	}
	defer r.Close()
	x := newXMLReader(p.ctx, &unpacked{r, p})
	switch err := do(x); {
	case err == nil || errors.Is(err, io.EOF):
		return nil
	case p.left < 0:
		return p.tooLarge()
	case p.ctx.Err() != nil:
		return p.ctx.Err()
	default:
		return fmt.Errorf("is damaged: %s: %w", name, err)
	}
}

func (p *docxFile) tooLarge() error {
	return fmt.Errorf("unpacks to more than %d MB, which no document of its size does; it is not read", p.limit>>20)
}

// unpacked counts what is unpacked.
type unpacked struct {
	io.Reader
	p *docxFile
}

func (u *unpacked) Read(b []byte) (int, error) {
	if u.p.left < 0 {
		return 0, errors.New("unpacks to too much")
	}
	n, err := u.Reader.Read(b)
	u.p.left -= int64(n)
	return n, err
}

// xmlReader reads XML from a stranger: nothing outside is fetched, no entities
// are declared, and elements nest as deep as a person's do.
type xmlReader struct {
	*xml.Decoder
	ctx    context.Context
	depth  int
	tokens int
	from   io.Reader
	read   int64 // bytes of it
	at     int64 // where the last token ended
}

func newXMLReader(ctx context.Context, r io.Reader) *xmlReader {
	x := &xmlReader{ctx: ctx, from: r}
	x.Decoder = xml.NewDecoder(tokenReader{x})
	x.CharsetReader = charset.NewReaderLabel
	return x
}

// tokenReader ends the reading of a token that is too long to be kept.
type tokenReader struct{ x *xmlReader }

func (t tokenReader) Read(b []byte) (int, error) {
	if t.x.read-t.x.at > maxToken {
		return 0, fmt.Errorf("holds a passage of more than %d MB in one piece, which no document does", maxToken>>20)
	}
	n, err := t.x.from.Read(b)
	t.x.read += int64(n)
	return n, err
}

func (x *xmlReader) next() (xml.Token, error) {
	if x.tokens++; x.tokens%1024 == 0 && x.ctx.Err() != nil {
		return nil, x.ctx.Err()
	}
	t, err := x.Token()
	if err != nil {
		return nil, err
	}
	x.at = x.InputOffset()
	switch t := t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxNesting {
			return nil, fmt.Errorf("nests elements more than %d deep", maxNesting)
		}
	case xml.EndElement:
		x.depth--
	case xml.Directive:
		if bytes.HasPrefix(bytes.ToUpper(bytes.TrimSpace(t)), []byte("DOCTYPE")) && bytes.Contains(t, []byte("[")) {
			return nil, errors.New("declares entities, which no document needs")
		}
	}
	return t, nil
}

// skip reads on to the end of the element that was just started.
func (x *xmlReader) skip() error {
	for depth := x.depth; x.depth >= depth; {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on reports whether a switch such as <w:b/> is on.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

func readDOCX(ctx context.Context, d *Document, f *file, _ *Options) error {
	p, ok := openDOCX(ctx, f)
	if !ok {
		return errors.New("is damaged: it holds no Word document")
	}
	main := p.mainPart()
	w := &wordReader{file: p, notes: map[string][]wordBlock{}, authors: map[string]bool{}}
	rels := p.relations(main)
	part := func(kind string) string {
		for _, r := range rels {
			if strings.HasSuffix(r.Type, "/"+kind) {
				return r.Target
			}
		}
		return ""
	}
	optional := func(kind string, do func(*xmlReader) error) error {
		if name := part(kind); name != "" {
			if err := p.read(name, do); err != nil && !errors.Is(err, errNoPart) {
				return err
			}
		}
		return nil
	}
	w.styles.init()
	for _, step := range []func() error{
		func() error { return optional("styles", w.styles.read) },
		func() error { return optional("numbering", w.numbering.read) },
		func() error { return optional("comments", w.readComments) },
		func() error {
			return optional("footnotes", func(x *xmlReader) error { return w.readNotes(x, "footnote") })
		},
		func() error {
			return optional("endnotes", func(x *xmlReader) error { return w.readNotes(x, "endnote") })
		},
		func() error { return p.read(main, w.readBody) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	margins := map[string][]wordBlock{}
	for _, id := range w.margins {
		i := slices.IndexFunc(rels, func(r relation) bool { return r.ID == id })
		if i < 0 {
			continue
		}
		kind := path.Base(rels[i].Type) // header or footer
		var blocks []wordBlock
		err := p.read(rels[i].Target, func(x *xmlReader) (err error) {
			blocks, err = w.readPart(x)
			return err
		})
		if err != nil && !errors.Is(err, errNoPart) {
			return err
		}
		margins[kind] = append(margins[kind], blocks...)
	}
	if err := tooLong(w.size, w.paragraphs); err != nil {
		return err
	}
	w.assemble(d, margins["header"], margins["footer"])
	return nil
}
