package stats

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// point is a place on a surface, in points of 1/72 inch from its upper left
// corner.
type point struct{ x, y float64 }

// anchor is the part of a text that stands at its place.
type anchor int

const (
	atStart anchor = iota
	atMiddle
	atEnd
	upwards // turned to read from below to above, its end at the place
)

// surface is what a plot is drawn on.
type surface interface {
	// fill fills the inside of an outline.
	fill(c color.Color, outline ...point)
	// line draws a line through points.
	line(c color.Color, width float64, through ...point)
	// disc draws a full circle.
	disc(c color.Color, at point, radius float64)
	// text sets a line of type. A letter stands at both sides of at.y.
	text(s string, at point, size float64, a anchor)
}

// rise is how far the middle of a letter stands above its base line, in sizes
// of type.
const rise = 0.35

// typeface is Liberation Sans, whose letters are as wide as those of Arial,
// so that what is measured holds for both.
var typeface = sync.OnceValue(func() *opentype.Font {
	f, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		panic("the typeface of the plots is broken: " + err.Error()) // it is in the binary
	}
	return f
})

// face is the typeface in a size.
func face(size float64) font.Face {
	f, err := opentype.NewFace(typeface(), &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		panic("the typeface of the plots is broken: " + err.Error())
	}
	return f
}

// width is how long a text is.
func width(s string, size float64) float64 {
	const scale = 8 // letters are measured in 64ths
	return float64(font.MeasureString(face(size*scale), s)) / 64 / scale
}

// svg is a surface that is written as a file of vectors.
type svg struct{ b strings.Builder }

func newSVG(w, h float64) *svg {
	s := &svg{}
	fmt.Fprintf(&s.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0fpt" height="%.0fpt" viewBox="0 0 %.0f %.0f" font-family="'Liberation Sans', Arial, Helvetica, sans-serif">`+"\n", w, h, w, h)
	s.fill(color.White, point{0, 0}, point{w, 0}, point{w, h}, point{0, h})
	return s
}

func (s *svg) bytes() []byte { return []byte(s.b.String() + "</svg>\n") }

// paint is the attribute of a colour, with its opacity.
func paint(attribute string, c color.Color) string {
	n, _ := color.NRGBAModel.Convert(c).(color.NRGBA)
	out := fmt.Sprintf(`%s="#%02x%02x%02x"`, attribute, n.R, n.G, n.B)
	if n.A < 255 {
		out += fmt.Sprintf(` %s-opacity="%.2f"`, attribute, float64(n.A)/255)
	}
	return out
}

func (s *svg) path(points []point) string {
	var b strings.Builder
	for i, p := range points {
		fmt.Fprintf(&b, "%c%.2f %.2f", "ML"[min(i, 1)], p.x, p.y)
	}
	return b.String()
}

func (s *svg) fill(c color.Color, outline ...point) {
	fmt.Fprintf(&s.b, `<path d="%sZ" %s/>`+"\n", s.path(outline), paint("fill", c))
}

func (s *svg) line(c color.Color, width float64, through ...point) {
	fmt.Fprintf(&s.b, `<path d="%s" fill="none" %s stroke-width="%.2f"/>`+"\n", s.path(through), paint("stroke", c), width)
}

func (s *svg) disc(c color.Color, at point, radius float64) {
	fmt.Fprintf(&s.b, `<circle cx="%.2f" cy="%.2f" r="%.2f" %s/>`+"\n", at.x, at.y, radius, paint("fill", c))
}

func (s *svg) text(text string, at point, size float64, a anchor) {
	turned, place := "", [...]string{atStart: "start", atMiddle: "middle", atEnd: "end", upwards: "end"}[a]
	if a == upwards {
		at.x += rise * size
		turned = fmt.Sprintf(` transform="rotate(-90 %.2f %.2f)"`, at.x, at.y)
	} else {
		at.y += rise * size
	}
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(text)) // a buffer takes everything
	fmt.Fprintf(&s.b, `<text x="%.2f" y="%.2f" font-size="%.1f" text-anchor="%s"%s>%s</text>`+"\n", at.x, at.y, size, place, turned, escaped.String())
}

// raster is a surface of pixels.
type raster struct {
	*image.RGBA
	scale float64 // pixels in a point
}

