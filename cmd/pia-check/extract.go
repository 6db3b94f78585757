package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
	"github.com/pia-check/pia-check/extract"
)

func newExtract() *cobra.Command {
	var (
		d                   documentFlags
		e                   extractFlags
		out, into, format   string
		sentence, sentAbout string
		topics              []string
		external            extract.External
		program             string
	)
	cmd := &cobra.Command{
		Use:   "extract DOCUMENT...",
		Short: "Draft the claims of documents, each with its quote",
		Long: `Extract reads documents and drafts their claims by rules: how long data is kept,
what is collected, for what it is used, who receives it, and so on, each claim
with the words that it rests on. It prints the drafts, writes a new case of them
(-o), or adds them to a case (--into), of which nothing else changes: what was
accepted stays as it is, and what was rejected does not come back.

The kind of each document is proposed from its content; --kind overrides it. A
draft is no finding: pia-check review walks a person through them.`,
		Example: `  pia-check extract pia.pdf contract.pdf sorn.html -o my-case
  pia-check extract --into my-case release-2024-03.pdf
  pia-check extract pia.pdf --topic retention --format json
  pia-check extract contract.txt --kind contract
  pia-check extract pia.pdf -o my-case --extractor "my-extractor --model small"
  pia-check extract --explain "Records are retained for 75 years." --kind pia`,
		Args: cobra.ArbitraryArgs,
	}
	f := cmd.Flags()
	f.StringVarP(&out, "output", "o", "", "write a new case into this `folder`")
	f.StringVar(&into, "into", "", "add to the `case` in this folder")
	f.StringSliceVar(&topics, "topic", nil, "draft claims of this `topic` only (may be repeated)")
	f.StringVarP(&format, "format", "f", "text", "output `format`: text or json")
	f.StringVar(&sentence, "explain", "", "show what the rules make of this `sentence`, and why")
	f.StringVar(&sentAbout, "about", "", "with --explain: what the sentence's section is `about`, such as retention")
	e.add(cmd)
	d.add(cmd)
	f.StringVar(&program, "extractor", "", "`program` with its arguments that drafts the claims in place of the rules; pia-check schema extractor-input and extractor-output say how")
	f.DurationVar(&external.Timeout, "extractor-timeout", 5*time.Minute, "how long the program may take for one document")
	cmd.MarkFlagsMutuallyExclusive("output", "into", "explain")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0 && sentence == "":
			return errors.New("name the documents to read, or a sentence with --explain")
		case format != "text" && format != "json":
			return fmt.Errorf("--format %q is not one of text, json", format)
		}
		o, err := e.options(args, topics)
		if err != nil {
			return err
		}
		if external.Command = strings.Fields(program); len(external.Command) > 0 {
			o.External = &external
		} else if cmd.Flags().Changed("extractor") {
			return errors.New("--extractor names no program")
		}
		x, err := e.load(cmd)
		if err != nil {
			return err
		}
		w := cmd.OutOrStdout()
		if sentence != "" {
			_, err := io.WriteString(w, x.Explain(sentence, kindOf(o.Kinds[""]), sentAbout))
			return err
		}
		progress := newProgress(cmd, len(args))
		docs, err := d.reader(progress)
		if err != nil {
			return err
		}
		drafts, problems := x.Drafts(cmd.Context(), docs, args, o)
		progress.clear()
		result := tell(cmd, problems)
		for i := range drafts {
			tellDraft(cmd, &drafts[i])
		}
		if len(drafts) == 0 {
			return result
		}
		switch {
		case out != "":
			added, err := extract.WriteCase(out, drafts)
			if err != nil {
				return err
			}
			printAdded(w, added)
			fmt.Fprintf(w, "wrote %s\nnext: pia-check review %s\n", filepath.ToSlash(out), filepath.ToSlash(out))
		case into != "":
			c, problems := check.Reader(x.Vocabulary(), docs)(cmd.Context(), into)
			if err := tell(cmd, problems); err != nil {
				return err
			}
			added, err := extract.AddTo(c, drafts)
			printAdded(w, added)
			if err != nil {
				return err
			}
		case format == "json":
			err = printDraftsJSON(cmd, drafts)
		default:
			err = printDrafts(w, drafts)
		}
		if err != nil {
			return err
		}
		return result
	}
	return cmd
}

func kindOf(kind string) string {
	if kind == "" {
		return "pia"
	}
	return kind
}

// tellDraft says on stderr what was taken for what, and what was left out.
func tellDraft(cmd *cobra.Command, d *extract.Draft) {
	w := cmd.ErrOrStderr()
	path := filepath.ToSlash(d.Path)
	if d.Kind.Reason != "as told" {
		fmt.Fprintf(w, "note: %s: taken for a %s: %s\n", path, d.Kind.Name, printable(d.Kind.Reason))
	}
	for _, n := range d.Notices {
		fmt.Fprintf(w, "note: %s: %s\n", path, printable(n.Message))
	}
	if d.Dropped > 0 {
		fmt.Fprintf(w, "note: %s: %s dropped: a draft counts when it can be read and its words stand in the document as one quote\n", path, claims.Count(d.Dropped, "draft was", "drafts were"))
	}
	if len(d.Claims) == 0 {
		fmt.Fprintf(w, "note: %s: no claim was found\n", path)
	}
}

