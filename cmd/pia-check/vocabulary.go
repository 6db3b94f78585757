package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/claims"
)

func newVocabulary() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "vocabulary [TERM|VOCABULARY]",
		Short: "Show the terms that claims are written in",
		Long: `Vocabulary lists the vocabularies; with the name of one, its terms; with a term
(or a word that stands for it, such as "SSN"), its broader and narrower terms
and the words that it is known by.`,
		Example: `  pia-check vocabulary
  pia-check vocabulary data
  pia-check vocabulary voice-print
  pia-check vocabulary --format json > data.json     as policies see it`,
		Args: cobra.MaximumNArgs(1),
	}
	files := vocabularyFlag(cmd)
	cmd.Flags().StringVarP(&format, "format", "f", "text", "output `format`: text or json (everything, as policies see it under data)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		v, err := loadVocabulary(cmd, *files)
		if err != nil {
			return err
		}
		w := cmd.OutOrStdout()
		switch {
		case format == "json" && len(args) == 0:
			return printJSON(cmd, v.Data())
		case format != "text":
			return fmt.Errorf("--format is text, or json without a term")
		case len(args) == 0:
			tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
			fmt.Fprintln(tw, "VOCABULARY\tTERMS")
			for _, l := range v.Lists() {
				fmt.Fprintf(tw, "%s\t%d\n", l.Name, len(l.Terms))
			}
			return tw.Flush()
		}
		// A word may name a vocabulary and a term of another: show both.
		shown := false
		if l := v.List(args[0]); l != nil {
			shown = true
			if err := listTerms(w, l); err != nil {
				return err
			}
		}
		for _, l := range v.Lists() {
			if t := l.Lookup(args[0]); t != nil {
				if shown {
					fmt.Fprintln(w)
				}
				shown = true
				showTerm(w, l, t)
			}
		}
		if !shown {
			return fmt.Errorf("%q is no term and no vocabulary%s", args[0], v.Suggest(args[0]))
		}
		return nil
	}
	return cmd
}

func listTerms(w io.Writer, l *claims.TermList) error {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "TERM\tLABEL\tBROADER")
	for _, id := range l.IDs() {
		t := l.Terms[id]
		label := t.Label
		if t.Number != "" {
			label = t.Number + " " + t.Title
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\n", id, label, strings.Join(t.Parents, ", "))
	}
	return tw.Flush()
}

func showTerm(w io.Writer, l *claims.TermList, t *claims.Term) {
	fmt.Fprintf(w, "%s  (%s)\n", t.ID, l.Name)
	line := func(name string, values ...string) {
		if s := strings.Join(values, ", "); s != "" {
			fmt.Fprintf(w, "  %-11s %s\n", name, s)
		}
	}
	line("label", t.Label)
	line("number", t.Number)
	line("title", t.Title)
	line("date", t.Date)
	line("broader", t.Parents...)
	line("ancestors", t.Ancestors...)
	line("narrower", l.Children(t.ID)...)
	line("also called", t.Forms...)
	line("IRI", t.IRI)
	line("source", t.Source)
	line("prescribed", t.Prescribed)
	for _, c := range t.Implied() {
		line("implies", c)
	}
}
