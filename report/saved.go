package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// Saved is a JSON report in a file. It holds where the cases stand, not the
// cases, so that results of any number can be read again.
type Saved struct {
	Policies []check.Policy  // that the run evaluated
	Problems claims.Problems // those that belong to no case

	name  string
	file  *os.File
	cases []savedCase
}

type savedCase struct {
	id, path   string
	start, end int64 // bytes in the file
	found      bool  // was returned by Find
}

// OpenSaved opens a JSON report that `check` wrote. The error names the file,
// and the line where it has one.
func OpenSaved(name string) (*Saved, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	s := &Saved{name: name, file: file}
	if err := s.index(); err != nil {
		file.Close()
		return nil, err
	}
	return s, nil
}

// Close closes the file.
func (s *Saved) Close() error { return s.file.Close() }

// Len returns the number of cases.
func (s *Saved) Len() int { return len(s.cases) }

// Each hands every case to emit, in order.
func (s *Saved) Each(emit func(*check.Result) error) error {
	for i := range s.cases {
		r, err := s.read(&s.cases[i])
		if err != nil {
			return err
		}
		if err := emit(r); err != nil {
			return err
		}
	}
	return nil
}

// Find returns the case of that id, nil when there is none or it was returned
// before. A case that couldn't be read has no id and is found by its path, as
// is one of several that share an id.
func (s *Saved) Find(id, path string) (*check.Result, error) {
	best := -1
	for i := range s.cases {
		c := &s.cases[i]
		if c.found || c.id != id || id == "" && c.path != path {
			continue
		}
		if best < 0 || c.path == path && s.cases[best].path != path {
			best = i
		}
	}
	if best < 0 {
		return nil, nil
	}
	s.cases[best].found = true
	return s.read(&s.cases[best])
}

// Rest hands to emit the cases that Find didn't return.
func (s *Saved) Rest(emit func(*check.Result) error) error {
	for i := range s.cases {
		if s.cases[i].found {
			continue
		}
		r, err := s.read(&s.cases[i])
		if err != nil {
			return err
		}
		if err := emit(r); err != nil {
			return err
		}
	}
	return nil
}

// index walks the file once and notes where the cases stand.
func (s *Saved) index() error {
	dec := json.NewDecoder(bufio.NewReaderSize(s.file, 1<<16))
	version, whole := 0, false
	err := object(dec, func(key string) error {
		switch key {
		case "version":
			if err := dec.Decode(&version); err != nil {
				return err
			}
			if version != check.ReportVersion {
				return s.versionError(version)
			}
			return nil
		case "cases":
			if version == 0 {
				return s.versionError(version)
			}
			return array(dec, func() error {
				var c struct{ ID, Path string }
				start := dec.InputOffset()
				if err := dec.Decode(&c); err != nil {
					return err
				}
				s.cases = append(s.cases, savedCase{id: c.ID, path: c.Path, start: start, end: dec.InputOffset()})
				return nil
			})
		case "policies":
			return dec.Decode(&s.Policies)
		case "errors":
			return dec.Decode(&s.Problems)
		case "summary":
			whole = true
		default:
			return fmt.Errorf("unknown key %q", key)
		}
		return dec.Decode(new(json.RawMessage))
	})
	if err != nil {
		return s.errorAt(err, dec.InputOffset())
	}
	if version == 0 {
		return s.errorAt(s.versionError(version), 0)
	}
	if !whole {
		return s.errorAt(errors.New("ends before its summary"), dec.InputOffset())
	}
	if _, err := dec.Token(); err != io.EOF {
		return s.errorAt(errors.New("goes on after its end"), dec.InputOffset())
	}
	return nil
}

func (s *Saved) versionError(version int) error {
	if version == 0 {
		return errors.New("is no JSON report: it doesn't begin with its version; write one with `pia-check check -o json=FILE`")
	}
	return fmt.Errorf("is a report of version %d, and this program reads version %d; write it anew with `pia-check check -o json=FILE`", version, check.ReportVersion)
}

