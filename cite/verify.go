package cite

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// Verify checks every citation of a case in its document and fills in where it
// stands. The document must be the file whose SHA-256 the case states, the
// quote must stand in it, on the stated page and in the stated section. Every
// problem is returned, each with the place in the case file and what to do.
func Verify(ctx context.Context, c *claims.Case, docs *document.Reader) claims.Problems {
	var problems claims.Problems
	opened := open(ctx, c, docs, &problems)
	for i := range c.Documents {
		d := &c.Documents[i]
		if doc := opened[d.ID]; doc != nil && d.SHA256 != "" && d.SHA256 != doc.SHA256 {
			problems.Addf(d.SHA256Pos, "document %q: %s has the SHA-256 %s, but the case states %s; if the file was meant to change, run `pia-check verify --update` and read the changes",
				d.ID, d.Path, doc.SHA256, d.SHA256)
		}
		if d.SHA256 == "" && opened[d.ID] != nil {
			d.SHA256 = opened[d.ID].SHA256
		}
	}
	for i := range c.Claims {
		cl := &c.Claims[i]
		doc := opened[cl.Document]
		if doc == nil || cl.ImpliedBy != "" { // an implied claim shares its parent's citations
			continue
		}
		for j := range cl.Citations {
			if err := verify(&cl.Citations[j], doc); err != nil {
				problems.Addf(err.pos, "claim %q: %s", cl.ID, err.message)
				continue
			}
			cl.Redacted = cl.Redacted || cl.Citations[j].Verified.Redacted
		}
	}
	problems.Sort()
	return problems
}

// open reads the documents of a case, several at once where processors are idle;
// one that can't be read is told once.
func open(ctx context.Context, c *claims.Case, docs *document.Reader, problems *claims.Problems) map[string]*document.Document {
	read := make([]*document.Document, len(c.Documents))
	errs := make([]error, len(c.Documents))
	var next atomic.Int64
	some := func() {
		for i := int(next.Add(1)) - 1; i < len(read); i = int(next.Add(1)) - 1 {
			read[i], errs[i] = docs.OpenIn(ctx, c.Dir, c.Documents[i].Path)
		}
	}
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(read)) - 1 {
		wg.Go(some)
	}
	some() // all of them, as long as the other processors have cases of their own
	wg.Wait()
	opened := make(map[string]*document.Document, len(c.Documents))
	for i := range c.Documents {
		d := &c.Documents[i]
		if err := errs[i]; err != nil {
			cited := 0
			for _, cl := range c.Claims {
				if cl.Document == d.ID && cl.ImpliedBy == "" {
					cited += len(cl.Citations)
				}
			}
			message := fmt.Sprintf("document %q: %s %v", d.ID, d.Path, err)
			if cited > 0 {
				message += fmt.Sprintf("; %d of its quotes cannot be verified", cited)
			}
			problems.Addf(d.PathPos, "%s", message)
			continue
		}
		opened[d.ID] = read[i]
		for _, n := range read[i].Notices {
			d.Notices = append(d.Notices, n.String())
		}
	}
	return opened
}

// fault is what is wrong with one citation.
type fault struct {
	pos     claims.Pos
	message string
}

func faultf(pos claims.Pos, format string, args ...any) *fault {
	return &fault{pos, fmt.Sprintf(format, args...)}
}

// verify checks one citation and fills in its place.
func verify(cit *claims.Citation, doc *document.Document) *fault {
	matches := Find(doc, cit.Quote)
	if len(matches) == 0 {
		return notFound(cit, doc)
	}
	m, err := choose(cit, doc, matches)
	if err != nil {
		return err
	}
	place := placeOf(m, doc)
	// Another version of the OCR puts its words elsewhere.
	if cit.HasOffsets && m.Kind != OCR && (cit.Start != place.Start || cit.End != place.End) {
		return faultf(cit.OffsetPos, "the quote stands at characters %d to %d, not %d to %d; `pia-check verify --update` corrects it",
			place.Start, place.End, cit.Start, cit.End)
	}
	if cit.Section != "" {
		path := doc.SectionAt(m.Start)
		if len(doc.Sections) > 0 && !slices.ContainsFunc(path, func(title string) bool { return SameSection(cit.Section, title) }) {
			where := "before the first heading"
			if len(path) > 0 {
				where = "in section " + strconv.Quote(strings.Join(path, " > "))
			}
			return faultf(cit.SectionPos, "the quote does not stand in section %q but %s", cit.Section, where)
		}
		place.Section = cit.Section
	}
	cit.Verified = &place
	return nil
}

// placeOf puts a match in the terms of a case.
func placeOf(m Match, doc *document.Document) claims.Place {
	p := claims.Place{
		Page: m.Page, EndPage: m.EndPage, Match: m.Kind,
		Start: doc.Characters(m.Start), End: doc.Characters(m.End), Redacted: redacted(m, doc),
	}
	p.Label, p.EndLabel = label(doc, m.Page), label(doc, m.EndPage)
	if m.Kind == OCR {
		p.Similarity, p.Confidence = round(m.Similarity), round(m.Confidence)
	}
	if path := doc.SectionAt(m.Start); len(path) > 0 {
		p.Section = path[len(path)-1]
	}
	return p
}

