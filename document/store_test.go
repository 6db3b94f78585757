package document

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
)

func TestStore(t *testing.T) {
	s := NewStore(filepath.Join(t.TempDir(), "store"))
	want := &Document{
		Format: "pdf", SHA256: "ab", Text: "one\n\ftwo \xff", Pages: []Page{{Number: 1, End: 5, Width: 612}, {Number: 2, Label: "i", Start: 5, End: 10, Source: OCR, Confidence: 0.5}},
		Sections: []Section{{Level: 1, Number: "1", Title: "1 One", About: "retention"}}, Asides: []Aside{{1, 2, Footer}},
		Words: []Word{{0, 3, Box{1, 2, 3, 4}}}, Redactions: []Redaction{{Page: 2, At: 6, Exemption: "(b)(6)"}}, Notices: []Notice{{1, "n"}},
	}
	if s.get("abc", &Document{}) {
		t.Error("an empty store holds something")
	}
	s.put("abc", want)
	got := &Document{}
	if !s.get("abc", got) || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if u, err := Stat(s.dir); err != nil || u.Files != 1 || u.Bytes == 0 {
		t.Errorf("usage %+v, %v", u, err)
	}
	whole, err := os.ReadFile(s.path("abc"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(whole); i += 5 {
		damaged := append([]byte(nil), whole...)
		damaged[i] ^= 1
		for _, data := range [][]byte{damaged, whole[:i]} {
			if err := os.WriteFile(s.path("abc"), data, 0o600); err != nil {
				t.Fatal(err)
			}
			if s.get("abc", &Document{}) {
				t.Fatalf("an entry damaged at byte %d was believed", i)
			}
		}
	}
	var none *Store
	none.put("abc", want)
	if none.get("abc", got) {
		t.Error("no store holds something")
	}
}

func TestStoreIsShared(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s := NewStore(dir)
			for range 50 {
				s.put("abc", &Document{Text: "whole"})
				got := &Document{}
				if !s.get("abc", got) || got.Text != "whole" {
					t.Error("a half-written entry was seen")
				}
			}
		})
	}
	wg.Wait()
	if u, _ := Stat(dir); u.Files != 1 {
		t.Errorf("%d files are left", u.Files)
	}
}

// What was kept is used, and read anew when the reader, its options or the file
// change.
func TestParseKeeps(t *testing.T) {
	reads := 0
	row := format{"kept", 1, func(*file) bool { return true }, func(ctx context.Context, d *Document, f *file, o *Options) error {
		reads++
		return readText(ctx, d, f, o)
	}, true}
	saved := formats
	defer func() { formats = saved }()
	o := Options{Store: NewStore(t.TempDir()), OCR: OCROff}
	read := func(name, text string, want int) {
		t.Helper()
		formats = []format{row}
		d, err := Parse(t.Context(), name, []byte(text), o)
		if err != nil || d.Text != text || d.Path != name || reads != want {
			t.Errorf("%+v, %v after %d reads, want %d", d, err, reads, want)
		}
	}
	read("a", "text", 1)
	read("b", "text", 1)
	read("b", "other", 2)
	row.version = 2
	read("b", "text", 3)
	o.OCR = OCRForce
	read("b", "text", 4)
	o.Language = "spa"
	read("b", "text", 5)
	read("b", "text", 5)
	o.Store = nil
	read("b", "text", 6)
}
