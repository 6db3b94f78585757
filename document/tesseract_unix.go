//go:build unix

package document

import (
	"context"
	"fmt"
	"os/exec"
	"syscall"
)

// limits is run by the shell: systems that don't know a limit go without it.
var limits = fmt.Sprintf(`{ ulimit -v %d; ulimit -t %d; } 2>/dev/null; exec "$0" "$@"`, ocrMemory>>10, int(ocrTimeout.Seconds()))

// limitedCommand is a command whose memory and processor time are limited, in a
// process group of its own, which is killed as a whole when ctx ends.
func limitedCommand(ctx context.Context, path string, arguments ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", limits, path}, arguments...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}