func label(doc *document.Document, page int) string {
	p, _ := doc.Page(page)
	return p.Label
}

// round keeps two digits, which is what such measures are good for.
func round(f float64) float64 { return math.Round(100*f) / 100 }

// redacted reports whether a passage of the sentences that hold the match is
// withheld.
func redacted(m Match, doc *document.Document) bool {
	if len(doc.Redactions) == 0 {
		return false
	}
	return slices.ContainsFunc(doc.Sentences(), func(s document.Sentence) bool {
		return s.Redacted && s.Start < m.End && m.Start < s.End
	})
}

// choose picks the match that the citation means: on the stated page and, of
// several there, the one at the stated offset or else the first.
func choose(cit *claims.Citation, doc *document.Document, matches []Match) (Match, *fault) {
	if cit.Page == 0 {
		if pages := pagesOf(matches); len(pages) > 1 {
			return Match{}, faultf(cit.QuotePos, "the quote stands on pages %s; state which page is meant", list(pages))
		}
	} else {
		stated := matches[:0:0]
		for _, m := range matches {
			if m.Page == cit.Page {
				stated = append(stated, m)
			}
		}
		if len(stated) == 0 {
			pages := pagesOf(matches)
			if len(pages) == 1 {
				printed := ""
				if l := label(doc, pages[0]); l == strconv.Itoa(cit.Page) {
					printed = fmt.Sprintf(" (%d is the number printed on it; pages are counted from the start of the file)", cit.Page)
				}
				return Match{}, faultf(cit.PagePos, "the quote stands on page %d, not on page %d%s; write page: %d", pages[0], cit.Page, printed, pages[0])
			}
			return Match{}, faultf(cit.PagePos, "the quote stands on pages %s, not on page %d", list(pages), cit.Page)
		}
		matches = stated
	}
	if cit.HasOffsets {
		for _, m := range matches {
			if doc.Characters(m.Start) == cit.Start {
				return m, nil
			}
		}
	}
	return matches[0], nil
}

func pagesOf(matches []Match) []int {
	var pages []int
	for _, m := range matches {
		if !slices.Contains(pages, m.Page) {
			pages = append(pages, m.Page)
		}
	}
	return pages
}

// list says numbers as "1, 4 and 7", at most ten of them.
func list(numbers []int) string {
	words := make([]string, 0, 10)
	for _, n := range numbers[:min(len(numbers), 10)] {
		words = append(words, strconv.Itoa(n))
	}
	if len(numbers) > 10 {
		return strings.Join(words, ", ") + " and others"
	}
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

func notFound(cit *claims.Citation, doc *document.Document) *fault {
	quote := plain(cit.Quote)
	if segments, elided := split(fold(quote).text); elided && !telling(segments) {
		return faultf(cit.QuotePos, "the quote %q leaves so much out that it could be made from any page; quote at least two words in a row on each side of the ellipsis", quote)
	}
	unread := Unread(doc)
	p, ok := Nearest(doc, cit.Quote)
	if !ok {
		return faultf(cit.QuotePos, "the quote %q does not stand in %s, nor anything like it%s", quote, doc.Path, unread)
	}
	return faultf(cit.QuotePos, "the quote does not stand in %s%s\n    quoted:  %q\n    closest: %q (page %d, %.0f%% alike)",
		doc.Path, unread, quote, p.Text, p.Page, 100*p.Similarity)
}

// Unread says which pages of a document are pictures that were not read, ready
// to follow what can't be said for that reason; "" when there are none.
func Unread(doc *document.Document) string {
	var pages []int
	for _, p := range doc.Pages {
		if p.Source == document.Unread {
			pages = append(pages, p.Number)
		}
	}
	if len(pages) == 0 {
		return ""
	}
	which := fmt.Sprintf("; page %d was not read", pages[0])
	if len(pages) > 1 {
		which = fmt.Sprintf("; pages %s were not read", list(pages))
	}
	for _, n := range doc.Notices {
		if n.Page == pages[0] {
			return which + " (" + n.Message + ")"
		}
	}
	return which
}

// SameSection reports whether a stated section means the heading: its number
// ("5.1"), its words, or both, whatever the case.
func SameSection(stated, title string) bool {
	s, t := sectionKey(stated), sectionKey(title)
	if s == "" || s == t {
		return s == t
	}
	rest, ok := strings.CutPrefix(t, s)
	if ok && strings.IndexFunc(rest[:1], func(r rune) bool { return r == ' ' || r == ':' || r == ')' }) == 0 {
		return true
	}
	// The heading's words without its number.
	if number, words, found := strings.Cut(t, " "); found && strings.ContainsAny(number, "0123456789.") {
		return s == words
	}
	return false
}

func sectionKey(s string) string {
	s = strings.ToLower(strings.TrimSpace(fold(s).text))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "section "), "§ ")
	// "5.1." and "5.1" are one number, "5.1 Title" and "5.1. Title" one heading.
	if number, rest, found := strings.Cut(s, " "); found {
		return strings.TrimRight(number, ".:") + " " + rest
	}
	return strings.TrimRight(s, ".:")
}
