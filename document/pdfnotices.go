package document

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// maxAttachments bounds the attachments that are named one by one.
const maxAttachments = 50

// errXFA says why the pages of a dynamic form stay unread. What such a file
// shows as its page only asks the reader to wait for another program.
var errXFA = errors.New("is part of a dynamic form (XFA), whose text only Adobe's programs can show; print it to a PDF there and use that file")

// The kinds of forms (FORMTYPE_).
const dynamicForm = 2

// attachments names the files that are embedded in the document, which are not
// read: each is a document of its own.
func (r *pdfReading) attachments(ctx context.Context, p *pdfium) (list []Notice) {
	n := p.integer("FPDFDoc_GetAttachmentCount", p.doc)
	for i := range min(n, maxAttachments) {
		a := p.pointer("FPDFDoc_GetAttachment", p.doc, uint64(i))
		if a == 0 {
			continue
		}
		name := p.utf16("FPDFAttachment_GetName", a)
		size := -1
		r.limited(ctx, p, func() {
			if p.integer("FPDFAttachment_GetFile", a, 0, 0, p.scratch) != 0 {
				size = int(binary.LittleEndian.Uint32(p.memory(p.scratch, 4)))
			}
		})
		list = append(list, Notice{Message: attached(name, size)})
		if p.err != nil {
			break
		}
	}
	if n > len(list) {
		list = append(list, Notice{Message: fmt.Sprintf("%d more attachments are not read", n-len(list))})
	}
	return list
}

func attached(name string, size int) string {
	of := ""
	switch {
	case size >= 1e6:
		of = fmt.Sprintf(" (%.1f MB)", float64(size)/1e6)
	case size >= 0:
		of = fmt.Sprintf(" (%d kB)", int(math.Ceil(float64(size)/1e3)))
	}
	return fmt.Sprintf("attachment %q%s is not read; save it from a PDF reader and use it as a document of its own", name, of)
}
