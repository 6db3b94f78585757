// Package ci tests what runs in CI end to end: the GitHub action's scripts over a
// repository with a folder of releases, a pull request, and a server that answers
// as GitHub's API does; the GitLab job of docs/ci.md; the pre-commit hooks.
package ci

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// github answers as GitHub's API does where the scripts ask it.
type github struct {
	t        *testing.T
	mu       sync.Mutex
	comments []comment
	uploads  []map[string]string
	refuse   bool // as to the token of a fork
}

type comment struct {
	ID   int    `json:"id"`
	Body string `json:"body"`
	User struct {
		Login string `json:"login"`
	} `json:"user"`
}

func (g *github) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer secret" {
		g.t.Errorf("%s %s without the token", r.Method, r.URL)
	}
	if g.refuse && r.Method != http.MethodGet {
		http.Error(w, `{"message": "Resource not accessible by integration"}`, http.StatusForbidden)
		return
	}
	var sent struct{ Body string }
	body, err := io.ReadAll(r.Body)
	if err != nil {
		g.t.Error(err)
	}
	_ = json.Unmarshal(body, &sent)
	switch {
	case r.Method == http.MethodGet && r.URL.Path == "/repos/watch/releases/issues/7/comments":
		page := 1
		fmt.Sscan(r.URL.Query().Get("page"), &page)
		from, to := min(100*(page-1), len(g.comments)), min(100*page, len(g.comments))
		_ = json.NewEncoder(w).Encode(g.comments[from:to])
	case r.Method == http.MethodPost && r.URL.Path == "/repos/watch/releases/issues/7/comments":
		g.add("github-actions[bot]", sent.Body)
		w.WriteHeader(http.StatusCreated)
	case r.Method == http.MethodPatch && strings.HasPrefix(r.URL.Path, "/repos/watch/releases/issues/comments/"):
		id := 0
		fmt.Sscan(filepath.Base(r.URL.Path), &id)
		g.comments[id-1].Body = sent.Body
	case r.Method == http.MethodPost && r.URL.Path == "/repos/watch/releases/code-scanning/sarifs":
		upload := map[string]string{}
		if err := json.Unmarshal(body, &upload); err != nil {
			g.t.Error(err)
		}
		g.uploads = append(g.uploads, upload)
		w.WriteHeader(http.StatusAccepted)
	default:
		g.t.Errorf("unexpected %s %s", r.Method, r.URL)
		http.NotFound(w, r)
	}
}

func (g *github) add(login, body string) {
	c := comment{ID: len(g.comments) + 1, Body: body}
	c.User.Login = login
	g.comments = append(g.comments, c)
}

const caseYAML = `case: {id: tracker, title: The tracker}
documents:
  - {id: pia, kind: pia, title: The assessment, path: documents/pia.txt}
  - {id: contract, kind: contract, title: The contract, path: documents/contract.txt}
claims:
  - id: promise
    document: pia
    topic: retention
    modality: does
    retention: {period: P7Y}
    citations:
      - {quote: Personal data is kept for seven years., page: 1}
  - id: term
    document: contract
    topic: retention
    modality: may
    retention: {period: P8Y}
    citations:
      - {quote: The contractor may keep the data for eight years., page: 1}
`

// withRelease is the case with the claims of a release.
var withRelease = strings.Replace(caseYAML, "claims:\n",
	"  - {id: release, kind: foia-record, title: The release, path: documents/release.txt}\nclaims:\n", 1) + `  - id: kept
    document: release
    topic: retention
    modality: does
    retention: {period: P75Y}
    citations:
      - {quote: The office retains personal data for 75 years., page: 1}
`

// repository is a clone of a repository on a pull request's commit.
type repository struct {
	t    *testing.T
	dir  string
	base string
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	file := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *repository) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = r.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			if os.Getenv("PIA_CHECK_VALIDATE") != "" {
				t.Fatalf("no %s", p)
			}
			t.Skipf("no %s", p)
		}
	}
}

// TestMain builds the program once for all tests.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "pia-check-ci-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "pia-check")
		if out, err := exec.Command("go", "build", "-o", program, "../cmd/pia-check").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
			return 2
		}
		return m.Run()
	}())
}

// program is the path of the program.
var program string

// run runs the action's script as a job does; extra are further variables.
func (r *repository) run(api string, extra ...string) (code int, output, reports string) {
	r.t.Helper()
	script, err := filepath.Abs("run.sh")
	if err != nil {
		r.t.Fatal(err)
	}
	temp := r.t.TempDir()
	event := filepath.Join(temp, "event.json")
	if err := os.WriteFile(event, fmt.Appendf(nil, `{"pull_request": {"number": 7, "base": {"sha": %q}}}`, r.base), 0o644); err != nil {
		r.t.Fatal(err)
	}
	cmd := exec.Command(script)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), append([]string{
		"PIA_CHECK=" + program, "PIA_CASES=cases/...", "PIA_FAIL_ON_NEW=true", "PIA_COMMENT=true", "PIA_SARIF=true",
		"GITHUB_API_URL=" + api, "GITHUB_TOKEN=secret", "GITHUB_REPOSITORY=watch/releases", "GITHUB_EVENT_PATH=" + event,
		"GITHUB_SHA=" + r.git("rev-parse", "HEAD"), "GITHUB_REF=refs/pull/7/merge", "RUNNER_TEMP=" + temp,
		"GITHUB_STEP_SUMMARY=" + filepath.Join(temp, "summary.md"), "GITHUB_OUTPUT=" + filepath.Join(temp, "output"),
	}, extra...)...)
	out, err := cmd.CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		r.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out), filepath.Join(temp, "pia-check")
}

