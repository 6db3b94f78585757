package claims

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// CaseFileName is the name of the case file in a case folder.
const CaseFileName = "case.yaml"

// Load reads the case at path: a case file, or a folder with a case.yaml and,
// beside it, further claims in claims/*.yaml. The claims and documents are
// checked against the vocabulary, and against each other. All problems are
// returned; with any, the case is incomplete and must not be relied upon.
func Load(path string, v *Vocabulary) (*Case, Problems) {
	var problems Problems
	file, extra, err := caseFiles(path)
	if err != nil {
		problems.Addf(Pos{File: filepath.ToSlash(path)}, "%v", err)
		return nil, problems
	}
	l := loader{decoder: decoder{problems: &problems}, vocabulary: v, documents: map[string]int{}, c: &Case{
		File: filepath.ToSlash(file), Dir: filepath.Dir(file), Files: []string{filepath.ToSlash(file)},
	}}
	l.readFile(file, true)
	for _, name := range extra {
		l.c.Files = append(l.c.Files, filepath.ToSlash(name))
		l.readFile(name, false)
	}
	l.checkDocuments()
	l.checkClaims()
	l.c.AddImplied(l.vocabulary)
	problems.Sort()
	return l.c, problems
}

// caseFiles returns the case file of path and the claims files beside it.
func caseFiles(path string) (file string, extra []string, err error) {
	file = filepath.Join(path, CaseFileName)
	if _, err := os.Stat(file); err != nil {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return "", nil, cleanPathError(err)
		case info.IsDir():
			return "", nil, fmt.Errorf("no %s in this folder; `pia-check init %s` makes one", CaseFileName, path)
		}
		file = path
	}
	if filepath.Base(file) != CaseFileName {
		return file, nil, nil // several cases may share a folder; claims/ belongs to case.yaml
	}
	extra, err = filepath.Glob(filepath.Join(filepath.Dir(file), "claims", "*.yaml"))
	slices.Sort(extra)
	return file, extra, err
}

// loader reads one case.
type loader struct {
	decoder
	vocabulary *Vocabulary
	c          *Case
	documents  map[string]int // by id, their index
}

// readFile reads a case file (whole) or a file of further claims.
func (l *loader) readFile(file string, whole bool) {
	l.file = filepath.ToSlash(file)
	text, err := readLimited(file)
	if err != nil {
		l.addf(nil, "%v", err)
		return
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		l.problems.Addf(Pos{File: l.file, Line: 1 + bytes.Count(text[:i], []byte("\n"))}, "holds a NUL byte; this is no text file")
		return
	}
	before := len(*l.problems)
	roots := parseYAML(l.file, text, l.problems)
	switch {
	case len(*l.problems) > before:
		return
	case len(roots) == 0:
		l.addf(nil, "is empty; `pia-check init DIR` writes a starter case")
		return
	case len(roots) > 1:
		l.addf(roots[1], "holds several YAML documents; put each case in a file of its own")
	}
	if !whole {
		m := l.mapping(roots[0], "a claims file", "claims")
		l.readClaims(m.get("claims"))
		return
	}
	m := l.mapping(roots[0], "the case file", "case", "system", "documents", "claims")
	for _, key := range []string{"case", "documents"} {
		if !m.has(key) && roots[0].Kind == yaml.MappingNode {
			l.addf(roots[0], "the case file has no %q", key)
		}
	}
	l.readCase(m.get("case"))
	l.readSystem(m.get("system"))
	items := l.optionalItems(m.get("documents"), "documents")
	l.c.Documents = make([]Document, 0, len(items))
	for i, n := range items {
		l.within("document", i+1, func(s *subject) { l.readDocument(n, s) })
	}
	l.readClaims(m.get("claims"))
}

func (l *loader) optionalItems(n *yaml.Node, what string) []*yaml.Node {
	if n == nil {
		return nil
	}
	return l.items(n, what)
}

func (l *loader) readCase(n *yaml.Node) {
	if n == nil {
		return
	}
	m := l.mapping(n, "case", "id", "title", "summary")
	l.c.ID, l.c.Title, l.c.Summary = l.slug(m.get("id"), "case id"), l.str(m.get("title"), "case title"), l.str(m.get("summary"), "case summary")
	if m.get("id") == nil {
		l.addf(n, "the case has no id; give it a short name such as smartlink")
	}
	if l.c.Title == "" {
		l.addf(n, "the case has no title")
	}
}

func (l *loader) readSystem(n *yaml.Node) {
	if n == nil {
		return
	}
	m := l.mapping(n, "system", "name", "operator", "contractor")
	l.c.System = System{
		Name:       l.str(m.get("name"), "system name"),
		Operator:   l.term(m.get("operator"), "system operator", "actors"),
		Contractor: l.str(m.get("contractor"), "system contractor"),
	}
}

var slugForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

func (l *loader) slug(n *yaml.Node, what string) string {
	s := l.str(n, what)
	if s != "" && !slugForm.MatchString(s) {
		l.addf(n, "%s %q: use letters, digits, dots, hyphens and underscores only", l.named(what), s)
	}
	return s
}

func (l *loader) term(n *yaml.Node, what, vocabulary string) string {
	s := l.str(n, what)
	if s == "" {
		return ""
	}
	list := l.vocabulary.List(vocabulary)
	if list == nil || list.Terms[s] == nil {
		l.addf(n, "%s %s", l.named(what), list.unknownTerm(s))
		return ""
	}
	return s
}

var sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (l *loader) readDocument(n *yaml.Node, what *subject) {
	m := l.mapping(n, "", "id", "kind", "title", "path", "sha256", "url", "date", "supersedes", "redactions")
	if len(m) == 0 {
		return
	}
	doc := Document{ID: l.slug(m.get("id"), "id"), Pos: l.pos(n)}
	what.id = doc.ID
	for _, key := range []string{"id", "kind", "title", "path"} {
		if !m.has(key) {
			l.addf(n, "%s has no %s", what, key)
		}
	}
	doc.Kind = l.oneOf(m.get("kind"), "kind", kindNames())
	doc.Title = l.str(m.get("title"), "title")
	doc.Path, doc.PathPos = l.str(m.get("path"), "path"), l.pos(m.get("path"))
	doc.SHA256, doc.SHA256Pos = l.str(m.get("sha256"), "sha256"), l.pos(m.get("sha256"))
	if doc.SHA256 != "" && !sha256Form.MatchString(doc.SHA256) {
		l.addf(m.get("sha256"), "%s: sha256 %q is not 64 lower-case hexadecimal digits; `pia-check verify --update` fills it in", what, doc.SHA256)
	}
	doc.URL = l.str(m.get("url"), "url")
	if doc.URL != "" && !strings.HasPrefix(doc.URL, "https://") && !strings.HasPrefix(doc.URL, "http://") {
		l.addf(m.get("url"), "%s: url %q must start with https:// or http://", what, doc.URL)
	}
	doc.Date = l.str(m.get("date"), "date")
	if doc.Date != "" && !validDate(doc.Date) {
		l.addf(m.get("date"), "%s: date %q is not YYYY-MM-DD, YYYY-MM or YYYY", what, doc.Date)
	}
	if m.has("supersedes") {
		doc.Supersedes = l.strs(m.get("supersedes"), "supersedes", nil)
	}
	for _, r := range l.optionalItems(m.get("redactions"), "redactions") {
		rm := l.mapping(r, "redaction", "page", "exemption", "note")
		page, ok := l.integer(rm.get("page"), "redaction page", 1)
		if !rm.has("page") {
			l.addf(r, "%s: a redaction names no page", what)
		}
		if ok {
			doc.Redactions = append(doc.Redactions, Redaction{page, l.str(rm.get("exemption"), "exemption"), l.str(rm.get("note"), "note")})
		}
	}
	if doc.ID == "" {
		return
	}
	if i, taken := l.documents[doc.ID]; taken {
		l.addf(m.get("id"), "document id %q is taken by the document at line %d; give this one another", doc.ID, l.c.Documents[i].Pos.Line)
		return
	}
	l.documents[doc.ID] = len(l.c.Documents)
	l.c.Documents = append(l.c.Documents, doc)
}

func kindNames() []string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = k.Name
	}
	return names
}

func validDate(s string) bool {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// checkDocuments resolves supersedes and refuses cycles.
func (l *loader) checkDocuments() {
	ids := make([]string, 0, len(l.c.Documents))
	for _, d := range l.c.Documents {
		ids = append(ids, d.ID)
	}
	graph := map[string][]string{}
	for i := range l.c.Documents {
		d := &l.c.Documents[i]
		for _, old := range d.Supersedes {
			i, exists := l.documents[old]
			if !exists {
				l.problems.Addf(d.Pos, "document %q supersedes %q, which is no document of this case%s", d.ID, old, didYouMean(old, ids))
				continue
			}
			l.c.Documents[i].Superseded = true
			graph[d.ID] = append(graph[d.ID], old)
		}
	}
	if cycle := findCycle(ids, graph); cycle != nil {
		l.problems.Addf(l.c.Documents[l.documents[cycle[0]]].Pos, "documents supersede each other in a circle: %s", strings.Join(cycle, " -> "))
	}
}

// findCycle returns the first cycle of a graph, its first node repeated at the
// end, or nil.
func findCycle(nodes []string, edges map[string][]string) []string {
	const visiting, done = 1, 2
	state := map[string]int{}
	var path, cycle []string
	var visit func(n string)
	visit = func(n string) {
		if cycle != nil || state[n] == done {
			return
		}
		if state[n] == visiting {
			cycle = append(slices.Clone(path[slices.Index(path, n):]), n)
			return
		}
		state[n] = visiting
		path = append(path, n)
		for _, next := range edges[n] {
			visit(next)
		}
		path = path[:len(path)-1]
		state[n] = done
	}
	for _, n := range nodes {
		visit(n)
	}
	return cycle
}

// checkClaims refuses ids that stand twice and documents that don't exist.
func (l *loader) checkClaims() {
	first := make(map[string]Pos, len(l.c.Claims))
	for i := range l.c.Claims {
		c := &l.c.Claims[i]
		if at, taken := first[c.ID]; taken && c.ID != "" {
			l.problems.Addf(c.Pos, "claim id %q is taken by the claim at %s; give this one another", c.ID, at)
		}
		first[c.ID] = c.Pos
		if _, exists := l.documents[c.Document]; c.Document != "" && !exists {
			ids := slices.Sorted(maps.Keys(l.documents))
			suggestion := didYouMean(c.Document, ids)
			if suggestion == "" {
				suggestion = "; its documents are " + strings.Join(ids, ", ")
			}
			l.problems.Addf(c.Pos, "claim %q: %q is no document of this case%s", c.ID, c.Document, suggestion)
		}
	}
}
