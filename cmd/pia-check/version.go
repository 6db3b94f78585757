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
			v, opa := version, "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				if v == "" {
					v = info.Main.Version
				}
				for _, m := range info.Deps {
					if m.Path == "github.com/open-policy-agent/opa" {
						opa = m.Version
					}
				}
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "pia-check %s (%s, OPA %s, %s/%s)\n", v, runtime.Version(), opa, runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
