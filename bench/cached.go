package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/pia-check/pia-check/document"
)

// cached verifies a tree of 1,000 cases, each with a PDF file of its own, with an
// empty cache and then again. The files are small ones of the corpus, each with
// a comment behind its end that makes it another file.
func cached(bin, corpus, dir string) error {
	var small []string
	for _, pattern := range []string{"*/*.pdf", "*/*.PDF"} {
		found, err := filepath.Glob(filepath.Join(corpus, pattern))
		if err != nil {
			return err
		}
		small = append(small, found...)
	}
	store := filepath.Join(dir, "cache")
	type original struct {
		data  []byte
		quote string
		page  int
	}
	var originals []original
	reader := document.NewReader(document.Options{})
	for _, path := range small {
		doc, err := reader.Open(context.Background(), path)
		if err != nil || len(doc.Pages) > 10 {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, s := range doc.Sentences() {
			if s.Kind == document.Prose && len(strings.Fields(s.Text)) > 8 {
				originals = append(originals, original{data, s.Text, doc.PageAt(s.Start)})
				break
			}
		}
	}
	if len(originals) == 0 {
		return fmt.Errorf("no PDF file of up to 10 pages in %s", corpus)
	}
	tree := filepath.Join(dir, "thousand-documents")
	for i := range 1000 {
		o := originals[i%len(originals)]
		folder := filepath.Join(tree, fmt.Sprintf("%04d", i))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		data := append(append([]byte(nil), o.data...), fmt.Sprintf("\n%% %d\n", i)...)
		if err := os.WriteFile(filepath.Join(folder, "document.pdf"), data, 0o644); err != nil {
			return err
		}
		text := fmt.Sprintf(`case: {id: c%d, title: C}
documents: [{id: d, kind: pia, title: D, path: document.pdf}]
claims:
  - {id: a, document: d, topic: use, modality: does, use: {purposes: audit}, citations: [{quote: %q, page: %d}]}
`, i, o.quote, o.page)
		if err := os.WriteFile(filepath.Join(folder, "case.yaml"), []byte(text), 0o644); err != nil {
			return err
		}
	}
	var times [2]time.Duration
	for i := range times {
		cmd := exec.Command(bin, "verify", tree+"/...")
		cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+store)
		start := time.Now()
		out, err := cmd.CombinedOutput()
		times[i] = time.Since(start)
		if err != nil {
			return fmt.Errorf("verify: %w\n%.2000s", err, out)
		}
	}
	fmt.Printf("  first run %.1f s, second run %.2f s: %.1f%%\n", times[0].Seconds(), times[1].Seconds(), 100*times[1].Seconds()/times[0].Seconds())
	return nil
}
