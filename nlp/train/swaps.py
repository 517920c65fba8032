#!/usr/bin/env python3
"""Make pairs that differ in one word, from WordNet, to learn what one word can change.

    swaps.py --wordnet /usr/share/wordnet --out swaps.tsv NLI.tsv...

Premises come from the NLI files. In each, one word is replaced by a word that
WordNet relates to it by its first sense: an antonym or a sibling under the
same kind contradicts, a synonym or a kind that holds it follows, an example
of it is open; a number is replaced by another number. Only nouns, verbs,
adjectives and adverbs that are common in WordNet's tagged texts are used.
Columns as in the NLI files: id, premise, hypothesis, label, category.
"""
import argparse
import csv
import os
import random
import re

NUMBERS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


class WordNet:
    """Senses of single words, with what they are related to."""

    def __init__(self, folder):
        self.words, self.links, self.first, self.antonyms = {}, {}, {}, {}
        self.count = {}
        with open(os.path.join(folder, "cntlist.rev"), encoding="utf8") as f:
            for line in f:
                key, _, n = line.split()
                word, pos = key.split("%")[0], "nvars"[int(key.split("%")[1][0]) - 1]
                self.count[word, "a" if pos == "s" else pos] = self.count.get((word, "a" if pos == "s" else pos), 0) + int(n)
        for pos, name in (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv")):
            with open(os.path.join(folder, "data." + name), encoding="utf8") as f:
                for line in f:
                    if line.startswith("  "):
                        continue
                    p = line.split(" | ")[0].split()
                    here, n = (pos, p[0]), int(p[3], 16)
                    self.words[here] = [p[4 + 2 * i].split("(")[0] for i in range(n)]
                    at = 4 + 2 * n
                    for i in range(int(p[at])):
                        kind, target, tpos, which = p[at + 1 + 4 * i:at + 5 + 4 * i]
                        to = ("a" if tpos == "s" else tpos, target)
                        self.links.setdefault(here, []).append((kind, to))
                        if kind == "!":
                            source, goal = int(which[:2], 16), int(which[2:], 16)
                            word = self.words[here][source - 1]
                            self.antonyms.setdefault((word.lower(), pos), []).append((to, goal))
            with open(os.path.join(folder, "index." + name), encoding="utf8") as f:
                for line in f:
                    if not line.startswith("  "):
                        p = line.split()
                        self.first[p[0], pos] = (pos, p[-int(p[2])])

    def common(self, word, pos, least=2):
        return self.count.get((word.lower(), pos), 0) >= least

    def related(self, word, pos):
        """(other word, label) for a word in its first sense."""
        sense = self.first.get((word, pos))
        if not sense or not self.common(word, pos):
            return
        ok = lambda w: w.isalpha() and w.lower() != word and self.common(w.lower(), pos)  # noqa: E731
        for w in self.words[sense]:
            if ok(w):
                yield w, "entailment", "synonym"
        for to, n in self.antonyms.get((word, pos), []):
            w = self.words[to][n - 1]
            if ok(w):
                yield w, "contradiction", "antonym"
        for kind, to in self.links.get(sense, []):
            if kind in ("@", "@i"):
                for w in self.words[to]:
                    if ok(w):
                        yield w, "entailment", "kind"
                family = [t for k, t in self.links.get(to, []) if k in ("~", "~i") and t != sense]
                if pos == "n" and len(family) <= 60:
                    for t in family:
                        w = self.words[t][0]
                        if ok(w) and self.first.get((w.lower(), pos)) == t:
                            yield w.replace("_", " "), "contradiction", "sibling"
            elif kind in ("~", "~i"):
                w = self.words[to][0]
                if ok(w) and self.first.get((w.lower(), pos)) == to:
                    yield w, "neutral", "example"


def base(word):
    """(lemma, part of speech, function that gives another lemma the same ending)."""
    yield word, "n", lambda w: w
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        yield word[:-1], "n", lambda w: w + ("es" if re.search(r"(s|x|z|ch|sh)$", w) else "s") if not re.search(r"[^aeiou]y$", w) else w[:-1] + "ies"
    yield word, "a", lambda w: w
    yield word, "r", lambda w: w


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--wordnet", default="/usr/share/wordnet")
    p.add_argument("--out", required=True)
    p.add_argument("--per", type=int, default=1500, help="pairs of each kind of swap")
    p.add_argument("--often", type=int, default=8, help="how often the same two words are swapped")
    p.add_argument("files", nargs="+")
    a = p.parse_args()
    random.seed(3)
    net = WordNet(a.wordnet)
    premises = []
    for path in a.files:
        with open(path, encoding="utf8") as f:
            for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                premises.append(row["premise"])
    premises = sorted({s for s in premises if 5 <= len(s.split()) <= 25})
    random.shuffle(premises)
    out, used = {}, {}
    for s in premises:
        words = s.split(" ")
        choices = []
        for i, w in enumerate(words):
            core = w.strip(".,;:!?\"'()").lower()
            if core in NUMBERS or core in ORDINALS:
                other = random.choice([x for x in (NUMBERS if core in NUMBERS else ORDINALS) if x != core])
                choices.append((i, core, other, "contradiction", "number"))
            elif core.isdigit() and 1 < int(core) < 3000:
                other = str(max(2, int(int(core) * random.choice([.5, .8, 1.2, 1.5, 2, 3]))))
                if other != core:
                    choices.append((i, core, other, "contradiction", "number"))
            elif core.isalpha() and w[0].isupper() and i:
                for other, label, kind in net.related(core, "n"):
                    if other[0].isupper():
                        choices.append((i, core, other, label, "name " + kind))
            elif core.isalpha() and w.lower().startswith(core) and w[0].islower():
                for lemma, pos, inflect in base(core):
                    for other, label, kind in net.related(lemma, pos):
                        choices.append((i, core, inflect(other.lower() if other.islower() else other), label, kind))
        random.shuffle(choices)
        choices.sort(key=lambda c: len(out.get(c[4], ())))
        for i, core, other, label, kind in choices[:3]:
            changed = list(words)
            changed[i] = re.sub(re.escape(core), other, changed[i], flags=re.I)
            if i and changed[i - 1].lower() in ("a", "an"):
                article = "an" if other[0] in "aeiou" else "a"
                changed[i - 1] = article.capitalize() if changed[i - 1][0].isupper() else article
            row = (s, " ".join(changed), label, kind)
            used[core, other] = used.get((core, other), 0) + 1
            if len(out.setdefault(kind, [])) < a.per and used[core, other] <= a.often and row not in out[kind]:
                out[kind].append(row)
    with open(a.out, "w", encoding="utf8") as f:
        f.write("id\tpremise\thypothesis\tlabel\tcategory\n")
        n = 0
        for kind in sorted(out):
            for row in out[kind]:
                n += 1
                f.write(f"swap-{n}\t" + "\t".join(row) + "\n")
    print({k: len(v) for k, v in out.items()})


if __name__ == "__main__":
    main()
