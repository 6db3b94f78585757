package document

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"
	"sync"
	"time"
)

// ocrVersion is raised when OCR makes something else of its engine's output.
const ocrVersion = 1

// keptPage is what OCR read of a page, as it is kept.
type keptPage struct {
	Words      []keptWord
	Confidence float32
	Covers     []cover
}

type keptWord struct {
	Text                   string
	Box                    Box
	Confidence             float32
	Line, Paragraph, Block int
}

// ocrDPI is the resolution at which pages are drawn for OCR.
const ocrDPI = 300

// errOCROff says why a page stays unread.
var errOCROff = errors.New("is an image without text, and OCR is off; --ocr auto reads it")

// ocr reads a page of the file by OCR, or takes what was read of it before: a
// long document that was interrupted goes on where it was. The page is drawn
// only when it is needed. The document's clock stands still meanwhile, for OCR
// has a limit of its own for each page.
func (f *file) ocr(ctx context.Context, o *Options, page int, draw func(dpi int) (image.Image, error)) (scan, error) {
	if o.OCR == OCROff {
		return scan{}, errOCROff
	}
	key := fmt.Sprintf("%s-page%d-%d-%s", f.sum, page, ocrVersion, strings.Map(fileName, o.language()+"-"+ocrEngine()))
	var kept keptPage
	if o.Store.get(key, &kept) {
		words := make([]ocrWord, len(kept.Words))
		for i, w := range kept.Words {
			words[i] = ocrWord{w.Text, w.Box, w.Confidence, w.Line, w.Paragraph, w.Block}
		}
		return scan{words, kept.Confidence, kept.Covers}, nil
	}
	img, err := draw(ocrDPI)
	if err != nil {
		return scan{}, err
	}
	f.clock.pause()
	defer f.clock.resume()
	got, err := readScan(ctx, img, ocrDPI, o.language())
	if err != nil {
		return scan{}, err
	}
	kept = keptPage{make([]keptWord, len(got.words)), got.confidence, got.covers}
	for i, w := range got.words {
		kept.Words[i] = keptWord{w.text, w.box, w.confidence, w.line, w.paragraph, w.block}
	}
	o.Store.put(key, &kept)
	return got, nil
}

// clock ends a context when the time that it runs adds up to a limit. It stands
// still while at least one has paused it.
type clock struct {
	cancel context.CancelCauseFunc

	mu     sync.Mutex
	left   time.Duration
	since  time.Time // when it last began to run
	timer  *time.Timer
	paused int
}

// withClock returns a context that ends, by the cause, once the clock has run
// for the limit.
func withClock(ctx context.Context, limit time.Duration, cause error) (context.Context, *clock, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	c := &clock{cancel: cancel, left: limit, since: time.Now()}
	c.timer = time.AfterFunc(limit, func() { cancel(cause) })
	return ctx, c, func() { c.timer.Stop(); cancel(nil) }
}

func (c *clock) pause() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.paused++; c.paused == 1 && c.timer.Stop() {
		c.left -= time.Since(c.since)
	}
}

func (c *clock) resume() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.paused--; c.paused == 0 {
		c.since = time.Now()
		c.timer.Reset(max(c.left, 0))
	}
}
