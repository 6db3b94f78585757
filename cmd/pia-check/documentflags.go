package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/document"
)

// documentFlags are the flags of every command that reads documents.
type documentFlags struct {
	ocr, language string
	timeout       time.Duration
	noCache       bool
}

func (d *documentFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&d.ocr, "ocr", "auto", "read pages by OCR: auto (those without usable text), off, or force (all)")
	f.StringVar(&d.language, "ocr-lang", "eng", "`language` of OCR as tesseract names it, such as eng+spa")
	f.BoolVar(&d.noCache, "no-cache", false, "neither use nor keep what was read of documents before")
	f.DurationVar(&d.timeout, "document-timeout", document.DefaultTimeout, "how long reading one document may take, OCR aside")
}

// open reads the one document that a command is about.
func (d *documentFlags) open(cmd *cobra.Command, path string) (*document.Document, error) {
	progress := newProgress(cmd, 0)
	docs, err := d.reader(progress)
	if err != nil {
		return nil, err
	}
	doc, err := docs.Open(cmd.Context(), path)
	progress.clear()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return doc, nil
}

// documentMemory bounds the memory of documents that are kept for cases to come.
const documentMemory = 8 << 20

// reader returns a reader of documents as the flags say.
func (d *documentFlags) reader(p *progress) (*document.Reader, error) {
	modes := map[string]document.OCRMode{"auto": document.OCRAuto, "off": document.OCROff, "force": document.OCRForce}
	mode, ok := modes[d.ocr]
	if !ok {
		return nil, fmt.Errorf("--ocr %q is not one of auto, off, force", d.ocr)
	}
	if d.timeout <= 0 {
		return nil, fmt.Errorf("--document-timeout %s must be more than nothing, such as 60s", d.timeout)
	}
	o := document.Options{OCR: mode, Language: d.language, Timeout: d.timeout, Memory: documentMemory, Progress: p.pages}
	if !d.noCache {
		if store, err := document.DefaultStore(); err == nil { // without a home there is no cache
			o.Store = store
		}
	}
	return document.NewReader(o), nil
}
