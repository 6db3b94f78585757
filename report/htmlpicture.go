package report

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/png"

	"github.com/pia-check/pia-check/check"
)

// htmlPicture is the picture of a passage: itself, or the id of the place in
// the page where it stands already, or in Alt why there is none.
type htmlPicture struct {
	ID            string
	Data          string // PNG, in base64
	Width, Height int
	Alt           string
}

// picture returns the picture of a citation, nil when there is none to be had.
// A picture stands in the page once.
func (h *htmlWriter) picture(r *check.Result, d check.Document, cit check.Citation) *htmlPicture {
	if h.o.Picture == nil {
		return nil
	}
	key := fmt.Sprint(d.SHA256, cit.Page, cit.EndPage, cit.Start, cit.End)
	if have, ok := h.pictures[key]; ok {
		return &htmlPicture{ID: have}
	}
	data, err := h.o.Picture(r.Dir, d, cit)
	if err == nil && data == nil {
		return nil
	}
	if err != nil {
		return &htmlPicture{Alt: fmt.Sprintf("There is no picture of the passage: %v.", err)}
	}
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return &htmlPicture{Alt: fmt.Sprintf("There is no picture of the passage: %v.", err)}
	}
	p := &htmlPicture{
		ID:    fmt.Sprintf("p-%d", len(h.pictures)+1),
		Data:  base64.StdEncoding.EncodeToString(data),
		Width: size.Width, Height: size.Height,
		Alt: fmt.Sprintf("The passage on %s of “%s”, highlighted. It is quoted above.", place(cit), d.Title),
	}
	h.pictures[key] = p.ID
	return p
}
