package main

import (
	"encoding/json"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/spf13/cobra"

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
	var f caseFlags
	f.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := f.reader(cmd)
		if err != nil {
			return err
		}
		c, problems := r.load(args[0])
		if len(problems) > 0 {
			return tell(cmd, problems)
		}
		input, err := ast.JSON(claims.Normalise(c, r.vocabulary, nil))
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
