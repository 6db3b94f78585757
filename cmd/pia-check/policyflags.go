package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/pia-check/pia-check/check"
	"github.com/pia-check/pia-check/claims"
)

// policyFlags choose the policies of a run.
type policyFlags struct {
	paths     []string
	noBuiltin bool
	timeout   time.Duration
}

func (p *policyFlags) add(cmd *cobra.Command) {
	p.addSelection(cmd)
	cmd.Flags().DurationVar(&p.timeout, "timeout", check.DefaultTimeout, "how `long` one policy may take over one case")
}

func (p *policyFlags) addSelection(cmd *cobra.Command) {
	cmd.Flags().StringSliceVarP(&p.paths, "policy", "p", nil, "`file` or folder of policies of your own (may be repeated)")
	cmd.Flags().BoolVar(&p.noBuiltin, "no-builtin", false, "leave the built-in policies out (their library stays)")
}

// load compiles the chosen policies.
func (p *policyFlags) load() (*check.Policies, claims.Problems, error) {
	if p.noBuiltin && len(p.paths) == 0 {
		return nil, nil, errors.New("--no-builtin leaves no policy; name yours with -p")
	}
	set, problems := check.LoadPolicies(!p.noBuiltin, p.paths...)
	return set, problems, nil
}

// engine begins to compile the chosen policies and returns what waits for the
// engine, so that there is time for other work meanwhile.
func (p *policyFlags) engine(ctx context.Context) func(*claims.Vocabulary) (*check.Engine, claims.Problems, error) {
	var (
		set       *check.Policies
		problems  claims.Problems
		err       error
		compiling sync.WaitGroup
	)
	compiling.Go(func() { set, problems, err = p.load() })
	return func(v *claims.Vocabulary) (*check.Engine, claims.Problems, error) {
		if compiling.Wait(); err != nil {
			return nil, nil, err
		}
		e, err := check.NewEngine(ctx, set, v, p.timeout)
		return e, problems, err
	}
}
