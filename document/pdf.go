package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"sync"
	"sync/atomic"
)

// maxPages is more than any file has that a person made; PDFium itself believes
// a file that claims a million.
const maxPages = 200_000

// pdfChunk is how many pages a worker takes at a time: neighbours share fonts
// and images.
const pdfChunk = 8

// pageShare is the part of the time left for a document that one page may take.
const pageShare = 4

// pdfTidy is by how many bytes an instance may grow before it is replaced by a
// new one between pages: it keeps what it parsed, and never gives memory back.
const pdfTidy = 24 << 20

// pdfReading is the reading of one PDF, its pages by several instances of
// PDFium at once.
type pdfReading struct {
	engine *pdfEngine
	file   *file
	o      *Options
	pages  []pdfPage
	next   atomic.Int64 // the first page that no worker took
	done   atomic.Int64 // pages
}

// isPDF reports whether the file is a PDF: its header stands near its start
// (ISO 32000-2, annex C.2 of its first edition, allows 1,024 bytes before it).
func isPDF(f *file) bool {
	return bytes.Contains(f.head[:min(len(f.head), 1024)], []byte("%PDF-"))
}

func readPDF(ctx context.Context, d *Document, f *file, o *Options) error {
	f.clock.pause() // compiling takes long the first time, whichever document is the first
	e, err := startPDFium()
	f.clock.resume()
	if err != nil {
		return err
	}
	if err := e.acquire(ctx); err != nil {
		return err
	}
	defer e.release()
	r := &pdfReading{engine: e, file: f, o: o}
	p, err := r.open(ctx)
	if err != nil {
		return err
	}
	n := p.integer("FPDF_GetPageCount", p.doc)
	if n > maxPages {
		p.err = fmt.Errorf("claims to have %d pages; no more than %d are read", n, maxPages)
	} else if n < 1 && p.err == nil {
		p.err = errors.New("is damaged: no pages can be found in it")
	}
	if p.err != nil {
		p.close()
		return p.err
	}
	d.Notices = r.attachments(ctx, p)
	dynamic := p.integer("FPDF_GetFormType", p.doc) == dynamicForm
	if p.err != nil { // by an attachment, which is no reason not to read the pages
		p.close()
		if p, err = r.open(ctx); err != nil {
			return err
		}
	}
	r.pages = make([]pdfPage, n)
	if err := r.all(ctx, p); err != nil {
		return err
	}
	if dynamic {
		for i := range r.pages {
			r.pages[i].err = errXFA
		}
	}
	r.assemble(d)
	return nil
}

func (r *pdfReading) open(ctx context.Context) (*pdfium, error) {
	p, err := r.engine.instance(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.open(r.file); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// all reads all pages. Helpers join in while no other document needs them.
func (r *pdfReading) all(ctx context.Context, p *pdfium) error {
	var wg sync.WaitGroup
	errs := make([]error, cap(r.engine.workers))
	for i := 1; i < min(len(errs), (len(r.pages)+pdfChunk-1)/pdfChunk) && r.engine.tryAcquire(); i++ {
		wg.Go(func() {
			defer r.engine.release()
			errs[i] = r.work(ctx, nil)
		})
	}
	errs[0] = r.work(ctx, p)
	wg.Wait()
	return errors.Join(errs...)
}

// work reads pages until none is left.
func (r *pdfReading) work(ctx context.Context, p *pdfium) error {
	defer func() {
		if p != nil {
			p.close()
		}
	}()
	for {
		from := int(r.next.Add(pdfChunk)) - pdfChunk
		if from >= len(r.pages) {
			return nil
		}
		for i := from; i < min(from+pdfChunk, len(r.pages)); i++ {
			if p == nil {
				var err error
				if p, err = r.open(ctx); err != nil {
					return err
				}
			}
			r.pages[i] = r.readPage(ctx, p, i)
			if err := ctx.Err(); err != nil {
				return err
			}
			if p.err != nil || p.module.Memory().Size() > p.opened+pdfTidy {
				p.close()
				p = nil
			}
			if done := int(r.done.Add(1)); r.o.Progress != nil {
				r.o.Progress(r.file.name, done, len(r.pages))
			}
		}
	}
}

// limited calls a function with the share of the document's time that a page may
// take.
func (r *pdfReading) limited(ctx context.Context, p *pdfium, do func()) {
	limit := r.o.timeout() / pageShare
	pageCtx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	p.use(pageCtx)
	defer func() {
		if cause := recover(); cause != nil {
			p.err = fmt.Errorf("can't be read: %v", cause)
		}
		p.use(ctx)
		if errors.Is(p.err, context.DeadlineExceeded) {
			p.err = fmt.Errorf("takes longer to read than the %s that one page may", limit)
		}
	}()
	do()
}

// readPage reads a page by its index from 0, by OCR where it holds no text.
func (r *pdfReading) readPage(ctx context.Context, p *pdfium, index int) (page pdfPage) {
	r.limited(ctx, p, func() { page = p.pageOf(index) })
	if p.err != nil {
		return pdfPage{err: p.err}
	}
	force := r.o.OCR == OCRForce
	if page.err != nil || !page.scan() && !force {
		return page
	}
	scan, err := r.file.ocr(ctx, r.o, index+1, func(dpi int) (image.Image, error) {
		var b bitmap
		var err error
		r.limited(ctx, p, func() { b, err = p.draw(index, dpi, Box{}, true) })
		if err = firstError(p.err, err); err != nil {
			return nil, err
		}
		return &image.Gray{Pix: b.pix, Stride: b.stride, Rect: image.Rectangle{Max: b.size}}, nil
	})
	if err != nil {
		if page.garbled() && errors.Is(err, errOCROff) {
			err = errGarbled
		}
		page.source, page.err = Unread, err
		return page
	}
	page.takeScan(scan, force)
	return page
}

// firstError returns the first error of several, as a panic's recovery may come
// before the error of what was given up.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
