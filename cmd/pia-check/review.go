package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

func newReview() *cobra.Command {
	var (
		f     caseFlags
		topic string
	)
	cmd := &cobra.Command{
		Use:   "review CASE",
		Short: "Walk through the draft claims of a case: accept, reject or edit each",
		Long: `Review shows each draft claim with its quote in its paragraph, and asks: accept,
reject, edit (in $VISUAL or $EDITOR), skip, or quit. Each answer is written into
the case file at once, as the claim's "review", and nothing else in it changes;
what is skipped stays a draft, so the next run goes on there.`,
		Example: `  pia-check review my-case
  pia-check review my-case --topic retention`,
		Args: cobra.ExactArgs(1),
	}
	cmd.Flags().StringVar(&topic, "topic", "", "only claims of this `topic`")
	f.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		reader, err := f.reader(cmd)
		if err != nil {
			return err
		}
		w := cmd.OutOrStdout()
		r := &reviewer{
			caseReader: reader, path: args[0], topic: topic, w: w, in: bufio.NewReader(cmd.InOrStdin()),
			color: isTerminal(w) && os.Getenv("NO_COLOR") == "",
		}
		return r.run()
	}
	return cmd
}

// reviewer asks a person about the drafts of one case.
type reviewer struct {
	*caseReader
	path, topic string
	w           io.Writer
	in          *bufio.Reader
	color       bool

	skipped                []string // ids
	accepted, rejected, of int
}

// errQuit ends the review, which is no failure.
var errQuit = errors.New("quit")

func (r *reviewer) run() error {
	var err error
	for err == nil {
		// Every answer may have moved the lines of the case.
		c, problems := r.load(r.path)
		if err := tell(r.cmd, problems); err != nil {
			return err
		}
		drafts := r.drafts(c)
		if r.of == 0 {
			r.of = len(drafts)
		}
		i := slices.IndexFunc(drafts, func(cl *claims.Claim) bool { return !slices.Contains(r.skipped, cl.ID) })
		if i < 0 {
			break
		}
		err = r.ask(c, drafts[i])
	}
	if err != nil && !errors.Is(err, errQuit) {
		return err
	}
	left := r.of - r.accepted - r.rejected
	if r.of == 0 {
		_, err = fmt.Fprintln(r.w, "No draft is left to review.")
	} else {
		_, err = fmt.Fprintf(r.w, "%d accepted, %d rejected, %d left as drafts.\n", r.accepted, r.rejected, left)
	}
	return err
}

func (r *reviewer) drafts(c *claims.Case) []*claims.Claim {
	var list []*claims.Claim
	for i := range c.Claims {
		cl := &c.Claims[i]
		if cl.Review == "draft" && cl.ImpliedBy == "" && (r.topic == "" || cl.Topic == r.topic) {
			list = append(list, cl)
		}
	}
	return list
}

// ask shows one claim and does what the person answers.
func (r *reviewer) ask(c *claims.Case, cl *claims.Claim) error {
	if err := r.show(c, cl); err != nil {
		return err
	}
	for {
		answer, err := r.prompt("accept, reject, edit, skip or quit? [a/r/e/s/q] ")
		if err != nil {
			return err
		}
		switch answer {
		case "a", "accept":
			r.accepted++
			return r.set(c, cl, "accepted")
		case "r", "reject":
			r.rejected++
			return r.set(c, cl, "rejected")
		case "e", "edit":
			return r.edit(cl)
		case "s", "skip":
			r.skipped = append(r.skipped, cl.ID)
			return nil
		case "q", "quit":
			return errQuit
		}
	}
}

// prompt returns the answer, in lower case; the end of the input quits.
func (r *reviewer) prompt(question string) (string, error) {
	fmt.Fprint(r.w, question)
	line, err := r.in.ReadString('\n')
	if err != nil && line == "" {
		fmt.Fprintln(r.w)
		return "", errQuit
	}
	return strings.ToLower(strings.TrimSpace(line)), nil
}

func (r *reviewer) set(c *claims.Case, cl *claims.Claim, state string) error {
	var problems claims.Problems
	claims.Edit(c.Files, map[claims.Pos][]claims.Setting{cl.Pos: {{After: "modality", Key: "review", Value: state}}}, &problems)
	return tell(r.cmd, problems)
}

func (r *reviewer) bold(s string) string {
	if !r.color {
		return "[" + s + "]"
	}
	return "\x1b[1m" + s + "\x1b[0m"
}

