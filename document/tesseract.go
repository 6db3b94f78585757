package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pia-check/pia-check/process"
)

// What one run of tesseract may take; a page that needs more stays unread.
const (
	ocrTimeout   = 2 * time.Minute
	ocrMemory    = 2 << 30 // bytes of address space, where the system can limit it
	maxOCROutput = 64 << 20
	maxOCRSide   = 32767 // pixels, the most that tesseract takes
)

// The errors of OCR are notices on the page: they say why it stays unread, and
// what helps.
var errNoTesseract = errors.New("is an image without text, and tesseract, which reads those, is not installed; " +
	"Debian, Ubuntu: apt-get install tesseract-ocr; Fedora: dnf install tesseract; macOS: brew install tesseract; " +
	"Windows: winget install UB-Mannheim.TesseractOCR")

// engine is the tesseract that is installed.
type engine struct {
	path      string
	version   string   // such as "tesseract 5.3.0"
	languages []string // that it has data for, with "osd" for orientation
}

var engines sync.Map // what a program at a path is, asked once

// tesseract returns the engine that the search path leads to.
func tesseract() (*engine, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return nil, errNoTesseract
	}
	ask, _ := engines.LoadOrStore(path, sync.OnceValues(func() (*engine, error) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		version, err := run(ctx, path, nil, "--version")
		if err != nil {
			return nil, fmt.Errorf("is an image without text, and tesseract, which reads those, does not run: %w", err)
		}
		languages, err := run(ctx, path, nil, "--list-langs")
		if err != nil {
			return nil, fmt.Errorf("is an image without text, and tesseract, which reads those, does not run: %w", err)
		}
		e := &engine{path: path}
		e.version, _, _ = strings.Cut(strings.TrimSpace(string(version)), "\n")
		// The first line names the folder.
		if _, list, ok := strings.Cut(string(languages), "\n"); ok {
			e.languages = strings.Fields(list)
		}
		return e, nil
	}))
	return ask.(func() (*engine, error))()
}

var languageNames = pattern(`^[A-Za-z0-9_]+(/[A-Za-z0-9_]+)?(\+[A-Za-z0-9_]+(/[A-Za-z0-9_]+)?)*$`)

// checkLanguage reports a language, or one of several joined by "+", that
// tesseract has no data for. Tesseract itself passes over all but the last.
func (e *engine) checkLanguage(language string) error {
	if !languageNames().MatchString(language) {
		return fmt.Errorf("%q is no language of OCR; give it as tesseract names it, such as eng or eng+spa", language)
	}
	for _, l := range strings.Split(language, "+") {
		if !slices.Contains(e.languages, l) {
			debian := "tesseract-ocr-" + strings.ReplaceAll(strings.ToLower(l), "_", "-")
			return fmt.Errorf("is an image without text, and tesseract has no data for the language %q (it has %s); on Debian, Ubuntu: apt-get install %s; elsewhere put %s.traineddata into its tessdata folder",
				l, strings.Join(e.languages, ", "), debian, l)
		}
	}
	return nil
}

// ocrSlots bounds how many tesseracts run at once in this process.
var ocrSlots = make(chan struct{}, runtime.GOMAXPROCS(0))

// run gives tesseract the image and returns its output.
func (e *engine) run(ctx context.Context, img *image.Gray, arguments ...string) ([]byte, error) {
	select {
	case ocrSlots <- struct{}{}:
		defer func() { <-ocrSlots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	out, err := run(ctx, e.path, pgm(img), append([]string{"stdin", "stdout"}, arguments...)...)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("OCR failed: tesseract %w", err)
	}
	return out, nil
}

// run runs the program at path with the limits of OCR and returns what it prints.
// It works with one thread, for pages are read in parallel, and its messages are
// in English.
func run(ctx context.Context, path string, stdin io.Reader, arguments ...string) ([]byte, error) {
	l := process.Limits{Time: ocrTimeout, Memory: ocrMemory, Output: maxOCROutput}
	return process.Run(ctx, l, []string{"OMP_THREAD_LIMIT=1", "LC_ALL=C"}, stdin, path, arguments...)
}

// pgm is the image as a portable graymap.
func pgm(img *image.Gray) io.Reader {
	size := img.Bounds().Size()
	parts := []io.Reader{strings.NewReader(fmt.Sprintf("P5\n%d %d\n255\n", size.X, size.Y))}
	if img.Stride == size.X {
		return io.MultiReader(append(parts, bytes.NewReader(img.Pix[:size.X*size.Y]))...)
	}
	for y := range size.Y {
		parts = append(parts, bytes.NewReader(img.Pix[y*img.Stride:][:size.X]))
	}
	return io.MultiReader(parts...)
}
