package main

import (
	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// caseFlags are the flags of the commands that read cases but run no policy.
type caseFlags struct {
	documentFlags
	vocabulary *[]string
}

func (f *caseFlags) add(cmd *cobra.Command) {
	f.documentFlags.add(cmd)
	f.vocabulary = vocabularyFlag(cmd)
}

// caseReader reads cases with their documents, as the flags say.
type caseReader struct {
	cmd        *cobra.Command
	vocabulary *claims.Vocabulary
	docs       *document.Reader
	progress   *progress
}

func (f *caseFlags) reader(cmd *cobra.Command) (*caseReader, error) {
	v, err := loadVocabulary(cmd, *f.vocabulary)
	if err != nil {
		return nil, err
	}
	p := newProgress(cmd, 0)
	docs, err := f.documentFlags.reader(p)
	return &caseReader{cmd, v, docs, p}, err
}

// load reads a case and verifies its citations.
func (r *caseReader) load(path string) (*claims.Case, claims.Problems) {
	defer r.progress.clear()
	return check.Reader(r.vocabulary, r.docs)(r.cmd.Context(), path)
}
