package document

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	_ "unsafe" // for go:linkname

	_ "github.com/klippa-app/go-pdfium/webassembly" // holds PDFium
	"github.com/klippa-app/go-pdfium/webassembly/imports"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/emscripten"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// pdfiumModule is PDFium, compiled to WebAssembly. go-pdfium keeps it to itself
// and offers calls for single characters, which cost a hundred times what
// reading a page in bulk does; so we run its module ourselves.
//
//go:linkname pdfiumModule github.com/klippa-app/go-pdfium/internal/pdfium_wasm.Module
var pdfiumModule []byte

//go:embed pdfbulk.wasm
var pdfbulkModule []byte

// pdfMemory bounds the memory of one instance of PDFium, in bytes. It holds the
// image of a large scanned page several times over.
const pdfMemory = 384 << 20

// pdfEngine is PDFium, compiled and ready to be instantiated.
type pdfEngine struct {
	runtime      wazero.Runtime
	pdfium, bulk wazero.CompiledModule
	workers      chan struct{} // bounds the instances that live at once
}

// startPDFium compiles PDFium once per process, which takes seconds, or takes
// it from the cache on disk, which takes a tenth of one.
var startPDFium = sync.OnceValues(func() (*pdfEngine, error) {
	module, err := fuelled(pdfiumModule, tickName, tickRounds)
	if err != nil { // a version of PDFium that is built otherwise
		module = nil
	}
	if dir, err := os.UserCacheDir(); err == nil {
		if e, err := compilePDFium(module, filepath.Join(dir, "pia-check", "pdfium")); err == nil {
			return e, nil
		}
	}
	return compilePDFium(module, "") // the cache can't be written, or is damaged
})

// compilePDFium makes an engine of the fuelled module; nil stands for PDFium as
// it is, which the runtime then stops by checks of its own.
func compilePDFium(fuelled []byte, cacheDir string) (*pdfEngine, error) {
	ctx := context.Background()
	module := fuelled
	if module == nil {
		module = pdfiumModule
	}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemory >> 16).
		WithCloseOnContextDone(fuelled == nil)
	if cacheDir != "" {
		cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
		if err != nil {
			return nil, err
		}
		config = config.WithCompilationCache(cache)
	}
	r := wazero.NewRuntimeWithConfig(ctx, config)
	e := &pdfEngine{runtime: r, workers: make(chan struct{}, runtime.GOMAXPROCS(0))}
	_, err := wasi_snapshot_preview1.Instantiate(ctx, r)
	if err == nil {
		e.pdfium, err = r.CompileModule(ctx, module)
	}
	if err == nil {
		err = e.instantiateEnv(ctx)
	}
	if err == nil {
		e.bulk, err = r.CompileModule(ctx, pdfbulkModule)
	}
	if err != nil {
		r.Close(ctx)
		return nil, fmt.Errorf("PDFium doesn't start: %w", err)
	}
	return e, nil
}

// instantiateEnv provides what PDFium calls outside: parts of its file, and the
// clock of its fuel.
func (e *pdfEngine) instantiateEnv(ctx context.Context) error {
	env := e.runtime.NewHostModuleBuilder("env")
	standard, err := emscripten.NewFunctionExporterForModule(e.pdfium)
	if err != nil {
		return err
	}
	standard.ExportFunctions(env)
	imports.NewFunctionExporter().ExportFunctions(env)
	const i32, i64 = api.ValueTypeI32, api.ValueTypeI64
	env.NewFunctionBuilder().
		WithGoModuleFunction(api.GoModuleFunc(readBlock), []api.ValueType{i32, i32, i32, i32}, []api.ValueType{i32}).
		Export("FPDF_FILEACCESS_CB")
	env.NewFunctionBuilder().
		WithGoModuleFunction(api.GoModuleFunc(tick), nil, []api.ValueType{i64}).
		Export(tickName)
	_, err = env.Instantiate(ctx)
	return err
}

// tickName is what PDFium calls after so many rounds of its loops, which take
// less than a millisecond. It imports it for a clock of the embedder's, which we
// never set.
const (
	tickName   = "FSDK_SetTimeFunction_CB"
	tickRounds = 1 << 16
)

// tick stops an instance whose time is up.
func tick(ctx context.Context, _ api.Module, stack []uint64) {
	if err := ctx.Err(); err != nil {
		panic(err)
	}
	stack[0] = 0
}

// pdfium is an instance of PDFium in a sandbox of its own: it reaches no file
// but the one that it is given, no network, no clock. Its memory is bounded and
// it stops when its context ends. Every document gets fresh ones, so that none
// can touch another.
//
// The first error sticks; later calls do nothing and return 0.
type pdfium struct {
	ctx       context.Context // of the calls
	module    api.Module
	bulk      api.Module
	functions map[string]api.Function
	stack     [16]uint64
	file      io.ReaderAt
	doc       uint64
	opened    uint32 // the size of its memory when the document was opened
	form      uint64 // what it needs for form fields; 0 until it does
	scratch   uint64 // scratchSize bytes of its memory
	err       error
}

const scratchSize = 64 << 10

type pdfiumKey struct{}

