package stats

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
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

// plot is a picture of a size in points.
type plot struct {
	title string
	w, h  float64
	draw  func(surface)
}

// plots draws every plot for which there is something to draw.
func (r *Report) plots() (map[string][]byte, error) {
	out := map[string][]byte{}
	shown := r.shown()
	for _, p := range []struct {
		name string
		make func([]int) *plot
	}{
		{"claims_by_type", r.plotTypes},
		{"versions", r.plotVersions},
		{"conflict", r.plotConflict},
		{"rates_over_time", r.plotTime},
		{"dendrogram", r.plotTree},
		{"map", r.plotMap},
	} {
		made := p.make(shown)
		if made == nil {
			continue
		}
		if len(shown) < len(r.data.parties) && p.name != "rates_over_time" {
			made.title += fmt.Sprintf(" (the %d parties with the most claims)", len(shown))
		}
		var err error
		if out[p.name+".svg"], out[p.name+".png"], err = made.render(); err != nil {
			return nil, fmt.Errorf("plot %s: %w", p.name, err)
		}
	}
	return out, nil
}

// Sizes of type, and the room that is kept around a plot.
const (
	titleSize = 11
	labelSize = 9
	valueSize = 8
	margin    = 10
	headRoom  = 34 // for the title
	tickRoom  = 34 // below the axis, for its ticks and its label
)

// render draws the plot as SVG and as PNG.
func (p *plot) render() (vectors, pixels []byte, err error) {
	w := max(p.w, width(p.title, titleSize)+2*margin)
	draw := func(on surface) {
		on.text(p.title, point{w / 2, 16}, titleSize, atMiddle)
		p.draw(on)
	}
	s, r := newSVG(w, p.h), newRaster(w, p.h, 150)
	draw(s)
	draw(r)
	pixels, err = r.bytes()
	return s.bytes(), pixels, err
}

// frame is the part of a surface that holds the data, and what its edges
// stand for.
type frame struct {
	surface
	left, top, right, bottom float64
	x0, x1, y0, y1           float64 // at left, right, bottom, top
}

// at is where a value stands.
func (f frame) at(x, y float64) point {
	return point{f.left + (x-f.x0)/(f.x1-f.x0)*(f.right-f.left), f.bottom - (y-f.y0)/(f.y1-f.y0)*(f.bottom-f.top)}
}

// tick is a mark of an axis.
type tick struct {
	value float64
	label string
}

// quarters are the ticks of a share.
var quarters = []tick{{0, "0"}, {0.25, "0.25"}, {0.5, "0.5"}, {0.75, "0.75"}, {1, "1"}}

// ticks are round values from low to high, about five.
func ticks(low, high float64) []tick {
	rough := (high - low) / 5
	if !(rough > 0) {
		return nil
	}
	step := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, by := range []float64{5, 2} {
		if step*by <= rough {
			step *= by
			break
		}
	}
	var out []tick
	for i := math.Ceil(low / step); i*step <= high+step/1e6; i++ {
		out = append(out, tick{i * step, strconv.FormatFloat(i*step, 'g', 4, 64)})
	}
	return out
}

var ink = color.Gray{0x30}

// below draws the axis below the data.
func (f frame) below(label string, ticks []tick) {
	y := f.bottom + 4
	f.line(ink, 0.5, point{f.left, y}, point{f.right, y})
	for _, t := range ticks {
		x := f.at(t.value, 0).x
		f.line(ink, 0.5, point{x, y}, point{x, y + 3})
		f.text(t.label, point{x, y + 9}, labelSize, atMiddle)
	}
	f.text(label, point{(f.left + f.right) / 2, y + 21}, labelSize, atMiddle)
}

// beside draws the axis on the left of the data.
func (f frame) beside(ticks []tick) {
	x := f.left - 4
	f.line(ink, 0.5, point{x, f.top}, point{x, f.bottom})
	for _, t := range ticks {
		y := f.at(0, t.value).y
		f.line(ink, 0.5, point{x - 3, y}, point{x, y})
		f.text(t.label, point{x - 5, y}, labelSize, atEnd)
	}
}

// names writes names on the left of rows of the same height, from the top.
func (f frame) names(names []string) {
	row := (f.bottom - f.top) / float64(len(names))
	for i, s := range names {
		f.text(s, point{f.left - 5, f.top + (float64(i)+0.5)*row}, labelSize, atEnd)
	}
}

// entry is a line of a legend.
type entry struct {
	name  string
	color color.Color
}

// legend writes what colours stand for.
func legend(on surface, at point, entries []entry) {
	for i, e := range entries {
		y := at.y + float64(i)*13
		box(on, e.color, at.x, y, at.x+9, y+9)
		on.text(e.name, point{at.x + 13, y + 4.5}, labelSize, atStart)
	}
}

