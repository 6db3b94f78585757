package document

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// loopModule imports "env" "tick" and exports "count", which counts up to its
// parameter and returns it, for ever where that is 0; behind the loop stand
// instructions of many forms.
var loopModule = append([]byte("\x00asm\x01\x00\x00\x00"), bytes.Join([][]byte{
	section(1, 2, 0x60, 0, 1, 0x7e, 0x60, 1, 0x7f, 1, 0x7f), // types: () -> i64, (i32) -> i32
	section(2, 1, 3, 'e', 'n', 'v', 4, 't', 'i', 'c', 'k', 0, 0),
	section(3, 1, 1),
	section(5, 1, 0, 1),
	section(6, 1, 0x7f, 0, 0x41, 7, 0x0b), // a global of its own
	section(7, 1, 5, 'c', 'o', 'u', 'n', 't', 0, 1),
	section(10, 1, 0x3b,
		1, 1, 0x7f, // a local
		0x03, 0x40, // loop
		0x20, 1, 0x41, 1, 0x6a, 0x22, 1, 0x20, 0, 0x47, 0x0d, 0, // local += 1; again unless it is the parameter
		0x0b,
		0x43, 3, 3, 3, 3, 0x1a, // f32.const, whose bytes look like loops
		0x44, 3, 3, 3, 3, 3, 3, 3, 3, 0x1a, // f64.const
		0x41, 0x83, 0x03, 0x1a, // i32.const 387
		0x02, 0x40, 0x41, 0, 0x0e, 1, 0, 0, 0x0b, // br_table
		0x41, 0, 0x28, 2, 0x03, 0x1a, // i32.load offset=3
		0x23, 0, 0x1a, // global.get
		0x20, 1, 0x0b),
}, nil)...)

func section(id byte, content ...byte) []byte {
	return append([]byte{id, byte(len(content))}, content...)
}

// running returns the exported function of a module, which calls tick.
func running(t *testing.T, module []byte, tick func(ctx context.Context)) api.Function {
	t.Helper()
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	t.Cleanup(func() { r.Close(ctx) })
	env := r.NewHostModuleBuilder("env").NewFunctionBuilder().
		WithFunc(func(ctx context.Context) int64 { tick(ctx); return 0 }).Export("tick")
	if _, err := env.Instantiate(ctx); err != nil {
		t.Fatal(err)
	}
	m, err := r.Instantiate(ctx, module)
	if err != nil {
		t.Fatal(err)
	}
	return m.ExportedFunction("count")
}

func TestFuelled(t *testing.T) {
	module, err := fuelled(loopModule, "tick", 1000)
	if err != nil {
		t.Fatal(err)
	}
	ticks := 0
	count := running(t, module, func(context.Context) { ticks++ })
	got, err := count.Call(t.Context(), 5500)
	if err != nil || got[0] != 5500 || ticks != 5 {
		t.Errorf("counted to %v with %d ticks: %v", got, ticks, err)
	}
}

func TestFuelledStops(t *testing.T) {
	module, err := fuelled(loopModule, "tick", 1<<16)
	if err != nil {
		t.Fatal(err)
	}
	count := running(t, module, func(ctx context.Context) {
		if ctx.Err() != nil {
			panic(ctx.Err())
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := count.Call(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a loop without end: %v", err)
	}
}

func TestFuelledRefuses(t *testing.T) {
	for name, module := range map[string][]byte{
		"empty":               nil,
		"no module":           []byte("%PDF-1.7"),
		"cut":                 loopModule[:len(loopModule)-3],
		"another import":      bytes.ReplaceAll(loopModule, []byte("tick"), []byte("tock")),
		"unknown instruction": bytes.Replace(loopModule, []byte{0x23, 0, 0x1a}, []byte{0xff, 0, 0x1a}, 1),
	} {
		if out, err := fuelled(module, "tick", 1000); err == nil {
			t.Errorf("%s: %d bytes and no error", name, len(out))
		}
	}
}

// What the runtime takes as it is, it must take rewritten.
func FuzzFuelled(f *testing.F) {
	f.Add(loopModule)
	f.Fuzz(func(t *testing.T, module []byte) {
		out, err := fuelled(module, "tick", 1000)
		if err != nil {
			return
		}
		r := wazero.NewRuntimeWithConfig(t.Context(), wazero.NewRuntimeConfigInterpreter())
		defer r.Close(t.Context())
		if _, err := r.CompileModule(t.Context(), module); err != nil {
			return
		}
		if _, err := r.CompileModule(t.Context(), out); err != nil {
			t.Fatal(err)
		}
	})
}

// The rewritten PDFium and the one as it came, stopped by the runtime's own
// checks, must read the same.
func TestFuelChangesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles PDFium once more")
	}
	fast, err := startPDFium()
	if err != nil {
		t.Fatal(err)
	}
	slow, err := compilePDFium(nil, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.runtime.Close(context.Background())
	m := newPDF()
	m.page(styled("F2", 18, 72, 700, "A heading") + paragraph(72, 660, "The contractor keeps personal infor-", "mation for seven years."))
	m.page("0 0 m 100 100 l S " + paragraph(72, 700, "The second page."))
	data := m.bytes()
	read := func(e *pdfEngine) (texts []string, pictures [][]byte) {
		p, err := e.instance(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer p.close()
		if err := p.open(&file{ReaderAt: bytes.NewReader(data), size: int64(len(data))}); err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			for _, l := range p.pageOf(i).lines {
				texts = append(texts, l.text)
			}
			b, err := p.draw(i, 72, Box{}, false)
			if err != nil {
				t.Fatal(err)
			}
			pictures = append(pictures, b.pix)
		}
		return texts, pictures
	}
	texts, pictures := read(fast)
	sameTexts, samePictures := read(slow)
	for i := range texts {
		if texts[i] != sameTexts[i] {
			t.Errorf("line %d: %q and %q", i, texts[i], sameTexts[i])
		}
	}
	for i := range pictures {
		if !bytes.Equal(pictures[i], samePictures[i]) {
			t.Errorf("page %d looks different", i+1)
		}
	}
	if len(texts) != 4 {
		t.Errorf("read %q", texts)
	}
}
