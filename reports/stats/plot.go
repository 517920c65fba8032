package stats

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// colors that also those tell apart who do not see red and green as others
// do: Okabe and Ito, "Color Universal Design", 2008.
var colors = []color.RGBA{
	{0, 114, 178, 255}, {230, 159, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255}, {86, 180, 233, 255},
	{213, 94, 0, 255}, {240, 228, 66, 255}, {90, 90, 90, 255}, {190, 190, 190, 255},
}

// relationColors: agreement blue, conflict vermilion, framing pink.
var relationColors = []color.RGBA{colors[0], colors[5], colors[3]}

// mostParties are drawn in one plot: those with the most claims. The tables
// have all.
const mostParties = 40

// plots draws every plot for which there is something to draw.
func (r *Report) plots() (map[string][]byte, error) {
	out := map[string][]byte{}
	shown := r.shown()
	for _, p := range []struct {
		name string
		make func([]int) (*plot.Plot, vg.Length, vg.Length, error)
	}{
		{"claims_by_type", r.plotTypes},
		{"versions", r.plotVersions},
		{"conflict", r.plotConflict},
		{"rates_over_time", r.plotTime},
		{"dendrogram", r.plotTree},
		{"map", r.plotMap},
	} {
		made, w, h, err := p.make(shown)
		if err != nil {
			return nil, fmt.Errorf("plot %s: %w", p.name, err)
		}
		if made == nil {
			continue
		}
		if len(shown) < len(r.data.parties) && p.name != "rates_over_time" {
			made.Title.Text += fmt.Sprintf(" (the %d parties with the most claims)", len(shown))
		}
		if out[p.name+".svg"], out[p.name+".png"], err = render(made, w, h); err != nil {
			return nil, fmt.Errorf("plot %s: %w", p.name, err)
		}
	}
	return out, nil
}

func render(p *plot.Plot, w, h vg.Length) (svg, png []byte, err error) {
	var b bytes.Buffer
	c := vgsvg.NewWith(vgsvg.UseWH(w, h), vgsvg.EmbedFonts(false))
	p.Draw(margin(draw.New(c)))
	if _, err := c.WriteTo(&b); err != nil {
		return nil, nil, err
	}
	svg = bytes.Clone(b.Bytes())
	b.Reset()
	i := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(150))}
	p.Draw(margin(draw.New(i)))
	if _, err := i.WriteTo(&b); err != nil {
		return nil, nil, err
	}
	return svg, b.Bytes(), nil
}

// margin keeps names and title off the edge.
func margin(c draw.Canvas) draw.Canvas {
	return draw.Crop(c, vg.Points(10), vg.Points(-10), vg.Points(6), vg.Points(-6))
}

func newPlot(title string) *plot.Plot {
	p := plot.New()
	p.Title.Text = title
	p.Title.Padding = vg.Points(6)
	p.Title.TextStyle.Font.Variant, p.Title.TextStyle.Font.Size = "Sans", vg.Points(11)
	for _, f := range []*font.Font{
		&p.X.Label.TextStyle.Font, &p.Y.Label.TextStyle.Font, &p.X.Tick.Label.Font, &p.Y.Tick.Label.Font, &p.Legend.TextStyle.Font,
	} {
		f.Variant, f.Size = "Sans", vg.Points(9)
	}
	p.Legend.ThumbnailWidth, p.Legend.Padding = vg.Points(9), vg.Points(2)
	return p
}

// shown are the parties that plots have room for, in order of their ids.
func (r *Report) shown() []int {
	all := make([]int, len(r.data.parties))
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return r.data.claims[r.data.parties[b]] - r.data.claims[r.data.parties[a]] })
	all = all[:min(len(all), mostParties)]
	slices.Sort(all)
	return all
}

// label is the id of a party, cut where it is long.
func (r *Report) label(i int) string { return cut(r.data.parties[i], 28) }

func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

func (r *Report) labels(shown []int) []string {
	out := make([]string, len(shown))
	for i, p := range shown {
		out[i] = r.label(p)
	}
	return out
}

