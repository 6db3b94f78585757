package check

import (
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// allowedBuiltins are the functions that policies may call: those whose result
// follows from their arguments alone. The network, files, the environment, the
// clock and randomness are out of reach, because a policy may come with the
// documents that it judges, and because the same case must give the same bytes.
// It is a list of what is allowed, so that a function which a later OPA brings
// stays forbidden until somebody has looked at it.
var allowedBuiltins = []string{
	// comparison, assignment, membership
	"assign", "eq", "equal", "neq", "lt", "lte", "gt", "gte",
	"internal.member_2", "internal.member_3", "internal.print", "internal.template_string", "print",
	// numbers and bits
	"plus", "minus", "mul", "div", "rem", "abs", "ceil", "floor", "round", "to_number", "format_int",
	"numbers.range", "numbers.range_step",
	"bits.and", "bits.lsh", "bits.negate", "bits.or", "bits.rsh", "bits.xor",
	// sets, lists, objects
	"and", "or", "intersection", "union",
	"array.concat", "array.flatten", "array.reverse", "array.slice",
	"count", "max", "min", "product", "sort", "sum",
	"object.filter", "object.get", "object.keys", "object.remove", "object.subset", "object.union", "object.union_n",
	"json.filter", "json.marshal", "json.marshal_with_options", "json.match_schema", "json.patch",
	"json.remove", "json.unmarshal", "json.is_valid", "json.verify_schema",
	"graph.reachable", "graph.reachable_paths", "walk",
	// text
	"concat", "contains", "endswith", "startswith", "indexof", "indexof_n", "lower", "upper", "replace",
	"split", "sprintf", "substring", "trim", "trim_left", "trim_prefix", "trim_right", "trim_space", "trim_suffix",
	"strings.any_prefix_match", "strings.any_suffix_match", "strings.count", "strings.render_template",
	"strings.replace_n", "strings.reverse",
	"regex.find_all_string_submatch_n", "regex.find_n", "regex.globs_match", "regex.is_valid", "regex.match",
	"regex.replace", "regex.split", "regex.template_match", "glob.match", "glob.quote_meta",
	"base64.decode", "base64.encode", "base64.is_valid", "base64url.decode", "base64url.encode", "hex.decode", "hex.encode",
	"urlquery.decode", "urlquery.encode", "yaml.is_valid", "yaml.marshal", "yaml.unmarshal",
	"crypto.sha256",
	"semver.compare", "semver.is_valid",
	// types
	"is_array", "is_boolean", "is_null", "is_number", "is_object", "is_set", "is_string", "type_name",
	// dates that are given, never the present
	"time.add_date", "time.clock", "time.date", "time.diff", "time.format", "time.parse_duration_ns",
	"time.parse_ns", "time.parse_rfc3339_ns", "time.weekday",
	"units.parse", "units.parse_bytes",
}

// Capabilities returns what OPA lets policies do.
var Capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool {
		return !slices.Contains(allowedBuiltins, b.Name)
	})
	c.AllowNet = []string{} // empty, not nil: nil allows every host
	return c
})
