package main

import (
	"fmt"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

func newCheck() *cobra.Command {
	var (
		out    outputs
		failOn string
		known  baselineFlags
		p      policyFlags
		d      documentFlags
		e      extractFlags
		review bool
	)
	cmd := &cobra.Command{
		Use:   "check CASE...|DOCUMENT...",
		Short: "Check cases, or documents, and print the findings",
		Long: `Check reads cases, verifies every quote in its document, evaluates the policies
and prints the findings. A case is a case file, a folder with a case.yaml, or a
tree: dir/... checks every case in and below dir.

Named documents make one case of their own: their claims are drafted by rules
(see pia-check extract) and take part unreviewed, which their findings say. With
--require-reviewed no draft decides: what would fail or pass by one is for a
person to review.`,
		Example: `  pia-check check fixtures/smartlink
  pia-check check -o text -o json=findings.json cases/...
  pia-check check --baseline main.json --fail-on-new cases/...
  pia-check check pia.pdf contract.pdf
  pia-check check --require-reviewed my-case
  pia-check check -p my-policies/ case.yaml
  pia-check check --no-builtin -p retention.rego --fail-on high cases/...`,
		Args: cobra.MinimumNArgs(1),
	}
	out.add(cmd)
	failOnFlag(cmd, &failOn, "low")
	known.add(cmd)
	cmd.Flags().BoolVar(&review, "require-reviewed", false, "let no draft claim decide a finding")
	p.add(cmd)
	d.add(cmd)
	e.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		threshold, err := thresholdOf(failOn)
		if err != nil {
			return err
		}
		wrong, err := known.open()
		if err != nil {
			return err
		}
		defer known.close()
		progress := newProgress(cmd, 0)
		docs, err := d.reader(progress)
		if err != nil {
			return err
		}
		out.options.Picture = pictures(cmd.Context(), docs)
		compiled := p.engine(cmd.Context()) // takes longer than what follows
		documents, cases := split(args)
		paths, notFound := claims.Find(cases)
		v, err := loadVocabulary(cmd, *e.vocabulary)
		if err != nil {
			return err
		}
		source := check.Ahead(cmd.Context(), paths, check.Reader(v, docs))
		engine, problems, err := compiled(v)
		if err != nil {
			return err
		}
		engine.RequireReviewed = review
		if err := out.open(cmd, engine.Policies); err != nil {
			return err
		}
		defer out.discard()
		problems = append(append(problems, notFound...), wrong...)

		total := check.NewSummary()
		if len(documents) > 0 {
			drafted, more, err := e.source(cmd, v, docs, documents, source)
			if err != nil {
				return err
			}
			problems = append(problems, more...)
			paths, source = append(paths, draftCase), drafted
		}
		progress.total = len(paths)
		_ = tell(cmd, problems)
		err = engine.Run(cmd.Context(), paths, source, func(r *check.Result) error {
			if err := known.mark(r); err != nil {
				return err
			}
			s := check.Of(r)
			total.Merge(s)
			progress.clear()
			defer progress.step()
			for _, d := range r.Documents {
				tellNotices(cmd, path.Join(r.Dir, d.Path), d.Notices)
			}
			notify(cmd, r.Notices)
			_ = tell(cmd, r.Problems)
			return out.Case(r, s)
		})
		progress.clear()
		if err != nil {
			return err
		}
		notices, err := known.rest()
		if err != nil {
			return err
		}
		notify(cmd, notices)
		total.Errors += len(problems)
		if err := out.Close(problems, total); err != nil {
			return err
		}
		if known.failOnNew {
			return verdict(total, total.FailsNew(threshold))
		}
		return verdict(total, total.Fails(threshold))
	}
	return cmd
}

// tellNotices says on stderr what a reader must know of a document.
func tellNotices(cmd *cobra.Command, file string, notices []string) {
	for _, n := range notices {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: %s: %s\n", file, printable(n))
	}
}

func failOnFlag(cmd *cobra.Command, failOn *string, standard string) {
	cmd.Flags().StringVar(failOn, "fail-on", standard, "least `severity` of a failing finding that makes the exit code 1: critical, high, medium, low, or none")
}

// thresholdOf reads --fail-on.
func thresholdOf(failOn string) (check.Severity, error) {
	threshold := check.Severity(failOn)
	if threshold == "none" {
		return "", nil
	}
	if !slices.Contains(check.Severities, threshold) {
		return "", fmt.Errorf("--fail-on %q is not one of critical, high, medium, low, none", failOn)
	}
	return threshold, nil
}

// verdict is the exit code that a run's counts call for.
func verdict(total *check.Summary, fails bool) error {
	switch {
	case total.Errors > 0:
		return exitCode(exitUntrusted)
	case fails:
		return exitCode(exitFindings)
	}
	return nil
}
