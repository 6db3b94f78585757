package report

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/pia-check/pia-check/check"
)

// TestJUnit validates against Jenkins' schema with xmllint; the schema is in
// another project's module, from where it is fetched.
func TestJUnit(t *testing.T) {
	schema := junitSchema(t)
	for name, results := range map[string][]*check.Result{"none": nil, "hostile": {hostile()}, "two": {result("m", "q"), hostile()}} {
		for _, verbose := range []bool{false, true} {
			file := filepath.Join(t.TempDir(), name+".xml")
			if err := os.WriteFile(file, []byte(written(t, "junit", Options{Verbose: verbose}, results...)), 0o644); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command("xmllint", "--noout", "--schema", schema, file).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", name, err, out)
			}
		}
	}
}

// junitSchema returns Jenkins' schema, or skips where it can't be had, unless
// `make validate` says that it must.
func junitSchema(t *testing.T) string {
	t.Helper()
	must := t.Skipf
	if os.Getenv("PIA_CHECK_VALIDATE") != "" {
		must = t.Fatalf
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		must("no xmllint (Debian: libxml2-utils)")
	}
	cmd := exec.Command("go", "mod", "download", "-json", "github.com/yannh/kubeconform@v0.8.0")
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	var module struct{ Dir string }
	if err != nil || json.Unmarshal(out, &module) != nil {
		must("the module that carries the schema can't be fetched: %v", err)
	}
	return filepath.Join(module.Dir, "fixtures", "junit.xsd")
}

// The counts of a suite are those of its tests, whatever is in it.
func TestJUnitCounts(t *testing.T) {
	for _, verbose := range []bool{false, true} {
		var doc struct {
			Suites []struct {
				Tests    int `xml:"tests,attr"`
				Failures int `xml:"failures,attr"`
				Errors   int `xml:"errors,attr"`
				Skipped  int `xml:"skipped,attr"`
				Cases    []struct {
					Name    string    `xml:"name,attr"`
					Failure *struct{} `xml:"failure"`
					Error   *struct{} `xml:"error"`
					Skipped *struct{} `xml:"skipped"`
				} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(written(t, "junit", Options{Verbose: verbose}, hostile())), &doc); err != nil {
			t.Fatal(err)
		}
		s := doc.Suites[0]
		var failures, errors, skipped int
		names := map[string]bool{}
		for _, c := range s.Cases {
			names[c.Name] = true
			if c.Failure != nil {
				failures++
			}
			if c.Error != nil {
				errors++
			}
			if c.Skipped != nil {
				skipped++
			}
		}
		if s.Tests != len(s.Cases) || s.Failures != failures || s.Errors != errors || s.Skipped != skipped || failures != 1 || errors != 1 || len(names) != len(s.Cases) {
			t.Errorf("%+v: %d failures, %d errors, %d skipped", s, failures, errors, skipped)
		}
	}
}
