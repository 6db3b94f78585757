// Package policies embeds the built-in policies: a folder for each, with the
// policy and its tests, and the library that they share. Adding a policy adds
// a folder and touches nothing else.
package policies

import "embed"

// FS holds the policies, their tests and the library.
//
//go:embed */*.rego */*/*.rego
var FS embed.FS
