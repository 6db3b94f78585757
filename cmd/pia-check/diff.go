package main

import (
	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/report"
)

func newDiff() *cobra.Command {
	var (
		out       = outputs{standard: "changes"}
		failOn    string
		failOnNew bool
	)
	cmd := &cobra.Command{
		Use:   "diff OLD.json NEW.json",
		Short: "Say what appeared, changed and went away between two saved runs",
		Long: `Diff reads the JSON reports of two checks and says in words which findings
appeared, which make the same comparison with other values, and which are gone.
Findings are known again by their fingerprints, however files are named and
claims are ordered.

The exit code is 0 when both could be read; with --fail-on-new it is 1 when a
failing finding of the new run is not in the old one.`,
		Example: `  pia-check check -o json=new.json cases/...
  pia-check diff main.json new.json
  pia-check diff main.json new.json -o markdown=comment.md`,
		Args: cobra.ExactArgs(2),
	}
	out.add(cmd)
	cmd.Flags().BoolVar(&failOnNew, "fail-on-new", false, "exit code 1 when a failing finding is new")
	failOnFlag(cmd, &failOn, "low")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		threshold, err := thresholdOf(failOn)
		if err != nil {
			return err
		}
		earlier, err := report.OpenSaved(args[0])
		if err != nil {
			return err
		}
		defer earlier.Close()
		saved, err := report.OpenSaved(args[1])
		if err != nil {
			return err
		}
		defer saved.Close()
		if err := out.open(cmd, saved.Policies); err != nil {
			return err
		}
		defer out.discard()
		_ = tell(cmd, saved.Problems)
		total := check.NewSummary()
		err = saved.Each(func(r *check.Result) error {
			old, err := earlier.Find(r.ID, r.Path)
			if err != nil {
				return err
			}
			check.Compare(r, old)
			s := check.Of(r)
			total.Merge(s)
			_ = tell(cmd, r.Problems)
			return out.Case(r, s)
		})
		if err == nil {
			err = earlier.Rest(func(r *check.Result) error { return out.Case(check.Gone(r), check.NewSummary()) })
		}
		if err != nil {
			return err
		}
		total.Errors += len(saved.Problems)
		if err := out.Close(saved.Problems, total); err != nil {
			return err
		}
		if total.Errors == 0 && !failOnNew {
			return nil
		}
		return verdict(total, total.FailsNew(threshold))
	}
	return cmd
}
