// Package browsertest opens HTML reports in a real browser, Chromium, as their
// readers do: `make browser-test`. It is a module of its own, so that nobody
// who only builds pia-check needs what drives the browser.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// piaCheck is the program, built from the tree that the tests stand in.
var piaCheck string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "pia-check-browser-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
		defer os.RemoveAll(dir)
		piaCheck = filepath.Join(dir, "pia-check")
		build := exec.Command("go", "build", "-o", piaCheck, "./cmd/pia-check")
		build.Dir = "../.."
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "build pia-check: %v\n%s", err, out)
			return 2
		}
		defer func() {
			if ctx, err := chromium(); err == nil {
				_ = chromedp.Cancel(ctx)
			}
		}()
		return m.Run()
	}())
}

// report checks cases, or reads saved results, and returns the page that tells
// of them.
func report(t testing.TB, cases ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	var errs strings.Builder
	args := append([]string{"check", "--fail-on", "none", "--format", "html"}, cases...)
	if filepath.Ext(cases[0]) == ".json" {
		args = []string{"report", "--format", "html", cases[0]}
	}
	cmd := exec.Command(piaCheck, args...)
	cmd.Stdout, cmd.Stderr = out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, errs.String())
	}
	return file
}

// browser is one tab, with what happened in it that must not.
type browser struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	bad      []string // errors, messages, dialogs
	requests map[network.RequestID]string

	close func()
}

// window is how a page is seen.
type window struct {
	width, height int64
	dark          bool
	noScript      bool
}

var desktop = window{width: 1280, height: 900}

// tabLimit is how long a test may use one tab.
const tabLimit = 3 * time.Minute

// chromium starts the browser that all tests share, each in tabs of its own that
// know nothing of each other. One that doesn't start is tried again once.
var chromium = sync.OnceValues(func() (context.Context, error) {
	var path string
	var err error
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	for range 2 {
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(time.Minute),
			chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-dev-shm-usage", true))
		allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(allocator)
		if err = chromedp.Do(ctx); err == nil {
			return ctx, nil
		}
		cancel()
	}
	return nil, err
})

// open opens a page.
func open(t testing.TB, file string, w window) *browser {
	t.Helper()
	shared, err := chromium()
	if err != nil {
		t.Skipf("SKIPPED: there is no chromium that starts (`make browser-test` installs it where it can): %v", err)
	}
	tab, cancelTab := chromedp.NewContext(shared, chromedp.WithNewBrowserContext())
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(tab, tabLimit)
	b := &browser{t: t, ctx: ctx, requests: map[network.RequestID]string{}}
	b.close = func() { cancel(); cancelTab() }
	t.Cleanup(b.close)
	b.watch("file://" + file)
	call(b, network.Enable, network.EnableParams{})
	call(b, runtime.Enable, cdp.Empty{})
	call(b, cdplog.Enable, cdp.Empty{})
	b.size(w)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: w.noScript})
	b.do(chromedp.Navigate("file://" + file))
	return b
}

// size makes the page be seen in a window.
func (b *browser) size(w window) {
	b.t.Helper()
	scheme := "light"
	if w.dark {
		scheme = "dark"
	}
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: w.width, Height: w.height, DeviceScaleFactor: 1, Mobile: w.width < 600})
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}

// watch notes what a report never does.
func (b *browser) watch(url string) {
	err := chromedp.Listen(b.ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Request.URL != url && !strings.HasPrefix(e.Request.URL, "data:image/png;") {
				b.requests[e.RequestID] = e.Request.URL
			}
		case *network.EventLoadingFailed:
			if e.BlockedReason == network.BlockedReasonCsp { // it never left
				b.bad = append(b.bad, "an attempt to reach "+b.requests[e.RequestID])
				delete(b.requests, e.RequestID)
			}
		case *runtime.EventExceptionThrown:
			b.bad = append(b.bad, fmt.Sprintf("an error: %s %+v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
		case *runtime.EventConsoleAPICalled:
			b.bad = append(b.bad, "a message on the console")
		case *cdplog.EventEntryAdded:
			b.bad = append(b.bad, "a message in the log: "+e.Entry.Text)
		case *page.EventJavascriptDialogOpening:
			b.bad = append(b.bad, "a dialog: "+e.Message)
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// quiet fails the test when the page did what no report does.
func (b *browser) quiet() {
	b.t.Helper()
	b.offline()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, what := range b.bad {
		b.t.Errorf("the page made %s", what)
	}
}

// offline fails the test when a request left the page.
func (b *browser) offline() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, url := range b.requests {
		b.t.Errorf("the page made a request to %s", url)
	}
}

func call[P, R any](b *browser, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	r, err := chromedp.Call(b.ctx, command, params)
	if err != nil {
		b.t.Fatalf("%s: %v", command.Method, err)
	}
	return r
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// get runs an action and returns what it yields.
func get[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// eval evaluates an expression in the page, and what it promises.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	return get(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}
