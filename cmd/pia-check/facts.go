package main

import (
	"encoding/json"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

func newFacts() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "facts CASE",
		Short: "Print a case as the policies see it",
		Long: `Facts prints the normalised input of a case as JSON: periods with their bounds,
terms with their ancestors, related claims of the sides paired. Feed it to
opa eval or the OPA playground to try a policy. What policies see as
data.vocabulary is printed by: pia-check vocabulary --format json`,
		Example: `  pia-check facts my-case > input.json
  pia-check vocabulary --format json > data.json
  opa eval -i input.json -d data.json -d policies/ 'data.pia_check'`,
		Args: cobra.ExactArgs(1),
	}
	var d documentFlags
	d.add(cmd)
	vocabulary := vocabularyFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		v, err := loadVocabulary(cmd, *vocabulary)
		if err != nil {
			return err
		}
		progress := newProgress(cmd, 1)
		docs, err := d.reader(progress)
		if err != nil {
			return err
		}
		c, problems := check.Reader(v, docs)(cmd.Context(), args[0])
		progress.clear()
		if len(problems) > 0 {
			return tell(cmd, problems)
		}
		input, err := ast.JSON(claims.Normalise(c, v, nil))
		if err != nil {
			return err
		}
		return printJSON(cmd, input)
	}
	return cmd
}

// printJSON prints a value for people and programs: indented, keys sorted.
func printJSON(cmd *cobra.Command, v any) error {
	enc := json.NewEncoder(cmd.OutOrStdout())
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