func box(on surface, c color.Color, left, top, right, bottom float64) {
	on.fill(c, point{left, top}, point{right, top}, point{right, bottom}, point{left, bottom})
}

// longest is the width of the longest of the texts.
func longest(texts []string) float64 {
	most := 0.0
	for _, s := range texts {
		most = max(most, width(s, labelSize))
	}
	return most
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
func stacked(title, axis string, labels, classes []string, shares [][]float64) *plot {
	var entries []entry
	for i, name := range classes {
		if slices.ContainsFunc(shares[i], func(v float64) bool { return v > 0 }) {
			entries = append(entries, entry{name, colors[i%len(colors)]})
		}
	}
	const bar, row = 11, 16
	n := len(labels)
	left, beside := margin+longest(labels)+5, longest(classes)+13+2*margin
	h := headRoom + row*float64(n) + tickRoom
	return &plot{title, max(560, left+200+beside), max(h, headRoom+13*float64(len(entries))+margin), func(on surface) {
		right := max(560, left+200+beside) - beside
		f := frame{on, left, headRoom, right, headRoom + row*float64(n), 0, 1, 0, 1}
		f.names(labels)
		for j := range n {
			from := 0.0
			y := f.top + (float64(j)+0.5)*row
			for i := range classes {
				if shares[i][j] > 0 {
					box(on, colors[i%len(colors)], f.at(from, 0).x, y-bar/2., f.at(from+shares[i][j], 0).x, y+bar/2.)
					from += shares[i][j]
				}
			}
		}
		f.below(axis, quarters)
		legend(on, point{right + margin, headRoom}, entries)
	}}
}

func (r *Report) plotTypes(shown []int) *plot {
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
		return nil
	}
	return stacked("Claims by type", "share of the party's claims", r.labels(shown), texts(types), shares)
}