// show prints a claim: what it says, and where.
func (r *reviewer) show(c *claims.Case, cl *claims.Claim) error {
	d := c.Document(cl.Document)
	doc, err := r.docs.OpenIn(r.cmd.Context(), c.Dir, d.Path)
	if err != nil {
		return err
	}
	_, says := r.vocabulary.Describe(cl)
	fmt.Fprintf(r.w, "\n%d of %d  %s  (%s, %s)\n", r.accepted+r.rejected+len(r.skipped)+1, r.of, cl.ID, cl.Topic, cl.Modality)
	kind, _ := claims.KindOf(d.Kind)
	fmt.Fprintf(r.w, "%s (%s)\nclaims: %s\n", printable(d.Title), kind.Label, printable(says))
	if cl.Note != "" {
		fmt.Fprintf(r.w, "note: %s\n", printable(cl.Note))
	}
	for _, cit := range cl.Citations {
		place := fmt.Sprintf("p. %d", cit.Verified.Page)
		if cit.Verified.Section != "" {
			place += ", " + cit.Verified.Section
		}
		before, quote, after := paragraph(doc, doc.Offset(cit.Verified.Start), doc.Offset(cit.Verified.End))
		fmt.Fprintf(r.w, "%s:\n", printable(place))
		fmt.Fprintln(r.w, indent(strings.Join(strings.Fields(before+" "+r.bold(quote)+" "+after), " "), "  | ", 80))
	}
	return nil
}

// paragraph returns a passage of a document with the sentences around it.
func paragraph(doc *document.Document, start, end int) (before, quote, after string) {
	list := doc.Sentences()
	first := slices.IndexFunc(list, func(s document.Sentence) bool { return s.End > start })
	from, to := start, end
	if first >= 0 {
		last := first
		for last+1 < len(list) && list[last+1].Start < end {
			last++
		}
		if first > 0 && list[first-1].Section == list[first].Section {
			first--
		}
		if last+1 < len(list) && list[last+1].Section == list[last].Section {
			last++
		}
		from, to = min(from, list[first].Start), max(to, list[last].End)
	}
	return printable(plain(doc.Text[from:start])), printable(plain(doc.Text[start:end])), printable(plain(doc.Text[end:to]))
}

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// indent sets a text in lines of a width, each behind a prefix.
func indent(text, prefix string, width int) string {
	var b strings.Builder
	line := 0
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
			b.WriteString(prefix)
		case line+1+len(word) > width-len(prefix):
			b.WriteString("\n" + prefix)
			line = 0
		default:
			b.WriteByte(' ')
			line++
		}
		b.WriteString(word)
		line += len(word)
	}
	return b.String()
}

// edit opens the claim in the person's editor. An edit that the case can't be
// read with is edited again or undone.
func (r *reviewer) edit(cl *claims.Claim) error {
	file := filepath.FromSlash(cl.Pos.File)
	before, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for {
		if err := r.runEditor(file, cl.Pos.Line); err != nil {
			fmt.Fprintf(r.w, "The editor failed: %v. Set EDITOR to one that works.\n", err)
		}
		_, problems := r.load(r.path)
		if len(problems) == 0 {
			return nil
		}
		_ = tell(r.cmd, problems)
		answer, err := r.prompt("the case can't be read so; edit again or undo? [e/u] ")
		if err != nil || answer == "u" || answer == "undo" {
			if err := os.WriteFile(file, before, 0o644); err != nil {
				return err
			}
			return err
		}
	}
}

// runEditor runs $VISUAL or $EDITOR, at the claim's line where it is one of
// those that are told the line by "+N".
func (r *reviewer) runEditor(file string, line int) error {
	command := strings.Fields(os.Getenv("VISUAL"))
	if len(command) == 0 {
		command = strings.Fields(os.Getenv("EDITOR"))
	}
	if len(command) == 0 {
		command = []string{"vi"}
	}
	args := command[1:]
	if slices.Contains([]string{"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "joe"}, filepath.Base(command[0])) {
		args = append(args, fmt.Sprintf("+%d", line))
	}
	editor := exec.CommandContext(r.cmd.Context(), command[0], append(args, file)...)
	editor.Stdin, editor.Stdout, editor.Stderr = os.Stdin, r.w, r.cmd.ErrOrStderr()
	return editor.Run()
}
