package check

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/policies"
)

// Policy is what the METADATA of a policy's package says of it.
type Policy struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Severity    Severity    `json:"severity"`
	Topic       string      `json:"topic"`
	Authority   []Authority `json:"authority"`
	File        string      `json:"file"` // where it is defined; of built-in ones below policies/
	BuiltIn     bool        `json:"built_in"`

	pos      claims.Pos
	pkg      ast.Ref
	outcomes []Outcome // those that the package has rules for
}

// Authority is a law, regulation or guidance that a policy rests on.
type Authority struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Policies is a compiled set of policies, shared by every evaluation.
type Policies struct {
	List     []Policy // by id
	compiler *ast.Compiler
}

// LoadPolicies compiles the built-in policies and those of the user's files and
// folders. What can't be used is left out and told as a problem, so that one
// bad policy spoils no other.
func LoadPolicies(builtin bool, paths ...string) (*Policies, claims.Problems) {
	var problems claims.Problems
	l := policyLoader{modules: map[string]*ast.Module{}, builtin: map[string]bool{}, problems: &problems}
	l.readFS(policies.FS, builtin)
	for _, p := range paths {
		l.readPath(p)
	}
	l.parse()
	p := l.compile()
	problems.Sort()
	return p, problems
}

// Named returns the policy of that id, in any case; nil when there is none.
func (p *Policies) Named(id string) *Policy {
	i := slices.IndexFunc(p.List, func(q Policy) bool { return strings.EqualFold(q.ID, id) })
	if i < 0 {
		return nil
	}
	return &p.List[i]
}

// Outcomes says which outcomes the policy can have.
func (p *Policy) Outcomes() string {
	names := make([]string, len(p.outcomes))
	for i, o := range p.outcomes {
		names[i] = string(o)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

type policyLoader struct {
	sources  []source
	modules  map[string]*ast.Module
	builtin  map[string]bool
	problems *claims.Problems
}

// source is the text of one Rego file.
type source struct{ file, text string }

// readFS reads the embedded modules; without policies, only the library, which
// users' policies may import.
func (l *policyLoader) readFS(fsys fs.FS, withPolicies bool) {
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isPolicyFile(name) || !withPolicies && !strings.HasPrefix(name, "lib/") {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		file := path.Join("policies", name)
		l.builtin[file] = true
		l.sources = append(l.sources, source{file, string(text)})
		return nil
	})
}

func isPolicyFile(name string) bool {
	return strings.HasSuffix(name, ".rego") && !strings.HasSuffix(name, "_test.rego")
}

func (l *policyLoader) readPath(root string) {
	found := false
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || name != root && !isPolicyFile(name) {
			return nil
		}
		found = true
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		l.sources = append(l.sources, source{filepath.ToSlash(name), string(text)})
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.problems.Addf(claims.Pos{File: filepath.ToSlash(root)}, "no such file or folder of policies")
	case err != nil:
		l.problems.Addf(claims.Pos{File: filepath.ToSlash(root)}, "cannot be read: %v", err)
	case !found:
		l.problems.Addf(claims.Pos{File: filepath.ToSlash(root)}, "holds no policy: no .rego file but tests in this folder")
	}
}

// parse parses what was read, and tells what can't be in the order of the files.
func (l *policyLoader) parse() {
	modules, errs := make([]*ast.Module, len(l.sources)), make([]error, len(l.sources))
	each(len(l.sources), runtime.GOMAXPROCS(0), func(i int) {
		modules[i], errs[i] = ast.ParseModuleWithOpts(l.sources[i].file, l.sources[i].text, ast.ParserOptions{
			ProcessAnnotation: true, RegoVersion: ast.RegoV1, Capabilities: Capabilities(),
		})
	})
	for i, s := range l.sources {
		switch {
		case errs[i] != nil && strings.HasSuffix(errs[i].Error(), "empty module"):
			l.problems.Addf(claims.Pos{File: s.file}, "is empty; remove it or write a policy")
		case errs[i] != nil:
			l.addErrors(s.file, errs[i])
		default:
			l.modules[s.file] = modules[i]
		}
	}
}

