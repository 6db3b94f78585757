package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/claims"
)

func newInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Start a case: a commented example to fill in",
		Long: `Init writes a small, valid case into a new or empty folder: a case file whose
comments explain every part, and two example documents. Check it, then replace
its documents and claims by yours.`,
		Example: `  pia-check init my-case
  pia-check check my-case`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			files, err := claims.WriteStarter(dir)
			if err != nil {
				return err
			}
			for _, f := range files {
				fmt.Fprintf(cmd.OutOrStdout(), "wrote %s\n", filepath.ToSlash(f))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "next: pia-check check %s\n", dir)
			return nil
		},
	}
}