// stacked draws a bar for each of the labels, cut by shares. shares[i][j] is
// the share of class i in bar j; bars are drawn from the top.
func stacked(title, axis string, labels, classes []string, shares [][]float64) (*plot.Plot, vg.Length, vg.Length, error) {
	p := newPlot(title)
	n := len(labels)
	slices.Reverse(labels)
	var below *plotter.BarChart
	for i := range classes {
		values := make(plotter.Values, n)
		any := 0.0
		for j := range values {
			values[j] = shares[i][n-1-j]
			any += values[j]
		}
		b, err := plotter.NewBarChart(values, vg.Points(11))
		if err != nil {
			return nil, 0, 0, err
		}
		b.Horizontal, b.Color, b.LineStyle.Width = true, colors[i%len(colors)], 0
		if below != nil {
			b.StackOn(below)
		}
		below = b
		p.Add(b)
		if any > 0 {
			p.Legend.Add(classes[i], b)
		}
	}
	p.NominalY(labels...)
	p.X.Min, p.X.Max, p.X.Label.Text = 0, 1, axis
	p.Y.Min, p.Y.Max = -0.7, float64(n)-0.3
	// The legend stands beside the bars, where none can lie under it.
	p.X.Max = 1.32
	p.X.Tick.Marker = plot.ConstantTicks{{Value: 0, Label: "0"}, {Value: 0.25, Label: "0.25"}, {Value: 0.5, Label: "0.5"}, {Value: 0.75, Label: "0.75"}, {Value: 1, Label: "1"}}
	p.Legend.Top = true
	return p, vg.Points(560), vg.Points(max(float64(90+16*n), float64(70+14*len(classes)))), nil
}

func (r *Report) plotTypes(shown []int) (*plot.Plot, vg.Length, vg.Length, error) {
	shares := make([][]float64, len(types))
	for i := range types {
		shares[i] = make([]float64, len(shown))
		for j, at := range shown {
			var part, whole float64
			for _, s := range r.data.spoken[r.data.parties[at]] {
				part += float64(s.types[i])
				whole += float64(s.all)
			}
			if whole > 0 {
				shares[i][j] = part / whole
			}
		}
	}
	if len(shown) == 0 {
		return nil, 0, 0, nil
	}
	return stacked("Claims by type", "share of the party's claims", r.labels(shown), texts(types), shares)
}

func (r *Report) plotVersions(shown []int) (*plot.Plot, vg.Length, vg.Length, error) {
	var with []int
	for _, at := range shown {
		if len(r.data.change[r.data.parties[at]]) > 0 {
			with = append(with, at)
		}
	}
	if len(with) == 0 {
		return nil, 0, 0, nil
	}
	shares := make([][]float64, len(changes))
	for i := range shares {
		shares[i] = make([]float64, len(with))
	}
	for j, at := range with {
		var all float64
		for _, c := range r.data.change[r.data.parties[at]] {
			for i, n := range c.what {
				shares[i][j] += float64(n)
				all += float64(n)
			}
		}
		for i := range shares {
			if all > 0 {
				shares[i][j] /= all
			}
		}
	}
	return stacked("From one statement to the next", "share of the claims kept, revised, dropped and added", r.labels(with), changes, shares)
}

// grid is a square of values for a heat map, drawn from the top.
type grid [][]float64

func (g grid) Dims() (c, r int)   { return len(g), len(g) }
func (g grid) Z(c, r int) float64 { return g[len(g)-1-r][c] }
func (g grid) X(c int) float64    { return float64(c) }
func (g grid) Y(r int) float64    { return float64(r) }

// ramp goes from white to vermilion.
type ramp struct{}

func (ramp) Colors() []color.Color {
	const steps = 64
	out := make([]color.Color, steps)
	full := relationColors[1]
	for i := range out {
		t := float64(i) / (steps - 1)
		mix := func(c uint8) uint8 { return uint8(math.Round(255 + t*(float64(c)-255))) }
		out[i] = color.RGBA{mix(full.R), mix(full.G), mix(full.B), 255}
	}
	return out
}

