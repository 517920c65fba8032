package html

import (
	"fmt"
	"math"
	"strings"

	"counterclaim/compare"
	"counterclaim/reports/wording"
)

// figures are the two pictures of who agrees with whom: a matrix, and a
// network. Both are drawn here, without a library, since a page needs every
// line in its own style sheet to be right in the dark, in grey and on paper.
type figures struct {
	Matrix  matrix
	Network network
}

// matrix has one row and one column per party: agreements above the diagonal,
// conflicts below it.
type matrix struct {
	Width, Height string
	Labels        []lines // of the rows
	Heads         []label // of the columns: the numbers of the parties
	Cells         []matrixCell
}

type matrixCell struct {
	X, Y, Size string
	Class      string // agree, conflict or same, for the diagonal
	Strength   string // from 0 to 1
	Text       label
	Title      string
}

type label struct{ X, Y, Text string }

// lines are a name cut into lines.
type lines struct {
	X, Y   string
	Anchor string
	Lines  []label
}

type network struct {
	Width, Height string
	Nodes         []node
	Edges         []edge
}

type node struct {
	X, Y  string
	Label lines
}

type edge struct {
	Class          string // the relation
	X1, Y1, X2, Y2 string
	Width          string
	Text           label // the number of pairs; empty where there are many parties
	Title          string
}

// Measures in the units of the pictures; a unit is about a pixel.
const (
	labelWidth   = 150.0 // of the names beside the matrix
	headHeight   = 26.0
	biggestCell  = 64.0
	smallestCell = 24.0
	pictureWidth = 460.0
	textHeight   = 15.0
	labelRunes   = 18 // of a line of a name
	labelLines   = 3
	nodeRadius   = 9.0
	apart        = 7.0 // between the lines of two relations
	fewParties   = 5   // up to which lines carry their numbers
)

func newFigures(v *wording.Report) *figures {
	if len(v.Case.Parties) < 2 {
		return nil
	}
	ms := v.Meetings()
	most := 1
	for _, m := range ms {
		for _, n := range m.Counts {
			most = max(most, n)
		}
	}
	return &figures{Matrix: newMatrix(v, ms, most), Network: newNetwork(v, ms, most)}
}

func newMatrix(v *wording.Report, ms []wording.Meeting, most int) matrix {
	n := len(v.Case.Parties)
	size := min(biggestCell, max(smallestCell, (pictureWidth-labelWidth)/float64(n)))
	fig := matrix{Width: num(labelWidth + size*float64(n)), Height: num(headHeight + size*float64(n))}
	at := func(row, column int) (x, y float64) {
		return labelWidth + size*float64(column), headHeight + size*float64(row)
	}
	for i := range n {
		x, y := at(i, i)
		rows := max(1, min(labelLines, int(size/textHeight)))
		fig.Labels = append(fig.Labels, cut(fmt.Sprintf("%d %s", i+1, v.Short(i)), rows, labelWidth-10, y+size/2, "end"))
		fig.Heads = append(fig.Heads, label{num(x + size/2), num(headHeight - 9), fmt.Sprint(i + 1)})
		fig.Cells = append(fig.Cells, matrixCell{X: num(x), Y: num(y), Size: num(size - 2), Class: "same", Strength: "1"})
	}
	cell := func(row, column int, r compare.Relation, m wording.Meeting) {
		x, y := at(row, column)
		fig.Cells = append(fig.Cells, matrixCell{
			X: num(x), Y: num(y), Size: num(size - 2), Class: string(r), Strength: num(strength(m.Counts[r], most)),
			Text:  label{num(x + size/2 - 1), num(y + size/2 + 4), fmt.Sprint(m.Counts[r])},
			Title: fmt.Sprintf("%s and %s: %s", v.Name(m.A), v.Name(m.B), countOf(m.Counts[r], r)),
		})
	}
	for _, m := range ms {
		cell(m.A, m.B, compare.Agree, m)
		cell(m.B, m.A, compare.Conflict, m)
	}
	return fig
}