func newRaster(w, h, dpi float64) *raster {
	scale := dpi / 72
	r := &raster{image.NewRGBA(image.Rect(0, 0, int(math.Ceil(w*scale)), int(math.Ceil(h*scale)))), scale}
	draw.Draw(r, r.Bounds(), image.White, image.Point{}, draw.Src)
	return r
}

func (r *raster) bytes() ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, r)
	return b.Bytes(), err
}

func (r *raster) fill(c color.Color, outline ...point) {
	if len(outline) < 3 {
		return
	}
	low, high := outline[0], outline[0]
	square := len(outline) == 4
	for i, p := range outline {
		low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
		next := outline[(i+1)%len(outline)]
		square = square && (p.x == next.x || p.y == next.y)
	}
	if square { // to whole pixels, so that what stands beside each other has no seam
		pixel := func(v float64) int { return int(math.Round(v * r.scale)) }
		draw.Draw(r, image.Rect(pixel(low.x), pixel(low.y), max(pixel(high.x), pixel(low.x)+1), max(pixel(high.y), pixel(low.y)+1)), image.NewUniform(c), image.Point{}, draw.Over)
		return
	}
	// Only the part of the picture that holds the outline is gone over.
	box := image.Rect(int(low.x*r.scale)-1, int(low.y*r.scale)-1, int(high.x*r.scale)+2, int(high.y*r.scale)+2).Intersect(r.Bounds())
	if box.Empty() {
		return
	}
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	for i, p := range outline {
		x, y := float32(p.x*r.scale-float64(box.Min.X)), float32(p.y*r.scale-float64(box.Min.Y))
		if i == 0 {
			z.MoveTo(x, y)
		} else {
			z.LineTo(x, y)
		}
	}
	z.ClosePath()
	z.Draw(r, box, image.NewUniform(c), image.Point{})
}

func (r *raster) line(c color.Color, width float64, through ...point) {
	for i := 1; i < len(through); i++ {
		a, b := through[i-1], through[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		if length == 0 {
			continue
		}
		// Half the width along the line and across it: corners are closed.
		x, y := (b.x-a.x)/length*width/2, (b.y-a.y)/length*width/2
		r.fill(c, point{a.x - x - y, a.y - y + x}, point{b.x + x - y, b.y + y + x}, point{b.x + x + y, b.y + y - x}, point{a.x - x + y, a.y - y - x})
	}
}

func (r *raster) disc(c color.Color, at point, radius float64) {
	const corners = 48
	outline := make([]point, corners)
	for i := range outline {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		outline[i] = point{at.x + radius*cos, at.y + radius*sin}
	}
	r.fill(c, outline...)
}

func (r *raster) text(s string, at point, size float64, a anchor) {
	f := face(size * r.scale)
	x, y := at.x*r.scale, at.y*r.scale
	middle := rise * size * r.scale
	long := float64(font.MeasureString(f, s)) / 64
	switch a {
	case atStart:
	case atMiddle:
		x -= long / 2
	case atEnd:
		x -= long
	case upwards:
		r.turned(s, f, int(math.Round(x)), int(math.Round(y)), int(math.Ceil(long)), middle)
		return
	}
	d := font.Drawer{Dst: r, Src: image.Black, Face: f, Dot: fixed.Point26_6{X: fixed.Int26_6(math.Round(x * 64)), Y: fixed.Int26_6(math.Round((y + middle) * 64))}}
	d.DrawString(s)
}

// turned draws a text that reads upwards and ends at y, with its middle at x.
func (r *raster) turned(s string, f font.Face, x, y, long int, middle float64) {
	m := f.Metrics()
	up, down := m.Ascent.Ceil(), m.Descent.Ceil()
	flat := image.NewAlpha(image.Rect(0, -up, long+1, down+1))
	d := font.Drawer{Dst: flat, Src: image.Opaque, Face: f}
	d.DrawString(s)
	stood := image.NewAlpha(image.Rect(-up, -long-1, down+1, 1))
	for i := range long + 1 {
		for k := -up; k <= down; k++ {
			stood.SetAlpha(k, -i, flat.AlphaAt(i, k))
		}
	}
	at := stood.Bounds().Add(image.Pt(x+int(math.Round(middle)), y+long))
	draw.DrawMask(r, at, image.Black, image.Point{}, stood, stood.Bounds().Min, draw.Over)
}
