package report

import (
	"encoding/json"
	"testing"
)

func TestPruned(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{`{}`, `{}`},
		{`{"a":-1}`, `{}`},
		{`{"a":[],"b":1}`, `{"b":1}`},
		{`{"b":1,"a":[]}`, `{"b":1}`},
		{`{"a":[-1,[],{"x":-1,"y":"}],\"-1"}],"b":true,"c":null,"d":-12}`, `{"a":[-1,[],{"y":"}],\"-1"}],"b":true,"c":null,"d":-12}`},
		{`[{"a":[{"b":-1}]},"\\"]`, `[{"a":[{}]},"\\"]`},
		{`-1`, `-1`},
	} {
		got, err := pruned(json.RawMessage(test.in))
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %s, %v, want %s", test.in, got, err, test.want)
		}
	}
}
