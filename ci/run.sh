#!/usr/bin/env bash
# Checks a folder of cases in a CI job and tells a pull request what changed.
# action.yml runs it on GitHub; its parts work wherever bash, git, jq and curl do.
#
#   PIA_CHECK        the program; pia-check when empty
#   PIA_CASES        what to check, by words: cases/...
#   PIA_ARGS         further arguments of `pia-check check`, by words
#   PIA_FAIL_ON      critical, high, medium, low or none
#   PIA_FAIL_ON_NEW  true: only what the baseline doesn't have fails
#   PIA_BASELINE     a saved JSON report; when empty, the commit that the pull
#                    request is to be merged into is checked for one
#   PIA_EXTRACT      true: draft claims of documents that have none, and check
#                    the drafts (nothing is committed)
#   PIA_KIND         kind of those whose content doesn't tell it; foia-record when empty
#   PIA_COMMENT      true: comment on the pull request
#   PIA_COMMENT_AS   who comments; github-actions[bot] when empty
#   PIA_SARIF        true: upload SARIF to code scanning
#   PIA_OUT          folder of the reports
#   GITHUB_TOKEN and the other variables that GitHub sets
#
# The exit code is that of the check. What can't be sent is told as a warning,
# for a fork's token may neither comment nor upload.
set -euo pipefail

program=${PIA_CHECK:-pia-check}
out=${PIA_OUT:-${RUNNER_TEMP:-/tmp}/pia-check}
api=${GITHUB_API_URL:-https://api.github.com}
marker='<!-- pia-check -->'
read -ra cases <<<"${PIA_CASES:-cases/...}"
read -ra args <<<"${PIA_ARGS:-}"
mkdir -p "$out"

warn() { echo "::warning title=pia-check::$*"; }

event() { # a field of the event, empty where there is none
	[[ -n ${GITHUB_EVENT_PATH:-} ]] && jq -r "$1 // empty" "$GITHUB_EVENT_PATH"
	true
}

# check writes the reports of the cases under a name; the exit code is kept.
check() {
	local name=$1
	shift
	"$program" check "${args[@]}" "$@" -o json="$out/$name.json" "${cases[@]}"
}

# baseline checks the commit that the pull request is to be merged into.
baseline() {
	local base
	base=$(event .pull_request.base.sha)
	[[ -n $base ]] || return 0
	git cat-file -e "$base^{commit}" 2>/dev/null || git fetch --quiet --depth=1 origin "$base" || return 0
	git worktree add --quiet --force --detach "$out/base" "$base"
	# Its failures and errors are not this pull request's; what it can't evaluate
	# counts as new.
	(cd "$out/base" && check baseline --fail-on none) >/dev/null 2>&1 || true
	git worktree remove --force "$out/base"
	if [[ -s $out/baseline.json ]]; then
		PIA_BASELINE=$out/baseline.json
	fi
}

# extract drafts claims of documents that have none.
extract() {
	local dir document
	check before --fail-on none >/dev/null 2>&1 || true
	[[ -s $out/before.json ]] || return 0
	jq -r '.cases[] | .dir as $dir | .unclaimed[]? | [$dir, .] | @tsv' "$out/before.json" |
		while IFS=$'\t' read -r dir document; do
			echo "Drafting claims of $dir/$document"
			"$program" extract --into "$dir" "$dir/$document" </dev/null >&2 ||
				"$program" extract --into "$dir" --kind "${PIA_KIND:-foia-record}" "$dir/$document" </dev/null >&2 ||
				warn "No claims could be drafted of $dir/$document"
		done
}

# send makes one request of the API; the answer goes to stdout.
send() {
	local method=$1 path=$2
	shift 2
	curl --silent --show-error --fail-with-body --retry 2 --max-time 60 --request "$method" \
		--header "Accept: application/vnd.github+json" --header "X-GitHub-Api-Version: 2022-11-28" \
		--header @<(printf 'Authorization: Bearer %s\n' "$GITHUB_TOKEN") \
		"$@" "$api/repos/$GITHUB_REPOSITORY/$path"
}

# ours prints the id of the comment that an earlier run wrote.
ours() {
	local number=$1 page list id
	for page in {1..30}; do
		list=$(send GET "issues/$number/comments?per_page=100&page=$page") || return 1
		id=$(jq -r --arg marker "$marker" --arg login "${PIA_COMMENT_AS:-github-actions[bot]}" \
			'[.[] | select(.user.login == $login and (.body | startswith($marker)))][0].id // empty' <<<"$list") || return 1
		[[ -z $id && $(jq length <<<"$list") -eq 100 ]] || break
	done
	echo "$id"
}

# comment writes the report under the pull request: one comment, kept up to date.
comment() {
	local number id
	number=$(event .pull_request.number)
	[[ -n $number ]] || return 0
	id=$(ours "$number") || return 1
	{
		echo "$marker"
		cat "$out/comment.md"
	} | jq --raw-input --slurp '{body: .}' >"$out/comment.json"
	if [[ -n $id ]]; then
		send PATCH "issues/comments/$id" --data @"$out/comment.json" >/dev/null
	else
		send POST "issues/$number/comments" --data @"$out/comment.json" >/dev/null
	fi
}

# upload sends SARIF to code scanning.
upload() {
	gzip --no-name --stdout "$out/results.sarif" | base64 --wrap=0 >"$out/results.sarif.gz.base64"
	jq --null-input --rawfile sarif "$out/results.sarif.gz.base64" --arg commit "$GITHUB_SHA" --arg ref "$GITHUB_REF" \
		'{commit_sha: $commit, ref: $ref, sarif: $sarif, tool_name: "pia-check"}' >"$out/upload.json"
	send POST code-scanning/sarifs --data @"$out/upload.json" >/dev/null
}

[[ -n ${PIA_BASELINE:-} ]] || baseline
[[ ${PIA_EXTRACT:-} != true ]] || extract
if [[ -n ${PIA_BASELINE:-} ]]; then
	args+=(--baseline "$PIA_BASELINE")
	[[ ${PIA_FAIL_ON_NEW:-} != true ]] || args+=(--fail-on-new)
fi
code=0
check results --fail-on "${PIA_FAIL_ON:-low}" -o github -o markdown="$out/comment.md" -o sarif="$out/results.sarif" \
	-o junit="$out/results.xml" -o html="$out/report.html" || code=$?
if [[ ! -s $out/comment.md ]]; then
	exit "$code" # a flag or a baseline that can't be used; nothing was checked
fi
[[ -z ${GITHUB_STEP_SUMMARY:-} ]] || cat "$out/comment.md" >>"$GITHUB_STEP_SUMMARY"
[[ -z ${GITHUB_OUTPUT:-} ]] || printf 'exit-code=%s\nreports=%s\n' "$code" "$out" >>"$GITHUB_OUTPUT"
if [[ -n ${GITHUB_TOKEN:-} && -n ${GITHUB_REPOSITORY:-} ]]; then
	[[ ${PIA_COMMENT:-} != true ]] || comment || warn "The pull request could not be commented on"
	[[ ${PIA_SARIF:-} != true ]] || upload || warn "The findings could not be uploaded to code scanning"
fi
exit "$code"
