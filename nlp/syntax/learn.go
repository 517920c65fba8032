package syntax

// learner is an averaged perceptron over sparse rows: what weights is before
// it is packed.
type learner struct {
	keys  []uint64 // open addressing; 0 is empty
	at    []int32
	used  int
	rows  [][]cell
	uses  []int32 // of each row, how often it held
	steps int32   // examples seen: the time axis of the average
}

// cell is the weight of one class of one feature, with the running sum that
// the average needs.
type cell struct {
	class  uint8
	last   int32 // step of the last change
	weight int32
	sum    float64 // of the weight over the steps before last
}

func newLearner() *learner {
	return &learner{keys: make([]uint64, 1<<16), at: make([]int32, 1<<16)}
}

// find gives the row number of a feature, or -1.
func (l *learner) find(feature uint64) int32 {
	feature |= 1
	mask := uint64(len(l.keys) - 1)
	for i := feature >> 1 & mask; ; i = (i + 1) & mask {
		if l.keys[i] == feature {
			return l.at[i]
		}
		if l.keys[i] == 0 {
			return -1
		}
	}
}

func (l *learner) insert(feature uint64) int32 {
	if l.used*10 > len(l.keys)*6 {
		l.grow()
	}
	feature |= 1
	mask := uint64(len(l.keys) - 1)
	i := feature >> 1 & mask
	for l.keys[i] != 0 {
		if l.keys[i] == feature {
			return l.at[i]
		}
		i = (i + 1) & mask
	}
	l.keys[i], l.at[i] = feature, int32(len(l.rows))
	l.rows, l.uses = append(l.rows, nil), append(l.uses, 0)
	l.used++
	return l.at[i]
}

func (l *learner) grow() {
	keys, at := l.keys, l.at
	l.keys, l.at = make([]uint64, 2*len(keys)), make([]int32, 2*len(at))
	mask := uint64(len(l.keys) - 1)
	for j, k := range keys {
		if k == 0 {
			continue
		}
		i := k >> 1 & mask
		for l.keys[i] != 0 {
			i = (i + 1) & mask
		}
		l.keys[i], l.at[i] = k, at[j]
	}
}

// score adds the weights of a feature to the scores of the classes.
func (l *learner) score(feature uint64, scores []int32) {
	if r := l.find(feature); r >= 0 {
		for i := range l.rows[r] {
			c := &l.rows[r][i]
			scores[c.class] += c.weight
		}
	}
}

// update changes the weight of a class for each of the features.
func (l *learner) update(features []uint64, class int, by int32) {
	for _, f := range features {
		r := l.insert(f)
		found := false
		for i := range l.rows[r] {
			c := &l.rows[r][i]
			if int(c.class) == class {
				c.sum += float64(c.weight) * float64(l.steps-c.last)
				c.last = l.steps
				c.weight += by
				found = true
				break
			}
		}
		if !found {
			l.rows[r] = append(l.rows[r], cell{class: uint8(class), last: l.steps, weight: by})
		}
	}
}

// count notes that the features held once more.
func (l *learner) count(features []uint64) {
	for _, f := range features {
		if r := l.find(f); r >= 0 {
			l.uses[r]++
		}
	}
}

// average gives the averaged rows.
func (l *learner) average() []row {
	var out []row
	for i, k := range l.keys {
		if k == 0 {
			continue
		}
		r := row{feature: k, uses: l.uses[l.at[i]]}
		for _, c := range l.rows[l.at[i]] {
			mean := (c.sum + float64(c.weight)*float64(l.steps-c.last)) / float64(max(l.steps, 1))
			if mean != 0 {
				r.class = append(r.class, c.class)
				r.weight = append(r.weight, float32(mean))
			}
		}
		if len(r.class) > 0 {
			out = append(out, r)
		}
	}
	return out
}
