package claims

import "sync"

// gregorianMonths is the cycle after which the Gregorian calendar repeats
// itself: 400 years.
const gregorianMonths = 400 * 12

// daysBefore[i] is the number of days before month i of the cycle, for two
// cycles so that a span may start in any month of the first.
var daysBefore = sync.OnceValue(func() []int64 {
	lengths := [12]int64{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	days := make([]int64, 2*gregorianMonths+1)
	for i := range 2 * gregorianMonths {
		year := i / 12 % 400
		length := lengths[i%12]
		if i%12 == 1 && year%4 == 0 && (year%100 != 0 || year == 0) {
			length++
		}
		days[i+1] = days[i] + length
	}
	return days
})

var monthBoundsCache sync.Map // months -> [2]int64

// monthBounds returns the least and the greatest number of days that a number
// of whole months can last, over every month that it can start in: 28 to 31
// for one month, 365 to 366 for twelve.
func monthBounds(months int64) (shortest, longest int64) {
	if months == 0 {
		return 0, 0
	}
	if known, ok := monthBoundsCache.Load(months); ok {
		b := known.([2]int64)
		return b[0], b[1]
	}
	days := daysBefore()
	cycles, rest := months/gregorianMonths, int(months%gregorianMonths)
	whole := cycles * days[gregorianMonths]
	shortest, longest = days[rest], days[rest]
	for start := range gregorianMonths {
		span := days[start+rest] - days[start]
		shortest, longest = min(shortest, span), max(longest, span)
	}
	shortest, longest = shortest+whole, longest+whole
	monthBoundsCache.Store(months, [2]int64{shortest, longest})
	return shortest, longest
}
