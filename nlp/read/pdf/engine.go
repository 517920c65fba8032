package pdf

import (
	"context"
	"errors"
	"io"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"counterclaim/nlp/read/lines"
)

// glyph is a character on a page, in points; y grows upwards.
type glyph struct {
	r                        rune
	left, right, bottom, top float64
	word                     *word // what is known of the word that it begins or goes on with
	space                    bool  // a space stands before it
	broken                   bool  // the hyphen at the end of a line
}

// word is what characters that follow each other have in common.
type word struct {
	base   float64 // y of the line that it stands on
	size   float64 // of its type
	bold   bool
	italic bool
}

// memory is the most that the sandbox may take for one file, in pages of 64
// kilobytes.
const memory = 512 << 20 / 65536

// patience is how many pages are read by interpreting the sandbox's code.
// To compile it takes as long as to interpret some fifteen pages, and pays
// from then on.
var patience = 16

// engine is one build of the sandbox's code, made when it is first needed.
type engine struct {
	once sync.Once
	pool pdfium.Pool
	err  error
}

var (
	interpreted, compiled engine
	pagesRead             atomic.Int64
)

func (e *engine) get(config wazero.RuntimeConfig) (pdfium.Pool, error) {
	e.once.Do(func() {
		config = config.WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(memory).WithCloseOnContextDone(true)
		n := runtime.GOMAXPROCS(0)
		var code []byte
		if code, e.err = sandbox(); e.err != nil {
			return
		}
		e.pool, e.err = webassembly.InitWithWASM(webassembly.Config{
			WASM:    code,
			MaxIdle: n, MaxTotal: n, FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
			Stdout: io.Discard, Stderr: io.Discard, RandomSource: zeros{},
		})
	})
	return e.pool, e.err
}

// zeros is a source of bytes that are no surprise: reading is the same each
// time.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// scan reads the characters of all pages.
func scan(data []byte, limits lines.Limits) ([][]glyph, error) {
	deadline := time.Now().Add(limits.Time)
	sheets, err := scanWith(&interpreted, wazero.NewRuntimeConfigInterpreter(), data, limits, deadline)
	if err != nil || sheets != nil {
		return sheets, err
	}
	return scanWith(&compiled, wazero.NewRuntimeConfig(), data, limits, deadline)
}

// scanWith reads a file with one engine. With the interpreter, it gives no
// sheets where there are more pages than it has patience for.
func scanWith(e *engine, config wazero.RuntimeConfig, data []byte, limits lines.Limits, deadline time.Time) ([][]glyph, error) {
	if e == &interpreted && pagesRead.Load() > int64(patience) {
		return nil, nil
	}
	pool, err := e.get(config)
	if err != nil {
		return nil, &lines.Error{Problem: "the reader of PDF files cannot start: " + err.Error(), Hint: "save the text of the file as .txt"}
	}
	wait, cancel := context.WithDeadline(context.Background(), deadline.Add(time.Minute))
	defer cancel()
	instance, err := pool.GetInstanceWithContext(wait)
	if err != nil {
		return nil, &lines.Error{Problem: "the reader of PDF files cannot start: " + err.Error(), Hint: "save the text of the file as .txt"}
	}
	late := make(chan struct{})
	timer := time.AfterFunc(time.Until(deadline), func() {
		close(late)
		_ = instance.Kill()
	})
	sheets, err := scanAll(instance, data, limits, e == &interpreted)
	if timer.Stop() {
		_ = instance.Close()
	}
	select {
	case <-late:
		return nil, lines.TooMuch("takes too long to read", int64(limits.Time/time.Second), "time")
	default:
	}
	pagesRead.Add(int64(len(sheets)))
	return sheets, err
}

// scanAll reads the pages of a file within the sandbox.
func scanAll(in pdfium.Pdfium, data []byte, limits lines.Limits, few bool) ([][]glyph, error) {
	doc, err := in.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword):
		return nil, &lines.Error{Problem: "this PDF needs a password", Hint: "save a copy without one (for instance with qpdf --decrypt)"}
	case errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, &lines.Error{Problem: "this PDF is encrypted in a way that is not read", Hint: "save a copy without protection"}
	case err != nil:
		return nil, damaged(err)
	}
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, damaged(err)
	}
	n := count.PageCount
	switch {
	case n <= 0:
		return nil, damaged(errors.New("it has no pages"))
	case n > limits.Pages:
		return nil, lines.TooMuch("a PDF of "+itoa(n)+" pages", int64(limits.Pages), "pages")
	case few && n > patience:
		return nil, nil
	}
	sheets := make([][]glyph, n)
	failed := 0
	var first error
	for i := range n {
		page, err := in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc.Document, Index: i})
		if err == nil {
			sheets[i], err = scanPage(in, page.Page)
			_, _ = in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page})
		}
		if err != nil {
			if failed++; first == nil {
				first = err
			}
			if isDead(err) {
				return nil, &lines.Error{Problem: "page " + itoa(i+1) + " of this PDF is too large or damaged to be read", Hint: "open it in a viewer and print it to a new PDF"}
			}
		}
	}
	if failed > 0 {
		return nil, damaged(first)
	}
	return sheets, nil
}

