package entities

// pronoun resolves the pronoun at token i, where a rule is sure enough.
func (s *Statement) pronoun(sc scene, i int) (Entity, bool) {
	var m mention
	ok := false
	switch w := sc.ws[i].lower; w {
	case "we", "us", "our", "ours", "ourselves", "i", "my", "me":
		if (w == "us" || w == "i") && sc.tokens[i].Text != "us" && sc.tokens[i].Text != "I" {
			return Entity{}, false // "US", a list's "i"
		}
		if s.speaker != "" && !s.quoted {
			m, ok = s.party(s.speaker), true
		}
	case "it", "its", "itself":
		if w == "it" && expletive(sc, i) {
			return Entity{}, false
		}
		m, ok = s.subject(func(m mention) bool { return m.Type == Organization || m.Type == Place })
	case "he", "she", "him", "her", "his", "himself", "herself":
		m, ok = s.subject(func(m mention) bool { return m.Type == Person })
	case "there":
		if sc.tokens[i].XPOS == "RB" && sc.tokens[i].Rel == "advmod" {
			near := func(m mention) bool { return s.sentence-m.sentence <= 1 }
			if m, ok = s.only(func(m mention) bool { return near(m) && m.Type == Place }); !ok {
				m, ok = s.only(func(m mention) bool { return near(m) && m.unheard && !m.subject })
				m.Type = Place
			}
		}
	}
	if !ok {
		return Entity{}, false
	}
	t := sc.tokens[i]
	return Entity{Start: t.Start, End: t.End, Text: t.Text, Type: m.Type, Key: m.Key, Of: m.Of, Form: Pronoun, HeadStart: t.Start, HeadEnd: t.End}, true
}

// subject is the subject of this sentence or the one before, if it is of the
// right sort.
func (s *Statement) subject(fits func(mention) bool) (mention, bool) {
	for _, back := range []int{0, 1} {
		if back == 1 && s.rival(fits) {
			break
		}
		for i := len(s.history) - 1; i >= 0; i-- {
			m := s.history[i]
			if s.sentence-m.sentence > back {
				break
			}
			if s.sentence-m.sentence == back && m.subject && m.Form != Demonym {
				if fits(m) {
					return m, true
				}
				if back == 1 {
					return mention{}, false
				}
			}
		}
	}
	return mention{}, false
}

// rival reports whether something named earlier in this sentence could be
// meant as well as the subject of the sentence before.
func (s *Statement) rival(fits func(mention) bool) bool {
	for i := len(s.history) - 1; i >= 0 && s.history[i].sentence == s.sentence; i-- {
		if s.history[i].Form != Demonym && fits(s.history[i]) {
			return true
		}
	}
	return false
}

// expletive reports whether "it" at i stands for nothing: "it is clear that",
// "it seems", "it should be noted".
func expletive(sc scene, i int) bool {
	for k := i + 1; k < len(sc.ws) && k < i+9; k++ {
		switch sc.ws[k].lower {
		case "that", "to", "whether", "who", "how", "why", "if":
			return k > i+1
		case "seems", "seemed", "appears", "appeared", "follows", "rains":
			return k <= i+3
		case ".", ";":
			return false
		}
	}
	return false
}
