package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/extract"
)

func newRules() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List, test and measure the rules that draft claims",
		Example: `  pia-check rules list
  pia-check rules test --rules my-rules.yaml
  pia-check rules eval labels/`,
	}
	cmd.AddCommand(newRulesList(), newRulesTest(), newRulesEval())
	return cmd
}

func newRulesList() *cobra.Command {
	var e extractFlags
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the rules and what they draft",
		Example: `  pia-check rules list --rules my-rules.yaml`,
		Args:    cobra.NoArgs,
	}
	e.addRules(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		x, err := e.load(cmd)
		if err != nil {
			return err
		}
		tw := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
		fmt.Fprintln(tw, "RULE\tTOPIC\tCONFIDENCE\tWHAT IT FINDS")
		for _, r := range x.List {
			fmt.Fprintf(tw, "%s\t%s\t%.2f\t%s\n", r.ID, r.Topic, r.Confidence, r.Doc)
		}
		return tw.Flush()
	}
	return cmd
}

func newRulesTest() *cobra.Command {
	var e extractFlags
	cmd := &cobra.Command{
		Use:   "test",
		Short: "Hold every rule against its own examples",
		Long: `Test holds the rules, yours (--rules) included, against the examples that stand in
them: each "match" must give its values, each "no-match" nothing.`,
		Example: `  pia-check rules test
  pia-check rules test --rules my-rules/`,
		Args: cobra.NoArgs,
	}
	e.addRules(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		x, err := e.load(cmd)
		if err != nil {
			return err
		}
		n, failures := x.Test()
		for _, f := range failures {
			fmt.Fprintln(cmd.OutOrStdout(), f)
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%d rules, %d examples, %d failures\n", len(x.List), n, len(failures))
		if len(failures) > 0 {
			return exitCode(exitFindings)
		}
		return nil
	}
	return cmd
}

func newRulesEval() *cobra.Command {
	var (
		e           extractFlags
		d           documentFlags
		root, saved string
		quiet       bool
	)
	cmd := &cobra.Command{
		Use:   "eval LABELS",
		Short: "Measure precision and recall over labelled documents",
		Long: `Eval drafts the claims of labelled documents and compares them with the labels, the
*.yaml of a folder (docs/extract.md describes them). It lists what was missed and
what is false, and precision, recall and F1 by topic and kind of document. With
--last it compares with the run saved in that file, and saves this one there.`,
		Example: `  pia-check rules eval fixtures/extraction/gold --documents fixtures/extraction
  pia-check rules eval labels/ --last last.json`,
		Args: cobra.ExactArgs(1),
	}
	cmd.Flags().StringVar(&root, "documents", "", "`folder` that the documents' paths start from; ../corpus beside the labels when left out")
	cmd.Flags().StringVar(&saved, "last", "", "`file` that keeps the figures of the last run")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "the figures only, without each mistake")
	e.addRules(cmd)
	d.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		x, err := e.load(cmd)
		if err != nil {
			return err
		}
		docs, err := d.reader(newProgress(cmd, 0))
		if err != nil {
			return err
		}
		if root == "" {
			root = filepath.Join(args[0], "..", "corpus")
		}
		gold, problems := extract.ReadGold(args[0])
		ev, more := x.Evaluate(cmd.Context(), gold, root, docs)
		if err := tell(cmd, append(problems, more...)); err != nil {
			return err
		}
		last, err := readFigures(saved)
		if err != nil {
			return err
		}
		w := cmd.OutOrStdout()
		if !quiet {
			printMistakes(w, ev)
		}
		if err := printScores(w, ev, last); err != nil {
			return err
		}
		return writeFigures(saved, ev)
	}
	return cmd
}

func printMistakes(w io.Writer, ev *extract.Evaluation) {
	list := slices.Clone(ev.Mistakes)
	slices.SortStableFunc(list, func(a, b extract.Mistake) int {
		return cmp.Or(strings.Compare(a.Topic, b.Topic), strings.Compare(a.Document, b.Document), cmp.Compare(a.Page, b.Page))
	})
	for _, m := range list {
		fmt.Fprintf(w, "%-6s  %s  %s", m.Kind, m.Topic, m.Document)
		if m.Page > 0 {
			fmt.Fprintf(w, ", p. %d", m.Page)
		}
		fmt.Fprintln(w)
		if m.Quote != "" {
			fmt.Fprintf(w, "        “%s”\n", m.Quote)
		}
		if m.Note != "" {
			fmt.Fprintf(w, "        %s\n", m.Note)
		}
	}
	if len(list) > 0 {
		fmt.Fprintln(w)
	}
}

// figures are what is kept of a run: precision and recall by topic.
type figures map[string][2]float64

func readFigures(file string) (figures, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var f figures
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, fmt.Errorf("%s holds no figures of an earlier run: %w", file, err)
	}
	return f, nil
}

func writeFigures(file string, ev *extract.Evaluation) error {
	if file == "" {
		return nil
	}
	f := figures{}
	for topic, s := range ev.ByTopic {
		f[topic] = [2]float64{s.Precision(), s.Recall()}
	}
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}

// printScores prints the figures as a table, with the change since the last run.
func printScores(w io.Writer, ev *extract.Evaluation, last figures) error {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "TOPIC\tKIND\tLABELLED\tHIT\tFALSE\tREPEATED\tPRECISION\tRECALL\tF1\tVALUES\tSINCE LAST\t")
	row := func(topic, kind string, s *extract.Score, since string) {
		right, all := 0, 0
		for k := range s.Values {
			right, all = right+s.Right[k], all+s.Values[k]
		}
		fmt.Fprintf(tw, "%s\t%s\t%d\t%d\t%d\t%d\t%.2f\t%.2f\t%.2f\t%d/%d\t%s\t\n",
			topic, kind, s.Gold, s.Hit, s.False, s.Repeated, s.Precision(), s.Recall(), s.F1(), right, all, since)
	}
	for _, topic := range slices.Sorted(maps.Keys(ev.ByTopic)) {
		s := ev.ByTopic[topic]
		since := ""
		if before, ok := last[topic]; ok {
			since = fmt.Sprintf("%+.2f %+.2f", s.Precision()-before[0], s.Recall()-before[1])
		}
		row(topic, "all", s, since)
		for _, kind := range slices.Sorted(maps.Keys(ev.ByKind)) {
			if s := ev.ByKind[kind][topic]; s != nil {
				row("", kind, s, "")
			}
		}
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, topic := range slices.Sorted(maps.Keys(ev.ByTopic)) {
		s := ev.ByTopic[topic]
		var of []string
		for _, k := range slices.Sorted(maps.Keys(s.Values)) {
			of = append(of, fmt.Sprintf("%s %d/%d", k, s.Right[k], s.Values[k]))
		}
		if len(of) > 0 {
			fmt.Fprintf(w, "values of %s: %s\n", topic, strings.Join(of, ", "))
		}
	}
	_, err := fmt.Fprintf(w, "\nkinds proposed as labelled: %d of %d; drafts whose quote did not stand: %d\n", ev.Kinds[0], ev.Kinds[1], ev.Dropped)
	return err
}
