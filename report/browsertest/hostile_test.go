package browsertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A document full of attacks is text like any other.
func TestHostileDocument(t *testing.T) {
	b := open(t, report(t, writeHostile(t)), desktop)
	eval[int](b, settled)
	if n := eval[int](b, `document.querySelectorAll("script").length`); n != 1 {
		t.Errorf("%d scripts", n)
	}
	if n := eval[int](b, `document.querySelectorAll("img, iframe, object, embed, form:not(.filters), base, link, [onerror], [onload], [style]").length`); n != 0 {
		t.Errorf("%d elements that no report has", n)
	}
	if links := eval[[]string](b, `[...document.querySelectorAll("a")].map((a) => a.protocol).filter((p) => p !== "file:" && p !== "https:" && p !== "http:")`); len(links) > 0 {
		t.Errorf("links to %v", links)
	}
	if eval[bool](b, `/[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent)`) {
		t.Error("a character that turns the direction of the text is in the page")
	}
	if eval[bool](b, `Boolean(window.pwned)`) {
		t.Error("a script of the document ran")
	}
	if !eval[bool](b, `document.body.textContent.includes("<script>window.pwned = 1</script>")`) {
		t.Error("the document's text is not shown as it stands")
	}
	b.quiet()
}

// The policy of the page keeps even what would get into it from acting.
func TestSecurityPolicy(t *testing.T) {
	b := open(t, report(t, smartlink), desktop)
	eval[any](b, `(() => {
		const s = document.createElement("script"); s.textContent = "window.pwned = 1"; document.body.append(s);
		const i = new Image(); i.src = "https://example.org/x.png"; document.body.append(i);
		fetch("https://example.org/").catch(() => {});
		return null })()`)
	eval[int](b, settled)
	if eval[bool](b, `Boolean(window.pwned)`) {
		t.Error("a script that was put into the page ran")
	}
	b.offline()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.bad) < 3 {
		t.Errorf("the policy stopped %d of 3 things", len(b.bad))
	}
}

// writeHostile writes a case whose documents attack the page, and returns its
// results.
func writeHostile(t testing.TB) string {
	t.Helper()
	attack := `<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1"></noscript></textarea></style><iframe src="javascript:window.pwned = 1"></iframe> "><svg onload=alert(1)> ` + "\u202eesrever si siht\u202c \u2066isolate\u2069 {{.}} &#8238; "
	public, contract := attack+"Data is kept for seven years. "+attack, attack+"Data may be kept indefinitely. "+attack
	dir := filepath.Join(t.TempDir(), "hostile")
	quoted := func(s string) string {
		q, _ := json.Marshal(s) // JSON is YAML
		return string(q)
	}
	write(t, dir, map[string]string{
		"pia.txt": public, "contract.txt": contract,
		"case.yaml": fmt.Sprintf(`case: {id: hostile, title: %s}
documents:
  - {id: pia, kind: pia, title: %s, path: pia.txt, url: "https://example.org/JAVASCRIPT"}
  - {id: contract, kind: contract, title: %s, path: contract.txt, url: "https://example.org/DATA"}
  - {id: shown, kind: contract, title: %s, path: contract.txt, url: "https://example.org/ATTRIBUTE"}
claims:
  - {id: promise, document: pia, topic: retention, modality: does, retention: {period: P7Y}, citations: [{quote: %s, page: 1}]}
  - {id: term, document: contract, topic: retention, modality: may, retention: {period: indefinite}, citations: [{quote: %s, page: 1}]}
`, quoted("The case "+attack), quoted("The assessment "+attack), quoted("The contract "+attack), quoted("Another "+attack), quoted(strings.TrimSpace(public)), quoted(strings.TrimSpace(contract))),
	})
	// No case may have such an address, but results that somebody sends may.
	saved, err := exec.Command(piaCheck, "check", "--fail-on", "none", "--format", "json", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"JAVASCRIPT": "javascript:window.pwned = 1", "DATA": "data:text/html,<script>alert(1)</script>", "ATTRIBUTE": `https://u:p@example.org/" onmouseover=alert(1) x="`} {
		saved = bytes.ReplaceAll(saved, []byte(`"https://example.org/`+from+`"`), []byte(quoted(to)))
	}
	write(t, dir, map[string]string{"results.json": string(saved)})
	return filepath.Join(dir, "results.json")
}
