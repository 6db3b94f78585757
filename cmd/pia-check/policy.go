package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
)

func newPolicy() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "policy",
		Short: "List and explain the policies",
		Example: `  pia-check policy list
  pia-check policy show RET-001`,
	}
	cmd.AddCommand(newPolicyList(), newPolicyShow(), newPolicyTest())
	return cmd
}

func newPolicyList() *cobra.Command {
	var p policyFlags
	var format string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List what is checked, at what severity",
		Example: `  pia-check policy list
  pia-check policy list -p my-policies/ --format json`,
		Args: cobra.NoArgs,
	}
	p.addSelection(cmd)
	cmd.Flags().StringVarP(&format, "format", "f", "text", "output `format`: text or json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		set, problems, err := p.load()
		if err != nil {
			return err
		}
		switch format {
		case "json":
			err = printJSON(cmd, set.List)
		case "text":
			tw := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			fmt.Fprintln(tw, "ID\tSEVERITY\tTOPIC\tTITLE")
			for _, p := range set.List {
				fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", p.ID, p.Severity, p.Topic, p.Title)
			}
			err = tw.Flush()
		default:
			err = fmt.Errorf("--format %q is not one of text, json", format)
		}
		if err != nil {
			return err
		}
		return tell(cmd, problems)
	}
	return cmd
}

func newPolicyShow() *cobra.Command {
	var p policyFlags
	cmd := &cobra.Command{
		Use:     "show ID...",
		Short:   "Explain a policy: what it checks, by what authority",
		Example: "  pia-check policy show RET-001",
		Args:    cobra.MinimumNArgs(1),
	}
	p.addSelection(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		set, problems, err := p.load()
		if err != nil {
			return err
		}
		for i, id := range args {
			policy := set.Named(id)
			if policy == nil {
				return fmt.Errorf("there is no policy %q; `pia-check policy list` lists them", id)
			}
			if i > 0 {
				fmt.Fprintln(cmd.OutOrStdout())
			}
			showPolicy(cmd.OutOrStdout(), policy)
		}
		return tell(cmd, problems)
	}
	return cmd
}

func showPolicy(w io.Writer, p *check.Policy) {
	fmt.Fprintf(w, "%s  %s\n\nSeverity   %s\nTopic      %s\nDefined in %s\nOutcomes   %s\n\n%s\n",
		p.ID, p.Title, p.Severity, p.Topic, p.File, p.Outcomes(), p.Description)
	if len(p.Authority) == 0 {
		return
	}
	fmt.Fprint(w, "\nAuthority\n")
	for _, a := range p.Authority {
		fmt.Fprintf(w, "  %s\n", strings.TrimSpace(a.Title))
		fmt.Fprintf(w, "    %s\n", a.URL)
	}
}
