// Command extractor-openai drafts claims with a language model behind an
// endpoint that speaks OpenAI's chat completions. It is a worked example of a
// program for `pia-check extract --extractor`: it reads the document as JSON on
// stdin and prints claims as JSON; pia-check then drops what doesn't stand in the
// document word for word.
//
//	OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_MODEL=name OPENAI_API_KEY=... \
//	  pia-check extract --extractor extractor-openai assessment.pdf -o case/
package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"
)

//go:embed prompt.md
var prompt string

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c := client{base: os.Getenv("OPENAI_BASE_URL"), model: os.Getenv("OPENAI_MODEL"), key: os.Getenv("OPENAI_API_KEY"), wait: time.Second}
	if err := run(ctx, &c, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "extractor-openai:", err)
		os.Exit(1)
	}
}

// input is what pia-check hands over, as `pia-check schema extractor-input`
// describes it.
type input struct {
	Version  int `json:"version"`
	Document struct {
		ID    string `json:"id"`
		Kind  string `json:"kind"`
		Pages []struct {
			Number   int `json:"number"`
			Sections []struct {
				Heading string `json:"heading"`
				Text    string `json:"text"`
			} `json:"sections"`
		} `json:"pages"`
	} `json:"document"`
	ClaimsSchema json.RawMessage `json:"claims_schema"`
}

// output is what it prints, as `pia-check schema extractor-output` describes it.
type output struct {
	Version int               `json:"version"`
	Claims  []json.RawMessage `json:"claims"`
}

// pieceSize is about how many bytes of the document go into one request.
const pieceSize = 12_000

// run asks the model about the document piece by piece. One piece that fails
// fails the whole: half a document's claims would look like all.
func run(ctx context.Context, c *client, stdin io.Reader, stdout io.Writer) error {
	if c.base == "" || c.model == "" {
		return errors.New("set OPENAI_BASE_URL, such as http://localhost:8000/v1, and OPENAI_MODEL")
	}
	var in input
	if err := json.NewDecoder(stdin).Decode(&in); err != nil {
		return fmt.Errorf("stdin: %w", err)
	}
	if in.Version != 1 {
		return fmt.Errorf("stdin is of version %d; this program knows 1", in.Version)
	}
	out := output{Version: 1, Claims: []json.RawMessage{}}
	for _, piece := range pieces(&in) {
		claims, err := c.ask(ctx, in.Document.Kind, piece, in.ClaimsSchema)
		if err != nil {
			return err
		}
		out.Claims = append(out.Claims, claims...)
	}
	return json.NewEncoder(stdout).Encode(out)
}

// pieces cuts a document between its sections, each marked with its page.
func pieces(in *input) []string {
	var list []string
	var b strings.Builder
	for _, page := range in.Document.Pages {
		for _, s := range page.Sections {
			if b.Len() > 0 && b.Len()+len(s.Text) > pieceSize {
				list = append(list, b.String())
				b.Reset()
			}
			fmt.Fprintf(&b, "[page %d] %s\n%s\n\n", page.Number, s.Heading, s.Text)
		}
	}
	if b.Len() > 0 {
		list = append(list, b.String())
	}
	return list
}

// client talks to one model.
type client struct {
	base, model, key string
	wait             time.Duration // before the first repeat
}

const tries = 4

// ask returns the claims that the model finds in a piece of a document. A server
// that is busy is asked again, a few times.
func (c *client) ask(ctx context.Context, kind, piece string, schema json.RawMessage) ([]json.RawMessage, error) {
	type message struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	}
	body, err := json.Marshal(map[string]any{
		"model":       c.model,
		"temperature": 0,
		"messages": []message{
			{"system", prompt + "\n\nThe schema of your answer:\n" + string(schema)},
			{"user", "A document of the kind " + kind + ":\n\n" + piece},
		},
		"response_format": map[string]string{"type": "json_object"},
	})
	if err != nil {
		return nil, err
	}
	wait := c.wait
	for try := 1; ; try++ {
		answer, again, err := c.post(ctx, body)
		if err == nil {
			return parse(answer)
		}
		if !again || try == tries {
			return nil, err
		}
		select {
		case <-time.After(wait):
			wait *= 2
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 8 << 20

func (c *client) post(ctx context.Context, body []byte) (answer string, again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(c.base, "/")+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return "", false, err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", true, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return "", true, err
	}
	if res.StatusCode != http.StatusOK {
		busy := res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= 500
		return "", busy, fmt.Errorf("the server says %s: %.200s", res.Status, data)
	}
	var reply struct {
		Choices []struct {
			Message struct {
				Content string `json:"content"`
			} `json:"message"`
			FinishReason string `json:"finish_reason"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", false, fmt.Errorf("the server's answer: %w", err)
	}
	if len(reply.Choices) == 0 {
		return "", false, errors.New("the server's answer holds no choice")
	}
	if reply.Choices[0].FinishReason == "length" {
		return "", false, errors.New("the model's answer was cut off; use one that can answer at greater length")
	}
	return reply.Choices[0].Message.Content, false, nil
}

// parse reads the model's answer, with or without a fence around it.
func parse(answer string) ([]json.RawMessage, error) {
	answer = strings.TrimSpace(answer)
	if rest, ok := strings.CutPrefix(answer, "```"); ok {
		_, rest, _ = strings.Cut(rest, "\n")
		answer = strings.TrimSuffix(strings.TrimSpace(rest), "```")
	}
	var out output
	if err := json.Unmarshal([]byte(answer), &out); err != nil {
		return nil, fmt.Errorf("the model's answer is not the JSON that was asked for: %w", err)
	}
	return out.Claims, nil
}
