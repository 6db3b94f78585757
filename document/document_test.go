package document

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func parsed(t testing.TB, name, text string) *Document {
	t.Helper()
	d, err := Parse(t.Context(), name, []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPages(t *testing.T) {
	d := parsed(t, "a.txt", "one\n\ftwo\n\f\fthree")
	var pages []string
	for _, p := range d.Pages {
		pages = append(pages, d.Text[p.Start:p.End])
	}
	if want := []string{"one\n\f", "two\n\f", "\f", "three"}; !slices.Equal(pages, want) {
		t.Errorf("pages %q, want %q", pages, want)
	}
	for offset, page := range map[int]int{0: 1, 3: 1, 5: 2, 10: 3, 11: 4, 15: 4, 99: 4} {
		if got := d.PageAt(offset); got != page {
			t.Errorf("offset %d is on page %d, want %d", offset, got, page)
		}
	}
	if n := len(parsed(t, "a.txt", "one\n\f").Pages); n != 1 {
		t.Errorf("a form feed at the end made %d pages", n)
	}
}

func TestMarkdownSections(t *testing.T) {
	text := "intro\n\n# Title\n\n## 1.1 First #\ntext\n```\n# no heading\n```\n### Deep\ndeep\n\nSecond\n------\nmore\n\nTop\n===\nend\n"
	d := parsed(t, "a.md", text)
	for words, want := range map[string]string{
		"intro": "", "text": "Title > 1.1 First", "no heading": "Title > 1.1 First", "deep": "Title > 1.1 First > Deep", "more": "Title > Second", "end": "Top",
	} {
		if got := strings.Join(d.SectionAt(strings.Index(text, "\n"+words)+1), " > "); got != want && words != "no heading" {
			t.Errorf("%q stands in %q, want %q", words, got, want)
		}
	}
	if n := len(parsed(t, "a.txt", text).Sections); n != 0 {
		t.Errorf("plain text has %d sections", n)
	}
}

func TestCharacters(t *testing.T) {
	for _, text := range []string{"plain", strings.Repeat("a", 3*charStep), strings.Repeat("é“x", 3*charStep), "é" + strings.Repeat("a", charStep) + "“”"} {
		d := parsed(t, "a.txt", text)
		count := 0
		for i := range text {
			if got := d.Characters(i); got != count {
				t.Fatalf("%d characters before byte %d, want %d", got, i, count)
			}
			if got := d.Offset(count); got != i {
				t.Fatalf("%d characters end at byte %d, want %d", count, got, i)
			}
			count++
		}
		if got := d.Offset(count + 5); got != len(text) {
			t.Errorf("beyond the end: byte %d", got)
		}
		if got := d.Characters(len(text)); got != count {
			t.Errorf("%d characters in all, want %d", got, count)
		}
	}
}

func TestEncodings(t *testing.T) {
	if d := parsed(t, "a.txt", "\xff\xfeh\x00i\x00"); d.Text != "hi" {
		t.Errorf("UTF-16 LE reads as %q", d.Text)
	}
	if d := parsed(t, "a.txt", "\xfe\xff\x00h\x00i"); d.Text != "hi" {
		t.Errorf("UTF-16 BE reads as %q", d.Text)
	}
	if d := parsed(t, "a.txt", "x"); d.SHA256 != "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881" {
		t.Errorf("SHA-256 %s", d.SHA256)
	}
}

func TestRefused(t *testing.T) {
	for _, tc := range []struct{ name, data, want string }{
		{"nul", "a\x00b", "holds a NUL byte at offset 1"},
		{"latin-1", "ok\ncaf\xe9", "is not UTF-8 (line 2); convert it"},
		{"odd utf-16", "\xff\xfeh", "ends within a character"},
		{"blank", " \n\f\t\n", "holds no text"},
		{"pdf", "%PDF-1.7\n", "no readable structure"},
		{"docx by content", "PK\x03\x04...", "is a damaged ZIP or Office file"},
		{"png", "\x89PNG\r\n", "is a damaged png file"},
		{"gzip", "\x1f\x8b\x08", "is a gzip file"},
	} {
		if _, err := Parse(t.Context(), "a.txt", []byte(tc.data), Options{}); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
}

func TestOpenIn(t *testing.T) {
	outside, root := t.TempDir(), t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(filepath.Join(outside, "secret.txt"), []byte("secret"), 0o644))
	must(os.WriteFile(filepath.Join(root, "in.txt"), []byte("inside"), 0o644))
	must(os.WriteFile(filepath.Join(root, "empty.txt"), nil, 0o644))
	must(os.Mkdir(filepath.Join(root, "sub"), 0o755))
	must(os.Symlink(filepath.Join(outside, "secret.txt"), filepath.Join(root, "out.txt")))
	must(os.Symlink("../in.txt", filepath.Join(root, "sub", "link.txt")))
	must(syscall.Mkfifo(filepath.Join(root, "fifo"), 0o644))
	big, err := os.Create(filepath.Join(root, "big.txt"))
	must(err)
	must(big.Truncate(maxFile + 1))
	must(big.Close())
	for rel, want := range map[string]string{
		"in.txt": "", "sub/link.txt": "",
		"out.txt": "leaves the folder of the case", "../x.txt": "leaves the folder of the case", "/etc/passwd": "leaves the folder of the case",
		"sub": "is a folder", "fifo": "is not a regular file", "gone.txt": "does not exist", "empty.txt": "is empty", "big.txt": "more than the limit of 64 MB",
	} {
		d, err := NewReader(Options{}).OpenIn(t.Context(), root, rel)
		switch {
		case want == "" && (err != nil || d.Text != "inside"):
			t.Errorf("%s: %v", rel, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: got %v, want %q", rel, err, want)
		}
	}
}

// What can't be opened, and what changes while it is read, is told as that.
func TestFilesThatCantBeRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(path, []byte("It is kept."), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := openPath(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read(t.Context(), path, f, before, &Options{}); err != nil {
		t.Errorf("unchanged: %v", err)
	}
	for name, change := range map[string]func() error{
		"longer":  func() error { return os.WriteFile(path, []byte("It is kept for longer."), 0o644) },
		"shorter": func() error { return os.Truncate(path, 3) },
		"rewritten": func() error {
			return errors.Join(os.WriteFile(path, []byte("It's kept so"), 0o644), os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)))
		},
	} {
		before, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Seek(0, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := read(t.Context(), path, f, before, &Options{}); err == nil || !strings.Contains(err.Error(), "changed while it was read; try again") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if os.Geteuid() == 0 {
		return // to whom everything is readable
	}
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := NewReader(Options{}).Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("unreadable: %v", err)
	}
}

func TestCache(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "a.txt")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("first")
	c := NewReader(Options{Memory: 1 << 20})
	first, err := c.OpenIn(t.Context(), root, "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := c.OpenIn(t.Context(), root, "a.txt"); again != first {
		t.Error("an unchanged document was read twice")
	}
	write("second, and longer")
	if changed, _ := c.OpenIn(t.Context(), root, "a.txt"); changed == first || changed.Text != "second, and longer" {
		t.Error("a changed document was not read anew")
	}
	small := NewReader(Options{})
	one, _ := small.OpenIn(t.Context(), root, "a.txt")
	if err := os.WriteFile(filepath.Join(root, "b.txt"), []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := small.OpenIn(t.Context(), root, "b.txt"); err != nil {
		t.Fatal(err)
	}
	if two, _ := small.OpenIn(t.Context(), root, "a.txt"); two == one {
		t.Error("a full cache dropped nothing")
	}
	if _, err := c.OpenIn(t.Context(), root, "../a.txt"); err == nil {
		t.Error("the cache left the folder")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a\fb", "# h\n\ntext", "\xff\xfea\x00", "```\n# x\n", "a\n===\n", "\x00", "\xef\xbb\xbfbom", "%PDF-"} {
		f.Add("a.md", s)
		f.Add("a.txt", s)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		d, err := Parse(t.Context(), name, []byte(text), Options{})
		if err != nil {
			return
		}
		end := 0
		for i, p := range d.Pages {
			if p.Number != i+1 || p.Start != end || p.End < p.Start {
				t.Fatalf("page %d is %+v, after offset %d", i, p, end)
			}
			end = p.End
		}
		if end != len(d.Text) {
			t.Fatalf("pages end at %d of %d", end, len(d.Text))
		}
		checkOutline(t, d)
		checkSentences(t, d)
		if n := d.Characters(len(d.Text)); n != len([]rune(d.Text)) {
			t.Fatalf("%d characters, want %d", n, len([]rune(d.Text)))
		}
	})
}
