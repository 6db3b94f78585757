package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// reports measures what each format costs: processor time of writing it from
// saved results against that of the check, and memory with ten times the
// findings. Time that a busy machine gives to others doesn't count.
func reports(bin, dir, tree string) error {
	fmt.Print("\nReports of 1,000 cases (limits: a tenth of the check's time, memory flat in the findings)\n")
	saved := filepath.Join(dir, "saved.json")
	check, _, err := spent(bin, "check", tree+"/...", "-o", "changes=/dev/null")
	if err != nil {
		return err
	}
	if _, _, err := spent(bin, "check", tree+"/...", "-o", "json="+saved); err != nil {
		return err
	}
	few := filepath.Join(dir, "few.json")
	first := []string{"check", "-o", "json=" + few}
	for n := range 100 {
		first = append(first, filepath.Join(tree, fmt.Sprintf("case-%05d", n)))
	}
	if _, _, err := spent(bin, first...); err != nil {
		return err
	}
	read, _, err := spent(bin, "report", saved, "-o", "changes=/dev/null")
	if err != nil {
		return err
	}
	fmt.Printf("  the check takes %.0f ms of processor time, reading its results %.0f ms\n", ms(check), ms(read))
	for _, format := range []string{"text", "json", "sarif", "junit", "csv", "github", "markdown", "html"} {
		wrote, many, err := spent(bin, "report", saved, "-o", format+"=/dev/null")
		if err != nil {
			return err
		}
		_, less, err := spent(bin, "report", few, "-o", format+"=/dev/null")
		if err != nil {
			return err
		}
		cost := max(wrote-read, 0)
		fmt.Printf("  %-9s %5.0f ms, %4.1f%% of the check; memory %5.1f MiB for 100 cases, %5.1f MiB for 1,000\n",
			format, ms(cost), 100*cost.Seconds()/check.Seconds(), float64(less)/1024, float64(many)/1024)
	}
	return nil
}

// spent runs a command three times and returns the least processor time, and
// the most memory in KiB.
func spent(name string, argv ...string) (least time.Duration, peak int64, err error) {
	for range 3 {
		cmd := exec.Command(name, argv...)
		cmd.Stderr = os.Stderr
		err := cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != 0 && code != 1 {
			return 0, 0, fmt.Errorf("%s %v: %w", name, argv, err)
		}
		usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		took := time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
		if least == 0 || took < least {
			least = took
		}
		peak = max(peak, usage.Maxrss)
	}
	return least, peak, nil
}
