package ci

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// gitlabJob is the job that docs/ci.md shows.
func gitlabJob(t *testing.T) (script []string, artifacts []string) {
	t.Helper()
	text, err := os.ReadFile("../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(text), "## GitLab\n\n")
	block, _, _ = strings.Cut(block, "\n\n")
	var jobs map[string]struct {
		Image     string
		Rules     []struct{ If string }
		Script    []string
		Artifacts struct {
			When    string
			Paths   []string
			Reports struct{ JUnit string }
		}
	}
	dec := yaml.NewDecoder(strings.NewReader(block))
	dec.KnownFields(true)
	if err := dec.Decode(&jobs); err != nil {
		t.Fatalf("%v\n%s", err, block)
	}
	job, ok := jobs["pia-check"]
	if !ok || job.Image == "" || len(job.Rules) != 2 || job.Artifacts.When != "always" || job.Artifacts.Reports.JUnit == "" {
		t.Fatalf("%+v", jobs)
	}
	return job.Script, append(job.Artifacts.Paths, job.Artifacts.Reports.JUnit)
}

// The job of docs/ci.md does in a clone what GitLab makes of it: its lines in one
// shell that stops at the first error, with GitLab's variables.
func TestGitLab(t *testing.T) {
	needs(t, "bash", "git")
	script, artifacts := gitlabJob(t)
	if !strings.HasPrefix(script[0], "go install github.com/pia-check/pia-check/cmd/pia-check@") {
		t.Fatalf("the first line installs nothing: %s", script[0])
	}

	origin := &repository{t: t, dir: t.TempDir()}
	origin.git("init", "-q", "-b", "main")
	origin.git("config", "uploadpack.allowAnySHA1InWant", "true") // as GitLab has it
	origin.write("README.md", "Nothing to check yet.\n")
	origin.git("add", "-A")
	origin.git("commit", "-q", "-m", "Begin")
	empty := origin.git("rev-parse", "HEAD")
	origin.write("cases/tracker/case.yaml", caseYAML)
	origin.write("cases/tracker/documents/pia.txt", "Personal data is kept for seven years.\n")
	origin.write("cases/tracker/documents/contract.txt", "The contractor may keep the data for eight years.\n")
	origin.git("add", "-A")
	origin.git("commit", "-q", "-m", "A case")
	base := origin.git("rev-parse", "HEAD")
	origin.git("checkout", "-q", "-b", "same")
	origin.write("README.md", "Only words changed.\n")
	origin.git("commit", "-qam", "Words")
	origin.git("checkout", "-q", "-b", "worse")
	origin.write("cases/tracker/case.yaml", withRelease)
	origin.write("cases/tracker/documents/release.txt", "The office retains personal data for 75 years.\n")
	origin.git("add", "-A")
	origin.git("commit", "-qam", "A release")

	for _, c := range []struct {
		name, branch, base string
		code               int
		says               string
	}{
		{"the main branch", "main", "", 1, "The public claims do not hold"},
		{"a merge request that changes nothing", "same", base, 0, "0 of them new"},
		{"one that adds the cases", "same", empty, 1, "The public claims do not hold"},
		{"one that makes it worse", "worse", base, 1, "of them new"},
	} {
		dir := filepath.Join(t.TempDir(), "clone")
		run(t, "git", "clone", "-q", "--depth", "1", "--branch", c.branch, "file://"+origin.dir, dir)
		cmd := exec.Command("bash", "-eo", "pipefail", "-c", strings.Join(script[1:], "\n"))
		cmd.Dir = dir
		cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "CI_") }),
			"CI=true", "GITLAB_CI=true", "CI_PROJECT_DIR="+dir, "TMPDIR="+t.TempDir(), "PATH="+filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
		if c.base != "" {
			cmd.Env = append(cmd.Env, "CI_PIPELINE_SOURCE=merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA="+c.base)
		}
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != c.code || !strings.Contains(string(out), c.says) {
			t.Errorf("%s: exit code %d, want %d and %q\n%s", c.name, code, c.code, c.says, out)
		}
		for _, file := range artifacts {
			if info, err := os.Stat(filepath.Join(dir, file)); err != nil || info.Size() == 0 {
				t.Errorf("%s: %s: %v", c.name, file, err)
			}
		}
	}
}
