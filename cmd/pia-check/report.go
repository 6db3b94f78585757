package main

import (
	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/report"
)

func newReport() *cobra.Command {
	var (
		out    outputs
		failOn string
		d      documentFlags
	)
	cmd := &cobra.Command{
		Use:   "report RESULTS.json",
		Short: "Make any report from saved results",
		Long: `Report reads the JSON report of a check and writes it in other formats. Nothing
is read or evaluated again: it says what the check found.

The exit code is 2 when the saved run had errors, and 0 otherwise: the check
has told whether a finding fails. --fail-on makes report tell it, too.`,
		Example: `  pia-check check -o json=results.json cases/...
  pia-check report results.json -o markdown
  pia-check report results.json -o html=report.html -o csv=findings.csv`,
		Args: cobra.ExactArgs(1),
	}
	out.add(cmd)
	failOnFlag(cmd, &failOn, "none")
	d.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		threshold, err := thresholdOf(failOn)
		if err != nil {
			return err
		}
		saved, err := report.OpenSaved(args[0])
		if err != nil {
			return err
		}
		defer saved.Close()
		docs, err := d.reader(newProgress(cmd, 0))
		if err != nil {
			return err
		}
		out.options.Picture = pictures(cmd.Context(), docs)
		if err := out.open(cmd, saved.Policies); err != nil {
			return err
		}
		defer out.discard()
		_ = tell(cmd, saved.Problems)
		total := check.NewSummary()
		err = saved.Each(func(r *check.Result) error {
			s := check.Of(r)
			total.Merge(s)
			_ = tell(cmd, r.Problems)
			return out.Case(r, s)
		})
		if err != nil {
			return err
		}
		total.Errors += len(saved.Problems)
		if err := out.Close(saved.Problems, total); err != nil {
			return err
		}
		return verdict(total, total.Fails(threshold))
	}
	return cmd
}
