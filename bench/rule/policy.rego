# The retention rule over plain case files, for conftest and opa exec: a record
# or contract lets data be kept longer than a public document says. It knows
# whole years and equal terms only, which is less than RET-001 does.
package main

public := {"pia", "sorn", "notice", "statement"}

years(period) := to_number(trim_suffix(trim_prefix(period, "P"), "Y"))

kind[document.id] := document.kind if some document in input.documents

deny contains message if {
	some promise in input.claims
	promise.topic == "retention"
	kind[promise.document] in public
	some practice in input.claims
	practice.topic == "retention"
	not kind[practice.document] in public
	some term in promise.retention.data
	term in practice.retention.data
	years(practice.retention.period) > years(promise.retention.period)
	message := sprintf("%s says %s is kept for %s; %s lets it be kept for %s", [
		promise.document, term, promise.retention.period,
		practice.document, practice.retention.period,
	])
}
