package claims

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// PeriodKind types a period after the six kinds of storage duration of the
// W3C Data Privacy Vocabulary 2.2 (dpv:Duration and its subclasses).
type PeriodKind string

// The kinds of period.
const (
	Temporal         PeriodKind = "temporal"          // dpv:TemporalDuration
	UntilTime        PeriodKind = "until-time"        // dpv:UntilTimeDuration
	UntilEvent       PeriodKind = "until-event"       // dpv:UntilEventDuration
	FixedOccurrences PeriodKind = "fixed-occurrences" // dpv:FixedOccurrencesDuration
	Indeterminate    PeriodKind = "indeterminate"     // dpv:IndeterminateDuration
	Endless          PeriodKind = "endless"           // dpv:EndlessDuration
)

// Period is how long something lasts. Months and Seconds are the calendar and
// the clock part of a temporal period (P1Y2M10D is 14 months and 864,000
// seconds); they are kept apart because a month has no fixed length.
type Period struct {
	Written string // as the case has it
	Kind    PeriodKind
	Months  int64
	Seconds int64
	Times   int64     // fixed-occurrences: how often; Months and Seconds are then the span of one
	Until   time.Time // until-time
}

// The longest period that is read: 10,000 years, beyond any records schedule.
const maxMonths, maxSeconds = 120_000, 10_000 * 366 * 86_400

var namedPeriods = map[string]PeriodKind{
	"indefinite":             Endless,
	"permanent":              Endless,
	"life-of-contract":       UntilEvent,
	"until-event":            UntilEvent,
	"until-no-longer-needed": Indeterminate,
	"unspecified":            Indeterminate,
}

// namedPeriodList is namedPeriods in the order in which they are told.
var namedPeriodList = []string{"indefinite", "permanent", "life-of-contract", "until-no-longer-needed", "until-event", "unspecified"}

var (
	isoDuration  = regexp.MustCompile(`^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$`)
	isoRepeat    = regexp.MustCompile(`^R(\d+)(?:/(P.*))?$`)
	looseSpan    = regexp.MustCompile(`(?i)^\D*?(\d+)\)?\s*(y|yr|yrs|year|years|mo|mos|month|months|w|wk|wks|week|weeks|d|day|days|h|hr|hrs|hour|hours)\b\.?$`)
	secondsParts = []int64{7 * 86_400, 86_400, 3600, 60, 1}
)

// ParsePeriod reads a period: an ISO 8601 duration in whole units (P7Y, P84M,
// PT72H), a date until which data is kept, a repetition (R5, R5/P1Y), or one of
// the named periods. The error says what to write instead.
func ParsePeriod(s string) (Period, error) {
	if kind, ok := namedPeriods[s]; ok {
		return Period{Written: s, Kind: kind}, nil
	}
	if strings.HasPrefix(s, "P") {
		return parseDuration(s)
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return Period{Written: s, Kind: UntilTime, Until: t}, nil
	}
	if m := isoRepeat.FindStringSubmatch(s); m != nil {
		p := Period{}
		if m[2] != "" {
			var err error
			if p, err = parseDuration(m[2]); err != nil {
				return Period{}, err
			}
		}
		times, err := strconv.ParseInt(m[1], 10, 32)
		if err != nil || times == 0 || p.Months*times > maxMonths || p.Seconds*times > maxSeconds {
			return Period{}, fmt.Errorf("%q repeats too often or never", s)
		}
		p.Written, p.Kind, p.Times = s, FixedOccurrences, times
		return p, nil
	}
	return parseDuration(s)
}

func parseDuration(s string) (Period, error) {
	m := isoDuration.FindStringSubmatch(s)
	if m == nil || s == "P" || strings.HasSuffix(s, "T") {
		return Period{}, fmt.Errorf("%q is not an ISO 8601 duration; %s", s, suggestPeriod(s))
	}
	p := Period{Written: s, Kind: Temporal}
	for i, digits := range m[1:] {
		if digits == "" {
			continue
		}
		n, err := strconv.ParseInt(digits, 10, 32)
		if err != nil {
			return Period{}, fmt.Errorf("%q is longer than 10,000 years; write indefinite", s)
		}
		switch i {
		case 0:
			p.Months += 12 * n
		case 1:
			p.Months += n
		default:
			p.Seconds += n * secondsParts[i-2]
		}
	}
	if p.Months > maxMonths || p.Seconds > maxSeconds {
		return Period{}, fmt.Errorf("%q is longer than 10,000 years; write indefinite", s)
	}
	return p, nil
}

