package ci

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// A release is installed when its sum is right, and only then.
func TestInstall(t *testing.T) {
	needs(t, "bash", "curl", "tar", "sha256sum")
	release := t.TempDir()
	archive := "pia-check_1.2.3_linux_amd64.tar.gz"
	if strings.Contains(run(t, "uname", "-m"), "aarch64") {
		archive = "pia-check_1.2.3_linux_arm64.tar.gz"
	}
	if err := os.MkdirAll(filepath.Join(release, "v1.2.3"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(release, "pia-check"), []byte("#!/bin/sh\necho installed\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	run(t, "tar", "-C", release, "-czf", filepath.Join(release, "v1.2.3", archive), "pia-check")
	sums := filepath.Join(release, "v1.2.3", "checksums.txt")
	sum := strings.Fields(run(t, "sha256sum", filepath.Join(release, "v1.2.3", archive)))[0]
	server := httptest.NewServer(http.FileServer(http.Dir(release)))
	defer server.Close()
	for name, test := range map[string]struct {
		sums string
		ok   bool
	}{
		"right":   {sum + "  " + archive + "\n", true},
		"wrong":   {strings.Repeat("0", 64) + "  " + archive + "\n", false},
		"missing": {sum + "  another.tar.gz\n", false},
	} {
		if err := os.WriteFile(sums, []byte(test.sums), 0o644); err != nil {
			t.Fatal(err)
		}
		into := t.TempDir()
		cmd := exec.Command("./install.sh", "v1.2.3", into)
		cmd.Env = append(os.Environ(), "PIA_RELEASES="+server.URL)
		out, err := cmd.CombinedOutput()
		_, statErr := os.Stat(filepath.Join(into, "pia-check"))
		if (err == nil) != test.ok || (statErr == nil) != test.ok {
			t.Errorf("%s: %v, %v\n%s", name, err, statErr, out)
		}
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// The action hands every input to the script, under a name that it knows.
func TestActionInputs(t *testing.T) {
	text, err := os.ReadFile("../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("run.sh")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct{ Description string }
		Runs   struct {
			Using string
			Steps []struct {
				Env map[string]string
				Run string
			}
		}
	}
	if err := yaml.Unmarshal(text, &action); err != nil {
		t.Fatal(err)
	}
	used := string(text)
	for name, input := range action.Inputs {
		if input.Description == "" || !strings.Contains(used, "inputs."+name) {
			t.Errorf("input %s is not described or not used", name)
		}
	}
	last := action.Runs.Steps[len(action.Runs.Steps)-1]
	for name := range last.Env {
		if !strings.Contains(string(script), name) {
			t.Errorf("the script doesn't know %s", name)
		}
	}
	for _, s := range action.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("an input stands in a command, where its text would be run: %s", s.Run)
		}
	}
}
