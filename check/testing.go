package check

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/policies"
)

// TestResult is what the Rego tests of policies yield.
type TestResult struct {
	Tests          []PolicyTest // in the order of their places
	Passed, Failed int
	Coverage       float64  // percent of the policies' lines that the tests ran
	Uncovered      []string // the lines that they didn't, as file:line or file:first-last
}

// PolicyTest is one Rego test.
type PolicyTest struct {
	Name    string
	Pos     claims.Pos
	Passed  bool
	Message string // an error, or what the test printed
}

// TestPolicies runs the test_ rules found at the paths, without any those of
// the built-in policies, with the vocabulary as data and the same restrictions
// as a check. Coverage counts the tested paths' policies, not our library.
func TestPolicies(ctx context.Context, v *claims.Vocabulary, timeout time.Duration, paths ...string) (*TestResult, claims.Problems) {
	var problems claims.Problems
	l := policyLoader{modules: map[string]*ast.Module{}, builtin: map[string]bool{}, problems: &problems}
	l.readFS(policies.FS, false)
	own := map[string]bool{} // the files under test
	read := func(file string, text []byte) {
		file = filepath.ToSlash(file)
		own[file] = true
		l.sources = append(l.sources, source{file, string(text)})
	}
	if len(paths) == 0 {
		walkRego(policies.FS, ".", func(name string, text []byte) { read(path.Join("policies", name), text) }, &problems)
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			problems.Addf(claims.Pos{File: p}, "no such file or folder of policies")
		case info.IsDir():
			walkRego(os.DirFS(p), ".", func(name string, text []byte) { read(filepath.Join(p, name), text) }, &problems)
		default:
			walkRego(os.DirFS(filepath.Dir(p)), filepath.Base(p), func(name string, text []byte) { read(filepath.Join(filepath.Dir(p), name), text) }, &problems)
		}
	}
	if l.parse(); len(problems) > 0 {
		return nil, problems
	}
	store := vocabularyStore(v)
	compiler := ast.NewCompiler().WithCapabilities(Capabilities()).WithEnablePrintStatements(true).
		WithSchemas(inputSchemas()).WithUseTypeCheckAnnotations(true)
	coverage := cover.New()
	runner := tester.NewRunner().SetCompiler(compiler).SetStore(store).SetModules(l.modules).
		SetCoverageQueryTracer(coverage).CapturePrintOutput(true).SetTimeout(timeout)
	txn, err := store.NewTransaction(ctx, storage.TransactionParams{})
	if err != nil {
		problems.Addf(claims.Pos{}, "%v", err)
		return nil, problems
	}
	defer store.Abort(ctx, txn)
	results, err := runner.RunTests(ctx, txn)
	if err != nil {
		l.addErrors("", err)
		problems.Sort()
		return nil, problems
	}
	out := &TestResult{}
	for r := range results {
		out.add(r)
	}
	slices.SortFunc(out.Tests, func(a, b PolicyTest) int {
		if d := strings.Compare(a.Pos.File, b.Pos.File); d != 0 {
			return d
		}
		return a.Pos.Line - b.Pos.Line
	})
	out.measure(coverage, l.modules, own)
	return out, nil
}

func walkRego(fsys fs.FS, root string, read func(name string, text []byte), problems *claims.Problems) {
	err := fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".rego") {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err == nil {
			read(name, text)
		}
		return err
	})
	if err != nil {
		problems.Addf(claims.Pos{File: root}, "%v", err)
	}
}

func (t *TestResult) add(r *tester.Result) {
	test := PolicyTest{Name: strings.TrimPrefix(r.Package, "data.") + "." + r.Name, Passed: r.Pass(), Message: strings.TrimSpace(string(r.Output))}
	if r.Location != nil {
		test.Pos = position(r.Location)
	}
	if r.Error != nil {
		test.Message = strings.TrimSpace(test.Message + "\n" + r.Error.Error())
	}
	if test.Passed {
		t.Passed++
	} else {
		t.Failed++
	}
	t.Tests = append(t.Tests, test)
}

// measure counts the lines of the files under test that the tests ran; the
// tests' own lines don't count.
func (t *TestResult) measure(c *cover.Cover, modules map[string]*ast.Module, own map[string]bool) {
	measured := map[string]*ast.Module{}
	for file, m := range modules {
		if own[file] && isPolicyFile(file) {
			measured[file] = m
		}
	}
	report := c.Report(measured)
	covered, missed := 0, 0
	for file, f := range report.Files {
		if measured[file] == nil {
			continue
		}
		covered += f.CoveredLines
		missed += f.NotCoveredLines
		for _, r := range f.NotCovered {
			line := fmt.Sprintf("%s:%d", file, r.Start.Row)
			if r.End.Row != r.Start.Row {
				line += fmt.Sprintf("-%d", r.End.Row)
			}
			t.Uncovered = append(t.Uncovered, line)
		}
	}
	slices.Sort(t.Uncovered)
	t.Coverage = 100
	if covered+missed > 0 {
		t.Coverage = 100 * float64(covered) / float64(covered+missed)
	}
}