// isDead reports an error after which the sandbox does not go on.
func isDead(err error) bool {
	s := err.Error()
	return strings.Contains(s, "wasm error") || strings.Contains(s, "module closed") || strings.Contains(s, "instance is closed") || strings.Contains(s, "panic")
}

func damaged(err error) error {
	what := err.Error()
	if _, after, ok := strings.Cut(what, ": "); ok && len(what) > 3 && what[1] == ':' {
		what = after
	}
	if isDead(err) {
		what = "its parts do not fit together"
	}
	return lines.Damaged("PDF", errors.New(what))
}

// scanPage reads the characters of one page.
func scanPage(in pdfium.Pdfium, page references.FPDF_PAGE) ([]glyph, error) {
	text, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page}})
	if err != nil {
		return nil, err
	}
	defer func() {
		_, _ = in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	}()
	structured, err := in.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: requests.Page{ByReference: &page}, Mode: requests.GetPageTextStructuredModeChars,
	})
	if err != nil {
		return nil, err
	}
	turn := direction(structured.Chars)
	glyphs := make([]glyph, 0, len(structured.Chars))
	var w *word
	space := true
	for i, c := range structured.Chars {
		for _, r := range c.Text {
			if unicode.IsSpace(r) || r == 0 {
				space = true
				continue
			}
			g := glyph{r: r, space: space, word: w}
			switch {
			case r == 2: // PDFium's mark of a hyphen at the end of a line
				g.r, g.broken = '-', true
			case r < ' ' || r == '\uFFFE' || r == '\uFFFF' || r == '\uFFFD' && c.PointPosition.Right <= c.PointPosition.Left:
				continue
			}
			if quarter(c.Angle) != turn {
				space = true
				continue // a watermark, a stamp in the margin
			}
			g.left, g.right, g.bottom, g.top = turned(c.PointPosition, turn)
			// A raised digit follows its word without a space: it is looked
			// at for itself, and so is what follows it.
			if space || w == nil || isMark(r) || len(glyphs) > 0 && apart(&glyphs[len(glyphs)-1], &g, w.size) {
				if w, err = wordAt(in, text.TextPage, i, turn); err != nil {
					return nil, err
				}
				g.word = w
			}
			glyphs = append(glyphs, g)
			space = false
		}
	}
	return glyphs, nil
}

// apart: character b is not of the word that character a is of.
func apart(a, b *glyph, size float64) bool {
	return isMark(a.r) || a.broken || b.left < a.left || b.left-a.right > size || math.Abs(b.bottom-a.bottom) > size
}

// isMark reports characters that footnote marks are made of.
func isMark(r rune) bool { return '0' <= r && r <= '9' || r == '*' || r == '†' || r == '‡' }

// wordAt asks for the type that a character is set in.
func wordAt(in pdfium.Pdfium, text references.FPDF_TEXTPAGE, i, turn int) (*word, error) {
	origin, err := in.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
	if err != nil {
		return nil, err
	}
	size, err := in.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text, Index: i})
	if err != nil {
		return nil, err
	}
	w := &word{size: size.FontSize}
	if m, err := in.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: i}); err == nil {
		if scale := math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D)); scale > 0 {
			w.size *= scale
		}
	} else if isDead(err) {
		return nil, err
	}
	w.size = math.Abs(w.size)
	if font, err := in.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: i}); err == nil {
		name := strings.ToLower(font.FontName)
		w.bold = font.Flags&(1<<18) != 0 || strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy")
		w.italic = font.Flags&(1<<6) != 0 || strings.Contains(name, "italic") || strings.Contains(name, "oblique")
	} else if isDead(err) {
		return nil, err
	}
	x, y := origin.X, origin.Y
	switch turn {
	case 1:
		y = -x
	case 2:
		y = -y
	case 3:
		y = x
	}
	w.base = y
	return w, nil
}

// quarter is an angle in quarter turns, -1 for those between.
func quarter(angle float64) int {
	turns := angle / (math.Pi / 2)
	whole := math.Round(turns)
	if math.Abs(turns-whole) > 0.1 || math.IsNaN(angle) {
		return -1
	}
	return (int(whole)%4 + 4) % 4
}

// direction is the quarter turn that most characters of a page have.
func direction(chars []*responses.GetPageTextStructuredChar) int {
	var count [4]int
	for _, c := range chars {
		if q := quarter(c.Angle); q >= 0 && strings.TrimSpace(c.Text) != "" {
			count[q]++
		}
	}
	best := 0
	for q, n := range count {
		if n > count[best] {
			best = q
		}
	}
	return best
}

// turned is the box of a character on the page turned so that the text is
// upright.
func turned(p responses.CharPosition, turn int) (left, right, bottom, top float64) {
	switch turn {
	case 1:
		return p.Bottom, p.Top, -p.Right, -p.Left
	case 2:
		return -p.Right, -p.Left, -p.Top, -p.Bottom
	case 3:
		return -p.Top, -p.Bottom, p.Left, p.Right
	}
	return p.Left, p.Right, p.Bottom, p.Top
}