// instance starts an instance.
func (e *pdfEngine) instance(ctx context.Context) (*pdfium, error) {
	p := &pdfium{functions: map[string]api.Function{}}
	p.use(ctx)
	config := wazero.NewModuleConfig().WithName("")
	var err error
	p.module, err = e.runtime.InstantiateModule(experimental.WithMemoryAllocator(p.ctx, experimental.MemoryAllocatorFunc(newPDFMemory)), e.pdfium, config.WithStartFunctions("_initialize"))
	if err == nil {
		resolve := func(name string) api.Module {
			if name == "pdfium" {
				return p.module
			}
			return nil
		}
		p.bulk, err = e.runtime.InstantiateModule(experimental.WithImportResolver(p.ctx, resolve), e.bulk, config)
	}
	if err != nil {
		p.close()
		return nil, fmt.Errorf("PDFium doesn't start: %w", err)
	}
	p.call("FPDF_InitLibrary")
	p.scratch = p.malloc(scratchSize)
	if p.err != nil {
		p.close()
		return nil, p.err
	}
	return p, nil
}

// use makes the next calls stop when ctx ends; an instance that was stopped is
// of no more use.
func (p *pdfium) use(ctx context.Context) { p.ctx = context.WithValue(ctx, pdfiumKey{}, p) }

func (p *pdfium) close() {
	ctx := context.Background()
	if p.bulk != nil {
		p.bulk.Close(ctx)
	}
	if p.module != nil {
		p.module.Close(ctx)
	}
}

// call calls a function of PDFium's C interface. Floating-point numbers are
// passed and returned as their bits.
func (p *pdfium) call(name string, args ...uint64) uint64 {
	if p.err != nil {
		return 0
	}
	f := p.functions[name]
	if f == nil {
		if f = p.module.ExportedFunction(name); f == nil && p.bulk != nil {
			f = p.bulk.ExportedFunction(name)
		}
		if f == nil {
			p.err = fmt.Errorf("PDFium has no function %s", name)
			return 0
		}
		p.functions[name] = f
	}
	p.stack[0] = 0
	copy(p.stack[:], args)
	if err := f.CallWithStack(p.ctx, p.stack[:]); err != nil {
		p.err = errPDFStopped
		if ctxErr := p.ctx.Err(); ctxErr != nil {
			p.err = ctxErr
		} else if p.module.Memory().Size() > pdfMemory/4*3 {
			p.err = errPDFMemory
		}
		return 0
	}
	return p.stack[0]
}

var (
	errPDFStopped = errors.New("can't be read: it is damaged, or made to do harm")
	errPDFMemory  = fmt.Errorf("takes more than %d MB of memory to read", pdfMemory>>20)
)

// integer calls a function that returns an int, a pointer or an unsigned long,
// all of which have 32 bits.
func (p *pdfium) integer(name string, args ...uint64) int {
	return int(int32(p.call(name, args...)))
}

func (p *pdfium) pointer(name string, args ...uint64) uint64 {
	return uint64(uint32(p.call(name, args...)))
}

func (p *pdfium) float(name string, args ...uint64) float32 {
	return math.Float32frombits(uint32(p.call(name, args...)))
}

func (p *pdfium) malloc(size int) uint64 {
	at := p.pointer("malloc", uint64(size))
	if at == 0 && p.err == nil {
		p.err = errPDFMemory
	}
	return at
}

// memory returns a view of the instance's memory, good until its next call.
func (p *pdfium) memory(at uint64, size int) []byte {
	if p.err != nil {
		return make([]byte, size)
	}
	b, ok := p.module.Memory().Read(uint32(at), uint32(size))
	if !ok {
		p.err = errPDFMemory
		return make([]byte, size)
	}
	return b
}

func (p *pdfium) floats(at uint64, n int) []float32 {
	b := p.memory(at, 4*n)
	list := make([]float32, n)
	for i := range list {
		list[i] = f32(b[4*i:])
	}
	return list
}

// readBlock gives PDFium a part of its file: parameter, position, buffer, size.
func readBlock(ctx context.Context, m api.Module, stack []uint64) {
	p, _ := ctx.Value(pdfiumKey{}).(*pdfium)
	position, at, size := uint32(stack[1]), uint32(stack[2]), uint32(stack[3])
	stack[0] = 0
	buffer, ok := m.Memory().Read(at, size)
	if p == nil || p.file == nil || !ok {
		return
	}
	if n, _ := p.file.ReadAt(buffer, int64(position)); n == int(size) {
		stack[0] = 1
	}
}

// The codes of FPDF_GetLastError.
const (
	pdfErrFormat   = 3
	pdfErrPassword = 4
	pdfErrSecurity = 5
)

// open opens the document of a file.
func (p *pdfium) open(f *file) error {
	p.file = f
	access := p.pointer("FPDF_FILEACCESS_Create", uint64(f.size), 0)
	p.doc = p.pointer("FPDF_LoadCustomDocument", access, 0)
	if p.err != nil {
		return p.err
	}
	if p.doc != 0 {
		p.opened = p.module.Memory().Size()
		return nil
	}
	switch code := p.integer("FPDF_GetLastError"); code {
	case pdfErrPassword:
		return errors.New("is encrypted with a password; open it in a PDF reader, save or print it without one, and use that file")
	case pdfErrSecurity:
		return errors.New("is encrypted in a way that can't be read; save or print it without encryption and use that file")
	default:
		return errors.New("is damaged: it starts like a PDF, but has no readable structure; get the file anew or repair it, for example with qpdf")
	}
}

// acquire waits for its turn to run an instance, tryAcquire doesn't wait.
func (e *pdfEngine) acquire(ctx context.Context) error {
	select {
	case e.workers <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *pdfEngine) tryAcquire() bool {
	select {
	case e.workers <- struct{}{}:
		return true
	default:
		return false
	}
}

func (e *pdfEngine) release() { <-e.workers }
