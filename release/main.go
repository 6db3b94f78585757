// Command release builds the archives of a release into dist/: a static binary,
// man pages and completions for each system, with checksums and a software bill
// of materials. The same commit gives the same bytes. Run it with `make release`.
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// targets are the systems that releases are built for.
var targets = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

// bom is the program that lists what a binary is made of, in CycloneDX's format.
const bom = "github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0"

func main() {
	only := flag.String("only", strings.Join(targets, ","), "the systems to build for")
	out := flag.String("out", "dist", "folder of the archives; what is in it is removed")
	twice := flag.Bool("twice", false, "build everything again, and fail unless it is the same bytes")
	dirty := flag.Bool("dirty", false, "build what isn't committed, too")
	flag.Parse()
	if err := run(*out, strings.Split(*only, ","), *twice, *dirty); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(out string, systems []string, twice, dirty bool) error {
	r := release{out: out, systems: systems}
	for _, s := range systems {
		if !slices.Contains(targets, s) {
			return fmt.Errorf("%q is not one of %s", s, strings.Join(targets, ", "))
		}
	}
	if changed, err := output("git", "status", "--porcelain", "--untracked-files=no"); err != nil || changed != "" && !dirty {
		return errors.Join(err, errors.New("the working tree has changes; commit them, for a release is built of a commit"))
	}
	var err error
	if r.version, err = output("git", "describe", "--tags", "--always"); err != nil {
		return err
	}
	seconds, err := output("git", "show", "--no-patch", "--format=%ct", "HEAD")
	if err != nil {
		return err
	}
	unix, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return err
	}
	r.time = time.Unix(unix, 0).UTC()
	if err := r.build(); err != nil || !twice {
		return err
	}
	first, err := os.ReadFile(filepath.Join(out, "checksums.txt"))
	if err != nil {
		return err
	}
	// Another folder and nothing kept of the first build: what depends on either
	// shows.
	scratch, err := os.MkdirTemp("", "pia-check-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	again := r
	again.out, again.cache = filepath.Join(scratch, "dist"), filepath.Join(scratch, "cache")
	if err := again.build(); err != nil {
		return err
	}
	second, err := os.ReadFile(filepath.Join(again.out, "checksums.txt"))
	if err != nil {
		return err
	}
	if !bytes.Equal(first, second) {
		return fmt.Errorf("the same commit gave other bytes:\n%s\n%s", first, second)
	}
	fmt.Println("built twice: the same bytes")
	return nil
}

// release is one build of all archives.
type release struct {
	out, version string
	systems      []string
	time         time.Time // of the commit, and of every file
	cache        string    // the compiler's cache; its usual one when empty
}

func (r *release) build() error {
	if err := os.RemoveAll(r.out); err != nil {
		return err
	}
	work := filepath.Join(r.out, "work")
	doc := filepath.Join(work, "doc")
	if err := os.MkdirAll(doc, 0o755); err != nil {
		return err
	}
	host := filepath.Join(work, "host")
	if err := r.compile(host); err != nil {
		return err
	}
	if err := command(nil, host, "man", "--date", r.time.Format(time.DateOnly), doc); err != nil {
		return err
	}
	var sums strings.Builder
	for _, system := range r.systems {
		archive, err := r.archive(system, work, doc)
		if err != nil {
			return fmt.Errorf("%s: %w", system, err)
		}
		names := []string{archive, archive + ".cdx.json"}
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(r.out, name))
			if err != nil {
				return err
			}
			fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), name)
			fmt.Printf("%x  %s  %d kB\n", sha256.Sum256(data), name, len(data)>>10)
		}
	}
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.out, "checksums.txt"), []byte(sums.String()), 0o644)
}

// compile builds the program; env chooses the system.
func (r *release) compile(to string, env ...string) error {
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= -X main.version=" + r.version, "-o", to}
	if r.cache != "" {
		env = append(env, "GOCACHE="+r.cache)
	}
	return command(append(env, "CGO_ENABLED=0", "GOFLAGS="), "go", append(args, "./cmd/pia-check")...)
}

// archive builds for one system and returns the name of its archive.
func (r *release) archive(system, work, doc string) (string, error) {
	goos, goarch, _ := strings.Cut(system, "/")
	name := fmt.Sprintf("pia-check_%s_%s_%s", strings.TrimPrefix(r.version, "v"), goos, goarch)
	binary := filepath.Join(work, name, "pia-check")
	if goos == "windows" {
		binary += ".exe"
	}
	if err := r.compile(binary, "GOOS="+goos, "GOARCH="+goarch); err != nil {
		return "", err
	}
	files := []entry{{filepath.Base(binary), binary, 0o755}, {"LICENSE", "LICENSE", 0o644}, {"README.md", "README.md", 0o644}}
	err := filepath.WalkDir(doc, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(doc, file)
		files = append(files, entry{filepath.ToSlash(rel), file, 0o644})
		return err
	})
	if err != nil {
		return "", err
	}
	slices.SortFunc(files, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	write, ext := r.tarGz, ".tar.gz"
	if goos == "windows" {
		write, ext = r.zip, ".zip"
	}
	archive := name + ext
	if err := write(filepath.Join(r.out, archive), files); err != nil {
		return "", err
	}
	return archive, command(nil, "go", "run", bom, "bin", "-json", "-noserial", "-notimestamp", "-std", "-version", r.version, "-output", filepath.Join(r.out, archive+".cdx.json"), binary)
}

// entry is a file of an archive.
type entry struct {
	name, file string
	mode       int64
}

func (r *release) tarGz(to string, files []entry) error {
	var b bytes.Buffer
	gz, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(gz)
	for _, f := range files {
		data, err := os.ReadFile(f.file)
		if err != nil {
			return err
		}
		h := &tar.Header{Name: path.Clean(f.name), Mode: f.mode, Size: int64(len(data)), ModTime: r.time, Format: tar.FormatUSTAR}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	if err := errors.Join(w.Close(), gz.Close()); err != nil {
		return err
	}
	return os.WriteFile(to, b.Bytes(), 0o644)
}

func (r *release) zip(to string, files []entry) error {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		data, err := os.ReadFile(f.file)
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: path.Clean(f.name), Method: zip.Deflate, Modified: r.time}
		h.SetMode(fs.FileMode(f.mode))
		out, err := w.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := out.Write(data); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, b.Bytes(), 0o644)
}

func command(env []string, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, stderr.String())
	}
	return nil
}

func output(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	return strings.TrimSpace(string(out)), err
}
