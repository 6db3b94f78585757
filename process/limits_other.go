//go:build !unix

package process

import (
	"context"
	"os/exec"
)

// command is a command that is killed when ctx ends; there is no limit of memory
// here.
func command(ctx context.Context, _ Limits, path string, arguments ...string) *exec.Cmd {
	return exec.CommandContext(ctx, path, arguments...)
}
