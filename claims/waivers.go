package claims

import (
	"path/filepath"
	"regexp"
	"time"

	"gopkg.in/yaml.v3"
)

// WaiversFileName is the name of the waivers in a case folder.
const WaiversFileName = "waivers.yaml"

// Waiver accepts one failing finding, named by its fingerprint, until the end of
// a day.
type Waiver struct {
	Fingerprint, Reason, Who string
	Until                    string // YYYY-MM-DD
	Pos                      Pos
}

var fingerprintForm = regexp.MustCompile(`^[0-9a-f]{32}(-[0-9]+)?$`)

// LoadWaivers reads a file of waivers as of a day (YYYY-MM-DD). A waiver that
// lacks a part or whose last day is past is a problem and not returned.
func LoadWaivers(file, today string) ([]Waiver, Problems) {
	var problems Problems
	d := decoder{file: filepath.ToSlash(file), problems: &problems}
	text, err := readLimited(file)
	if err != nil {
		d.addf(nil, "%v", err)
		return nil, problems
	}
	roots := parseYAML(d.file, text, &problems)
	if len(problems) > 0 {
		return nil, problems
	}
	var list []Waiver
	lines := map[string]int{}
	for _, root := range roots {
		entries := d.mapping(root, "a file of waivers", "waivers").get("waivers")
		if entries == nil {
			continue
		}
		for _, n := range d.items(entries, "waivers") {
			w, ok := d.waiver(n, today)
			if ok && lines[w.Fingerprint] > 0 {
				d.addf(n, "the finding %s is waived at line %d already; keep one", w.Fingerprint, lines[w.Fingerprint])
				continue
			}
			if ok {
				lines[w.Fingerprint] = n.Line
				list = append(list, w)
			}
		}
	}
	problems.Sort()
	return list, problems
}

func (d *decoder) waiver(n *yaml.Node, today string) (w Waiver, ok bool) {
	before := len(*d.problems)
	m := d.mapping(n, "a waiver", "fingerprint", "reason", "who", "until")
	if n.Kind != yaml.MappingNode {
		return w, false
	}
	w = Waiver{
		Fingerprint: d.str(m.get("fingerprint"), "fingerprint"), Reason: d.str(m.get("reason"), "reason"),
		Who: d.str(m.get("who"), "who"), Until: d.str(m.get("until"), "until"), Pos: d.pos(n),
	}
	for _, part := range []struct{ key, value, advice string }{
		{"fingerprint", w.Fingerprint, "the JSON report has it of every finding"},
		{"reason", w.Reason, "say why the finding is accepted"},
		{"who", w.Who, "name who decided that"},
		{"until", w.Until, "give the last day that it holds, such as 2027-06-30"},
	} {
		if part.value == "" {
			d.addf(n, "the waiver has no %s; %s", part.key, part.advice)
		}
	}
	if w.Fingerprint != "" && !fingerprintForm.MatchString(w.Fingerprint) {
		d.addf(m.get("fingerprint"), "%q is no fingerprint of a finding; the JSON report has it of every finding", w.Fingerprint)
	}
	if w.Until != "" {
		if _, err := time.Parse(time.DateOnly, w.Until); err != nil {
			d.addf(m.get("until"), "until %q is no day; write it as 2027-06-30", w.Until)
		} else if w.Until < today {
			d.addf(m.get("until"), "the waiver of %s ended on %s; the finding fails again: resolve it, or renew the waiver with a reason that still holds", w.Fingerprint, w.Until)
		}
	}
	return w, len(*d.problems) == before
}
