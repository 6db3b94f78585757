package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the Makefile; a plain `go install` leaves it to the module.
var version string

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  pia-check version",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, opa := versions()
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "pia-check %s (%s, OPA %s, %s/%s)\n", v, runtime.Version(), opa, runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// versions returns the version of the program and of OPA, as far as the build
// tells them.
func versions() (program, opa string) {
	program, opa = version, "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		if program == "" {
			program = info.Main.Version
		}
		for _, m := range info.Deps {
			if m.Path == "github.com/open-policy-agent/opa" {
				opa = m.Version
			}
		}
	}
	return program, opa
}
