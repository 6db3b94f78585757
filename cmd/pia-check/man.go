package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// newMan is for those who package the program, and not shown among the others.
func newMan() *cobra.Command {
	var date string
	cmd := &cobra.Command{
		Use:     "man FOLDER",
		Short:   "Write the man pages and the shells' completions into a folder",
		Example: "  pia-check man --date 2026-01-31 dist/doc",
		Args:    cobra.ExactArgs(1),
		Hidden:  true,
	}
	cmd.Flags().StringVar(&date, "date", "", "`day` of the man pages, as YYYY-MM-DD")
	_ = cmd.MarkFlagRequired("date") // it exists
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		day, err := time.Parse(time.DateOnly, date)
		if err != nil {
			return fmt.Errorf("--date %q is no day; write it as 2027-06-30", date)
		}
		header := &doc.GenManHeader{Section: "1", Source: "pia-check", Manual: "pia-check", Date: &day}
		man, completions := filepath.Join(args[0], "man"), filepath.Join(args[0], "completions")
		for _, dir := range []string{man, completions} {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		root := cmd.Root()
		root.DisableAutoGenTag = true
		if err := doc.GenManTree(root, header, man); err != nil {
			return err
		}
		for name, write := range map[string]func(string) error{
			"pia-check.bash": func(f string) error { return root.GenBashCompletionFileV2(f, true) },
			"_pia-check":     root.GenZshCompletionFile,
			"pia-check.fish": func(f string) error { return root.GenFishCompletionFile(f, true) },
			"pia-check.ps1":  root.GenPowerShellCompletionFileWithDesc,
		} {
			if err := write(filepath.Join(completions, name)); err != nil {
				return err
			}
		}
		return nil
	}
	return cmd
}
