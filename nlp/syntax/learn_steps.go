package syntax

// stepLearner is the averaged perceptron of the parser: what stepWeights is
// before it is packed. Training looks up each feature of each state of the
// beam, so a key and its weights share a cache line.
type stepLearner struct {
	slots []stepSlotInTraining // open addressing; key 0 is empty
	sums  []stepSum
	steps int64 // sentences seen: the time axis of the average
}

type stepSlotInTraining struct {
	key    uint64
	weight [actions]int32
	sum    int32 // index into sums
}

// stepSum holds the running sums that the average needs.
type stepSum struct {
	last   int64
	uses   int32
	weight [actions]int64
}

func newStepLearner() *stepLearner { return &stepLearner{slots: make([]stepSlotInTraining, 1<<20)} }

// slot gives the place of a feature, or the empty place where it belongs.
func (l *stepLearner) slot(feature uint64) *stepSlotInTraining {
	feature |= 1
	size := uint64(len(l.slots))
	for i := place(feature, size); ; {
		s := &l.slots[i]
		if s.key == feature || s.key == 0 {
			return s
		}
		if i++; i == size {
			i = 0
		}
	}
}

func (l *stepLearner) score(features []uint64, scores []int32) {
	var sum [actions]int32
	for _, f := range features {
		s := l.slot(f)
		for a := range sum {
			sum[a] += s.weight[a]
		}
	}
	copy(scores, sum[:])
}

func (l *stepLearner) update(features []uint64, action uint8, by int32) {
	for _, f := range features {
		s := l.slot(f)
		if s.key == 0 {
			if len(l.sums)*10 > len(l.slots)*6 {
				l.grow()
				s = l.slot(f)
			}
			s.key, s.sum = f|1, int32(len(l.sums))
			l.sums = append(l.sums, stepSum{last: l.steps})
		}
		sum := &l.sums[s.sum]
		for a := range s.weight {
			sum.weight[a] += int64(s.weight[a]) * (l.steps - sum.last)
		}
		sum.last = l.steps
		s.weight[action] += by
	}
}

// count notes that the features held once more.
func (l *stepLearner) count(features []uint64) {
	for _, f := range features {
		if s := l.slot(f); s.key != 0 {
			l.sums[s.sum].uses++
		}
	}
}

func (l *stepLearner) grow() {
	old := l.slots
	l.slots = make([]stepSlotInTraining, 2*len(old))
	for _, s := range old {
		if s.key != 0 {
			*l.slot(s.key) = s
		}
	}
}

// average gives the averaged rows.
func (l *stepLearner) average() []row {
	var out []row
	for _, s := range l.slots {
		if s.key == 0 {
			continue
		}
		sum := l.sums[s.sum]
		r := row{feature: s.key, uses: sum.uses}
		for a, w := range s.weight {
			if mean := float64(sum.weight[a]+int64(w)*(l.steps-sum.last)) / float64(max(l.steps, 1)); mean != 0 {
				r.class = append(r.class, uint8(a))
				r.weight = append(r.weight, float32(mean))
			}
		}
		if len(r.class) > 0 {
			out = append(out, r)
		}
	}
	return out
}
