package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pia-check": main})
}

// TestScripts runs the stories in testdata: files, commands, and what they
// must print.
func TestScripts(t *testing.T) {
	fixtures, err := filepath.Abs("../../fixtures")
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("FIXTURES", fixtures)
			env.Setenv("XDG_CACHE_HOME", cache) // one for all: starting PDFium takes seconds without
			return os.Symlink(fixtures, filepath.Join(env.WorkDir, "fixtures"))
		},
	})
}

// TestFixtures holds the findings of every fixture case against its want.json.
func TestFixtures(t *testing.T) {
	t.Chdir("../..")
	cases, err := filepath.Glob("fixtures/*/case.yaml")
	if err != nil || len(cases) < 8 {
		t.Fatalf("%d fixture cases, %v", len(cases), err)
	}
	for _, file := range cases {
		dir := filepath.ToSlash(filepath.Dir(file))
		t.Run(filepath.Base(dir), func(t *testing.T) {
			if _, err := exec.LookPath("tesseract"); err != nil && dir == "fixtures/smartlink" {
				t.Skip("its contract is a scan; needs tesseract: apt-get install tesseract-ocr")
			}
			var out, errs bytes.Buffer
			if code := run([]string{"check", "--format", "json", dir}, &out, &errs); code == exitUntrusted {
				t.Fatalf("exit %d\n%s", code, errs.String())
			}
			golden := filepath.Join(dir, "want.json")
			if *update {
				if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if want, got := withoutOCR(t, want), withoutOCR(t, out.Bytes()); got != want {
				t.Errorf("findings changed; if they should, run `make golden` and read the difference\n%s", firstDifference(want, got))
			}
		})
	}
}

// withoutOCR leaves out what differs between versions of tesseract: where in the
// text a quote stands that it read, how alike it is and how certain.
func withoutOCR(t *testing.T, result []byte) string {
	t.Helper()
	var v any
	d := json.NewDecoder(bytes.NewReader(result))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			if v["match"] == "ocr" {
				for _, key := range []string{"start", "end", "similarity", "confidence"} {
					delete(v, key)
				}
			}
			for _, item := range v {
				walk(item)
			}
		}
	}
	walk(v)
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "want: " + w[i] + "\ngot:  " + g[i]
		}
	}
	return "one is longer than the other"
}
