package check

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/pia-check/pia-check/claims"
)

// Waivers accept failing findings: those of the files that a run names, and
// those that a case has beside its case.yaml.
type Waivers struct {
	today  string
	shared waiverList
}

type waiverList []*waiver

type waiver struct {
	claims.Waiver
	used bool
}

// NewWaivers returns the waivers of a run as of a day (YYYY-MM-DD), with those
// of the files.
func NewWaivers(today string, files ...string) (*Waivers, claims.Problems) {
	w := &Waivers{today: today}
	var problems claims.Problems
	for _, file := range files {
		problems = append(problems, w.shared.load(file, today)...)
	}
	return w, problems
}

// Apply accepts the failing findings of a result that a waiver names. Waivers
// of the case that are wrong are told in its Problems, those that name no
// failing finding in its Notices.
func (w *Waivers) Apply(r *Result) {
	var own waiverList
	if file := filepath.Join(r.Dir, claims.WaiversFileName); ownsFolder(r.File) && exists(file) {
		r.Problems = append(r.Problems, own.load(file, w.today)...)
	}
	byPrint := map[string][]*waiver{}
	for _, one := range append(slices.Clip(w.shared), own...) {
		byPrint[one.Fingerprint] = append(byPrint[one.Fingerprint], one)
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		for _, one := range byPrint[f.Fingerprint] {
			if f.Outcome == Fail || f.Outcome == Accepted {
				one.used = true
				f.Outcome, f.Waiver = Accepted, &Waiver{Reason: one.Reason, Who: one.Who, Until: one.Until}
			}
		}
	}
	if len(r.Problems) == 0 { // what it names may be among what wasn't evaluated
		r.Notices = append(r.Notices, own.unused()...)
	}
}

// Unused tells of the shared waivers that named no failing finding of the run.
func (w *Waivers) Unused() claims.Problems { return w.shared.unused() }

func (l *waiverList) load(file, today string) claims.Problems {
	waivers, problems := claims.LoadWaivers(file, today)
	for _, one := range waivers {
		*l = append(*l, &waiver{Waiver: one})
	}
	return problems
}

func (l waiverList) unused() (notices claims.Problems) {
	for _, one := range l {
		if !one.used {
			notices.Addf(one.Pos, "the waiver of %s is not needed: no finding of that fingerprint fails; remove it", one.Fingerprint)
		}
	}
	return notices
}

// ownsFolder reports whether what lies beside a case file belongs to it. A case
// file of another name than case.yaml may share its folder with others.
func ownsFolder(caseFile string) bool { return filepath.Base(caseFile) == claims.CaseFileName }

func exists(file string) bool {
	_, err := os.Stat(file)
	return !errors.Is(err, fs.ErrNotExist)
}
