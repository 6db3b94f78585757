package document

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestRefusedByName(t *testing.T) {
	utf16le := func(s string) string {
		var b strings.Builder
		for _, c := range s {
			b.WriteByte(byte(c))
			b.WriteByte(0)
		}
		return b.String()
	}
	ole := func(stream string) string {
		return "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 3<<20) + utf16le(stream)
	}
	for name, tc := range map[string]struct{ data, want string }{
		"msg":       {ole("__properties_version1.0"), "is an Outlook message (MSG), which is not read; save its attachment"},
		"encrypted": {ole("EncryptedPackage"), "protected by a password"},
		"doc":       {ole("WordDocument"), "older Word (DOC), which is not read; save it as DOCX or PDF"},
		"ole":       {ole("Other"), "older Office program"},
		"eml":       {"Received: by x\r\n y\r\nFrom: a@example.com\r\nSubject: s\r\nMessage-ID: <1>\r\n\r\nText.\r\n", "is an e-mail message (EML)"},
		"mhtml":     {"From: <Saved by Blink>\nSnapshot-Content-Location: https://x\nMIME-Version: 1.0\nContent-Type: multipart/related\n\nx", "MHTML"},
		"rtf":       {`{\rtf1 x}`, "Rich Text (RTF) file; save it as DOCX or PDF"},
		"xlsx":      {string(zipOf(t, map[string]string{"xl/workbook.xml": "x"})), "Excel workbook (XLSX)"},
		"pptx":      {string(zipOf(t, map[string]string{"ppt/presentation.xml": "x"})), "PowerPoint"},
		"zip":       {string(zipOf(t, map[string]string{"a.txt": "x"})), "unpack it first"},
		"cut zip":   {"PK\x03\x04abc", "damaged ZIP"},
		"many":      {"PK\x03\x04" + strings.Repeat("PK\x01\x02", 2<<20) + "PK\x05\x06" + strings.Repeat("\x00", 18), "is a ZIP file; unpack it first"},
		"xlsb":      {string(zipOf(t, map[string]string{"xl/workbook.bin": "x"})), "Excel workbook (XLSB)"},
		"pages":     {string(zipOf(t, map[string]string{"Index/Document.iwa": "x"})), "Apple Pages"},
		"xls":       {ole("Workbook"), "older Excel (XLS), which is not read; save the sheets that matter as PDF or CSV"},
		"ppt":       {ole("PowerPoint Document"), "older PowerPoint (PPT)"},
		"gzip":      {"\x1f\x8b\x08", "is a gzip file; unpack it first"},
		"7z":        {"7z\xbc\xaf\x27\x1c", "is a 7-Zip file; unpack it first"},
		"rar":       {"Rar!\x1a", "is a RAR file; unpack it first"},
		"ps":        {"%!PS-Adobe", "is a PostScript file; convert it to PDF"},
		"pst":       {"!BDN", "save the messages that matter as PDF"},
		"bigtiff":   {"II+\x00\x08\x00", "is a BigTIFF file; save it as TIFF or PDF"},
		"jp2":       {"\x00\x00\x00\x0cjP  \r\n", "is a JPEG 2000 file; save it as PNG or PDF"},
		"gif":       {"GIF89a", "is a GIF file; save it as PNG or PDF"},
		"heic":      {"\x00\x00\x00\x18ftypheic", "is a HEIF file; save it as PNG or PDF"},
		"webp":      {"RIFF\x00\x00\x00\x00WEBP", "is a WebP file; save it as PNG or PDF"},
		"mp4":       {"\x00\x00\x00\x18ftypmp42", "is a video (MP4, MOV) file; name a transcript of it"},
		"wav":       {"RIFF\x00\x00\x00\x00WAVE", "is a sound (WAV) file; name a transcript of it"},
		"mp3":       {"ID3\x04\x00", "is a sound (MP3) file; name a transcript of it"},
		"program":   {"\x7fELF\x02\x00", "save it as PDF, DOCX or text"},
	} {
		if _, err := Parse(t.Context(), "a.txt", []byte(tc.data), Options{}); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
	for mime, want := range map[string]string{
		"application/vnd.oasis.opendocument.text":        "OpenDocument text (ODT), which is not read; save it as DOCX or PDF",
		"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument file, which is not read; save it as PDF",
		"application/epub+zip":                           "an electronic book (EPUB), which is not read; save it as PDF or HTML",
	} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
		io.WriteString(w, mime)
		z.Close()
		if _, err := Parse(t.Context(), "a.docx", b.Bytes(), Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", mime, err)
		}
	}
	for _, text := range []string{"From: Jane Roe\nTo: John Doe\nDate: May 5\nSubject: Data\n\nKept.", "SUMMARY: x\n\ny", "{\"a\": \"b\"}", "a,b\n1,2\n"} {
		if d, err := Parse(t.Context(), "a.txt", []byte(text), Options{}); err != nil || d.Format != "text" {
			t.Errorf("%q: %v", text, err)
		}
	}
}
