package syntax

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxLine is the longest line of a CoNLL-U file, in bytes, that is accepted.
const maxLine = 1 << 20

// ReadCoNLLU reads sentences in the CoNLL-U format of Universal Dependencies.
// Multiword-token lines ("3-4") and empty nodes ("3.1") are skipped, so the
// tokens of a sentence are its syntactic words. Relation subtypes are kept as
// written. Offsets are those of the words joined by single blanks, without
// the blank after SpaceAfter=No; the words of a multiword token lie side by
// side. A missing value ("_") gives an empty field, a missing head -1.
//
// An error names the line. The sentences before it are returned with it.
func ReadCoNLLU(r io.Reader) ([][]Token, error) {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 1<<16), maxLine)
	var sentences [][]Token
	var sentence []Token
	at, line, start, joinUntil := 0, 0, 0, 0
	fail := func(n int, format string, args ...any) ([][]Token, error) {
		return sentences, fmt.Errorf("CoNLL-U line %d: %s", n, fmt.Sprintf(format, args...))
	}
	finish := func() error {
		for i := range sentence {
			if h := sentence[i].Head; h >= len(sentence) {
				return fmt.Errorf("CoNLL-U line %d: head %d of token %d is outside the sentence", start, h+1, i+1)
			}
		}
		if len(sentence) > 0 {
			sentences = append(sentences, sentence)
		}
		sentence, at, joinUntil = nil, 0, 0
		return nil
	}
	for scanner.Scan() {
		line++
		text := strings.TrimSuffix(scanner.Text(), "\r")
		if line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if strings.TrimSpace(text) == "" {
			if err := finish(); err != nil {
				return sentences, err
			}
			continue
		}
		if text[0] == '#' {
			continue
		}
		fields := strings.Split(text, "\t")
		if len(fields) != 10 {
			return fail(line, "%d columns, want 10", len(fields))
		}
		id := fields[0]
		if first, last, ok := strings.Cut(id, "-"); ok {
			a, errA := strconv.Atoi(first)
			b, errB := strconv.Atoi(last)
			if errA != nil || errB != nil || a != len(sentence)+1 || b < a {
				return fail(line, "bad token range %q", id)
			}
			joinUntil = b
			continue
		}
		if strings.Contains(id, ".") {
			continue
		}
		if n, err := strconv.Atoi(id); err != nil || n != len(sentence)+1 {
			return fail(line, "token number %q, want %d", id, len(sentence)+1)
		}
		if fields[1] == "" {
			return fail(line, "empty word")
		}
		if len(sentence) == 0 {
			start = line
		}
		token := Token{Start: at, End: at + len(fields[1]), Text: fields[1], Lemma: blank(fields[2], fields[1]), UPOS: blank(fields[3], ""), XPOS: blank(fields[4], ""), Head: -1, Rel: blank(fields[7], "")}
		if fields[6] != "_" {
			head, err := strconv.Atoi(fields[6])
			if err != nil || head < 0 || head == len(sentence)+1 {
				return fail(line, "bad head %q", fields[6])
			}
			token.Head = head - 1
		}
		sentence = append(sentence, token)
		at = token.End
		if len(sentence) >= joinUntil && !strings.Contains(fields[9], "SpaceAfter=No") {
			at++
		}
	}
	if err := scanner.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return fail(line+1, "longer than %d bytes", maxLine)
		}
		return sentences, fmt.Errorf("CoNLL-U after line %d: %w", line, err)
	}
	return sentences, finish()
}

// blank turns the "_" of an absent value into the empty string, except where
// the word itself is an underscore.
func blank(value, form string) string {
	if value == "_" && form != "_" {
		return ""
	}
	return value
}

// WriteCoNLLU writes sentences in the CoNLL-U format. Columns that Token
// does not have are "_"; SpaceAfter=No is written where two tokens touch.
func WriteCoNLLU(w io.Writer, sentences [][]Token) error {
	out := bufio.NewWriter(w)
	for _, tokens := range sentences {
		for i, t := range tokens {
			misc := "_"
			if i+1 < len(tokens) && tokens[i+1].Start == t.End && t.End > t.Start {
				misc = "SpaceAfter=No"
			}
			fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t_\t%d\t%s\t_\t%s\n", i+1, column(t.Text), column(t.Lemma), column(t.UPOS), column(t.XPOS), t.Head+1, column(t.Rel), misc)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

// column makes a value fit for a CoNLL-U column.
func column(s string) string {
	if s == "" {
		return "_"
	}
	if strings.ContainsAny(s, "\t\n\r") {
		return strings.Map(func(r rune) rune {
			if r == '\t' || r == '\n' || r == '\r' {
				return ' '
			}
			return r
		}, s)
	}
	return s
}
