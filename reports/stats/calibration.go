package stats

import (
	"bytes"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Bin holds the pairs whose score lies in [From, To), and how many of them
// are right.
type Bin struct {
	From, To     float64
	Right, Total int
}

// Calibration draws a reliability diagram as SVG: for each bin of scores the
// share of the pairs that is right, with its 95 % interval and the number of
// pairs. Where scores say what they should, the points lie on the diagonal
// (DeGroot and Fienberg, "The comparison and evaluation of forecasters",
// 1983). A bin without pairs is left out.
func Calibration(bins []Bin) ([]byte, error) {
	p := newPlot("How often a score is right")
	p.X.Label.Text, p.Y.Label.Text = "score of the pair", "share of the pairs that is right"
	ticks := plot.ConstantTicks{{Value: 0, Label: "0"}, {Value: 0.2, Label: "0.2"}, {Value: 0.4, Label: "0.4"}, {Value: 0.6, Label: "0.6"}, {Value: 0.8, Label: "0.8"}, {Value: 1, Label: "1"}}
	p.X.Min, p.X.Max, p.X.Tick.Marker = 0, 1, ticks
	p.Y.Min, p.Y.Max, p.Y.Tick.Marker = 0, 1, ticks
	diagonal, err := plotter.NewLine(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}})
	if err != nil {
		return nil, err
	}
	diagonal.Color, diagonal.Dashes = color.Gray{150}, []vg.Length{vg.Points(4), vg.Points(3)}
	p.Add(diagonal)
	p.Legend.Add("as the score says", diagonal)
	var points reliability
	for _, b := range bins {
		if b.Total == 0 {
			continue
		}
		share, low, high := wilson(b.Right, b.Total)
		points.XYs = append(points.XYs, plotter.XY{X: (b.From + b.To) / 2, Y: share})
		points.errors = append(points.errors, [2]float64{share - low, high - share})
		points.Labels = append(points.Labels, fmt.Sprint(b.Total))
	}
	if len(points.XYs) > 0 {
		line, dots, err := plotter.NewLinePoints(points.XYs)
		if err != nil {
			return nil, err
		}
		line.Color, dots.Color, dots.Shape, dots.Radius = colors[0], colors[0], draw.CircleGlyph{}, vg.Points(3)
		bars, err := plotter.NewYErrorBars(points)
		if err != nil {
			return nil, err
		}
		bars.Color = colors[0]
		counts, err := plotter.NewLabels(points.XYLabels)
		if err != nil {
			return nil, err
		}
		for i := range counts.TextStyle {
			counts.TextStyle[i].Font.Variant, counts.TextStyle[i].Font.Size = "Sans", vg.Points(8)
		}
		counts.Offset = vg.Point{X: vg.Points(4), Y: vg.Points(-10)}
		p.Add(line, dots, bars, counts)
		p.Legend.Add("pairs, with their number", line, dots)
	}
	p.Legend.Top, p.Legend.Left = true, true
	c := vgsvg.NewWith(vgsvg.UseWH(vg.Points(420), vg.Points(380)), vgsvg.EmbedFonts(false))
	p.Draw(margin(draw.New(c)))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// reliability is the points of the diagram with their intervals.
type reliability struct {
	plotter.XYLabels
	errors [][2]float64
}

// YError is asked by plotter.NewYErrorBars.
func (r reliability) YError(i int) (low, high float64) { return r.errors[i][0], r.errors[i][1] }

// wilson gives a share and its 95 % interval (Wilson, "Probable inference,
// the law of succession, and statistical inference", 1927).
func wilson(right, total int) (share, low, high float64) {
	const z = 1.959964
	n := float64(total)
	share = float64(right) / n
	middle := (share + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
	return share, max(min(middle-half, share), 0), min(max(middle+half, share), 1)
}
