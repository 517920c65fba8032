package web

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// state is what the page shows, in parts: a decision changes few of them, and
// a window that has an earlier state is sent only those.
type state struct {
	version int
	head    []byte                   // the JSON of all but the lists
	lists   [len(listNames)][][]byte // the JSON of each item
}

// listNames are the fields of a state that are lists of many items.
var listNames = [...]string{"claims", "rows", "overruled"}

// encode is the state of a page. What before has too is kept only once.
func encode(p *pageState, before *state) (*state, error) {
	head, err := json.Marshal(p.pageHead)
	if err != nil {
		return nil, err
	}
	s := &state{version: p.Version, head: head}
	if s.lists[0], err = items(p.Claims); err != nil {
		return nil, err
	}
	if s.lists[1], err = items(p.Rows); err != nil {
		return nil, err
	}
	if s.lists[2], err = items(p.Overruled); err != nil {
		return nil, err
	}
	if before == nil {
		return s, nil
	}
	for n, list := range s.lists {
		had := finder{list: before.lists[n]}
		for i, item := range list {
			if at := had.find(item); at >= 0 {
				list[i] = before.lists[n][at]
			}
		}
	}
	return s, nil
}

func items[T any](list []T) ([][]byte, error) {
	out := make([][]byte, len(list))
	for i := range list {
		var err error
		if out[i], err = json.Marshal(&list[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// since is the JSON of s for a window that has the state old, or none. In a
// list, [from, to] stands for items of the old list.
func (s *state) since(old *state) []byte {
	var b bytes.Buffer
	b.Write(s.head[:len(s.head)-1]) // less its closing brace
	if old == nil {
		old = &state{}
	} else {
		fmt.Fprintf(&b, `,"since":%d`, old.version)
	}
	for n, list := range s.lists {
		fmt.Fprintf(&b, `,%q:[`, listNames[n])
		had := finder{list: old.lists[n]}
		for i := 0; i < len(list); {
			if i > 0 {
				b.WriteByte(',')
			}
			from := had.find(list[i])
			if from < 0 {
				b.Write(list[i])
				i++
				continue
			}
			to := from + 1
			for i++; i < len(list) && to < len(had.list) && bytes.Equal(list[i], had.list[to]); i++ {
				to++
			}
			had.next = to
			fmt.Fprintf(&b, "[%d,%d]", from, to)
		}
		b.WriteByte(']')
	}
	b.WriteByte('}')
	return b.Bytes()
}

// finder finds items in a list, fastest where they come in its order.
type finder struct {
	list [][]byte
	next int
	at   map[string]int
}

// find is the index of an item in the list, or -1.
func (f *finder) find(item []byte) int {
	i := f.next
	if i >= len(f.list) || !bytes.Equal(f.list[i], item) {
		if f.at == nil {
			f.at = make(map[string]int, len(f.list))
			for i, other := range f.list {
				f.at[string(other)] = i
			}
		}
		var ok bool
		if i, ok = f.at[string(item)]; !ok {
			return -1
		}
	}
	f.next = i + 1
	return i
}
