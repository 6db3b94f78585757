package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/document"
)

func newShow() *cobra.Command {
	var (
		d          documentFlags
		quote, out string
		page       int
		o          document.RenderOptions
	)
	cmd := &cobra.Command{
		Use:   "show FILE",
		Short: "Draw a page of a document with a passage highlighted",
		Long: `Show draws a page of a PDF file or a scan as a PNG picture. With --quote the words
are highlighted on the page where they stand; --page picks one of several places,
or draws a page as it is. Words that run over a page end are drawn on both pages,
in two files.`,
		Example: `  pia-check show contract.pdf --quote "unlimited rights" -o evidence.png
  pia-check show contract.pdf --quote "unlimited rights" --crop -o evidence.png
  pia-check show contract.pdf --page 3 -o page.png`,
		Args: cobra.ExactArgs(1),
	}
	f := cmd.Flags()
	f.StringVar(&quote, "quote", "", "`words` to highlight")
	f.StringVarP(&out, "output", "o", "", "`file` for the picture")
	f.IntVar(&page, "page", 0, "`number` of the page in the file, from 1")
	f.BoolVar(&o.Crop, "crop", false, "only the highlighted lines and what is around them")
	f.IntVar(&o.DPI, "dpi", 150, "resolution in dots an inch")
	d.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case out == "":
			return fmt.Errorf("name a file for the picture: -o evidence.png")
		case quote == "" && page == 0:
			return fmt.Errorf("say what to show: --quote, --page or both")
		case quote == "" && o.Crop:
			return fmt.Errorf("--crop needs a --quote to crop to")
		case o.DPI < 10 || o.DPI > 1200:
			return fmt.Errorf("--dpi %d: give 10 to 1200 dots an inch", o.DPI)
		case cmd.Flags().Changed("page") && page < 1:
			return fmt.Errorf("--page %d: pages are counted from 1", page)
		}
		progress := newProgress(cmd, 0)
		docs, err := d.reader(progress)
		if err != nil {
			return err
		}
		s := shower{cmd.Context(), docs, args[0]}
		if quote == "" {
			return s.draw(out, page, o)
		}
		doc, err := docs.Open(cmd.Context(), args[0])
		progress.clear()
		if err != nil {
			return fmt.Errorf("%s: %w", args[0], err)
		}
		matches := cite.Find(doc, quote)
		if page > 0 {
			kept := matches[:0:0]
			for _, m := range matches {
				if m.Page <= page && page <= m.EndPage {
					kept = append(kept, m)
				}
			}
			if len(matches) > 0 && len(kept) == 0 {
				return fmt.Errorf("%s: the words stand on page %d, not on page %d", args[0], matches[0].Page, page)
			}
			matches = kept
		}
		if len(matches) == 0 {
			return notStanding(cmd, doc, args[0], quote)
		}
		return s.passage(doc, matches[0], out, o)
	}
	return cmd
}

// shower draws pages of one document into files.
type shower struct {
	ctx  context.Context
	docs *document.Reader
	path string
}

// passage draws each page that a match stands on; the second and further go
// into files of their own, "evidence-2.png".
func (s *shower) passage(doc *document.Document, m cite.Match, out string, o document.RenderOptions) error {
	boxes := doc.Boxes(m.Start, m.End)
	if len(boxes) == 0 {
		return fmt.Errorf("%s: this format has no pages to draw; the words stand at characters %d to %d", s.path, doc.Characters(m.Start), doc.Characters(m.End))
	}
	ext := filepath.Ext(out)
	for page := m.Page; page <= m.EndPage; page++ {
		o.Highlight = onPage(boxes, page)
		if len(o.Highlight) == 0 {
			continue
		}
		file := out
		if page > m.Page {
			file = fmt.Sprintf("%s-%d%s", out[:len(out)-len(ext)], page-m.Page+1, ext)
		}
		if err := s.draw(file, page, o); err != nil {
			return err
		}
	}
	return nil
}

func (s *shower) draw(out string, page int, o document.RenderOptions) error {
	img, err := s.docs.Render(s.ctx, s.path, page, o)
	if err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	f, err := createAtomic(out)
	if err != nil {
		return err
	}
	defer f.discard()
	if err := png.Encode(f, img); err != nil {
		return fmt.Errorf("%s: %w", out, err)
	}
	return f.commit()
}

func onPage(boxes []document.PlacedBox, page int) []document.Box {
	var list []document.Box
	for _, b := range boxes {
		if b.Page == page {
			list = append(list, b.Box)
		}
	}
	return list
}

// pictureDPI is the resolution of the pictures in reports.
const pictureDPI = 110

// pictures makes the pictures of cited passages for reports, those on several
// pages below each other; none for formats whose pages have no size.
func pictures(ctx context.Context, docs *document.Reader) func(dir string, d check.Document, cit check.Citation) ([]byte, error) {
	return func(dir string, d check.Document, cit check.Citation) ([]byte, error) {
		doc, err := docs.OpenIn(ctx, dir, d.Path)
		if err != nil || doc.SHA256 != d.SHA256 {
			return nil, nil // it isn't there, or not as it was when the results were saved
		}
		boxes := doc.Boxes(doc.Offset(cit.Start), doc.Offset(cit.End))
		var parts []image.Image
		for page := cit.Page; page <= max(cit.Page, cit.EndPage); page++ {
			o := document.RenderOptions{DPI: pictureDPI, Highlight: onPage(boxes, page), Crop: true}
			if len(o.Highlight) == 0 {
				continue
			}
			img, err := docs.RenderIn(ctx, dir, d.Path, page, o)
			if err != nil {
				return nil, err
			}
			parts = append(parts, img)
		}
		if len(parts) == 0 {
			return nil, nil
		}
		var b bytes.Buffer
		err = png.Encode(&b, document.Stack(parts))
		return b.Bytes(), err
	}
}
