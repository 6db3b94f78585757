package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"syscall"
	"time"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
	"github.com/pia-check/pia-check/report"
)

// reports measures what each format costs beside the check: processor time of
// writing the cases of one run on one processor, with the share of the garbage
// collector's that its garbage has. Time that a busy machine gives to others
// doesn't count. Then memory with ten times the findings, in processes.
func reports(bin, dir, tree string) error {
	fmt.Print("\nReports of 1,000 cases (limits: a tenth of the check's time, memory flat in the findings)\n")
	saved, few := filepath.Join(dir, "saved.json"), filepath.Join(dir, "few.json")
	if _, err := measure([]string{bin, "check", tree + "/...", "-o", "json=" + saved}); err != nil {
		return err
	}
	first := []string{bin, "check", "-o", "json=" + few}
	for n := range 100 {
		first = append(first, filepath.Join(tree, fmt.Sprintf("case-%05d", n)))
	}
	if _, err := measure(first); err != nil {
		return err
	}
	peaks := make([][2]int64, len(report.Formats)) // before this process grows, for what it starts begins at its size
	for i, f := range report.Formats {
		for j, file := range []string{few, saved} {
			m, err := measure([]string{bin, "report", file, "-o", f.Name + "=/dev/null"})
			if err != nil {
				return err
			}
			peaks[i][j] = m.rss
		}
	}
	const rounds = 5
	var alone time.Duration
	best := make([]time.Duration, len(report.Formats))
	findings := 0
	for range rounds {
		n, took, costs, err := reported(tree)
		if err != nil {
			return err
		}
		findings = n
		if alone == 0 || took < alone {
			alone = took
		}
		for i, c := range costs {
			if best[i] == 0 || c < best[i] {
				best[i] = c
			}
		}
	}
	fmt.Printf("  the check alone takes %.0f ms of processor time, for %d findings\n", ms(alone), findings)
	for i, f := range report.Formats {
		fmt.Printf("  %-9s %6.1f ms, %4.1f%% of the check; memory %5.1f MiB for 100 cases, %5.1f MiB for 1,000\n",
			f.Name, ms(best[i]), 100*best[i].Seconds()/alone.Seconds(), float64(peaks[i][0])/1024, float64(peaks[i][1])/1024)
	}
	return nil
}

// reported checks a tree and writes every format of it, and returns how many
// findings there were, and what the check and each format took.
func reported(tree string) (findings int, alone time.Duration, costs []time.Duration, err error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the program has it
	runtime.GC()
	ctx := context.Background()
	whole, allocated, collected := cpuTime(), counter(allocs), counter(collector)

	set, problems := check.LoadPolicies(true)
	if err := problems.Err(); err != nil {
		return 0, 0, nil, err
	}
	v := claims.DefaultVocabulary()
	engine, err := check.NewEngine(ctx, set, v, check.DefaultTimeout)
	if err != nil {
		return 0, 0, nil, err
	}
	docs := document.NewReader(document.Options{})
	paths, problems := claims.Find([]string{tree + "/..."})
	if err := problems.Err(); err != nil {
		return 0, 0, nil, err
	}
	writers := make([]report.Writer, len(report.Formats))
	used := make([]float64, len(writers)) // bytes
	costs = make([]time.Duration, len(writers))
	for i, f := range report.Formats {
		writers[i] = f.New(io.Discard, report.Options{Policies: engine.Policies})
	}
	// write notes what a part of a report takes on a thread of its own.
	write := func(i int, part func() error) error {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		bytes, start := counter(allocs), threadTime()
		err := part()
		costs[i] += threadTime() - start
		used[i] += counter(allocs) - bytes
		return err
	}
	total := check.NewSummary()
	err = engine.Run(ctx, paths, check.Reader(v, docs), func(r *check.Result) error {
		s := check.Of(r)
		total.Merge(s)
		for i := range writers {
			one := *r // what a format describes, the next has to describe again
			one.Findings = nil
			for _, f := range r.Findings {
				f.Claims = append([]check.Claim{}, f.Claims...)
				one.Findings = append(one.Findings, f)
			}
			if err := write(i, func() error { return writers[i].Case(&one, s) }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, nil, err
	}
	for i := range writers {
		if err := write(i, func() error { return writers[i].Close(nil, total) }); err != nil {
			return 0, 0, nil, err
		}
	}
	whole, allocated, collected = cpuTime()-whole, counter(allocs)-allocated, counter(collector)-collected
	alone = whole
	for i := range costs {
		costs[i] += time.Duration(1e9 * collected * used[i] / allocated)
		alone -= costs[i]
	}
	for _, n := range total.Outcomes {
		findings += n
	}
	return findings, alone, costs, nil
}

// threadTime is the processor time of this thread (Linux).
func threadTime() time.Duration {
	const thisThread = 1
	var u syscall.Rusage
	if err := syscall.Getrusage(thisThread, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

const (
	allocs    = "/gc/heap/allocs:bytes"
	collector = "/cpu/classes/gc/total:cpu-seconds"
)

// counter reads one of the runtime's counters.
func counter(name string) float64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	if sample[0].Value.Kind() == metrics.KindUint64 {
		return float64(sample[0].Value.Uint64())
	}
	return sample[0].Value.Float64()
}
