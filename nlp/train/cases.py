#!/usr/bin/env python3
"""Make case folders out of marked cases, and say what is wrong with them.

    python3 nlp/train/cases.py --out DIR nlp/train/cases/*.case

A marked case is one text file: lines `title:`, `date:`, and one line
`party: id | Name | alias; alias` per party; then for each statement a line
`## FILE of PARTY` and its text, in which every claim stands in braces; then a
line `## pairs` and one line for each pair of claims that meet.

    {a1f The valve was opened at noon}           claim a1, a fact
    {a2a@(the inspector) nobody had checked it}  an accusation that the text only reports: its source
    a1 b4 conflict time                          a pair: claims, relation, kind

A claim may lie inside another. Letters of types: f fact, a accusation, d denial,
m demand, c commitment, e evaluation, l legal, p prediction, x ceremonial.
"""
import argparse
import collections
import os
import re
import sys

TYPES = dict(f="fact", a="accusation", d="denial", m="demand", c="commitment", e="evaluation", l="legal", p="prediction",
             x="ceremonial")
KINDS = {"agree": {"same", "narrower", "broader"}, "framing": {"naming", "evaluation"},
         "conflict": {"negation", "antonym", "quantity", "time", "place", "actor", "patient", "blame", "modality", "status", "other"}}
MARK = re.compile(r"\{([a-z]+\d+)([famcelpxd])(?:@\(([^()]*)\))? +|\}")


def unmark(text, where, bad):
    """The text without marks, and its claims: id, from, to, type, source."""
    out, claims, open_, at, last = [], [], [], 0, 0
    for m in MARK.finditer(text):
        part = text[last:m.start()]
        if "{" in part or "}" in part:
            bad.append(f"{where}: a brace that is no mark near {part[-60:]!r}")
        out.append(part)
        at += len(part)
        last = m.end()
        if m.group() != "}":
            open_.append((m.group(1), at, m.group(2), m.group(3) or ""))
        elif not open_:
            bad.append(f"{where}: a closing brace too many near {part[-60:]!r}")
        else:
            name, start, kind, source = open_.pop()
            claims.append((name, start, at, TYPES[kind], source))
    if "{" in text[last:]:
        bad.append(f"{where}: a brace that is no mark near {text[last:][:80]!r}")
    for o in open_:
        bad.append(f"{where}: claim {o[0]} is not closed")
    return "".join(out) + text[last:], claims


def fold(text):
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("“", '"').replace("”", '"'))


def read(path):
    bad, case, parties, statements, pairs, section = [], {}, [], [], [], None
    for n, line in enumerate(open(path, encoding="utf8").read().split("\n"), 1):
        if line.startswith("## "):
            m = re.fullmatch(r"## (\S+\.(?:md|txt)) of ([a-z0-9-]+)", line.strip())
            if line.strip() == "## pairs":
                section = "pairs"
            elif m:
                section = []
                statements.append((m.group(1), m.group(2), section))
            else:
                bad.append(f"line {n}: neither '## FILE.md of PARTY' nor '## pairs': {line}")
        elif section == "pairs":
            if line.strip():
                pairs.append((n, line.split()))
        elif section is not None:
            section.append(line)
        elif line.startswith("party:"):
            f = [x.strip() for x in line[6:].split("|")] + ["", ""]
            parties.append((f[0], f[1], [a.strip() for a in f[2].split(";") if a.strip()]))
        elif ":" in line:
            k, v = line.split(":", 1)
            case[k.strip()] = v.strip()
    claims, texts = {}, {}
    for file, party, lines in statements:
        text, found = unmark("\n".join(lines).strip() + "\n", file, bad)
        texts[file] = text
        if party not in [p[0] for p in parties]:
            bad.append(f"{file}: no party {party}")
        for name, a, b, kind, source in found:
            quote = " ".join(text[a:b].split())
            if name in claims:
                bad.append(f"{file}: claim {name} is there twice")
            if len(quote.split()) < 1 or "\n\n" in text[a:b].strip():
                bad.append(f"{file}: claim {name} is empty or runs over a paragraph")
            before = " ".join(fold(t) for f, t in texts.items() if f != file and dict((s[0], s[1]) for s in statements)[f] == party)
            before += " " + fold(text[:a])
            if fold(quote) in before:
                bad.append(f"{file}: the words of claim {name} stand earlier already, take more of them: {quote!r}")
            claims[name] = (party, quote, kind, source)
    rows, seen = [], set()
    for n, f in pairs:
        if len(f) < 4 or f[0] not in claims or f[1] not in claims:
            bad.append(f"line {n}: not 'CLAIM CLAIM relation kind' with known claims: {' '.join(f)}")
            continue
        a, b, relation, kind = f[:4]
        if kind not in KINDS.get(relation, ()):
            bad.append(f"line {n}: {relation} has no kind {kind}")
        if claims[a][0] == claims[b][0]:
            bad.append(f"line {n}: {a} and {b} are of the same party")
        if frozenset((a, b)) in seen:
            bad.append(f"line {n}: {a} {b} is listed twice")
        seen.add(frozenset((a, b)))
        rows.append((a, b, relation, kind))
    return case, parties, statements, texts, claims, rows, bad


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", required=True)
    p.add_argument("files", nargs="+")
    a = p.parse_args()
    failed = False
    for path in a.files:
        name = os.path.basename(path).rsplit(".", 1)[0]
        case, parties, statements, texts, claims, rows, bad = read(path)
        for b in bad:
            print(f"{path}: {b}", file=sys.stderr)
        words = sum(len(t.split()) for t in texts.values())
        relations = collections.Counter(r[2] for r in rows)
        print(f"{name}: {len(parties)} parties, {words} words, {len(claims)} claims, {len(rows)} pairs {dict(relations)}"
              + (f"; {len(bad)} faults" if bad else ""))
        if bad:
            failed = True
            continue
        folder = os.path.join(a.out, name)
        os.makedirs(os.path.join(folder, "gold"), exist_ok=True)
        with open(os.path.join(folder, "case.yaml"), "w", encoding="utf8") as f:
            f.write(f"title: {quoted(case.get('title', name))}\n")
            if "date" in case:
                f.write(f"date: {case['date']}\n")
            f.write("parties:\n")
            for pid, full, aliases in parties:
                f.write(f"  - id: {pid}\n    name: {quoted(full)}\n")
                if aliases:
                    f.write(f"    aliases: [{', '.join(map(quoted, aliases))}]\n")
                f.write(f"    statements: [{', '.join(s[0] for s in statements if s[1] == pid)}]\n")
        for file, text in texts.items():
            with open(os.path.join(folder, file), "w", encoding="utf8") as f:
                f.write(text)
        with open(os.path.join(folder, "gold", "claims.tsv"), "w", encoding="utf8") as f:
            f.write("party\tquote\ttype\tsource\tnote\n")
            for party, quote, kind, source in claims.values():
                f.write(f"{party}\t{quote}\t{kind}\t{source}\t\n")
        with open(os.path.join(folder, "gold", "relations.tsv"), "w", encoding="utf8") as f:
            f.write("party_a\tquote_a\tparty_b\tquote_b\trelation\tkind\tnote\n")
            for x, y, relation, kind in rows:
                f.write("\t".join((*claims[x][:2], *claims[y][:2], relation, kind, "")) + "\n")
    sys.exit(failed)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
