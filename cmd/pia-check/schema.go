package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/extract"
)

func newSchema() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schema [case|finding|input|extractor-input|extractor-output]",
		Short: "Print the JSON Schema of the case file, the findings or the policies' input",
		Long: `Schema prints a JSON Schema (2020-12): of the case file (case, the default), of
the JSON report (finding), of what policies see as input (input), or of what a
program for extract --extractor reads and prints.`,
		Example: `  pia-check schema case > case.schema.json      completion and checks in an editor
  pia-check schema input > input.schema.json    opa check --schema input.schema.json my-policies/`,
		Args:      cobra.MatchAll(cobra.MaximumNArgs(1)),
		ValidArgs: []string{"case", "finding", "input", "extractor-input", "extractor-output"},
	}
	vocabulary := vocabularyFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		v, err := loadVocabulary(cmd, *vocabulary)
		if err != nil {
			return err
		}
		name := append(args, "case")[0]
		switch name {
		case "case":
			return printJSON(cmd, claims.CaseSchema(v))
		case "finding":
			return printJSON(cmd, check.FindingSchema())
		case "input":
			return printJSON(cmd, claims.InputSchema())
		case "extractor-input":
			return printJSON(cmd, extract.ExternalSchema())
		case "extractor-output":
			return printJSON(cmd, claims.DraftsSchema(v))
		}
		return fmt.Errorf("there is no schema %q; the schemas are %s", name, strings.Join(cmd.ValidArgs, ", "))
	}
	return cmd
}
