package check

import (
	"context"

	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// Reader returns a Source that reads cases and verifies their citations.
func Reader(v *claims.Vocabulary, docs *document.Reader) Source {
	return func(ctx context.Context, path string) (*claims.Case, claims.Problems) {
		c, problems := claims.Load(path, v)
		if len(problems) > 0 {
			return c, problems
		}
		return c, cite.Verify(ctx, c, docs)
	}
}
