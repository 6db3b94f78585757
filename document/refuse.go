package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strings"
	"unicode/utf16"
)

// Files that hold documents or are like them, but are not read: each is told by
// its content and named with what to do.

func isZIP(f *file) bool { return bytes.HasPrefix(f.head, []byte("PK\x03\x04")) }

// zipKinds are what a ZIP file may be, by the name of a part or, behind a colon,
// the type that its first part states.
var zipKinds = []struct{ part, name, advice string }{
	{"xl/workbook.xml", "an Excel workbook (XLSX)", "save the sheets that matter as PDF or CSV"},
	{"xl/workbook.bin", "an Excel workbook (XLSB)", "save the sheets that matter as PDF or CSV"},
	{"ppt/presentation.xml", "a PowerPoint presentation (PPTX)", "save it as PDF"},
	{":application/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)", "save it as DOCX or PDF"},
	{":application/vnd.oasis.opendocument", "an OpenDocument file", "save it as PDF"},
	{":application/epub+zip", "an electronic book (EPUB)", "save it as PDF or HTML"},
	{"Index/Document.iwa", "a document of Apple Pages, Numbers or Keynote", "export it as PDF or DOCX"},
	{"META-INF/MANIFEST.MF", "a Java archive", "name a document inside it, unpacked"},
}

func refuseZIP(ctx context.Context, _ *Document, f *file, _ *Options) error {
	p, _ := openDOCX(ctx, f)
	if p == nil {
		return errors.New("is a damaged ZIP or Office file; it may be truncated: get it anew")
	}
	// The first part of such files is named mimetype and not compressed.
	_, mime, _ := bytes.Cut(f.head[:min(len(f.head), 200)], []byte("mimetype"))
	for _, kind := range zipKinds {
		if t, byType := strings.CutPrefix(kind.part, ":"); byType && bytes.HasPrefix(mime, []byte(t)) || !byType && p.parts[kind.part] != nil {
			return fmt.Errorf("is %s, which is not read; %s", kind.name, kind.advice)
		}
	}
	if p.parts["[Content_Types].xml"] != nil {
		return errors.New("is a damaged Office file: it holds no Word document; save it anew as DOCX or PDF")
	}
	return errors.New("is a ZIP file; unpack it first and name the documents inside")
}

// isOLE reports whether the file is a compound file, as older Office files,
// Outlook messages and encrypted documents are ([MS-CFB]).
func isOLE(f *file) bool { return bytes.HasPrefix(f.head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) }

// oleKinds are what a compound file may be, by the name of a stream in it.
var oleKinds = []struct{ stream, name, advice string }{
	{"EncryptedPackage", "a document protected by a password", "open it in Word and save it without one"},
	{"__properties_version1.0", "an Outlook message (MSG)", "save its attachment, or print the message to PDF"},
	{"WordDocument", "a document of an older Word (DOC)", "save it as DOCX or PDF"},
	{"Workbook", "a workbook of an older Excel (XLS)", "save the sheets that matter as PDF or CSV"},
	{"PowerPoint Document", "a presentation of an older PowerPoint (PPT)", "save it as PDF"},
}

// maxOLE is how much of a compound file is searched for the names of streams.
const maxOLE = 64 << 20

func refuseOLE(ctx context.Context, _ *Document, f *file, _ *Options) error {
	names := make([][]byte, len(oleKinds))
	longest := 0
	for i, kind := range oleKinds {
		for _, unit := range utf16.Encode([]rune(kind.stream)) {
			names[i] = append(names[i], byte(unit), byte(unit>>8))
		}
		longest = max(longest, len(names[i]))
	}
	found := len(oleKinds)
	buf := make([]byte, 1<<20)
	for at := int64(0); at < min(f.size, maxOLE); at += int64(len(buf) - longest) {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := f.ReadAt(buf, at)
		for i := range found {
			if bytes.Contains(buf[:n], names[i]) {
				found = i
				break
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return plainError(err)
		}
	}
	if found == len(oleKinds) {
		return errors.New("is a file of an older Office program; save it as DOCX or PDF")
	}
	return fmt.Errorf("is %s, which is not read; %s", oleKinds[found].name, oleKinds[found].advice)
}

// mailHeaders returns the headers that a file starts with (RFC 5322), nil when it
// starts otherwise.
func mailHeaders(f *file) map[string]string {
	head := bytes.TrimPrefix(f.head, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(head, []byte("From ")) { // a mailbox
		_, head, _ = bytes.Cut(head, []byte("\n"))
	}
	if i := bytes.LastIndexByte(head, '\n'); i >= 0 && int64(len(f.head)) < f.size {
		head = head[:i] // without the line that the head cuts
	}
	headers := map[string]string{}
	for i, line := range strings.Split(string(head), "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" {
			break
		}
		if i > 0 && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsAny(name, " \t") {
			return nil
		}
		headers[textproto.CanonicalMIMEHeaderKey(name)] = strings.ToLower(strings.TrimSpace(value))
	}
	return headers
}

// isMail reports whether the file is a message. People write "From:" and "Date:"
// in documents, too; what mail programs add decides.
func isMail(f *file) bool {
	h := mailHeaders(f)
	_, from := h["From"]
	for _, name := range []string{"Message-Id", "Mime-Version", "Received", "Return-Path", "Dkim-Signature", "X-Mailer"} {
		if _, ok := h[name]; ok && (from || name == "Received" || name == "Return-Path") {
			return true
		}
	}
	return false
}

func refuseMail(context.Context, *Document, *file, *Options) error {
	return errors.New("is an e-mail message (EML), which is not read; save its attachment, or print the message to PDF")
}

func isMHTML(f *file) bool {
	h := mailHeaders(f)
	_, saved := h["Snapshot-Content-Location"]
	return saved || h["Mime-Version"] != "" && strings.HasPrefix(h["Content-Type"], "multipart/related") && h["Message-Id"] == "" && h["Received"] == ""
}

func refuseMHTML(context.Context, *Document, *file, *Options) error {
	return errors.New("is a web page in one file (MHTML), which is not read; save the page as HTML or print it to PDF")
}