// strength is how strongly a number of pairs is drawn, from 0 to 1. The root
// keeps small numbers visible beside large ones.
func strength(n, most int) float64 { return math.Sqrt(float64(n) / float64(most)) }

func countOf(n int, r compare.Relation) string { return fmt.Sprintf("%d %s", n, r) }

func newNetwork(v *wording.Report, ms []wording.Meeting, most int) network {
	n := len(v.Case.Parties)
	radius := 118.0 + 9*math.Max(0, float64(n-8))
	width, height := pictureWidth+2*(radius-118), 2*radius+130
	cx, cy := width/2, height/2
	place := func(i int) (x, y float64) {
		angle := 2*math.Pi*float64(i)/float64(n) - math.Pi/2
		if n == 2 {
			angle = math.Pi * float64(1-i) // beside each other
		}
		return cx + radius*math.Cos(angle), cy + radius*math.Sin(angle)
	}
	fig := network{Width: num(width), Height: num(height)}
	for _, m := range ms {
		x1, y1 := place(m.A)
		x2, y2 := place(m.B)
		dx, dy := x2-x1, y2-y1
		long := math.Hypot(dx, dy)
		dx, dy = dx/long, dy/long
		for i, r := range wording.Relations {
			count := m.Counts[r]
			if count == 0 {
				continue
			}
			side := apart * float64(i-1)
			ax, ay := x1+dx*nodeRadius-dy*side, y1+dy*nodeRadius+dx*side
			bx, by := x2-dx*nodeRadius-dy*side, y2-dy*nodeRadius+dx*side
			e := edge{
				Class: string(r), X1: num(ax), Y1: num(ay), X2: num(bx), Y2: num(by), Width: num(1 + 4*strength(count, most)),
				Title: fmt.Sprintf("%s and %s: %s", v.Name(m.A), v.Name(m.B), countOf(count, r)),
			}
			if n <= fewParties {
				along := 0.5 + 0.2*float64(i-1) // one beside the other
				e.Text = label{num(ax + (bx-ax)*along), num(ay + (by-ay)*along + 4), letter(r) + " " + fmt.Sprint(count)}
			}
			fig.Edges = append(fig.Edges, e)
		}
	}
	for i := range n {
		x, y := place(i)
		lx, ly, anchor := x, y+nodeRadius+6+textHeight, "middle"
		switch {
		case math.Abs(x-cx) > radius*0.4 && x > cx:
			lx, ly, anchor = x+nodeRadius+6, y, "start"
		case math.Abs(x-cx) > radius*0.4:
			lx, ly, anchor = x-nodeRadius-6, y, "end"
		case y < cy:
			ly = y - nodeRadius - 6 - textHeight
		}
		fig.Nodes = append(fig.Nodes, node{X: num(x), Y: num(y), Label: cut(v.Short(i), labelLines, lx, ly, anchor)})
	}
	return fig
}

// num writes a coordinate.
func num(f float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0") }

// cut breaks a name into lines, centred on y. What does not fit is left out,
// with a mark that says so.
func cut(name string, most int, x, y float64, anchor string) lines {
	var out []string
	for _, word := range strings.Fields(name) {
		last := len(out) - 1
		if last >= 0 && len([]rune(out[last]))+1+len([]rune(word)) <= labelRunes {
			out[last] += " " + word
			continue
		}
		if r := []rune(word); len(r) > labelRunes {
			word = string(r[:labelRunes-1]) + "…"
		}
		out = append(out, word)
	}
	if len(out) > most {
		out = out[:most]
		if last := []rune(out[most-1]); len(last) < labelRunes {
			out[most-1] += "…"
		} else {
			out[most-1] = string(last[:labelRunes-1]) + "…"
		}
	}
	l := lines{X: num(x), Y: num(y), Anchor: anchor}
	top := y - textHeight*float64(len(out)-1)/2 + 4
	for i, s := range out {
		l.Lines = append(l.Lines, label{num(x), num(top + textHeight*float64(i)), s})
	}
	return l
}
