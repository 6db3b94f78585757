package extract

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// Draft is a document with the claims that were drafted from it.
type Draft struct {
	Path    string // of the file
	ID      string // in the case
	Kind    Kind
	Title   string
	SHA256  string
	Claims  []claims.Claim
	Dropped int // claims whose quote didn't stand in the document
	Notices []document.Notice
}

// Options choose what is drafted.
type Options struct {
	Topics []string // all when empty
	// Kinds says by path what kind a document is; "" stands for all that have
	// no entry. The others are proposed from their content.
	Kinds map[string]string
	// External drafts in place of the rules; nil for the rules.
	External *External
}

// Drafts reads documents and drafts their claims. A document that can't be read
// or isn't in English is a problem; the others are drafted all the same.
func (x *Rules) Drafts(ctx context.Context, docs *document.Reader, paths []string, o Options) ([]Draft, claims.Problems) {
	var list []Draft
	var problems claims.Problems
	taken := map[string]bool{}
	for _, path := range paths {
		id := freeID(slugOf(path), taken)
		d, err := x.draft(ctx, docs, path, id, o)
		if err != nil {
			problems.Addf(claims.Pos{File: filepath.ToSlash(path)}, "%v", err)
			continue
		}
		d.number(nil)
		list = append(list, *d)
	}
	return list, problems
}

func (x *Rules) draft(ctx context.Context, docs *document.Reader, path, id string, o Options) (*Draft, error) {
	doc, err := docs.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := x.readable(doc, o.External == nil); err != nil {
		return nil, err
	}
	kind := Kind{Name: o.Kinds[path], Reason: "as told"}
	if kind.Name == "" {
		kind.Name = o.Kinds[""]
	}
	proposed, ok := x.KindOf(doc)
	kind.Line = proposed.Line
	if kind.Name == "" {
		if !ok {
			return nil, fmt.Errorf("nothing tells what kind of document this is; say so with --kind %s=KIND, one of %s", path, strings.Join(kindNames(), ", "))
		}
		kind = proposed
	}
	d := &Draft{Path: path, ID: id, Kind: kind, Title: x.title(doc, kind), SHA256: doc.SHA256, Notices: doc.Notices}
	var r Result
	if o.External == nil {
		r = x.Extract(doc, kind.Name)
	} else {
		var notes []document.Notice
		if r, notes, err = x.external(ctx, o.External, id, doc, kind.Name); err != nil {
			return nil, err
		}
		d.Notices = slices.Concat(d.Notices, notes)
	}
	d.Claims, d.Dropped = r.Claims, r.Dropped
	if len(o.Topics) > 0 {
		d.Claims = slices.DeleteFunc(d.Claims, func(c claims.Claim) bool { return !slices.Contains(o.Topics, c.Topic) })
	}
	return d, nil
}

// readable says what keeps a document from being read: pages without text, or
// another language where it must be English.
func (x *Rules) readable(d *document.Document, english bool) error {
	unread := 0
	for _, p := range d.Pages {
		if p.Source == document.Unread {
			unread++
		}
	}
	if strings.TrimSpace(d.Text) == "" {
		if unread > 0 {
			pages := "its only page is an image"
			if unread > 1 {
				pages = fmt.Sprintf("its %d pages are images", unread)
			}
			return fmt.Errorf("%s without text; install tesseract and leave out --ocr off, so that it is read by OCR", pages)
		}
		return errors.New("holds no text")
	}
	if language := x.Foreign(d.Text); english && language != "" {
		return fmt.Errorf("is in %s, by its commonest words or letters; the rules read English only", language)
	}
	return nil
}

// number gives the claims their ids and their document, from the first number
// of their topic that is free.
func (d *Draft) number(taken map[string]bool) {
	counts := map[string]int{}
	for i := range d.Claims {
		c := &d.Claims[i]
		c.Document = d.ID
		for {
			counts[c.Topic]++
			c.ID = d.ID + "-" + c.Topic + "-" + strconv.Itoa(counts[c.Topic])
			if !taken[c.ID] {
				break
			}
		}
	}
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slugOf makes an id of a file's name.
func slugOf(path string) string {
	base := filepath.Base(path)
	s := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(strings.TrimSuffix(base, filepath.Ext(base))), "-"), "-")
	if len(s) > 40 {
		s = strings.TrimRight(s[:40], "-")
	}
	if s == "" {
		s = "document"
	}
	return s
}

func freeID(id string, taken map[string]bool) string {
	free := id
	for n := 2; taken[free]; n++ {
		free = id + "-" + strconv.Itoa(n)
	}
	taken[free] = true
	return free
}