func (r *Report) plotVersions(shown []int) *plot {
	var with []int
	for _, at := range shown {
		if len(r.data.change[r.data.parties[at]]) > 0 {
			with = append(with, at)
		}
	}
	if len(with) == 0 {
		return nil
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

// mixed is a colour between white and vermilion.
func mixed(share float64) color.Color {
	full := relationColors[1]
	mix := func(c uint8) uint8 { return uint8(math.Round(255 + share*(float64(c)-255))) }
	return color.RGBA{mix(full.R), mix(full.G), mix(full.B), 255}
}

// plotConflict is the share of conflict between each two parties, in the order
// of the tree.
func (r *Report) plotConflict(shown []int) *plot {
	var order []int
	for _, at := range leaves(len(r.data.parties), r.merges) {
		if slices.Contains(shown, at) {
			order = append(order, at)
		}
	}
	n, found := len(order), false
	g := make([][]float64, n)
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
		return nil
	}
	const cell = 20
	names := r.labels(order)
	room := longest(names) + 10
	left, side := margin+room, cell*float64(n)
	return &plot{"Conflict, in % of the pairs of two parties (grey: no pair)", left + side + margin, headRoom + side + room + margin, func(on surface) {
		f := frame{on, left, headRoom, left + side, headRoom + side, 0, 1, 0, 1}
		f.names(names)
		for i := range g {
			x := left + cell*float64(i)
			for j, v := range g[i] {
				y := headRoom + cell*float64(j)
				if math.IsNaN(v) {
					box(on, color.Gray{225}, x, y, x+cell, y+cell)
					continue
				}
				box(on, mixed(v), x, y, x+cell, y+cell)
				if n <= 20 {
					on.text(fmt.Sprintf("%.0f", 100*v), point{x + cell/2., y + cell/2.}, valueSize, atMiddle)
				}
			}
			on.text(names[i], point{x + cell/2., f.bottom + 5}, labelSize, upwards)
		}
	}}
}

func (r *Report) plotTime([]int) *plot {
	if len(r.time) < 2 {
		return nil
	}
	const w, h = 560, 300
	entries := make([]entry, len(relations))
	for i, relation := range relations {
		entries[i] = entry{string(relation), relationColors[i]}
	}
	return &plot{"Relations over time (all parties; bands: 95 % intervals)", w, h, func(on surface) {
		f := frame{on, 56, headRoom, w - longest(texts(relations)) - 13 - 2*margin, h - tickRoom, 0, float64(len(r.time) - 1), 0, 1}
		for i := range relations {
			var line, low, high []point
			for j, t := range r.time {
				x := float64(j)
				line = append(line, f.at(x, t.rates[i].Value))
				if !math.IsNaN(t.rates[i].Low) {
					low, high = append(low, f.at(x, t.rates[i].Low)), append(high, f.at(x, t.rates[i].High))
				}
			}
			c := relationColors[i]
			slices.Reverse(low)
			if len(low) > 1 {
				on.fill(color.NRGBA{c.R, c.G, c.B, 50}, append(high, low...)...)
			}
			on.line(c, 1.5, line...)
			for _, at := range line {
				on.disc(c, at, 2)
			}
		}
		every := (len(r.time) + 11) / 12
		var periods []tick
		for j, t := range r.time {
			label := ""
			if j%every == 0 {
				label = t.period
			}
			periods = append(periods, tick{float64(j), label})
		}
		f.below("", periods)
		f.beside(quarters)
		on.text("share of the pairs", point{12, headRoom}, labelSize, upwards)
		legend(on, point{f.right + margin, headRoom}, entries)
	}}
}

func (r *Report) plotTree([]int) *plot {
	n := len(r.data.parties)
	if n < 2 || n > 5*mostParties {
		return nil
	}
	const w, row = 560, 16
	x, y := make([]float64, n), make([]float64, n) // of each cluster: height, row
	names := make([]string, n)
	for i, at := range leaves(n, r.merges) {
		y[at] = float64(n) - 0.5 - float64(i)
		names[i] = r.label(at)
	}
	most := 0.0
	for _, m := range r.merges {
		most = max(most, m.height)
	}
	if most == 0 {
		most = 1
	}
	return &plot{"Parties by agreement (average linkage)", w, headRoom + row*float64(n) + tickRoom, func(on surface) {
		f := frame{on, margin + longest(names) + 5, headRoom, w - margin - 10, headRoom + row*float64(n), 0, most, 0, float64(n)}
		f.names(names)
		x, y := slices.Clone(x), slices.Clone(y)
		for _, m := range r.merges {
			on.line(colors[0], 1.2, f.at(x[m.left], y[m.left]), f.at(m.height, y[m.left]), f.at(m.height, y[m.right]), f.at(x[m.right], y[m.right]))
			x, y = append(x, m.height), append(y, (y[m.left]+y[m.right])/2)
		}
		f.below("distance: 1 − similarity", ticks(0, most))
	}}
}

func (r *Report) plotMap(shown []int) *plot {
	if len(shown) < 3 {
		return nil
	}
	const w, h = 630, 500
	title := fmt.Sprintf("Parties by agreement (classical scaling, %.0f %% of the variance; colour: community)", 100*r.held)
	return &plot{title, w, h, func(on surface) {
		// One unit is as long on both axes, with room for the names on the right.
		low, high := r.bounds(shown)
		span := r.span(shown)
		x, y := (low[0]+high[0])/2, (low[1]+high[1])/2
		f := frame{on, 44, headRoom, w - margin, h - tickRoom, 0, 0, y - 0.55*span, y + 0.55*span}
		f.x0 = x - 0.55*span
		f.x1 = f.x0 + (f.right-f.left)*1.1*span/(f.bottom-f.top)
		f.below("", ticks(f.x0, f.x1))
		f.beside(ticks(f.y0, f.y1))
		const line = 10 // from the middle of a name to that of the next
		var placed []name
		for _, at := range shown {
			from := f.at(r.places[at][0], r.places[at][1])
			placed = append(placed, name{r.label(at), from, point{from.x + 7, from.y}, colors[(r.communities[at]-1)%len(colors)]})
		}
		apart(placed, line)
		for _, p := range placed {
			if p.at.y != p.from.y {
				on.line(color.Gray{170}, 0.5, p.from, point{p.at.x - 1, p.at.y})
			}
		}
		for _, p := range placed {
			on.disc(p.color, p.from, 4)
			on.text(p.text, p.at, valueSize, atStart)
		}
	}}
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

// name is the name of a party, at the side of its place on the map.
type name struct {
	text     string
	from, at point
	color    color.Color
}

// apart moves names up that would lie on each other, in steps of a line.
func apart(names []name, line float64) {
	order := make([]*name, len(names))
	for i := range names {
		order[i] = &names[i]
	}
	slices.SortStableFunc(order, func(a, b *name) int {
		return cmp.Or(cmp.Compare(b.at.y, a.at.y), cmp.Compare(a.text, b.text))
	})
	for n, a := range order {
		long := width(a.text, valueSize)
		for moved := true; moved; {
			moved = false
			for _, b := range order[:n] {
				if a.at.x < b.at.x+width(b.text, valueSize) && b.at.x < a.at.x+long && math.Abs(a.at.y-b.at.y) < 0.999*line {
					a.at.y, moved = b.at.y-line, true
				}
			}
		}
	}
}
