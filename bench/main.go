// Command bench measures pia-check, and conftest and opa beside it, and prints
// the figures of docs/performance.md. Run it with `make bench`.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	runs := flag.Int("runs", 7, "runs of each command; medians are printed")
	only := flag.String("only", "", "one of the parts: cold, thousand, memory, reports, claims, quotes, cached, pdf")
	corpus := flag.String("corpus", "../../shared/corpus", "`folder` of real documents")
	read := flag.String("read", "", "only read the document at this `path`")
	flag.Parse()
	if *read != "" {
		if err := readOnly(*read); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := bench(*runs, *only, *corpus); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(runs int, only, corpus string) error {
	part := func(name string) bool { return only == "" || only == name }
	dir, err := os.MkdirTemp("", "pia-check-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin := func(name string) string { return filepath.Join(dir, "bin", name) }
	for name, pkg := range map[string]string{
		"pia-check": "./cmd/pia-check",
		"conftest":  "github.com/open-policy-agent/conftest",
		"opa":       "github.com/open-policy-agent/opa",
	} {
		if name != "pia-check" && !part("thousand") {
			continue
		}
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin(name), pkg)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if name == "pia-check" {
			build.Dir = ".." // by its own go.mod
		}
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w\n%s", pkg, err, out)
		}
	}

	thousand := filepath.Join(dir, "thousand")
	if err := writeCases(thousand, 1000, 10); err != nil {
		return err
	}
	if part("cold") {
		fmt.Print("\nOne case, cold process, all built-in policies (limits: 150 ms, 80 MiB)\n")
		smartlink := []command{{"pia-check check fixtures/smartlink", []string{bin("pia-check"), "check", "../fixtures/smartlink"}}}
		if _, err := compare(smartlink, 3*runs); err != nil {
			return err
		}
	}
	if part("thousand") {
		if err := throughput(bin, thousand, runs); err != nil {
			return err
		}
	}
	if part("memory") {
		fmt.Print("\nMemory with the number of cases (limit: 1.3 times from 1,000 to 10,000)\n")
		if err := memory(bin("pia-check"), dir, runs); err != nil {
			return err
		}
	}
	if part("reports") {
		if err := reports(bin("pia-check"), dir, thousand); err != nil {
			return err
		}
	}
	if part("cached") {
		fmt.Print("\nA tree of 1,000 PDF files, read and read again (limit: 5% of the first run's time)\n")
		if err := cached(bin("pia-check"), corpus, dir); err != nil {
			return err
		}
	}
	if part("quotes") {
		fmt.Printf("\nQuotes from the documents in %s\n", corpus)
		if err := quotes(corpus); err != nil {
			return err
		}
	}
	if part("pdf") {
		fmt.Printf("\nText of the PDFs in %s\n", corpus)
		if err := pdfs(corpus, dir, runs); err != nil {
			return err
		}
	}
	if !part("claims") {
		return nil
	}
	fmt.Print("\nOne case with many claims: processor milliseconds by policy (limit: linear)\n")
	return scaling()
}

// throughput holds the three programs' retention rules over the same files.
func throughput(bin func(string) string, thousand string, runs int) error {
	fmt.Print("\n1,000 case files of 10 claims, the retention rule alone (limit: 4 times the throughput)\n")
	three := []command{
		{"pia-check", []string{bin("pia-check"), "check", "--no-builtin", "-p", "../policies/retention/exceeds_public", thousand + "/..."}},
		{"conftest test", []string{bin("conftest"), "test", "--no-color", "-p", "rule", thousand}},
		{"opa exec", []string{bin("opa"), "exec", "--decision", "main/deny", "-b", "rule", thousand}},
	}
	medians, err := compare(three, runs)
	if err != nil {
		return err
	}
	fmt.Printf("  throughput against conftest %.1f times, against opa exec %.1f times\n",
		medians[1].Seconds()/medians[0].Seconds(), medians[2].Seconds()/medians[0].Seconds())

	return nil
}

// command is one side of a comparison.
type command struct {
	name string
	argv []string
}

// compare runs the commands in turn, so that a change of the machine's speed
// meets all of them, and prints and returns their median wall times.
func compare(commands []command, runs int) ([]time.Duration, error) {
	wall, cpu := make([][]time.Duration, len(commands)), make([][]time.Duration, len(commands))
	peak := make([]int64, len(commands))
	for run := range runs + 1 {
		for i, c := range commands {
			m, err := measure(c.argv)
			if err != nil {
				return nil, err
			}
			if run > 0 { // the first warms the file cache
				wall[i], cpu[i], peak[i] = append(wall[i], m.wall), append(cpu[i], m.cpu), max(peak[i], m.rss)
			}
		}
	}
	medians := make([]time.Duration, len(commands))
	for i, c := range commands {
		slices.Sort(wall[i])
		slices.Sort(cpu[i])
		medians[i] = wall[i][len(wall[i])/2]
		fmt.Printf("  %-40s median %6.0f ms (%.0f to %.0f), processor %6.0f ms, peak memory %5.1f MiB\n", c.name,
			ms(medians[i]), ms(wall[i][0]), ms(wall[i][len(wall[i])-1]), ms(cpu[i][len(cpu[i])/2]), float64(peak[i])/1024)
	}
	return medians, nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// measured is what one run took: wall and processor time, and peak memory in KiB.
type measured struct {
	wall, cpu time.Duration
	rss       int64
}

// measure runs one command. Exit code 1 says that something was found, which is
// what is asked for.
func measure(argv []string) (m measured, err error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	start := time.Now()
	err = cmd.Run()
	m.wall = time.Since(start)
	if code := cmd.ProcessState.ExitCode(); code != 0 && code != 1 {
		return m, fmt.Errorf("%s: %w\n%s", strings.Join(argv, " "), err, stderr.String())
	}
	m.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	m.rss = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	return m, nil
}

func memory(bin, dir string, runs int) error {
	many := filepath.Join(dir, "ten-thousand")
	if err := writeCases(many, 10_000, 10); err != nil {
		return err
	}
	var peaks [2]int64
	for i, tree := range []string{filepath.Join(dir, "thousand"), many} {
		for range min(runs, 3) {
			m, err := measure([]string{bin, "check", tree + "/..."})
			if err != nil {
				return err
			}
			peaks[i] = max(peaks[i], m.rss)
		}
	}
	fmt.Printf("  1,000 cases %.1f MiB, 10,000 cases %.1f MiB: %.2f times\n",
		float64(peaks[0])/1024, float64(peaks[1])/1024, float64(peaks[1])/float64(peaks[0]))
	return nil
}
