//go:build !unix

package document

import (
	"context"
	"os/exec"
)

// limitedCommand is a command that is killed when ctx ends; there is no limit of
// memory here.
func limitedCommand(ctx context.Context, path string, arguments ...string) *exec.Cmd {
	return exec.CommandContext(ctx, path, arguments...)
}
