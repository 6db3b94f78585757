package browsertest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Printed, the page has every finding with its quotes, also when it is filtered
// and when it is long, and none of what only a screen can use.
func TestPrint(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("SKIPPED: there is no pdftotext; `make browser-test` installs it where it can")
	}
	long := filepath.Join(t.TempDir(), "long")
	writeCases(t, long, 20)
	for name, cases := range map[string]string{"smartlink": smartlink, "long": long + "/..."} {
		t.Run(name, func(t *testing.T) {
			b := open(t, report(t, cases), desktop)
			eval[any](b, check("o", "open")+", null")
			eval[int](b, settled)
			pdf := get(b, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperLetter)))
			file := filepath.Join(t.TempDir(), "report.pdf")
			if err := os.WriteFile(file, pdf, 0o644); err != nil {
				t.Fatal(err)
			}
			if *shots != "" {
				if err := os.WriteFile(filepath.Join(*shots, name+".pdf"), pdf, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			text, err := exec.Command("pdftotext", "-raw", file, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			printed := squeeze(string(text))
			for _, f := range findings(t, cases) {
				parts := append(f.quotes, f.message)
				for _, part := range parts {
					if n := strings.Count(printed, squeeze(part)); n == 0 {
						t.Errorf("not printed: %s", part)
					}
				}
			}
			for _, control := range []string{"Anydocument", "Showmore", "Skiptothe", "Showall"} {
				if strings.Contains(printed, control) {
					t.Errorf("a control is printed: %s", control)
				}
			}
			b.quiet()
		})
	}
}

// squeeze takes out what line breaks and hyphens of a page may change.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, s)
}

type finding struct {
	message string
	quotes  []string
}

// findings returns what the program says of cases in JSON.
func findings(t *testing.T, cases string) []finding {
	t.Helper()
	out, err := exec.Command(piaCheck, "check", "--fail-on", "none", "--format", "json", cases).Output()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Cases []struct {
			Findings []struct {
				Message string
				Claims  []struct{ Citations []struct{ Quote string } }
			}
		}
	}
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	var list []finding
	for _, c := range doc.Cases {
		for _, f := range c.Findings {
			one := finding{message: f.Message}
			for _, cl := range f.Claims {
				for _, cit := range cl.Citations {
					one.quotes = append(one.quotes, cit.Quote)
				}
			}
			list = append(list, one)
		}
	}
	return list
}

// Without scripts all is there to read, in short reports and in long ones, and
// nothing that only scripts can work.
func TestWithoutScripts(t *testing.T) {
	long := filepath.Join(t.TempDir(), "long")
	writeCases(t, long, 20)
	for name, cases := range map[string]string{"smartlink": smartlink, "long": long + "/..."} {
		b := open(t, report(t, cases), window{width: 1280, height: 900, noScript: true})
		// What is off the screen is laid out only when it is scrolled to.
		seen := eval[string](b, `(document.querySelectorAll("article").forEach((a) => { a.style.contentVisibility = "visible" }), document.body.innerText)`)
		for _, f := range findings(t, cases) {
			for _, part := range append(f.quotes, f.message) {
				if !strings.Contains(squeeze(seen), squeeze(part)) {
					t.Errorf("%s: not to be seen: %s", name, part)
				}
			}
		}
		if eval[bool](b, `[...document.querySelectorAll("form, button, input, select")].some((e) => e.checkVisibility())`) {
			t.Errorf("%s: a control can be seen that can't work", name)
		}
		b.quiet()
	}
}
