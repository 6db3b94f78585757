package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const document = `{"version": 1, "document": {"id": "d", "kind": "pia", "pages": [
	{"number": 1, "sections": [{"heading": "5.1 Retention", "text": "Data is kept for 7 years."}]},
	{"number": 2, "sections": [{"heading": "5.2 Use", "text": "Data is used for audits."}]}]},
	"claims_schema": {"type": "object"}}`

const claim = `{"topic": "retention", "modality": "does", "retention": {"period": "P7Y"}, "citations": [{"quote": "Data is kept for 7 years.", "page": 1}]}`

// server answers each request by the next function.
func server(t *testing.T, answers ...http.HandlerFunc) *client {
	n := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n >= len(answers) {
			t.Errorf("request %d was not expected", n+1)
			return
		}
		n++
		answers[n-1](w, r)
	}))
	t.Cleanup(func() {
		s.Close()
		if n != len(answers) {
			t.Errorf("%d requests, want %d", n, len(answers))
		}
	})
	return &client{base: s.URL + "/v1/", model: "m", key: "secret", wait: time.Millisecond}
}

func says(content, finish string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		choice := map[string]any{"message": map[string]string{"content": content}, "finish_reason": finish}
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{choice}})
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", code) }
}

func TestRun(t *testing.T) {
	var asked string
	c := server(t, status(503), status(429), func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked = r.URL.Path + " " + r.Header.Get("Authorization") + " " + string(body)
		says("```json\n{\"version\": 1, \"claims\": ["+claim+"]}\n```", "stop")(w, r)
	})
	var out bytes.Buffer
	if err := run(t.Context(), c, strings.NewReader(document), &out); err != nil {
		t.Fatal(err)
	}
	var got output
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got.Version != 1 || len(got.Claims) != 1 || !strings.Contains(string(got.Claims[0]), "P7Y") {
		t.Errorf("got %s, %v", out.String(), err)
	}
	for _, want := range []string{"/v1/chat/completions Bearer secret", "[page 1] 5.1 Retention", "[page 2] 5.2 Use", "of the kind pia", `{\"type\":`} {
		if !strings.Contains(strings.ReplaceAll(asked, `\"type\": `, `\"type\":`), want) {
			t.Errorf("the request holds no %q: %s", want, asked)
		}
	}
}

// Whatever goes wrong, nothing is printed that could pass for the claims.
func TestRunFails(t *testing.T) {
	for name, tc := range map[string]struct {
		stdin   string
		answers []http.HandlerFunc
		want    string
	}{
		"no input":      {"{", nil, "stdin: unexpected EOF"},
		"another input": {`{"version": 2}`, nil, "version 2"},
		"refused":       {document, []http.HandlerFunc{status(401)}, "401 Unauthorized"},
		"always busy":   {document, []http.HandlerFunc{status(500), status(500), status(500), status(500)}, "500"},
		"cut off":       {document, []http.HandlerFunc{says(`{"claims": [`, "length")}, "cut off"},
		"prose":         {document, []http.HandlerFunc{says("Sure! Here are", "stop")}, "not the JSON"},
		"no choice":     {document, []http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") }}, "no choice"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := run(t.Context(), server(t, tc.answers...), strings.NewReader(tc.stdin), &out)
			if err == nil || !strings.Contains(err.Error(), tc.want) || out.Len() > 0 {
				t.Errorf("got %v and %q, want %q", err, out.String(), tc.want)
			}
		})
	}
	if err := run(t.Context(), &client{}, strings.NewReader(document), io.Discard); err == nil || !strings.Contains(err.Error(), "OPENAI_BASE_URL") {
		t.Errorf("nothing set: %v", err)
	}
}

func TestPieces(t *testing.T) {
	var in input
	in.Document.Pages = make([]struct {
		Number   int `json:"number"`
		Sections []struct {
			Heading string `json:"heading"`
			Text    string `json:"text"`
		} `json:"sections"`
	}, 5)
	for i := range in.Document.Pages {
		in.Document.Pages[i].Number = i + 1
		in.Document.Pages[i].Sections = append(in.Document.Pages[i].Sections, struct {
			Heading string `json:"heading"`
			Text    string `json:"text"`
		}{"H", strings.Repeat("x", pieceSize/2)})
	}
	list := pieces(&in)
	if len(list) < 3 || strings.Count(strings.Join(list, ""), "[page ") != 5 {
		t.Errorf("%d pieces", len(list))
	}
}
