package browsertest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const smartlink = "../../fixtures/smartlink"

var shots = flag.String("shots", "", "folder for pictures of the pages, to be looked at")

func TestOpens(t *testing.T) {
	b := open(t, report(t, smartlink), desktop)
	if got := eval[string](b, `document.querySelector(".answer").textContent`); got != "The public claims do not hold: 14 findings fail." {
		t.Errorf("the answer is %q", got)
	}
	if n := eval[int](b, `document.querySelectorAll(".failing li").length`); n != 14 {
		t.Errorf("%d sentences on what fails, want 14", n)
	}
	if bars := eval[string](b, `[...document.querySelectorAll("rect")].map((r) => r.getAttribute("width")).join()`); bars != "85.0%,100%" {
		t.Errorf("the bars are %s wide", bars)
	}
	b.quiet()
	for _, file := range []string{report(t, smartlink), report(t, "../../fixtures/..."), report(t, writeHostile(t))} {
		b := open(t, file, desktop)
		for _, width := range []int64{320, 390, 768} { // 320: WCAG 2.2, 1.4.10
			b.size(window{width: width, height: 844})
			if n := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); n > 0 {
				t.Errorf("at %d pixels the page is %d wider than the window", width, n)
			}
		}
		b.close()
	}
}

// visible counts the findings that can be seen.
const visible = `[...document.querySelectorAll("article")].filter((a) => a.checkVisibility()).reduce((n, a) => n + a.querySelectorAll(":scope > p[id]").length, 0)`

// settled waits until the filters have done their work.
const settled = `new Promise((r) => setTimeout(() => requestAnimationFrame(r), 200)).then(() => 1)`

func set(id, value string) string {
	return fmt.Sprintf(`(() => { const f = document.getElementById(%q); f.value = %q; f.dispatchEvent(new Event("input", { bubbles: true })); })()`, id, value)
}

func check(name, value string) string {
	return fmt.Sprintf(`document.querySelector("[name=%s][value=%s]").click()`, name, value)
}

func TestFilters(t *testing.T) {
	b := open(t, report(t, smartlink), desktop)
	option := func(select_, label string) string {
		return eval[string](b, fmt.Sprintf(`[...document.querySelectorAll("#%s option")].find((o) => o.textContent === %q).value`, select_, label))
	}
	clear := `document.querySelector(".filters button").click()`
	for _, c := range []struct {
		name, status string
		visible      int
		actions      []string
	}{
		{"nothing chosen: what holds is folded", "36 findings", 20, nil},
		{"an outcome", "14 of 36 findings", 14, []string{check("o", "fail")}},
		{"and a severity", "4 of 36 findings", 4, []string{check("s", "critical")}},
		{"all again", "36 findings", 20, []string{clear}},
		{"two outcomes", "20 of 36 findings", 20, []string{check("o", "fail"), check("o", "open")}},
		{"what holds", "16 of 36 findings", 16, []string{clear, check("o", "pass")}},
		{"a topic", "7 of 36 findings", 5, []string{clear, set("t", option("t", "Retention"))}},
		{"a topic and a document", "2 of 36 findings", 2, []string{set("d", option("d", "Records on SmartLINK released under FOIA"))}},
		{"a document", "23 of 36 findings", 9, []string{set("t", "")}},
		{"words", "1 of 36 findings", 1, []string{clear, set("q", "HOUSTON  questions")}},
		{"no such words", "0 of 36 findings", 0, []string{set("q", "no such words")}},
		{"a field of the matrix", "5 of 36 findings", 5, []string{`[...document.querySelectorAll(".matrix a")].find((a) => a.textContent === "5 fail").click()`}},
		{"all again", "36 findings", 20, []string{clear}},
		{"what holds, unfolded", "36 findings", 36, []string{`document.querySelector("h4 button").click()`}},
		{"and folded", "36 findings", 20, []string{`document.querySelector("h4 button").click()`}},
	} {
		for _, action := range c.actions {
			eval[any](b, action+", null")
		}
		eval[int](b, settled)
		if status := eval[string](b, `document.querySelector(".filters output").value`); status != c.status {
			t.Errorf("%s: %q, want %q", c.name, status, c.status)
		}
		if n := eval[int](b, visible); n != c.visible {
			t.Errorf("%s: %d findings are visible, want %d", c.name, n, c.visible)
		}
	}
	b.quiet()
}

// A link to a finding leads to it whatever is filtered.
func TestLinks(t *testing.T) {
	b := open(t, report(t, smartlink), desktop)
	last := `[...document.querySelectorAll("article.pass > p[id]")].at(-1)`
	eval[any](b, check("o", "open")+", null")
	eval[int](b, settled)
	eval[any](b, `location.hash = `+last+`.id, null`)
	eval[int](b, settled)
	if !eval[bool](b, `(() => { const m = `+last+`, r = m.getBoundingClientRect(); return m.checkVisibility() && r.top >= 0 && r.bottom <= innerHeight })()`) {
		t.Error("the finding is not on the screen")
	}
	if n := eval[int](b, `[...document.querySelectorAll("a[href^='#']")].filter((a) => !document.getElementById(a.hash.slice(1))).length`); n > 0 {
		t.Errorf("%d links lead nowhere", n)
	}
	b.quiet()
}

