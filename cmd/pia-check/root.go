package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/claims"
)

// The exit codes, the same for every subcommand.
const (
	exitOK        = 0 // nothing fails
	exitFindings  = 1 // a finding fails
	exitUntrusted = 2 // the run itself could not be trusted
)

// exitCode is an error that only carries the exit code: all was said already.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// run is the whole program.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var code exitCode
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, syscall.EPIPE):
		return exitUntrusted // the reader went away; it can't be told
	}
	fmt.Fprintf(stderr, "pia-check: %v\n", err)
	return exitUntrusted
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "pia-check",
		Short: "Check what agencies tell the public about personal data against their contracts and records",
		Long: `pia-check holds the claims of privacy impact assessments, system of records
notices and FAQs against contracts, records schedules and released records.
Every finding rests on exact quotes that were found in their documents.

Exit codes: 0 nothing fails; 1 a finding fails; 2 the run could not be trusted
(bad input, a quote that doesn't stand in its document, nothing evaluated).`,
		Example: `  pia-check init my-case            start a case
  pia-check check my-case           check it
  pia-check check cases/...         check every case below a folder
  pia-check verify my-case          check the quotes only
  pia-check find file.pdf "words"   where do these words stand?
  pia-check policy list             see what is checked`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(
		newCheck(), newExtract(), newReport(), newDiff(), newVerify(), newReview(), newInit(),
		newText(), newFind(), newShow(),
		newFacts(), newPolicy(), newVocabulary(), newSchema(), newRules(),
		newCache(), newMan(), newVersion(),
	)
	return root
}

// tell prints problems on stderr, one a line, and returns the exit code of a
// run that can't be trusted; nil when there are none.
func tell(cmd *cobra.Command, problems claims.Problems) error {
	if len(problems) == 0 {
		return nil
	}
	for _, p := range problems {
		fmt.Fprintln(cmd.ErrOrStderr(), p.Error())
	}
	return exitCode(exitUntrusted)
}

// notify prints on stderr what is worth knowing but no error.
func notify(cmd *cobra.Command, notices claims.Problems) {
	for _, n := range notices {
		fmt.Fprintln(cmd.ErrOrStderr(), "note: "+printable(n.Error()))
	}
}

// vocabularyFlag adds --vocabulary.
func vocabularyFlag(cmd *cobra.Command) *[]string {
	return cmd.Flags().StringSlice("vocabulary", nil, "vocabulary `file` that extends the built-in terms (may be repeated)")
}

// loadVocabulary reads the built-in vocabulary and the user's files; the error
// is what the command returns, all problems being told.
func loadVocabulary(cmd *cobra.Command, files []string) (*claims.Vocabulary, error) {
	v, problems := claims.LoadVocabulary(files...)
	return v, tell(cmd, problems)
}