// suggestPeriod says what the author of s probably meant.
func suggestPeriod(s string) string {
	if m := looseSpan.FindStringSubmatch(strings.TrimSpace(s)); m != nil {
		unit := strings.ToUpper(m[2][:1])
		if unit == "H" {
			return "write PT" + m[1] + "H"
		}
		return "write P" + m[1] + unit
	}
	if upper := strings.ToUpper(s); upper != s && isoDuration.MatchString(upper) && upper != "P" {
		return "write " + upper
	}
	if near := nearest(strings.ToLower(s), namedPeriodList); near != "" {
		return "did you mean " + near + "?"
	}
	return "write for example P7Y, P90D, or one of " + strings.Join(namedPeriodList, ", ")
}

// Bounds returns the shortest and the longest that a period can last, in days.
// ok is false for periods that have no bounds of their own: those that end at
// an event or a date, never, or at no stated time.
func (p Period) Bounds() (min, max float64, ok bool) {
	times := int64(1)
	switch p.Kind {
	case Temporal:
	case FixedOccurrences:
		times = p.Times
		if p.Months == 0 && p.Seconds == 0 {
			return 0, 0, false
		}
	default:
		return 0, 0, false
	}
	shortest, longest := monthBounds(p.Months * times)
	days := float64(p.Seconds*times) / 86_400
	return float64(shortest) + days, float64(longest) + days, true
}

// Order is the result of comparing two periods.
type Order string

// The orders. Unknown means that the calendar decides: P30D is shorter than,
// equal to or longer than P1M, depending on the month.
const (
	Shorter Order = "shorter"
	Equal   Order = "equal"
	Longer  Order = "longer"
	Unknown Order = "unknown"
)

// CompareDurations orders two periods of bounded length by calendar
// arithmetic. What they have in common is taken away first, so that P7Y1D is
// certainly longer than P7Y; the rest is ordered only where the bounds of the
// Gregorian calendar leave no doubt.
func CompareDurations(a, b Period) Order {
	am, as := a.total()
	bm, bs := b.total()
	common := min(am, bm)
	aMin, aMax := monthBounds(am - common)
	bMin, bMax := monthBounds(bm - common)
	const day = 86_400
	switch {
	case am == bm && as == bs, aMin == aMax && bMin == bMax && aMin*day+as == bMin*day+bs:
		return Equal
	case aMax*day+as < bMin*day+bs:
		return Shorter
	case aMin*day+as > bMax*day+bs:
		return Longer
	}
	return Unknown
}

func (p Period) total() (months, seconds int64) {
	times := max(p.Times, 1)
	return p.Months * times, p.Seconds * times
}

// Text says the period in plain English, without the events that bound it.
func (p Period) Text() string {
	switch p.Kind {
	case Temporal:
		return spanText(p.Months, p.Seconds)
	case FixedOccurrences:
		text := plural(p.Times, "time")
		if p.Months != 0 || p.Seconds != 0 {
			text += " " + spanText(p.Months, p.Seconds)
		}
		return text
	case UntilTime:
		return "until " + p.Until.Format("2 January 2006")
	}
	return map[string]string{
		"indefinite":             "indefinitely",
		"permanent":              "permanently",
		"life-of-contract":       "for the life of the contract",
		"until-no-longer-needed": "until no longer needed",
		"until-event":            "until an event",
		"unspecified":            "for an unstated time",
	}[p.Written]
}

func spanText(months, seconds int64) string {
	var parts []string
	add := func(n int64, unit string) {
		if n != 0 {
			parts = append(parts, plural(n, unit))
		}
	}
	// Whole years read best as years, but a stated "18 months" stays one.
	if months%12 == 0 || months > 24 {
		add(months/12, "year")
		months %= 12
	}
	add(months, "month")
	add(seconds/86_400, "day")
	add(seconds%86_400/3600, "hour")
	add(seconds%3600/60, "minute")
	add(seconds%60, "second")
	switch last := len(parts) - 1; last {
	case -1:
		return "no time"
	case 0:
		return parts[0]
	default:
		return strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
}

func plural(n int64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return strconv.FormatInt(n, 10) + " " + unit + "s"
}
