package ci

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// hook is a hook of .pre-commit-hooks.yaml.
type hook struct {
	ID, Name, Entry, Language, Files string
	Args                             []string
	PassFilenames                    bool `yaml:"pass_filenames"`
}

// The hooks of pre-commit run on the files that matter and say what they should.
func TestPreCommitHooks(t *testing.T) {
	text, err := os.ReadFile("../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []hook
	dec := yaml.NewDecoder(strings.NewReader(string(text)))
	dec.KnownFields(true)
	if err := dec.Decode(&hooks); err != nil {
		t.Fatal(err)
	}
	r := &repository{t: t, dir: t.TempDir()}
	r.write("cases/tracker/case.yaml", caseYAML)
	r.write("cases/tracker/documents/pia.txt", "Personal data is kept for seven years.\n")
	r.write("cases/tracker/documents/contract.txt", "The contractor may keep the data for eight years.\n")
	byID := map[string]hook{}
	for _, one := range hooks {
		byID[one.ID] = one
		files := regexp.MustCompile(one.Files)
		for _, file := range []string{"cases/tracker/case.yaml", "cases/tracker/claims/release.yaml", "cases/tracker/documents/pia.txt"} {
			if !files.MatchString(file) {
				t.Errorf("%s doesn't run when %s changes", one.ID, file)
			}
		}
		if files.MatchString("README.md") || one.PassFilenames || one.Language != "golang" {
			t.Errorf("%+v", one)
		}
	}
	run := func(id string) (code int, output string) {
		words := strings.Fields(byID[id].Entry)
		if len(words) == 0 || words[0] != filepath.Base(program) {
			t.Fatalf("%s runs %q", id, words)
		}
		cmd := exec.Command(program, append(words[1:], byID[id].Args...)...)
		cmd.Dir = r.dir
		out, _ := cmd.CombinedOutput()
		return cmd.ProcessState.ExitCode(), string(out)
	}
	if code, out := run("pia-check-verify"); code != 0 {
		t.Errorf("verify: exit code %d\n%s", code, out)
	}
	if code, out := run("pia-check"); code != 1 {
		t.Errorf("check: exit code %d\n%s", code, out)
	}
	r.write("cases/tracker/documents/pia.txt", "Another text.\n")
	if code, out := run("pia-check-verify"); code != 2 || !strings.Contains(out, "case.yaml") {
		t.Errorf("verify a quote that stands no more: exit code %d\n%s", code, out)
	}
}
