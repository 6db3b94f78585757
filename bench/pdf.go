package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pia-check/pia-check/document"
	"golang.org/x/text/unicode/norm"
)

// What the text of PDFs is held to.
const (
	pdfSpeed     = 0.5  // of the pages a second of pdftotext
	pdfMemory    = 400  // MiB
	pdfAgreement = 0.99 // of the words of pdftotext, in order
	manyPages    = 2000
)

// pdfs measures how PDFs are read against pdftotext, over the PDFs of a folder.
func pdfs(corpus, dir string, runs int) error {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		fmt.Println("  left out: pdftotext is missing; apt-get install poppler-utils")
		return nil
	}
	files, err := pdfFiles(corpus)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		fmt.Println("  left out: there are none; give a folder with -corpus")
		return nil
	}
	if err := agreement(corpus, files); err != nil {
		return err
	}
	return pdfThroughput(files, dir, runs)
}

func pdfFiles(corpus string) (files []string, err error) {
	err = filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.EqualFold(filepath.Ext(path), ".pdf") {
			if exec.Command("pdfinfo", path).Run() == nil {
				files = append(files, path)
			}
		}
		return err
	})
	return files, err
}

// agreement prints which share of pdftotext's words stand in our text in the
// same order, and the pages of running text that fall short.
func agreement(corpus string, files []string) error {
	var same, all, short, pages int
	for _, path := range files {
		out, err := exec.Command("pdftotext", "-enc", "UTF-8", path, "-").Output()
		if err != nil {
			return fmt.Errorf("pdftotext %s: %w", path, err)
		}
		d, err := document.NewReader(document.Options{OCR: document.OCROff}).Open(context.Background(), path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		name, _ := filepath.Rel(corpus, path)
		for i, theirs := range strings.Split(string(out), "\f") {
			if i >= len(d.Pages) || !runningText(theirs) {
				continue
			}
			p := d.Pages[i]
			want, got := words(theirs), words(d.Text[p.Start:p.End])
			n := common(want, got)
			same, all, pages = same+n, all+len(want), pages+1
			if share := float64(n) / float64(len(want)); share < pdfAgreement {
				short++
				fmt.Printf("  %5.1f%%  page %d of %s\n", 100*share, p.Number, name)
			}
		}
	}
	fmt.Printf("  %.2f%% of pdftotext's words stand in our text in its order, on %d pages of running text (limit: %.0f%%); %d pages fall short\n",
		100*float64(same)/float64(max(all, 1)), pages, 100*pdfAgreement, short)
	return nil
}

// runningText reports pages that hold more prose than tables and lists.
func runningText(page string) bool {
	all, inLines := 0, 0
	for line := range strings.Lines(page) {
		n := len(strings.Fields(line))
		if all += n; n >= 8 {
			inLines += n
		}
	}
	return all >= 100 && 10*inLines >= 6*all
}

// words splits a text into words. Hyphens don't count: pdftotext drops those at
// line ends.
func words(text string) []string {
	text = norm.NFKC.String(text)
	text = strings.NewReplacer("-\n", "", "\u00ad\n", "", "‐\n", "").Replace(text)
	text = strings.NewReplacer("-", "", "\u00ad", "", "‐", "").Replace(text)
	return strings.Fields(text)
}

// common returns the length of the longest common subsequence.
func common(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// pdfThroughput measures whole processes over one long file made of the
// corpus's, and memory with its length.
func pdfThroughput(files []string, dir string, runs int) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	long := make([]string, 0, 2)
	for _, pages := range []int{manyPages / 4, manyPages} {
		path := filepath.Join(dir, strconv.Itoa(pages)+".pdf")
		if err := unite(files, pages, path); err != nil {
			return err
		}
		long = append(long, path)
	}
	medians, err := compare([]command{
		{fmt.Sprintf("%d pages", manyPages/4), []string{self, "-read", long[0]}},
		{fmt.Sprintf("%d pages", manyPages), []string{self, "-read", long[1]}},
		{fmt.Sprintf("%d pages, pdftotext", manyPages), []string{"pdftotext", long[1], filepath.Join(dir, "out.txt")}},
	}, min(runs, 3))
	if err != nil {
		return err
	}
	fmt.Printf("  %.0f pages a second against %.0f of pdftotext: %.2f times (limit: %.1f; memory: %d MiB)\n",
		manyPages/medians[1].Seconds(), manyPages/medians[2].Seconds(), medians[2].Seconds()/medians[1].Seconds(), pdfSpeed, pdfMemory)
	return nil
}

// unite writes a file of so many pages, those of the files over and over.
func unite(files []string, pages int, path string) error {
	var parts []string
	for n := 0; n < pages; {
		for _, f := range files {
			if n >= pages {
				break
			}
			d, err := document.NewReader(document.Options{OCR: document.OCROff}).Open(context.Background(), f)
			if err != nil {
				return err
			}
			parts = append(parts, f)
			n += len(d.Pages)
		}
	}
	whole := path + ".whole"
	if out, err := exec.Command("pdfunite", append(slices.Clone(parts), whole)...).CombinedOutput(); err != nil {
		return fmt.Errorf("pdfunite: %w\n%s", err, out)
	}
	return os.Rename(whole, path)
}

// readOnly reads one document and says how long it took.
func readOnly(path string) error {
	start := time.Now()
	d, err := document.NewReader(document.Options{OCR: document.OCROff}).Open(context.Background(), path)
	if err != nil {
		return err
	}
	fmt.Printf("%d pages, %d bytes of text, %s\n", len(d.Pages), len(d.Text), time.Since(start).Round(time.Millisecond))
	return nil
}
