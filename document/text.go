package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// readText reads plain text in UTF-8, or in UTF-16 with a byte order mark. Form
// feeds separate pages, as in the output of pdftotext.
func readText(_ context.Context, d *Document, f *file, _ *Options) error {
	data, err := f.bytes()
	if err != nil {
		return err
	}
	if err := tooLong(len(data), bytes.Count(data, []byte("\n"))); err != nil {
		return err
	}
	text, err := decodeText(data)
	if err != nil {
		return err
	}
	d.Text = text
	d.Pages = splitPages(text)
	if d.Format != markdown {
		d.outline(nil)
	}
	return nil
}

func decodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], binary.BigEndian)
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", fmt.Errorf("holds a NUL byte at offset %d; this is no text, nor another kind of file that is read: save it as PDF, DOCX or text", i)
	}
	if !utf8.Valid(data) {
		line := 1
		for rest := data; len(rest) > 0; {
			r, size := utf8.DecodeRune(rest)
			if r == utf8.RuneError && size == 1 {
				break
			}
			if r == '\n' {
				line++
			}
			rest = rest[size:]
		}
		return "", fmt.Errorf("is not UTF-8 (line %d); convert it, for example with iconv -f windows-1252 -t utf-8", line)
	}
	return string(data), nil
}

func decodeUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", errors.New("is not valid UTF-16: it ends within a character")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := string(utf16.Decode(units))
	if strings.ContainsRune(text, utf8.RuneError) || strings.ContainsRune(text, 0) {
		return "", errors.New("is not valid UTF-16 text")
	}
	return text, nil
}

// splitPages cuts at form feeds; one at the very end starts no further page.
func splitPages(text string) []Page {
	var pages []Page
	start := 0
	for start < len(text) || len(pages) == 0 {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\f'); i >= 0 {
			end = start + i + 1
		}
		pages = append(pages, Page{Number: len(pages) + 1, Start: start, End: end})
		start = end
	}
	return pages
}

var headingNumber = pattern(`^(?:(?i:section|article|part) +)?(\(?[0-9A-Z]{1,4}(?:[.-][0-9A-Za-z]{1,4})*\)?)[.:)]?(?: |$)`)

// newSection returns a section whose heading is written as given.
func newSection(level int, heading string, start, end int) Section {
	s := Section{Level: level, Title: strings.Join(strings.Fields(heading), " "), Start: start, End: end}
	if m := headingNumber().FindStringSubmatch(s.Title); m != nil && strings.ContainsAny(m[1], "0123456789") {
		s.Number = m[1]
	}
	return s
}
