package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/report"
)

// baselineFlags say what is known already: an earlier run, and waivers.
type baselineFlags struct {
	file      string
	failOnNew bool
	waivers   []string
	today     string

	saved    *report.Saved
	accepted *check.Waivers
}

func (b *baselineFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&b.file, "baseline", "", "JSON report of an earlier `run`; findings are marked new, updated or unchanged")
	f.BoolVar(&b.failOnNew, "fail-on-new", false, "let failing findings that the baseline has too pass")
	f.StringArrayVar(&b.waivers, "waivers", nil, "`file` of waivers, beside the waivers.yaml of each case (may be repeated)")
	f.StringVar(&b.today, "today", "", "`day` that waivers are held against, as YYYY-MM-DD (default today)")
}

// open reads the baseline's index and the waivers. Problems are the waivers'.
func (b *baselineFlags) open() (claims.Problems, error) {
	if b.failOnNew && b.file == "" {
		return nil, errors.New("--fail-on-new needs --baseline FILE to tell what is new")
	}
	if b.today == "" {
		b.today = time.Now().Format(time.DateOnly)
	} else if _, err := time.Parse(time.DateOnly, b.today); err != nil {
		return nil, fmt.Errorf("--today %q is no day; write it as 2027-06-30", b.today)
	}
	if b.file != "" {
		var err error
		if b.saved, err = report.OpenSaved(b.file); err != nil {
			return nil, err
		}
	}
	var problems claims.Problems
	b.accepted, problems = check.NewWaivers(b.today, b.waivers...)
	return problems, nil
}

func (b *baselineFlags) close() {
	if b.saved != nil {
		b.saved.Close()
	}
}

// mark accepts what is waived and holds a result against the baseline.
func (b *baselineFlags) mark(r *check.Result) error {
	b.accepted.Apply(r)
	if b.saved == nil {
		return nil
	}
	earlier, err := b.saved.Find(r.ID, r.Path)
	if err != nil {
		return err
	}
	check.Compare(r, earlier)
	if earlier != nil && len(earlier.Problems) > 0 {
		r.Notices.Addf(claims.Pos{File: r.File}, "the run of the baseline had errors in this case; what it couldn't evaluate counts as new")
	}
	return nil
}

// rest tells of what the run didn't touch.
func (b *baselineFlags) rest() (claims.Problems, error) {
	notices := b.accepted.Unused()
	if b.saved == nil {
		return notices, nil
	}
	var paths []string
	err := b.saved.Rest(func(r *check.Result) error {
		paths = append(paths, r.Path)
		return nil
	})
	if len(paths) > 0 {
		notices.Addf(claims.Pos{File: b.file}, "of the baseline, this run leaves out %s", some(paths))
	}
	return notices, err
}

// some names the first few of a list.
func some(names []string) string {
	const few = 5
	if more := len(names) - few; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), more)
	}
	return strings.Join(names, ", ")
}
