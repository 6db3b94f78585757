package main

import (
	"fmt"
	"os"
	"path"
	"slices"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/report"
)

func newCheck() *cobra.Command {
	var (
		format, failOn, color string
		o                     report.Options
		p                     policyFlags
		d                     documentFlags
	)
	cmd := &cobra.Command{
		Use:   "check CASE...",
		Short: "Check cases and print the findings",
		Long: `Check reads cases, verifies every quote in its document, evaluates the policies
and prints the findings. A case is a case file, a folder with a case.yaml, or a
tree: dir/... checks every case in and below dir.`,
		Example: `  pia-check check fixtures/smartlink
  pia-check check --format json cases/... > findings.json
  pia-check check -p my-policies/ case.yaml
  pia-check check --no-builtin -p retention.rego --fail-on high cases/...`,
		Args: cobra.MinimumNArgs(1),
	}
	f := cmd.Flags()
	f.StringVarP(&format, "format", "f", report.Formats[0].Name, "report `format`: "+report.Names())
	f.StringVar(&failOn, "fail-on", "low", "least `severity` of a failing finding that makes the exit code 1: critical, high, medium, low, or none")
	f.BoolVarP(&o.Verbose, "verbose", "v", false, "list what passes and what doesn't apply, too")
	f.StringVar(&color, "color", "auto", "colours in the text report: auto, always or never")
	p.add(cmd)
	d.add(cmd)
	vocabulary := vocabularyFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		fm, ok := report.Named(format)
		if !ok {
			return fmt.Errorf("--format %q is not one of %s", format, report.Names())
		}
		threshold := check.Severity(failOn)
		if threshold == "none" {
			threshold = ""
		} else if !slices.Contains(check.Severities, threshold) {
			return fmt.Errorf("--fail-on %q is not one of critical, high, medium, low, none", failOn)
		}
		if err := terminal(cmd, color, &o); err != nil {
			return err
		}
		var paths []string
		var notFound claims.Problems
		var finding sync.WaitGroup // a large tree takes as long as compiling the policies
		finding.Go(func() { paths, notFound = claims.Find(args) })
		v, err := loadVocabulary(cmd, *vocabulary)
		if err != nil {
			return err
		}
		engine, problems, err := p.engine(cmd.Context(), v)
		if err != nil {
			return err
		}
		finding.Wait()
		problems = append(problems, notFound...)
		_ = tell(cmd, problems)

		out := fm.New(cmd.OutOrStdout(), o)
		total := check.NewSummary()
		progress := newProgress(cmd, len(paths))
		docs, err := d.reader(progress)
		if err != nil {
			return err
		}
		err = engine.Run(cmd.Context(), paths, check.Reader(v, docs), func(r *check.Result) error {
			s := check.Of(r)
			total.Merge(s)
			progress.clear()
			defer progress.step()
			for _, d := range r.Documents {
				tellNotices(cmd, path.Join(r.Dir, d.Path), d.Notices)
			}
			_ = tell(cmd, r.Problems)
			return out.Case(r, s)
		})
		progress.clear()
		if err != nil {
			return err
		}
		total.Errors += len(problems)
		if err := out.Close(problems, total); err != nil {
			return err
		}
		switch {
		case total.Errors > 0:
			return exitCode(exitUntrusted)
		case total.Fails(threshold):
			return exitCode(exitFindings)
		}
		return nil
	}
	return cmd
}

// tellNotices says on stderr what a reader must know of a document.
func tellNotices(cmd *cobra.Command, file string, notices []string) {
	for _, n := range notices {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: %s: %s\n", file, printable(n))
	}
}

// terminal decides on colours and width from where the report goes.
func terminal(cmd *cobra.Command, color string, o *report.Options) error {
	onTerminal := isTerminal(cmd.OutOrStdout())
	if onTerminal {
		o.Width, _, _ = term.GetSize(int(os.Stdout.Fd()))
	}
	switch color {
	case "auto":
		o.Color = onTerminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" // no-color.org
	case "always":
		o.Color = true
	case "never":
	default:
		return fmt.Errorf("--color %q is not one of auto, always, never", color)
	}
	return nil
}
