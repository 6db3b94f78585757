package document

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first used, for
// most runs of the program need few of them.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