// plotConflict is the share of conflict between each two parties, in the order
// of the tree.
func (r *Report) plotConflict(shown []int) (*plot.Plot, vg.Length, vg.Length, error) {
	var order []int
	for _, at := range leaves(len(r.data.parties), r.merges) {
		if slices.Contains(shown, at) {
			order = append(order, at)
		}
	}
	n, found := len(order), false
	g := make(grid, n)
	for i, a := range order {
		g[i] = make([]float64, n)
		for j, b := range order {
			key := [2]string{r.data.parties[min(a, b)], r.data.parties[max(a, b)]}
			var part, whole float64
			for _, m := range r.data.meet[key] {
				part += float64(m.relation[1])
				whole += float64(m.pairs())
			}
			g[i][j] = math.NaN()
			if whole > 0 {
				g[i][j], found = part/whole, true
			}
		}
	}
	if !found {
		return nil, 0, 0, nil
	}
	p := newPlot("Conflict, in % of the pairs of two parties (white: 0, full colour: 100, grey: no pair)")
	h := plotter.NewHeatMap(g, ramp{})
	h.Min, h.Max, h.NaN = 0, 1, color.RGBA{225, 225, 225, 255}
	p.Add(h)
	names := r.labels(order)
	p.NominalX(names...)
	p.X.Tick.Label.Rotation, p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = math.Pi/2, draw.XRight, draw.YCenter
	slices.Reverse(names)
	p.NominalY(names...)
	if n <= 20 {
		text := plotter.XYLabels{}
		for i := range g {
			for j, v := range g[i] {
				if !math.IsNaN(v) {
					text.XYs = append(text.XYs, plotter.XY{X: float64(j), Y: float64(n - 1 - i)})
					text.Labels = append(text.Labels, fmt.Sprintf("%.0f", 100*v))
				}
			}
		}
		l, err := plotter.NewLabels(text)
		if err != nil {
			return nil, 0, 0, err
		}
		for i := range l.TextStyle {
			l.TextStyle[i].Font.Variant, l.TextStyle[i].Font.Size = "Sans", vg.Points(8)
			l.TextStyle[i].XAlign, l.TextStyle[i].YAlign = draw.XCenter, draw.YCenter
		}
		p.Add(l)
	}
	side := vg.Points(float64(190 + 20*n))
	return p, max(side, vg.Points(460)), max(side, vg.Points(300)), nil
}

func (r *Report) plotTime([]int) (*plot.Plot, vg.Length, vg.Length, error) {
	if len(r.time) < 2 {
		return nil, 0, 0, nil
	}
	p := newPlot("Relations over time (all parties; bands: 95 % intervals)")
	p.Legend.Top = true
	for i, relation := range relations {
		var line plotter.XYs
		var low, high plotter.XYs
		for j, t := range r.time {
			x := float64(j)
			line = append(line, plotter.XY{X: x, Y: t.rates[i].Value})
			if !math.IsNaN(t.rates[i].Low) {
				low = append(low, plotter.XY{X: x, Y: t.rates[i].Low})
				high = append(high, plotter.XY{X: x, Y: t.rates[i].High})
			}
		}
		if len(low) > 1 {
			slices.Reverse(low)
			band, err := plotter.NewPolygon(append(high, low...))
			if err != nil {
				return nil, 0, 0, err
			}
			c := relationColors[i]
			band.Color, band.Width = color.NRGBA{c.R, c.G, c.B, 50}, 0
			p.Add(band)
		}
		l, points, err := plotter.NewLinePoints(line)
		if err != nil {
			return nil, 0, 0, err
		}
		l.Color, l.Width, points.Color, points.Shape, points.Radius = relationColors[i], vg.Points(1.5), relationColors[i], draw.CircleGlyph{}, vg.Points(2)
		p.Add(l, points)
		p.Legend.Add(string(relation), l)
	}
	every := (len(r.time) + 11) / 12
	var ticks []plot.Tick
	for j, t := range r.time {
		label := ""
		if j%every == 0 {
			label = t.period
		}
		ticks = append(ticks, plot.Tick{Value: float64(j), Label: label})
	}
	p.X.Tick.Marker = plot.ConstantTicks(ticks)
	p.Y.Min, p.Y.Max, p.Y.Label.Text = 0, 1.25, "share of the pairs"
	p.Y.Tick.Marker = plot.ConstantTicks{{Value: 0, Label: "0"}, {Value: 0.25, Label: "0.25"}, {Value: 0.5, Label: "0.5"}, {Value: 0.75, Label: "0.75"}, {Value: 1, Label: "1"}}
	return p, vg.Points(560), vg.Points(300), nil
}

func (r *Report) plotTree([]int) (*plot.Plot, vg.Length, vg.Length, error) {
	n := len(r.data.parties)
	if n < 2 || n > 5*mostParties {
		return nil, 0, 0, nil
	}
	p := newPlot("Parties by agreement (average linkage)")
	x, y := make([]float64, n), make([]float64, n) // of each cluster: height, place
	order := leaves(n, r.merges)
	names := make([]string, n)
	for i, at := range order {
		y[at] = float64(n - 1 - i)
		names[n-1-i] = r.label(at)
	}
	for _, m := range r.merges {
		l, err := plotter.NewLine(plotter.XYs{{X: x[m.left], Y: y[m.left]}, {X: m.height, Y: y[m.left]}, {X: m.height, Y: y[m.right]}, {X: x[m.right], Y: y[m.right]}})
		if err != nil {
			return nil, 0, 0, err
		}
		l.Color, l.Width = colors[0], vg.Points(1.2)
		p.Add(l)
		x, y = append(x, m.height), append(y, (y[m.left]+y[m.right])/2)
	}
	p.NominalY(names...)
	p.Y.Min, p.Y.Max = -0.7, float64(n)-0.3
	p.X.Min, p.X.Label.Text = 0, "distance: 1 − similarity"
	return p, vg.Points(560), vg.Points(float64(80 + 16*n)), nil
}

