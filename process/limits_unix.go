//go:build unix

package process

import (
	"context"
	"fmt"
	"os/exec"
	"syscall"
)

// command is a command whose memory and processor time are limited, in a process
// group of its own, which is killed as a whole when ctx ends.
func command(ctx context.Context, l Limits, path string, arguments ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, arguments...)
	if l.Memory > 0 { // the shell sets limits; systems that don't know one go without it
		script := fmt.Sprintf(`{ ulimit -v %d; ulimit -t %d; } 2>/dev/null; exec "$0" "$@"`, l.Memory>>10, int(l.Time.Seconds())+1)
		cmd = exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", script, path}, arguments...)...)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}