// object reads an object whose values the function reads.
func object(dec *json.Decoder, value func(key string) error) error {
	if err := delim(dec, '{'); err != nil {
		return errors.New("is no JSON report")
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		if err := value(key.(string)); err != nil { // the keys of an object are strings
			return err
		}
	}
	return delim(dec, '}')
}

// array reads a list whose items the function reads.
func array(dec *json.Decoder, item func() error) error {
	if err := delim(dec, '['); err != nil {
		return err
	}
	for dec.More() {
		if err := item(); err != nil {
			return err
		}
	}
	return delim(dec, ']')
}

func delim(dec *json.Decoder, want json.Delim) error {
	switch got, err := dec.Token(); {
	case err == io.EOF:
		return io.ErrUnexpectedEOF
	case err != nil:
		return err
	case got != want:
		return fmt.Errorf("holds %v where %v must stand", got, want)
	}
	return nil
}

// read reads one case again.
func (s *Saved) read(c *savedCase) (*check.Result, error) {
	text := make([]byte, c.end-c.start)
	if _, err := s.file.ReadAt(text, c.start); err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	whole := len(text)
	text = bytes.TrimLeft(text, ", \t\r\n") // what stands between two cases
	start := c.start + int64(whole-len(text))
	var saved struct {
		check.Result
		Summary json.RawMessage `json:"summary"` // counted again
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&saved); err != nil {
		return nil, s.errorAt(err, start+dec.InputOffset())
	}
	r := saved.Result
	for _, findings := range [][]check.Finding{r.Findings, r.Absent} {
		for i := range findings {
			if err := readable(&findings[i]); err != nil {
				return nil, s.errorAt(fmt.Errorf("case %q: finding %d (%s): %w", r.Path, i+1, findings[i].Policy, err), start)
			}
		}
	}
	for i := range r.Superseded {
		if err := shown(&r.Superseded[i]); err != nil {
			return nil, s.errorAt(fmt.Errorf("case %q: %w", r.Path, err), start)
		}
	}
	return &r, nil
}

// readable refuses what would make a finding disappear from a report.
func readable(f *check.Finding) error {
	switch {
	case f.Policy == "":
		return errors.New("names no policy")
	case !slices.Contains(check.Outcomes, f.Outcome):
		return fmt.Errorf("has the unknown outcome %q", f.Outcome)
	case !slices.Contains(check.Severities, f.Severity):
		return fmt.Errorf("has the unknown severity %q", f.Severity)
	case f.Baseline != "" && !slices.Contains(check.States, f.Baseline):
		return fmt.Errorf("has the unknown baseline state %q", f.Baseline)
	case (f.Outcome == check.Accepted) != (f.Waiver != nil):
		return errors.New("is accepted without a waiver, or has one without being accepted")
	case f.Outcome == check.NotApplicable:
		return nil
	case f.Fingerprint == "" || len(f.Claims) == 0:
		return errors.New("has no fingerprint or no claim")
	}
	for i := range f.Claims {
		if err := shown(&f.Claims[i]); err != nil {
			return err
		}
	}
	return nil
}

// shown refuses a claim that no report can show.
func shown(c *check.Claim) error {
	if len(c.Citations) == 0 || !slices.Contains(claims.Sides, c.Document.Side) {
		return fmt.Errorf("claim %q has no citation or no side", c.ID)
	}
	return nil
}

// errorAt names the file and the line of an offset in it.
func (s *Saved) errorAt(err error, offset int64) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		err = fmt.Errorf("is no JSON report: %w", err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		err = errors.New("is cut off: it ends in the middle of a report; write it anew")
	}
	line := 1
	text, buffer := io.NewSectionReader(s.file, 0, offset), make([]byte, 1<<16)
	for {
		n, readErr := text.Read(buffer)
		line += bytes.Count(buffer[:n], []byte("\n"))
		if readErr != nil {
			return fmt.Errorf("%s:%d: %w", s.name, line, err)
		}
	}
}
