package nlp

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// contentRows gives the rows of a claim's content words, of length 1.
func (d *Document) contentRows(st *states, c *Claim) (last, middle []float32) {
	tokens := d.Sentences[c.Sentence].Tokens[c.FirstToken:c.LastToken]
	for _, t := range tokens {
		switch t.UPOS {
		case "NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM":
		default:
			continue
		}
		from, to := st.between(t.Start, t.End)
		for i := from; i < to; i++ {
			n := len(last)
			last = append(last, st.last[i*st.dim:(i+1)*st.dim]...)
			middle = append(middle, st.middle[i*st.dim:(i+1)*st.dim]...)
			normalise(last[n:])
			normalise(middle[n:])
		}
	}
	return last, middle
}

// Coverage says how well the content words of two claims find each other.
type Coverage struct{ Last, LastLess, Middle, MiddleLess float64 }

// Cover matches each content word of one claim with the nearest one of the
// other, in the light of the sentences around them (BERTScore, Zhang et al.
// 2020, arXiv:1904.09675).
func Cover(a, b *Meaning) Coverage {
	var c Coverage
	c.Last, c.LastLess = cover(a.lastRows, b.lastRows, len(a.sentence))
	c.Middle, c.MiddleLess = cover(a.middleRows, b.middleRows, len(a.sentence))
	return c
}

func cover(x, y []float32, dim int) (mean, least float64) {
	if len(x) == 0 || len(y) == 0 {
		return 0, 0
	}
	a, b := blas32.General{Rows: len(x) / dim, Cols: dim, Stride: dim, Data: x}, blas32.General{Rows: len(y) / dim, Cols: dim, Stride: dim, Data: y}
	near := blas32.General{Rows: a.Rows, Cols: b.Rows, Stride: b.Rows, Data: make([]float32, a.Rows*b.Rows)}
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, a, b, 0, near)
	best := make([]float32, b.Rows)
	var left, right float64
	for i := range a.Rows {
		top := float32(0)
		for j, v := range near.Data[i*b.Rows : (i+1)*b.Rows] {
			top = max(top, v)
			best[j] = max(best[j], v)
		}
		left += float64(top)
	}
	for _, v := range best {
		right += float64(v)
	}
	left, right = left/float64(a.Rows), right/float64(b.Rows)
	return (left + right) / 2, min(left, right)
}
