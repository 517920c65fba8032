package syntax

// chart is the memory of Eisner's algorithm (1996) for spans of words from i
// to j: the best trees that are headed by one end, complete or still open
// towards the other end.
type chart struct {
	score [4][]float32
	split [4][]int32
}

const (
	openLeft  = iota // headed by j, with the arc from j to i
	openRight        // headed by i, with the arc from i to j
	doneLeft         // headed by j, i's subtree complete
	doneRight        // headed by i, j's subtree complete
)

// decode finds the projective tree with one root that has the most votes, and
// writes its heads.
func (w *workspace) decode(n int) {
	c := &w.chart
	for k := range c.score {
		if cap(c.score[k]) < n*n {
			c.score[k], c.split[k] = make([]float32, n*n), make([]int32, n*n)
		}
		c.score[k], c.split[k] = c.score[k][:n*n], c.split[k][:n*n]
	}
	for i := range n {
		for k := range c.score {
			c.score[k][i*n+i] = 0
		}
	}
	for length := 1; length < n; length++ {
		for i := 0; i+length < n; i++ {
			j := i + length
			best, at := float32(-1), 0
			for k := i; k < j; k++ {
				if s := c.score[doneRight][i*n+k] + c.score[doneLeft][(k+1)*n+j]; s > best {
					best, at = s, k
				}
			}
			c.score[openLeft][i*n+j], c.split[openLeft][i*n+j] = best+w.votes[j*(n+1)+i], int32(at)
			c.score[openRight][i*n+j], c.split[openRight][i*n+j] = best+w.votes[i*(n+1)+j], int32(at)
			best = -1
			for k := i; k < j; k++ {
				if s := c.score[doneLeft][i*n+k] + c.score[openLeft][k*n+j]; s > best {
					best, at = s, k
				}
			}
			c.score[doneLeft][i*n+j], c.split[doneLeft][i*n+j] = best, int32(at)
			best = -1
			for k := i + 1; k <= j; k++ {
				if s := c.score[openRight][i*n+k] + c.score[doneRight][k*n+j]; s > best {
					best, at = s, k
				}
			}
			c.score[doneRight][i*n+j], c.split[doneRight][i*n+j] = best, int32(at)
		}
	}
	root, best := 0, float32(-1)
	for r := range n {
		if s := c.score[doneLeft][r] + c.score[doneRight][r*n+n-1] + w.votes[n*(n+1)+r]; s > best {
			root, best = r, s
		}
	}
	w.heads[root] = int32(n)
	c.trace(w.heads, n, doneLeft, 0, root)
	c.trace(w.heads, n, doneRight, root, n-1)
}

// trace writes the heads inside a span.
func (c *chart) trace(heads []int32, n, kind, i, j int) {
	if i == j {
		return
	}
	k := int(c.split[kind][i*n+j])
	switch kind {
	case openLeft, openRight:
		if kind == openLeft {
			heads[i] = int32(j)
		} else {
			heads[j] = int32(i)
		}
		c.trace(heads, n, doneRight, i, k)
		c.trace(heads, n, doneLeft, k+1, j)
	case doneLeft:
		c.trace(heads, n, doneLeft, i, k)
		c.trace(heads, n, openLeft, k, j)
	case doneRight:
		c.trace(heads, n, openRight, i, k)
		c.trace(heads, n, doneRight, k, j)
	}
}
