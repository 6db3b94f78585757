package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/report"
)

// outputs are the reports of a run: any number into files, one at most to
// stdout. Together they are one report.Writer.
type outputs struct {
	standard string   // the format without a choice; the first of the table when empty
	specs    []string // FORMAT or FORMAT=FILE
	format   string   // a shorthand for one to stdout
	color    string
	options  report.Options

	list     []*output
	toStdout bool
}

// output is one report and where it goes.
type output struct {
	report.Writer
	buffer *bufio.Writer
	file   *atomicFile // nil: stdout
}

func (out *outputs) add(cmd *cobra.Command) {
	if out.standard == "" {
		out.standard = report.Formats[0].Name
	}
	f := cmd.Flags()
	f.StringArrayVarP(&out.specs, "output", "o", nil, "report `FORMAT[=FILE]`, to stdout without a file (may be repeated): "+report.Names())
	f.StringVarP(&out.format, "format", "f", "", "the same as -o `FORMAT` (default "+out.standard+")")
	f.BoolVarP(&out.options.Verbose, "verbose", "v", false, "list what passes and what doesn't apply, too")
	f.BoolVarP(&out.options.Quiet, "quiet", "q", false, "a line with the answer for each case and the summary, in the text report")
	cmd.MarkFlagsMutuallyExclusive("verbose", "quiet")
	f.StringVar(&out.color, "color", "auto", "colours in the text report: auto, always or never")
}

// open begins every report; files are made now, so that one which can't be
// written is told before the work.
func (out *outputs) open(cmd *cobra.Command, policies []check.Policy) error {
	out.options.Policies = policies
	out.options.Version, _ = versions()
	specs := out.specs
	if out.format != "" {
		specs = append([]string{out.format}, specs...)
	}
	if len(specs) == 0 {
		specs = []string{out.standard}
	}
	files := map[string]bool{}
	for _, spec := range specs {
		name, file, _ := strings.Cut(spec, "=")
		if file == "-" {
			file = ""
		}
		format, ok := report.Named(name)
		switch {
		case !ok:
			return fmt.Errorf("format %q is not one of %s", name, report.Names())
		case strings.HasSuffix(spec, "="):
			return fmt.Errorf("-o %s names no file", spec)
		case file == "" && out.toStdout:
			return errors.New("only one report can go to stdout; give the others a file: -o " + name + "=FILE")
		case file != "" && files[filepath.Clean(file)]:
			return fmt.Errorf("two reports are to go into %s; give each a file of its own", file)
		}
		files[filepath.Clean(file)] = true
		if err := out.begin(cmd, format, file); err != nil {
			out.discard()
			return err
		}
	}
	return nil
}

func (out *outputs) begin(cmd *cobra.Command, format report.Format, file string) error {
	o, options := &output{}, out.options
	var w io.Writer
	if file == "" {
		out.toStdout = true
		if err := out.terminal(cmd, &options); err != nil {
			return err
		}
		w = cmd.OutOrStdout()
	} else {
		var err error
		if o.file, err = createAtomic(file); err != nil {
			return err
		}
		w = o.file
	}
	o.buffer = bufio.NewWriterSize(w, 1<<16)
	o.Writer = format.New(o.buffer, options)
	out.list = append(out.list, o)
	return nil
}

// terminal decides on colours and width from where the report goes.
func (out *outputs) terminal(cmd *cobra.Command, o *report.Options) error {
	onTerminal := isTerminal(cmd.OutOrStdout())
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns > 0 {
		o.Width = columns // set for this, as POSIX has it
	} else if onTerminal {
		o.Width, _, _ = term.GetSize(int(os.Stdout.Fd()))
	}
	switch out.color {
	case "auto":
		o.Color = onTerminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" // no-color.org
	case "always":
		o.Color = true
	case "never":
	default:
		return fmt.Errorf("--color %q is not one of auto, always, never", out.color)
	}
	return nil
}

// Case adds a case to every report.
func (out *outputs) Case(r *check.Result, s *check.Summary) error {
	for _, o := range out.list {
		if err := o.Case(r, s); err != nil {
			return o.named(err)
		}
		if o.file == nil { // a person may be reading
			if err := o.buffer.Flush(); err != nil {
				return o.named(err)
			}
		}
	}
	return nil
}

// Close ends every report and puts the files in their places.
func (out *outputs) Close(problems claims.Problems, s *check.Summary) error {
	for _, o := range out.list {
		err := o.Writer.Close(problems, s)
		if err == nil {
			err = o.buffer.Flush()
		}
		if err == nil && o.file != nil {
			err = o.file.commit()
		}
		if err != nil {
			return o.named(err)
		}
	}
	return nil
}

// discard removes what was begun and not ended; the files that stood in their
// places before stay.
func (out *outputs) discard() {
	for _, o := range out.list {
		if o.file != nil {
			o.file.discard()
		}
	}
}

func (o *output) named(err error) error {
	if o.file == nil {
		return err
	}
	return fmt.Errorf("%s: %w", o.file.name, err)
}