func printAdded(w io.Writer, added []extract.Added) {
	for _, a := range added {
		fmt.Fprintf(w, "%s: %s", a.Document, claims.Count(a.Claims, "draft", "drafts"))
		if a.Known > 0 {
			fmt.Fprintf(w, ", %s in the case already", claims.Count(a.Known, "other is", "others are"))
		}
		fmt.Fprintln(w)
	}
}

// printDrafts prints the drafts for a person, by document and topic.
func printDrafts(w io.Writer, drafts []extract.Draft) error {
	for i := range drafts {
		d := &drafts[i]
		fmt.Fprintf(w, "%s (%s): %s\n", filepath.ToSlash(d.Path), d.Kind.Name, claims.Count(len(d.Claims), "claim", "claims"))
		for _, topic := range claims.Topics() {
			for j := range d.Claims {
				c := &d.Claims[j]
				if c.Topic != topic.Name {
					continue
				}
				fmt.Fprintf(w, "\n  %s  [%s, %.2f]\n", extract.Describe(c), c.Extracted.Rule, c.Extracted.Confidence)
				for _, cit := range c.Citations {
					where := fmt.Sprintf("p. %d", cit.Page)
					if cit.Section != "" {
						where += ", " + printable(cit.Section)
					}
					fmt.Fprintf(w, "    %s: “%s”\n", where, printable(cit.Quote))
				}
			}
		}
		fmt.Fprintln(w)
	}
	return nil
}

// printDraftsJSON prints the drafts as a case file has them.
func printDraftsJSON(cmd *cobra.Command, drafts []extract.Draft) error {
	documents, list := []any{}, []any{}
	for i := range drafts {
		d := &drafts[i]
		documents = append(documents, map[string]any{
			"id": d.ID, "kind": d.Kind.Name, "reason": d.Kind.Reason, "title": d.Title, "path": filepath.ToSlash(d.Path), "sha256": d.SHA256,
		})
		for j := range d.Claims {
			v, err := extract.ClaimValue(&d.Claims[j])
			if err != nil {
				return err
			}
			list = append(list, v)
		}
	}
	return printJSON(cmd, map[string]any{"documents": documents, "claims": list})
}

// extractFlags choose the rules and say what kind the documents are.
type extractFlags struct {
	rules, kinds []string
	vocabulary   *[]string
}

func (e *extractFlags) addRules(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&e.rules, "rules", nil, "`file` or folder of rules that extend the built-in ones (may be repeated)")
	e.vocabulary = vocabularyFlag(cmd)
}

func (e *extractFlags) add(cmd *cobra.Command) {
	e.addRules(cmd)
	cmd.Flags().StringSliceVar(&e.kinds, "kind", nil, "`kind` of the documents, or file=kind for one of them; proposed from their content when left out")
}

func (e *extractFlags) load(cmd *cobra.Command) (*extract.Rules, error) {
	v, err := loadVocabulary(cmd, *e.vocabulary)
	if err != nil {
		return nil, err
	}
	x, problems := extract.Load(v, e.rules...)
	return x, tell(cmd, problems)
}

// draftCase is the path under which the case of named documents is reported.
const draftCase = "documents"

// split tells documents from cases: files that are no YAML.
func split(args []string) (documents, cases []string) {
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err == nil && info.Mode().IsRegular() && filepath.Ext(arg) != ".yaml" && filepath.Ext(arg) != ".yml" {
			documents = append(documents, arg)
		} else {
			cases = append(cases, arg)
		}
	}
	return documents, cases
}

// source drafts the claims of the documents and returns a source that reads
// them as one case, and others as they are.
func (e *extractFlags) source(cmd *cobra.Command, v *claims.Vocabulary, docs *document.Reader, paths []string, others check.Source) (check.Source, claims.Problems, error) {
	o, err := e.options(paths, nil)
	if err != nil {
		return nil, nil, err
	}
	x, problems := extract.Load(v, e.rules...)
	if len(problems) > 0 {
		return nil, nil, tell(cmd, problems)
	}
	drafts, problems := x.Drafts(cmd.Context(), docs, paths, o)
	for i := range drafts {
		tellDraft(cmd, &drafts[i])
	}
	return func(ctx context.Context, path string) (*claims.Case, claims.Problems) {
		if path != draftCase {
			return others(ctx, path)
		}
		c, err := extract.CaseOf(drafts, v)
		if err != nil {
			return nil, claims.Problems{{Pos: claims.Pos{File: draftCase}, Message: err.Error()}}
		}
		return c, cite.Verify(ctx, c, docs)
	}, problems, nil
}

// options reads --kind and --topic.
func (e *extractFlags) options(paths, topics []string) (extract.Options, error) {
	o := extract.Options{Topics: topics, Kinds: map[string]string{}}
	for _, t := range topics {
		if claims.TopicOf(t) == nil {
			return o, fmt.Errorf("--topic %q is no topic; `pia-check vocabulary` and docs/case-file.md list them", t)
		}
	}
	for _, k := range e.kinds {
		file, kind, one := strings.Cut(k, "=")
		if !one {
			file, kind = "", k
		}
		if _, ok := claims.KindOf(kind); !ok {
			return o, fmt.Errorf("--kind %q is no kind of document; the kinds are %s", kind, kindList())
		}
		if one && !slices.Contains(paths, file) {
			return o, fmt.Errorf("--kind %s: %q is none of the documents named", k, file)
		}
		o.Kinds[file] = kind
	}
	return o, nil
}

func kindList() string {
	var names []string
	for _, k := range claims.Kinds {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}
