package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// format is a row of the table: how a kind of file is known and read.
type format struct {
	name string
	// version is raised when the reader reads something differently: what was
	// kept of an earlier version is read anew.
	version int
	// sniff reports whether the file is of this format. The name is only a
	// hint between formats that content can't tell apart.
	sniff func(f *file) bool
	// read fills in all of d but Path, Format and SHA256. It gives up when ctx
	// ends, never panics, and takes bounded memory.
	read func(ctx context.Context, d *Document, f *file, o *Options) error
	// keep says that reading is dear enough to keep what it gave on disk.
	keep bool
}

// formats are tried in order; the last takes what is left.
var formats = []format{
	{"pdf", 6, isPDF, readPDF, true},
	{"docx", 3, isDOCX, readDOCX, true},
	{"ZIP", 0, isZIP, refuseZIP, false},
	{"OLE", 0, isOLE, refuseOLE, false},
	pictures("png", &pngDecoder),
	pictures("jpeg", &jpegDecoder),
	pictures("tiff", &tiffDecoder),
	refused("BigTIFF", "save it as TIFF or PDF", "II+\x00"),
	refused("BigTIFF", "save it as TIFF or PDF", "MM\x00+"),
	refused("JPEG 2000", "save it as PNG or PDF", "\x00\x00\x00\x0cjP  "),
	refused("GIF", "save it as PNG or PDF", "GIF8"),
	refused("HEIF", "save it as PNG or PDF", "????ftyphei"),
	refused("HEIF", "save it as PNG or PDF", "????ftypmif1"),
	refused("WebP", "save it as PNG or PDF", "RIFF????WEBP"),
	refused("video (MP4, MOV)", recording, "????ftyp"),
	refused("video (AVI)", recording, "RIFF????AVI "),
	refused("sound (WAV)", recording, "RIFF????WAVE"),
	refused("sound (MP3)", recording, "ID3"),
	refused("sound or video (Ogg)", recording, "OggS"),
	refused("video (Matroska, WebM)", recording, "\x1aE\xdf\xa3"),
	refused("gzip", "unpack it first", "\x1f\x8b"),
	refused("7-Zip", "unpack it first", "7z\xbc\xaf\x27\x1c"),
	refused("RAR", "unpack it first", "Rar!"),
	refused("Rich Text (RTF)", "save it as DOCX or PDF", "{\\rtf"),
	refused("PostScript", "convert it to PDF", "%!PS"),
	refused("Outlook data", "save the messages that matter as PDF", "!BDN"),
	{"federal-register", 2, isFederalRegister, readFederalRegister, true},
	{"html", 2, isHTML, readHTML, true},
	{"MHTML", 0, isMHTML, refuseMHTML, false},
	{"EML", 0, isMail, refuseMail, false},
	{markdown, 3, isMarkdown, readMarkdown, false},
	{"text", 2, func(*file) bool { return true }, readText, false},
}

// recording is the advice for sound and video.
const recording = "name a transcript of it"

// refused is a row for files that are known but can't be read. A question mark
// in the magic stands for any byte.
func refused(name, advice, magic string) format {
	return format{name, 0,
		func(f *file) bool {
			for i := range len(magic) {
				if i >= len(f.head) || magic[i] != '?' && f.head[i] != magic[i] {
					return false
				}
			}
			return true
		},
		func(context.Context, *Document, *file, *Options) error {
			return fmt.Errorf("is a %s file; %s", name, advice)
		},
		false,
	}
}

// file is a document's file while it is read.
type file struct {
	io.ReaderAt
	name string // as asked for; its end is a hint, nothing more
	size int64
	head []byte // its first bytes, at most headSize
	data []byte // all of it, where it is small
	sum  string // its SHA-256
	// clock is the time that reading may take, OCR aside.
	clock *clock
	// run ends with the whole run and not with the document's time limit: OCR,
	// whose pages have limits of their own, goes by it.
	run context.Context
	// covers are what covers parts of its pages, which readers add: see
	// findCovers.
	covers []pageCover
}

// headSize is how much of a file tells its format.
const headSize = 4096

// What bounds the files that are read into memory as a whole: their bytes, the
// bytes of text that they hold, some eight thousand pages, and its lines.
const maxFile, maxText, maxLines = 64 << 20, 24 << 20, 400_000

// tooLong reports a text that is longer than the limits.
func tooLong(size, lines int) error {
	switch {
	case size > maxText:
		return fmt.Errorf("holds more than %d MB of text; split it, or name only the part that matters", maxText>>20)
	case lines > maxLines:
		return fmt.Errorf("holds more than %d lines or paragraphs; split it, or name only the part that matters", maxLines)
	}
	return nil
}

// bytes returns the whole file; one that is too large for that is an error.
func (f *file) bytes() ([]byte, error) {
	if f.data != nil {
		return f.data, nil
	}
	if f.size > maxFile {
		return nil, fmt.Errorf("has %d MB, more than the limit of %d MB; split it, or name only the part that matters", f.size>>20, maxFile>>20)
	}
	data := make([]byte, f.size)
	if n, err := f.ReadAt(data, 0); err != nil && !(errors.Is(err, io.EOF) && int64(n) == f.size) {
		return nil, plainError(err)
	}
	f.data = data
	return data, nil
}

// hasExtension reports whether the file's name ends in one of the extensions.
func (f *file) hasExtension(extensions ...string) bool {
	have := filepath.Ext(f.name)
	for _, e := range extensions {
		if strings.EqualFold(have, e) {
			return true
		}
	}
	return false
}
