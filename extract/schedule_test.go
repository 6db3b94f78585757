package extract

import (
	"slices"
	"testing"
)

// TestSchedules holds what is drafted from the rows of tables and the lines of
// schedules: the records and the number of an item stand beside its period.
func TestSchedules(t *testing.T) {
	tests := []struct {
		name, kind, text string
		want             []string
	}{
		{"authority in a column", "records-schedule", `
| Item | Record series | Superseded authority | Disposition | Authority |
|------|---------------|----------------------|-------------|-----------|
| 010 | **Location data** of devices | N1-567-09-2 | Destroy 3 years after cutoff. | DAA-0567-2019-0004-0001 |
| 020 | Training files | | Destroy when superseded. | DAA-0567-2019-0004-0002 |
`, []string{
			"retention (must): period P3Y; from cutoff; data location; records-schedule DAA-0567-2019-0004-0001; disposition destroy",
			"retention (must): period until-event; until superseded; records-schedule DAA-0567-2019-0004-0002; disposition destroy",
		}},
		{"authority on the line before", "records-schedule", `
1 Voice recordings
Disposition Authority Number: DAA-0567-2019-0004-0001
Disposition: Temporary.
Retention Period: Destroy 90 days after cutoff.

2 Photographs
Disposition Authority Number: DAA-0567-2019-0004-0002
Disposition: Temporary.
Retention Period: Destroy 1 year after cutoff.
`, []string{
			"retention (must): period P90D; from cutoff; data audio-recording; records-schedule DAA-0567-2019-0004-0001; disposition destroy",
			"retention (must): period P1Y; from cutoff; data photograph; records-schedule DAA-0567-2019-0004-0002; disposition destroy",
		}},
		{"authority on the line behind", "records-schedule", `
Destroy 6 years after final action.
(DAA-GRS-2016-0002-0001)

Destroy when 2 years old.
(DAA-GRS-2017-0006-0015)
`, []string{
			"retention (must): period P6Y; from final-action; records-schedule DAA-GRS-2016-0002-0001; disposition destroy",
			"retention (must): period P2Y; records-schedule DAA-GRS-2017-0006-0015; disposition destroy",
		}},
		{"one act said twice", "contract", `
Upon termination of this Agreement, the Processor shall delete all personal data within 90 days of the termination of this Agreement.
`, []string{"retention (must): period P90D; from end-of-contract; data personal-data; disposition destroy"}},
		{"number in brackets behind", "sorn", `
Photographs are destroyed after two years. (GRS 5.6, item 111.)
`, []string{"retention (does): period P2Y; data photograph; records-schedule GRS 5.6, item 111; disposition destroy"}},
		{"data of the sentence before", "notice", `
Photographs are taken at the gate. They are destroyed after two days.
`, []string{"retention (does): period P2D; data photograph; disposition destroy"}},
		{"data before a colon", "notice", `
We keep:

- Server logs: two years
- Photographs: until you leave
`, []string{
			"retention (does): period P2Y; data log-data",
			"retention (does): period until-event; until departure; data photograph",
		}},
		{"data in a column", "notice", `
| Purpose | Types of personal data | How long we keep it |
|---------|------------------------|---------------------|
| To answer complaints | Name, email address | We keep your data for 2 years |
`, []string{"retention (does): period P2Y; data name, email-address"}},
	}
	for _, tt := range tests {
		if got := described(t, "a.md", "# Retention\n"+tt.text, tt.kind, "retention"); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}
