package check

import (
	"github.com/pia-check/pia-check/cite"
	"github.com/pia-check/pia-check/claims"
	"github.com/pia-check/pia-check/document"
)

// documentMemory bounds the memory of documents that are kept for cases to come.
const documentMemory = 8 << 20

// Reader returns a Source that reads cases and verifies their citations.
// Documents that several cases share are read once.
func Reader(v *claims.Vocabulary) Source {
	cache := document.NewCache(documentMemory)
	return func(path string) (*claims.Case, claims.Problems) {
		c, problems := claims.Load(path, v)
		if len(problems) > 0 {
			return c, problems
		}
		return c, cite.Verify(c, cache)
	}
}
