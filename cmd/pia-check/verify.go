package main

import (
	"fmt"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

func newVerify() *cobra.Command {
	var update bool
	cmd := &cobra.Command{
		Use:   "verify CASE...",
		Short: "Check that every quote stands in its document, where the case says",
		Long: `Verify reads cases and their documents and checks every quote: that it stands in
its document word for word, on the stated page and in the stated section, and
that the document is the file whose SHA-256 the case states. No policy runs.

With --update it writes the documents' sums and the quotes' pages and offsets
into the case file, and changes nothing else in it.`,
		Example: `  pia-check verify fixtures/smartlink
  pia-check verify --update my-case`,
		Args: cobra.MinimumNArgs(1),
	}
	cmd.Flags().BoolVar(&update, "update", false, "write sums, pages and offsets into the case file")
	var d documentFlags
	d.add(cmd)
	vocabulary := vocabularyFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		v, err := loadVocabulary(cmd, *vocabulary)
		if err != nil {
			return err
		}
		progress := newProgress(cmd, 0)
		docs, err := d.reader(progress)
		if err != nil {
			return err
		}
		paths, problems := claims.Find(args)
		result := tell(cmd, problems)
		for _, p := range paths {
			if update {
				err := updateOne(cmd, p, v, docs)
				progress.clear()
				if err != nil {
					result = err
					continue
				}
			}
			c, problems := check.Reader(v, docs)(cmd.Context(), p)
			progress.clear()
			if c != nil {
				for _, d := range c.Documents {
					tellNotices(cmd, path.Join(filepath.ToSlash(c.Dir), d.Path), d.Notices)
				}
			}
			if err := tell(cmd, problems); err != nil {
				result = err
				continue
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", p, c.Tally())
		}
		return result
	}
	return cmd
}

// updateOne fills in one case and tells what it changed.
func updateOne(cmd *cobra.Command, path string, v *claims.Vocabulary, docs *document.Reader) error {
	c, problems := claims.Load(path, v)
	if len(problems) > 0 {
		return tell(cmd, problems)
	}
	changes, problems := cite.Update(cmd.Context(), c, docs)
	for _, change := range changes {
		fmt.Fprintln(cmd.OutOrStdout(), change)
	}
	return tell(cmd, problems)
}