// addErrors tells OPA's errors with their places and returns the files at fault.
func (l *policyLoader) addErrors(file string, err error) (files []string) {
	var list ast.Errors
	if !errors.As(err, &list) {
		l.problems.Addf(claims.Pos{File: file}, "%v", err)
		return []string{file}
	}
	for i, e := range list {
		if i > 0 && e.Error() == list[i-1].Error() {
			continue
		}
		pos := claims.Pos{File: file}
		if e.Location != nil {
			pos = position(e.Location)
		}
		l.problems.Addf(pos, "%s", explain(e))
		files = append(files, pos.File)
	}
	return files
}

// explain puts an error of the compiler in words that say what to do.
func explain(e *ast.Error) string {
	message := e.Message
	if name, ok := strings.CutPrefix(message, "undefined function "); ok && ast.BuiltinMap[name] != nil {
		return fmt.Sprintf("%s is not available to policies, which must give the same result everywhere: no network, clock, environment or randomness", name)
	}
	if e.Code == ast.TypeErr && e.Details != nil {
		if detail, ok := e.Details.(*ast.RefErrInvalidDetail); ok && len(detail.OneOf) > 0 {
			names := make([]string, len(detail.OneOf))
			for i, v := range detail.OneOf {
				names[i] = strings.Trim(v.String(), `"`)
			}
			slices.Sort(names)
			message += "; here are " + strings.Join(names, ", ")
		}
		message += "; `pia-check schema input` describes what policies see"
	}
	return message
}

func position(l *ast.Location) claims.Pos {
	return claims.Pos{File: l.File, Line: l.Row, Column: l.Col}
}

// provenStages are those of the compiler that only look for mistakes. Built-in
// policies alone don't need them in every run: their tests compile with each
// (see testing.go).
var provenStages = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckVoidCalls, ast.StageCheckRuleConflicts,
	ast.StageCheckUndefinedFuncs, ast.StageCheckRecursion, ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins,
	ast.StageCheckDeprecatedBuiltins, ast.StageBuildRequiredCapabilities,
}

// compile compiles the modules; those at fault are left out and the rest is
// compiled again, until what remains is sound.
func (l *policyLoader) compile() *Policies {
	l.refuseTaken()
	for {
		compiler := ast.NewCompiler().WithCapabilities(Capabilities()).WithEnablePrintStatements(false)
		if len(l.modules) == len(l.builtin) {
			compiler.WithSkipStages(provenStages...)
		} else {
			compiler.WithSchemas(inputSchemas()).WithUseTypeCheckAnnotations(true)
		}
		compiler.SetErrorLimit(0)
		compiler.Compile(l.modules)
		if !compiler.Failed() {
			return &Policies{List: l.list(), compiler: compiler}
		}
		before := len(l.modules)
		for _, file := range l.addErrors("", compiler.Errors) {
			delete(l.modules, file)
		}
		if len(l.modules) == before { // an error without a file: nothing can be saved
			return &Policies{compiler: ast.NewCompiler()}
		}
	}
}

// refuseTaken leaves out modules of the user in a package of ours, where a rule
// would change what our policies say.
func (l *policyLoader) refuseTaken() {
	taken := map[string]string{}
	for file, m := range l.modules {
		if l.builtin[file] {
			taken[m.Package.Path.String()] = file
		}
	}
	for file, m := range l.modules {
		if ours := taken[m.Package.Path.String()]; ours != "" && !l.builtin[file] {
			l.problems.Addf(position(m.Package.Location), "package %s is built in (%s); choose another name",
				strings.TrimPrefix(m.Package.Path.String(), "data."), path.Dir(ours))
			delete(l.modules, file)
		}
	}
}

func inputSchemas() *ast.SchemaSet {
	set := ast.NewSchemaSet()
	set.Put(ast.SchemaRootRef, claims.InputSchema())
	return set
}