// A release is dropped into a case's documents/; the pull request says what
// follows from it, and says it anew when the pull request changes.
func TestPullRequest(t *testing.T) {
	needs(t, "bash", "git", "jq", "curl", "gzip", "base64")
	r := &repository{t: t, dir: t.TempDir()}
	r.git("init", "-q", "-b", "main")
	r.write("cases/tracker/case.yaml", caseYAML)
	r.write("cases/tracker/documents/pia.txt", "Personal data is kept for seven years.\n")
	r.write("cases/tracker/documents/contract.txt", "The contractor may keep the data for eight years.\n")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "A case")
	r.base = r.git("rev-parse", "HEAD")

	gh := &github{t: t}
	for i := range 150 { // the comment is not on the first page
		gh.add("somebody", fmt.Sprintf("comment %d", i))
	}
	gh.add("somebody", "<!-- pia-check --> not ours")
	server := httptest.NewServer(gh)
	defer server.Close()

	// Nothing new: what the base has too passes.
	code, output, _ := r.run(server.URL)
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, output)
	}
	if n := len(gh.comments); n != 152 || !strings.Contains(gh.comments[151].Body, "Since the baseline: nothing changed") {
		t.Fatalf("%d comments: %s", n, gh.comments[n-1].Body)
	}

	// A new document is noticed.
	r.write("cases/tracker/documents/release.txt", "1. Retention\n\nThe office retains personal data for 75 years.\n")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "A release")
	code, output, reports := r.run(server.URL)
	body := gh.comments[151].Body
	if code != 0 || len(gh.comments) != 152 || !strings.Contains(body, "1 document has no claims yet") {
		t.Fatalf("exit code %d, %d comments\n%s\n%s", code, len(gh.comments), body, output)
	}
	for _, name := range []string{"results.json", "results.sarif", "results.xml", "report.html", "comment.md"} {
		if _, err := os.Stat(filepath.Join(reports, name)); err != nil {
			t.Error(err)
		}
	}

	// Its claims are drafted and checked where that is asked for; nothing of it
	// is committed.
	_, output, _ = r.run(server.URL, "PIA_EXTRACT=true")
	if body := gh.comments[151].Body; strings.Contains(body, "no claims yet") || !strings.Contains(body, "Unreviewed") || !strings.Contains(body, "75 years") {
		t.Errorf("the release was not drafted and checked\n%s\n%s", body, output)
	}
	r.git("checkout", "-q", ".")
	r.git("clean", "-qfd")

	// Claims are made from it, and they fail: the job fails, the comment says so
	// and the findings are uploaded.
	r.write("cases/tracker/case.yaml", withRelease)
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "Its claims")
	code, output, _ = r.run(server.URL)
	body = gh.comments[151].Body
	if code != 1 || !strings.Contains(body, "New: the baseline doesn't have this.") || !strings.Contains(body, "retains personal data for 75 years") {
		t.Fatalf("exit code %d\n%s\n%s", code, body, output)
	}
	if !strings.Contains(output, "::error file=cases/tracker/case.yaml,line=") {
		t.Errorf("no annotation\n%s", output)
	}
	if strings.Contains(output, "secret") {
		t.Error("the token is in the log")
	}
	upload := gh.uploads[len(gh.uploads)-1]
	if upload["commit_sha"] != r.git("rev-parse", "HEAD") || upload["ref"] != "refs/pull/7/merge" {
		t.Errorf("upload of %s at %s", upload["ref"], upload["commit_sha"])
	}
	packed, err := base64.StdEncoding.DecodeString(upload["sarif"])
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	var sarif struct {
		Version string
		Runs    []struct{ Results []any }
	}
	if err := json.NewDecoder(unpacked).Decode(&sarif); err != nil || sarif.Version != "2.1.0" || len(sarif.Runs[0].Results) == 0 {
		t.Errorf("%+v, %v", sarif, err)
	}

	// A fork's token may do neither: the check still decides.
	gh.refuse = true
	code, output, _ = r.run(server.URL)
	if code != 1 || strings.Count(output, "::warning title=pia-check::") != 2 {
		t.Errorf("exit code %d\n%s", code, output)
	}
	gh.refuse = false

	// What can't be trusted is exit code 2, and the comment says it, too.
	r.write("cases/tracker/documents/pia.txt", "Changed.\n")
	code, output, _ = r.run(server.URL)
	if code != 2 || !strings.Contains(gh.comments[151].Body, "Error:") {
		t.Errorf("exit code %d\n%s\n%s", code, gh.comments[151].Body, output)
	}
}
