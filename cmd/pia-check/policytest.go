package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
)

func newPolicyTest() *cobra.Command {
	var (
		minimum float64
		verbose bool
		timeout time.Duration
	)
	cmd := &cobra.Command{
		Use:   "test [PATH...]",
		Short: "Run the Rego tests of policies and measure their coverage",
		Long: `Test runs every test_ rule in the _test.rego files of the paths, with the built-in
library at hand and the vocabulary as data, under the same restrictions as a
check. Without a path it tests the built-in policies.`,
		Example: `  pia-check policy test my-policies/
  pia-check policy test --min-coverage 95 my-policies/`,
	}
	cmd.Flags().Float64Var(&minimum, "min-coverage", 0, "least `percentage` of the policies' lines that the tests must run")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "list every test, and the lines that no test runs")
	cmd.Flags().DurationVar(&timeout, "timeout", check.DefaultTimeout, "how `long` one test may take")
	files := vocabularyFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		v, err := loadVocabulary(cmd, *files)
		if err != nil {
			return err
		}
		r, problems := check.TestPolicies(cmd.Context(), v, timeout, args...)
		if err := tell(cmd, problems); err != nil {
			return err
		}
		w := cmd.OutOrStdout()
		for _, t := range r.Tests {
			if verbose || !t.Passed {
				fmt.Fprintf(w, "%s  %s: %s\n", map[bool]string{true: "ok  ", false: "FAIL"}[t.Passed], t.Pos, t.Name)
			}
			if t.Message != "" {
				fmt.Fprintf(w, "      %s\n", t.Message)
			}
		}
		for _, u := range r.Uncovered {
			if verbose || r.Coverage < minimum {
				fmt.Fprintf(w, "not run: %s\n", u)
			}
		}
		fmt.Fprintf(w, "%d passed, %d failed; coverage %.1f%%\n", r.Passed, r.Failed, r.Coverage)
		switch {
		case r.Passed+r.Failed == 0:
			return fmt.Errorf("no test found; name the folder that holds the _test.rego files")
		case r.Failed > 0:
			return exitCode(exitFindings)
		case r.Coverage < minimum:
			return fmt.Errorf("coverage %.1f%% is below %.1f%%", r.Coverage, minimum)
		}
		return nil
	}
	return cmd
}