// list reads the policies' metadata and refuses what can't be one.
func (l *policyLoader) list() []Policy {
	var list []Policy
	files := make([]string, 0, len(l.modules))
	for file := range l.modules {
		files = append(files, file)
	}
	// Ours first: where a user's policy takes one of our ids, ours stays.
	slices.SortFunc(files, func(a, b string) int {
		if l.builtin[a] != l.builtin[b] {
			if l.builtin[a] {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, file := range files {
		p, ok := l.policy(file, l.modules[file])
		if !ok {
			continue
		}
		if i := slices.IndexFunc(list, func(q Policy) bool { return q.ID == p.ID }); i >= 0 {
			l.problems.Addf(p.pos, "policy id %s is taken by %s; give this one another", p.ID, list[i].pos)
			continue
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Policy) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// policy reads one module; ok is false for a library and for a policy that
// can't be used, whose problems are told.
func (l *policyLoader) policy(file string, m *ast.Module) (p Policy, ok bool) {
	before := len(*l.problems)
	outcomes := l.outcomeRules(m)
	var meta *ast.Annotations
	for _, a := range m.Annotations {
		if a.Scope == "package" {
			meta = a
		}
	}
	pos := position(m.Package.Location)
	if meta == nil || meta.Custom["id"] == nil {
		if len(outcomes) > 0 {
			l.problems.Addf(pos, "a package with the rule %q is a policy and needs a METADATA block above its package line with title, description and custom: {id, severity, topic}", outcomes[0])
		}
		return p, false
	}
	custom := func(key string) string { s, _ := meta.Custom[key].(string); return s }
	p = Policy{
		ID: custom("id"), Title: meta.Title, Description: strings.TrimSpace(meta.Description),
		Severity: Severity(custom("severity")), Topic: custom("topic"),
		File: file, BuiltIn: l.builtin[file], pos: pos, pkg: m.Package.Path, outcomes: outcomes,
	}
	for _, r := range meta.RelatedResources {
		p.Authority = append(p.Authority, Authority{Title: r.Description, URL: r.Ref.String()})
	}
	if p.ID == "" {
		l.problems.Addf(pos, "METADATA: custom.id must be text such as RET-101")
	}
	for key, value := range map[string]string{"title": p.Title, "description": p.Description, "custom.topic": p.Topic} {
		if value == "" {
			l.problems.Addf(pos, "policy %s: METADATA has no %s", p.ID, key)
		}
	}
	if !slices.Contains(Severities, p.Severity) {
		l.problems.Addf(pos, "policy %s: METADATA: custom.severity %q is not one of critical, high, medium, low", p.ID, p.Severity)
	}
	if len(outcomes) == 0 && len(*l.problems) == before {
		l.problems.Addf(pos, "policy %s has none of the sets fail, pass, review, open; write for example: fail contains {\"message\": ..., \"claims\": [...]} if { ... }", p.ID)
	}
	return p, len(*l.problems) == before
}

// outcomeRules returns the outcomes that a module has rules for; a rule of
// such a name that is no set is a problem.
func (l *policyLoader) outcomeRules(m *ast.Module) []Outcome {
	var found []Outcome
	for _, rule := range m.Rules {
		ref := rule.Head.Ref()
		outcome := Outcome(ref[0].Value.String())
		if !slices.Contains(policyOutcomes, outcome) {
			continue
		}
		if rule.Head.RuleKind() != ast.MultiValue || len(ref) != 1 {
			l.problems.Addf(position(rule.Location), "rule %q must be a set: write %s contains {\"message\": ..., \"claims\": [...]} if { ... }", outcome, outcome)
			continue
		}
		if !slices.Contains(found, outcome) {
			found = append(found, outcome)
		}
	}
	return found
}

// Only returns the set reduced to the policies of those ids.
func (p *Policies) Only(ids ...string) *Policies {
	only := &Policies{compiler: p.compiler}
	for _, q := range p.List {
		if slices.Contains(ids, q.ID) {
			only.List = append(only.List, q)
		}
	}
	return only
}
