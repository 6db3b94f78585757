package extract

import (
	"path/filepath"
	"regexp"
	"strings"

	"github.com/pia-check/pia-check/document"
)

// maxTitle is up to how many bytes a line can be a title, and maxSubjectTitle
// how long one may be with its subject.
const maxTitle, maxSubjectTitle = 100, 150

// partNumber starts the heading of a part, "1. Introduction" or "Section 2: Use",
// not a title.
var partNumber = regexp.MustCompile(`^(?:(?i:section|part|article|chapter|appendix|annex)\s+[0-9A-Za-z]{1,4}\b|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?\s|[A-Z](?:\.[0-9]{1,2})+[.)]?\s|[A-Z][.)]\s)`)

var systemName = regexp.MustCompile(`^(?i:system name(?: and number)?)\s*(?:[:.]\s*|$)`)

// title returns the name of the system that a notice is about, or else the first
// line of a document that can be its title: a heading, or what gave its kind
// away; or else the name of its file in words.
func (x *Rules) title(d *document.Document, kind Kind) string {
	title := ""
	sentences := d.Sentences()
	for i, s := range sentences {
		if s.Start > opening && (kind.Name != "sorn" || s.Start > scanned) {
			break
		}
		if label := systemName.FindString(s.Text); label != "" {
			name := s.Text[len(label):]
			if name == "" && i+1 < len(sentences) {
				name = sentences[i+1].Text
			}
			if name = strings.TrimRight(name, " .:"); name != "" && len(name) <= 2*maxTitle {
				return name
			}
		}
		if title == "" && s.Start <= opening && x.entitles(&s, kind) {
			title = x.withSubject(strings.TrimRight(s.Text, " .:"), sentences[i+1:])
		}
	}
	if title != "" {
		return title
	}
	base := filepath.Base(d.Path)
	return strings.Join(strings.FieldsFunc(strings.TrimSuffix(base, filepath.Ext(base)), func(r rune) bool { return r == '_' || r == '-' || r == ' ' }), " ")
}

// entitles reports whether a line can be the title of a document.
func (x *Rules) entitles(s *document.Sentence, kind Kind) bool {
	if len(s.Text) <= 8 || len(s.Text) > maxTitle || s.Kind == document.Margin {
		return false
	}
	return (s.Text == kind.Line || s.Kind == document.Heading) && !x.heads(s.Text)
}

// heads reports whether a line is the heading of a part of a document.
func (x *Rules) heads(line string) bool {
	return partNumber.MatchString(line) || x.partNames[strings.ToLower(strings.TrimRight(line, " .:"))]
}

// withSubject adds to a title that names only a kind of document what the next
// lines say that it is about.
func (x *Rules) withSubject(title string, next []document.Sentence) string {
	whole, running := title, title
	for _, s := range next[:min(len(next), 2)] {
		text := strings.TrimRight(s.Text, " .:")
		open := strings.HasSuffix(running, " for the") || strings.HasSuffix(running, " for")
		switch {
		case s.Kind == document.Margin || s.Kind == document.Question || len(running)+len(text) > maxSubjectTitle:
		case open || text == "for" || strings.HasPrefix(text, "for the"):
			running += " " + text
			whole = running
			continue
		case s.Kind == document.Heading && len(strings.Fields(title)) <= 5 && !x.heads(text) && strings.Contains(strings.ToLower(title), "impact assessment"):
			whole = title + ": " + text
		}
		break
	}
	return strings.TrimSuffix(strings.TrimSuffix(whole, " for"), " for the")
}