func (r *Report) plotMap(shown []int) (*plot.Plot, vg.Length, vg.Length, error) {
	if len(shown) < 3 {
		return nil, 0, 0, nil
	}
	p := newPlot(fmt.Sprintf("Parties by agreement (classical scaling, %.0f %% of the variance; colour: community)", 100*r.held))
	text := plotter.XYLabels{}
	for _, at := range shown {
		xy := plotter.XY{X: r.places[at][0], Y: r.places[at][1]}
		s, err := plotter.NewScatter(plotter.XYs{xy})
		if err != nil {
			return nil, 0, 0, err
		}
		s.Shape, s.Radius, s.Color = draw.CircleGlyph{}, vg.Points(4), colors[(r.communities[at]-1)%len(colors)]
		p.Add(s)
		text.XYs, text.Labels = append(text.XYs, xy), append(text.Labels, r.label(at))
	}
	at := slices.Clone(text.XYs)
	apart(text)
	for i, xy := range text.XYs {
		if xy == at[i] {
			continue
		}
		l, err := plotter.NewLine(plotter.XYs{at[i], {X: xy.X + 0.01*r.span(shown), Y: xy.Y}}) // from the point to its name
		if err != nil {
			return nil, 0, 0, err
		}
		l.Color, l.Width = color.Gray{170}, vg.Points(0.5)
		p.Add(l)
	}
	l, err := plotter.NewLabels(text)
	if err != nil {
		return nil, 0, 0, err
	}
	for i := range l.TextStyle {
		l.TextStyle[i].Font.Variant, l.TextStyle[i].Font.Size = "Sans", vg.Points(8)
		l.TextStyle[i].YAlign = draw.YCenter
	}
	l.Offset = vg.Point{X: vg.Points(7)}
	p.Add(l)
	// One unit is as long on both axes, with room for the names on the right.
	low, high := r.bounds(shown)
	span := r.span(shown)
	middle := [2]float64{(low[0] + high[0]) / 2, (low[1] + high[1]) / 2}
	p.X.Min, p.X.Max = middle[0]-0.55*span, middle[0]+0.85*span
	p.Y.Min, p.Y.Max = middle[1]-0.55*span, middle[1]+0.55*span
	return p, vg.Points(630), vg.Points(500), nil
}

// bounds of the places of parties.
func (r *Report) bounds(shown []int) (low, high [2]float64) {
	low, high = [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, at := range shown {
		for a, v := range r.places[at] {
			low[a], high[a] = min(low[a], v), max(high[a], v)
		}
	}
	return low, high
}

// span is the longer side of the bounds.
func (r *Report) span(shown []int) float64 {
	low, high := r.bounds(shown)
	return max(high[0]-low[0], high[1]-low[1], 1e-3)
}

// apart moves labels up that would lie on each other, in steps of a line.
func apart(text plotter.XYLabels) {
	if len(text.XYs) == 0 {
		return
	}
	low, high := text.XYs[0], text.XYs[0]
	for _, xy := range text.XYs {
		low.X, low.Y = min(low.X, xy.X), min(low.Y, xy.Y)
		high.X, high.Y = max(high.X, xy.X), max(high.Y, xy.Y)
	}
	span := max(high.X-low.X, high.Y-low.Y, 1e-3)
	line, letter := span*0.03, span*0.0125
	order := make([]int, len(text.XYs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case text.XYs[a].Y < text.XYs[b].Y:
			return -1
		case text.XYs[a].Y > text.XYs[b].Y:
			return 1
		}
		return strings.Compare(text.Labels[a], text.Labels[b])
	})
	for n, i := range order {
		for moved := true; moved; {
			moved = false
			for _, j := range order[:n] {
				a, b := text.XYs[i], text.XYs[j]
				wide := letter * float64(len([]rune(text.Labels[i])))
				if a.X > b.X {
					wide = letter * float64(len([]rune(text.Labels[j])))
				}
				if math.Abs(a.X-b.X) < wide && math.Abs(a.Y-b.Y) < line*0.999 {
					text.XYs[i].Y = b.Y + line
					moved = true
				}
			}
		}
	}
}