// Everything that can be done can be done with the keyboard, and is seen to be.
func TestKeyboard(t *testing.T) {
	b := open(t, report(t, smartlink), desktop)
	want := eval[int](b, `[...document.querySelectorAll("a[href], button, input, select, [tabindex='0']")].filter((e) => e.checkVisibility()).length`)
	eval[any](b, `(() => { window.seen = new Set(); window.bare = new Set(); addEventListener("focusin", ({ target }) => { seen.add(target); if (getComputedStyle(target).outlineStyle === "none") bare.add(target.outerHTML); const r = target.getBoundingClientRect(); if (r.bottom < 0 || r.top > innerHeight) bare.add("off the screen: " + target.outerHTML); }, true); return null })()`)
	for range want {
		b.do(chromedp.KeyEvent(kb.Tab))
	}
	// The skip link is seen only when it has the focus.
	if n := eval[int](b, `seen.size`); n < want {
		t.Errorf("the keyboard reaches %d of %d", n, want)
	}
	if bare := eval[[]string](b, `[...bare]`); len(bare) > 0 {
		t.Errorf("no sign of the focus on %s", bare[0])
	}

	// Cite a passage, copy it, and leave with Escape.
	eval[any](b, `document.querySelector("figure button").focus(), null`)
	b.do(chromedp.KeyEvent(kb.Enter))
	plain := eval[string](b, `document.getElementById("plain").value`)
	if want := "“SmartLINK is not capable of persistent location tracking.” Alternatives to Detention: questions and answers (statement), p. 1, section “Can SmartLINK follow a participant at all times?”, https://www.ice.gov/atd-faq#page=1"; plain != want {
		t.Errorf("plain: %s", plain)
	}
	law := eval[string](b, `document.getElementById("law").value`)
	if want := "Alternatives to Detention: questions and answers, at 1 (n.d.), https://www.ice.gov/atd-faq#page=1."; law != want {
		t.Errorf("law review: %s", law)
	}
	eval[any](b, `document.querySelector("dialog button[value=law]").focus(), null`)
	b.do(chromedp.KeyEvent(kb.Enter))
	eval[int](b, settled)
	if said := eval[string](b, `document.querySelector("dialog output").value`); said != "Copied." {
		t.Errorf("after copying: %q", said)
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	if eval[bool](b, `document.querySelector("dialog").open`) {
		t.Error("Escape leaves the dialog open")
	}
	b.quiet()
}

func TestAccessibility(t *testing.T) {
	axe := axeCore(t)
	long := filepath.Join(t.TempDir(), "long")
	writeCases(t, long, 20)
	hostile := writeHostile(t)
	phone := window{width: 390, height: 844, dark: true}
	worked := []string{"null", `document.querySelector("h4 button")?.click()`, `document.querySelector("figure button").click()`, `document.querySelector("dialog").close()`}
	for _, c := range []struct {
		name, cases string
		windows     []window
		states      []string // of the first two windows; the others are looked at as they open
	}{
		{"smartlink", smartlink, []window{desktop, phone, {width: 390, height: 844}, {width: 1280, height: 900, dark: true}}, worked},
		{"all", "../../fixtures/...", []window{phone}, worked[:1]},
		{"long", long + "/...", []window{desktop}, worked[:1]},
		{"hostile", hostile, []window{desktop, phone}, worked[:1]},
	} {
		b := open(t, report(t, c.cases), desktop)
		eval[any](b, axe+"; null")
		for i, w := range c.windows {
			states := c.states
			if i > 1 {
				states = states[:1]
			}
			b.size(w)
			// What is off the screen has no layout of its own yet, which axe takes for overlaps.
			eval[any](b, `document.querySelectorAll("article").forEach((a) => { a.style.contentVisibility = "visible" }), null`)
			for _, state := range states {
				eval[any](b, state+", null")
				for _, v := range eval[[]struct {
					ID, Help string
					Nodes    []struct{ HTML, FailureSummary string }
				}](b, `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((r) => r.violations)`) {
					t.Errorf("%s, %+v, %s: %s: %s: %d times, as %s: %s", c.name, w, state, v.ID, v.Help, len(v.Nodes), v.Nodes[0].HTML, v.Nodes[0].FailureSummary)
				}
			}
		}
		b.quiet()
		b.close()
	}
}

// Pictures of the pages in each size and colour, to be looked at.
func TestShots(t *testing.T) {
	if *shots == "" {
		t.Skip("only with -shots FOLDER")
	}
	long := filepath.Join(t.TempDir(), "long")
	writeCases(t, long, 40)
	for name, file := range map[string]string{"smartlink": report(t, smartlink), "all": report(t, "../../fixtures/..."), "long": report(t, long+"/..."), "hostile": report(t, writeHostile(t))} {
		b := open(t, file, desktop)
		eval[any](b, `document.querySelectorAll("article").forEach((a) => { a.style.contentVisibility = "visible" }), null`)
		for _, width := range []int64{1280, 768, 390} {
			if name == "long" && width < 1280 {
				continue // too tall for a picture
			}
			for _, dark := range []bool{false, true} {
				b.size(window{width: width, height: 900, dark: dark})
				picture := get(b, chromedp.FullScreenshot(100))
				scheme := map[bool]string{false: "light", true: "dark"}[dark]
				if err := os.WriteFile(filepath.Join(*shots, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)), picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
		b.close()
	}
}

// axeCore returns the script of axe-core, which make fetches with npm.
func axeCore(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("../../bin/axe/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skipf("SKIPPED: `make browser-test` fetches axe-core where npm can: %v", err)
	}
	return string(script)
}

func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
