package main

import (
	"fmt"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/claims"
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
	var f caseFlags
	f.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := f.reader(cmd)
		if err != nil {
			return err
		}
		paths, problems := claims.Find(args)
		result := tell(cmd, problems)
		for _, p := range paths {
			if update {
				if err := r.update(p); err != nil {
					result = err
					continue
				}
			}
			c, problems := r.load(p)
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

// update fills in one case and tells what it changed.
func (r *caseReader) update(path string) error {
	c, problems := claims.Load(path, r.vocabulary)
	if len(problems) > 0 {
		return tell(r.cmd, problems)
	}
	changes, problems := cite.Update(r.cmd.Context(), c, r.docs)
	r.progress.clear()
	for _, change := range changes {
		fmt.Fprintln(r.cmd.OutOrStdout(), change)
	}
	return tell(r.cmd, problems)
}
