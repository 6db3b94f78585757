package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/document"
)

func newCache() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Show or clear what is kept of documents that were read",
		Long: `What is read of PDF files, scans and the like is kept in the user's cache folder,
so that the next run need not read them again: by the SHA-256 of the file, the
version of the reader and the options of OCR. Nothing is lost when it is cleared
but time. --no-cache, where documents are read, neither uses nor adds to it.`,
		Example: `  pia-check cache stat
  pia-check cache clear`,
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(&cobra.Command{
		Use: "stat", Short: "Show where the cache is and how large", Args: cobra.NoArgs,
		Example: "  pia-check cache stat",
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := document.CacheDir()
			if err != nil {
				return err
			}
			u, err := document.Stat(dir)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %d files, %s\n", dir, u.Files, size(u.Bytes))
			return err
		},
	}, &cobra.Command{
		Use: "clear", Short: "Remove the cache", Args: cobra.NoArgs,
		Example: "  pia-check cache clear",
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := document.CacheDir()
			if err != nil {
				return err
			}
			u, err := document.Stat(dir)
			if err != nil {
				return err
			}
			if err := os.RemoveAll(dir); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: removed %d files, %s\n", dir, u.Files, size(u.Bytes))
			return err
		},
	})
	return cmd
}

// size says a number of bytes for people.
func size(bytes int64) string {
	switch {
	case bytes >= 10<<20:
		return fmt.Sprintf("%d MB", bytes>>20)
	case bytes >= 10<<10:
		return fmt.Sprintf("%d kB", bytes>>10)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
