package syntax

// between sums up what lies between two positions.
func (s *sentence) between(a, b int32) uint64 {
	if a < 0 || b < 0 {
		return 999
	}
	cut := func(n, most uint8) uint64 { return uint64(min(n, most)) }
	b = min(b, int32(s.n))
	return cut(s.commas[b]-s.commas[a], 2) + 3*cut(s.verbs[b]-s.verbs[a+1], 2) + 9*cut(s.joiners[b]-s.joiners[a+1], 1)
}

// distance bins how far apart two positions are.
func distance(a, b int32) uint64 {
	if a < 0 || b < 0 {
		return 0
	}
	d := b - a
	if d < 0 {
		d = -d
	}
	switch {
	case d <= 4:
		return uint64(d)
	case d <= 7:
		return 5
	case d <= 12:
		return 6
	}
	return 7
}

// salt makes the features of different templates different.
var salt = func() (salts [128]uint64) {
	for i := range salts {
		salts[i] = mix(uint64(i+1)*0xD6E8FEB86659FD93, 5)
	}
	return salts
}()

// stateFeatures appends the features of a state.
func (s *sentence) stateFeatures(out []uint64, st *state) []uint64 {
	none := newNode(-1)
	s0, s1, s2 := &none, &none, int32(-1)
	if c := st.top; c != nil {
		s0 = &c.node
		if c = c.below; c != nil {
			s1 = &c.node
			if c = c.below; c != nil {
				s2 = c.word
			}
		}
	}
	b0 := &st.front
	A, B, C, D := s.at(s0.word), s.at(s1.word), s.at(b0.word), s.at(b0.word+1)
	E, F := s.at(b0.word+2), s.at(s2)
	al, ar, bl, br, cl := s.at(s0.lc), s.at(s0.rc), s.at(s1.lc), s.at(s1.rc), s.at(b0.lc)
	al2, ar2, br2, cl2 := s.at(s0.lc2), s.at(s0.rc2), s.at(s1.rc2), s.at(b0.lc2)
	dac, dba := distance(s0.word, b0.word), distance(s1.word, s0.word)
	k := 0
	one := func(a uint64) { out = append(out, mix(salt[k], a)); k++ }
	two := func(a, b uint64) { out = append(out, mix(mix(salt[k], a), b)); k++ }
	three := func(a, b, c uint64) { out = append(out, mix(mix(mix(salt[k], a), b), c)); k++ }
	four := func(a, b, c, d uint64) { out = append(out, mix(mix(mix(mix(salt[k], a), b), c), d)); k++ }
	one(A.w)
	one(A.t)
	one(A.wt)
	one(B.w)
	one(B.t)
	one(B.wt)
	one(C.w)
	one(C.t)
	one(C.wt)
	one(D.w)
	one(D.t)
	one(D.wt)
	one(E.t)
	one(E.wt)
	one(F.t)
	one(F.wt)
	// top of the stack and front of the buffer: left or shift
	two(A.wt, C.wt)
	two(A.wt, C.w)
	two(A.w, C.wt)
	two(A.wt, C.t)
	two(A.t, C.wt)
	two(A.w, C.w)
	two(A.t, C.t)
	// the two topmost of the stack: right
	two(B.wt, A.wt)
	two(B.wt, A.t)
	two(B.t, A.wt)
	two(B.w, A.w)
	two(B.t, A.t)
	two(B.t, C.t)
	two(B.wt, C.t)
	two(B.t, C.wt)
	two(B.w, C.w)
	two(C.t, D.t)
	two(C.wt, D.t)
	two(C.t, D.wt)
	two(A.wt, D.t)
	two(A.t, D.t)
	three(C.t, D.t, E.t)
	three(A.t, C.t, D.t)
	three(A.wt, C.t, D.t)
	three(A.t, C.wt, D.t)
	three(B.t, A.t, C.t)
	three(B.wt, A.t, C.t)
	three(B.t, A.wt, C.t)
	three(B.t, A.t, C.wt)
	three(B.w, A.w, C.t)
	three(F.t, B.t, A.t)
	four(B.t, A.t, C.t, D.t)
	four(F.t, B.t, A.t, C.t)
	// marks between the words
	mc, ma, mb, md := s.markAt(b0.word), s.markAt(s0.word+1), s.markAt(s0.word), s.markAt(b0.word+1)
	three(A.t, C.t, mc)
	three(A.t, C.t, ma)
	three(A.t, B.t, mb)
	three(A.t, B.t, mc)
	three(C.t, D.t, md)
	three(A.t, C.t, md)
	four(B.t, A.t, C.t, mc)
	four(B.t, A.t, mb, mc)
	two(A.wt, mc)
	two(A.wt, mb)
	two(C.wt, mc)
	two(B.wt, s.markAt(s1.word+1))
	// children
	three(A.t, al.t, C.t)
	three(A.t, ar.t, C.t)
	three(A.t, C.t, cl.t)
	three(A.w, al.t, C.t)
	three(A.t, ar.w, C.t)
	three(A.t, C.w, cl.t)
	three(B.t, A.t, al.t)
	three(B.t, A.t, ar.t)
	three(B.t, br.t, A.t)
	three(B.t, bl.t, A.t)
	three(B.w, br.t, A.t)
	three(B.w, A.t, al.w)
	three(B.t, A.t, al.w)
	three(A.w, B.w, al.w)
	three(A.t, al.t, al2.t)
	three(A.t, ar.t, ar2.t)
	three(B.t, br.t, br2.t)
	three(C.t, cl.t, cl2.t)
	three(A.wt, al.t, ar.t)
	three(B.wt, bl.t, br.t)
	two(C.wt, cl.t)
	two(A.w, al.w)
	two(A.w, ar.w)
	two(B.w, br.w)
	four(B.t, br.t, A.t, C.t)
	four(B.t, A.t, ar.t, C.t)
	four(A.t, al.t, C.t, cl.t)
	// distances, numbers of children, what lies between
	two(A.t, dac)
	two(A.wt, dac)
	two(C.t, dac)
	two(C.wt, dac)
	three(A.t, C.t, dac)
	three(A.w, C.w, dac)
	two(A.wt, dba)
	two(B.wt, dba)
	three(B.t, A.t, dba)
	three(B.w, A.t, dba)
	two(A.wt, uint64(s0.leftCount))
	two(A.wt, uint64(s0.rightCount))
	two(B.wt, uint64(s1.rightCount))
	two(C.wt, uint64(b0.leftCount))
	three(A.t, uint64(s0.leftCount), uint64(s0.rightCount))
	three(B.t, uint64(s1.leftCount), uint64(s1.rightCount))
	three(A.t, C.t, s.between(s0.word, b0.word))
	three(B.t, A.t, s.between(s1.word, s0.word))
	three(B.t, C.t, s.between(s1.word, b0.word))
	return out
}
