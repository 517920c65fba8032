#!/usr/bin/env python3
"""Train the network of package syntax: tags, heads, relations.

    G="--gold ewt-train.conllu --gold gum-train.conllu --dev ewt-dev.conllu --encoder nlp/model.bin"
    train.py $G --layers 6 --cells 1536 --wide 3 --epochs 8 --rate 2e-4 --head-rate 1e-3 --seconds 30 --seed 1 --out t1.pt    (and 2, 3)
    train.py $G --teacher t1.pt --teacher t2.pt --teacher t3.pt --silver sentences.jsonl --cells 512 --rate 4e-4 --drop 0.07 --seconds 65 --out s.pt
    train.py $G --begin s.pt --cells 512 --rate 2e-4 --head-rate 8e-4 --batch 1500 --seconds 1500 --out student.pt
    train.py --export student.pt --out student.bin    writes it and student.json for go run ./nlp/syntax/train

The model in the repository was made so: the first four on an H200 shared with
others, the fifth in 25 minutes on half a core (XPOS 0.954, UAS 0.896, LAS 0.866
on EWT's development part; 0.941, 0.884, 0.844 before it).

The network begins as the lowest layers of the encoder in --encoder
(all-MiniLM-L6-v2), read word by word, with the inner layers cut to the cells
that matter most. Without --teacher it learns from the gold trees alone; so do
the teachers, which have all layers. With teachers it learns from the gold
trees and from what the teachers together say of those and of --silver,
sentences without trees, one JSON list of tokens a line (what
go run ./nlp/syntax/train -sentences prints). --begin goes on with a network
that was trained before. Files may be packed (.xz). Needs torch and numpy; the
training ends after --seconds, so that the figures depend on the machine.
"""
import argparse
import json
import lzma
import math
import os
import random
import struct
import sys
import time
import unicodedata

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

PIECES = 4  # of one token: its first three and its last one
LONGEST = 250  # tokens of one sentence
ARC, LABEL, SQUEEZE = 64, 80, 176
SHAPES = 8
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
START = time.time()


def log(s):
    print(f"{time.time() - START:6.0f} {s}", flush=True)


def lines(path):
    opened = lzma.open(path, "rt", encoding="utf8") if path.endswith(".xz") else open(path, encoding="utf8")
    with opened as f:
        yield from f


# -- the encoder's file -----------------------------------------------------

def read_encoder(path):
    """Weights and vocabulary of a model file of package embedding."""
    with open(path, "rb") as f:
        data = f.read()
    n, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + n])
    meta = header.pop("__metadata__")
    kinds = {"I8": np.int8, "U8": np.uint8, "F32": np.float32, "I32": np.int32}

    def get(name):
        e = header[name]
        lo, hi = e["data_offsets"]
        return np.frombuffer(data[8 + n + lo:8 + n + hi], kinds[e["dtype"]]).reshape(e["shape"])

    def matrix(name):
        b = get(name)
        scale, _, bias = get(name + ".out")
        w = b.transpose(0, 2, 1, 3).reshape(b.shape[0] * 16, b.shape[1] * 4).astype(np.float32) * scale[:, None]
        return torch.tensor(w), torch.tensor(bias)

    table = lambda name: torch.tensor(get(name).astype(np.float32) * get(name + ".scale")[:, None])
    out = {"words": table("words"), "positions": table("positions"), "types": torch.tensor(get("types")),
           "norm": torch.tensor(get("embed.norm")), "heads": int(meta["heads"]), "layers": []}
    for i in range(int(meta["text_layers"])):
        p = f"layer.{i}."
        out["layers"].append({k: matrix(p + k) for k in ("qkv", "attn", "up", "down")} |
                             {k: torch.tensor(get(p + k)) for k in ("attn.norm", "down.norm")})
    ends, chars = get("vocab.ends"), get("vocab").tobytes()
    vocab, at = [], 0
    for e in ends:
        vocab.append(chars[at:e].decode())
        at = e
    return out, vocab


def read_states(path):
    """The same of a file of nlp/train/train.py prepare."""
    saved = torch.load(path, weights_only=True, map_location="cpu")
    state = {k: v.float() for k, v in saved["state"].items()}
    rows = lambda name: saved["embeddings"][name][0].float() * saved["embeddings"][name][1].float().reshape(-1, 1)
    both = lambda name: (state[name + ".weight"], state[name + ".bias"])
    out = {"words": rows("word_embeddings"), "positions": rows("position_embeddings")[:256],
           "types": state["embeddings.token_type_embeddings.weight"], "norm": torch.stack(both("embeddings.LayerNorm")), "heads": 12, "layers": []}
    i = 0
    while f"encoder.layer.{i}.output.dense.weight" in state:
        p = f"encoder.layer.{i}."
        (q, qb), (k, kb), (v, vb) = (both(p + "attention.self." + x) for x in ("query", "key", "value"))
        fold = 1 / math.sqrt(q.shape[0] / out["heads"])
        out["layers"].append({"qkv": (torch.cat([q * fold, k, v]), torch.cat([qb * fold, kb, vb])), "attn": both(p + "attention.output.dense"),
                              "up": both(p + "intermediate.dense"), "down": both(p + "output.dense"),
                              "attn.norm": torch.stack(both(p + "attention.output.LayerNorm")), "down.norm": torch.stack(both(p + "output.LayerNorm"))})
        i += 1
    return out, saved["vocab"]


# -- tokens to pieces, as in network.go ---------------------------------------

def shape(token):
    """The kind of a token's spelling; the encoder's pieces are all lower case."""
    letters = [c for c in token if c.isalpha()]
    if any(unicodedata.category(c) == "Nd" for c in token):
        return 5
    if not letters:
        return 6
    upper = sum(unicodedata.category(c) == "Lu" for c in letters)
    if upper == 0:
        return 1
    if upper == len(letters):
        return 7 if len(letters) == 1 else 3
    return 2 if upper == 1 and unicodedata.category(letters[0]) == "Lu" else 4


# Typographic marks, as word.go folds them.
FOLD = {"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "--", "−": "-", "…": "...", "‑": "-", "‐": "-"}


class Pieces:
    def __init__(self, vocab):
        self.id = {w: i for i, w in enumerate(vocab)}
        self.unknown, self.start, self.end = (self.id[w] for w in ("[UNK]", "[CLS]", "[SEP]"))
        self.cache = {}

    def words(self, token):
        word = ""
        for c in token:
            if c == "\ufffd":
                continue
            for d in unicodedata.normalize("NFD", c):
                kind = unicodedata.category(d)
                if d in " \t\n\r" or kind.startswith("Z"):
                    if word:
                        yield word
                    word = ""
                elif kind == "Mn" or kind.startswith("C"):
                    continue
                elif kind.startswith("P") or (ord(d) < 128 and not d.isalnum()):
                    if word:
                        yield word
                    yield d
                    word = ""
                else:
                    word += d.lower()
        if word:
            yield word

    def of(self, token):
        if token not in self.cache:
            out = []
            for word in self.words("".join(FOLD.get(c, c) for c in token)):
                cut, at = [], 0
                while at < len(word) and len(word) <= 100:
                    for end in range(len(word), at, -1):
                        p = self.id.get(("##" if at else "") + word[at:end])
                        if p is not None:
                            break
                    else:
                        cut = []
                        break
                    cut.append(p)
                    at = end
                out += cut or [self.unknown]
            out = out or [self.unknown]
            if len(out) > PIECES:
                out = out[:PIECES - 1] + out[-1:]
            self.cache[token] = out
        return self.cache[token]


# -- data -------------------------------------------------------------------

class Sentence:
    __slots__ = ("tokens", "tags", "heads", "rels")

    def __init__(self, tokens):
        self.tokens, self.tags, self.heads, self.rels = tokens, None, None, None


def read_conllu(path):
    out, rows = [], []
    for line in lines(path):
        line = line.rstrip("\n")
        if line and not line.startswith("#"):
            f = line.split("\t")
            if f[0].isdigit():
                rows.append(f)
        elif not line and rows:
            s = Sentence([r[1] for r in rows])
            s.tags = [r[4] + "|" + r[3] for r in rows]
            s.heads = [int(r[6]) for r in rows]  # 0 is the root
            s.rels = [r[7].split(":")[0] for r in rows]
            out.append(s)
            rows = []
    return out


class Batch:
    """Sentences of like length as tensors, on the device once and for all.
    Row 0 of each is [CLS], which stands for the root, and [SEP] follows the
    tokens."""

    def __init__(self, sentences, pieces, maps, silver):
        tags, rels = maps
        n, w = len(sentences), max(len(s.tokens) for s in sentences)
        ids = np.zeros((n, w + 2, PIECES), np.int64)
        share = np.zeros((n, w + 2, PIECES), np.float32)
        types = np.zeros((n, w + 2), np.int64)
        mask = np.zeros((n, w + 2), bool)
        gold = {k: np.full((n, w), -100, np.int64) for k in ("tag", "head", "rel")}
        real = np.zeros((n, w), bool)
        for i, s in enumerate(sentences):
            k = len(s.tokens)
            for j, cut in enumerate([[pieces.start]] + [pieces.of(t) for t in s.tokens] + [[pieces.end]]):
                ids[i, j, :len(cut)] = cut
                share[i, j, :len(cut)] = 1 / len(cut)
            types[i, 1:k + 1] = [shape(t) for t in s.tokens]
            mask[i, :k + 2] = True
            real[i, :k] = True
            if s.tags:
                gold["tag"][i, :k] = [tags.get(t, -100) for t in s.tags]
                gold["head"][i, :k] = s.heads
                gold["rel"][i, :k] = [rels.get(r, -100) for r in s.rels]
        to = lambda a: torch.tensor(a, device=DEVICE)
        self.ids, self.share, self.types, self.mask, self.real = map(to, (ids, share, types, mask, real))
        self.gold = {k: to(v) for k, v in gold.items()}
        self.silver, self.soft = silver, None


def batches(sentences, pieces, maps, size, seed, silver=False):
    rng = random.Random(seed)
    fit = [s for s in sentences if len(s.tokens) <= LONGEST]
    key = {id(s): len(s.tokens) * rng.uniform(0.9, 1.1) for s in fit}
    out, now, most = [], [], 0
    for s in sorted(fit, key=lambda s: key[id(s)]):
        n = len(s.tokens) + 2
        if now and max(most, n) * (len(now) + 1) > size:
            out.append(Batch(now, pieces, maps, silver))
            now, most = [], 0
        now.append(s)
        most = max(most, n)
    if now:
        out.append(Batch(now, pieces, maps, silver))
    return out


# -- the network --------------------------------------------------------------

class Layer(nn.Module):
    def __init__(self, src, heads, cells):
        super().__init__()
        lin = lambda wb: self.linear(*wb)
        self.heads = heads
        self.qkv, self.attn, self.up, self.down = (lin(src[k]) for k in ("qkv", "attn", "up", "down"))
        self.norm1, self.norm2 = self.norm(src["attn.norm"]), self.norm(src["down.norm"])
        self.cells = cells

    @staticmethod
    def linear(w, b):
        l = nn.Linear(w.shape[1], w.shape[0])
        l.weight.data.copy_(w)
        l.bias.data.copy_(b)
        return l

    @staticmethod
    def norm(v):
        n = nn.LayerNorm(v.shape[1], eps=1e-12)
        n.weight.data.copy_(v[0])
        n.bias.data.copy_(v[1])
        return n

    def prune(self, importance):
        """Keep the inner cells that matter most."""
        keep = importance.argsort(descending=True)[:self.cells].sort().values
        up, down = self.up, self.down
        self.up = self.linear(up.weight.data[keep], up.bias.data[keep]).to(DEVICE)
        self.down = self.linear(down.weight.data[:, keep], down.bias.data).to(DEVICE)

    def forward(self, x, mask, drop):
        n, p, d = x.shape
        q, k, v = self.qkv(x).view(n, p, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :], scale=1.0)
        x = self.norm1(x + F.dropout(self.attn(a.transpose(1, 2).reshape(n, p, d)), drop, self.training))
        inner = F.gelu(self.up(x))
        if getattr(self, "watch", None) is not None:
            self.watch += inner.detach().float()[mask].abs().sum(0)
        return self.norm2(x + F.dropout(self.down(inner), drop, self.training))


class Net(nn.Module):
    def __init__(self, src, layers, cells, sizes, wide=1):
        super().__init__()
        d = src["words"].shape[1]
        self.words = nn.Embedding.from_pretrained(src["words"].clone(), freeze=False)
        self.where = nn.Embedding.from_pretrained(src["positions"].clone(), freeze=False)
        types = src["types"][:1].repeat(SHAPES, 1) + 0.02 * torch.randn(SHAPES, d)
        self.types = nn.Embedding.from_pretrained(types, freeze=False)
        self.norm = Layer.norm(src["norm"])
        self.layers = nn.ModuleList(Layer(l, src["heads"], cells) for l in src["layers"][:layers])
        tags, rels = sizes
        arc, label = ARC * wide, LABEL * wide
        self.squeeze = nn.Linear(d, SQUEEZE * wide)
        d = SQUEEZE * wide
        self.tag = nn.Linear(d, tags)
        self.arc_dep, self.arc_head, self.arc_turn = nn.Linear(d, arc), nn.Linear(d, arc), nn.Linear(arc, arc)
        self.rel_dep, self.rel_head, self.rel_out = nn.Linear(d, label), nn.Linear(d, label, bias=False), nn.Linear(label, rels)
        self.unknown = 0

    def encode(self, b, drop, forget):
        share = b.share
        x = (self.words(b.ids) * share[..., None]).sum(2)
        if self.training and forget:
            lost = torch.rand(b.types.shape, device=x.device) < forget
            x = torch.where(lost[..., None], self.words.weight[self.unknown], x)
        where = torch.arange(x.shape[1], device=x.device)
        x = self.norm(x + self.where(where)[None] + self.types(b.types))
        x = F.dropout(x, drop, self.training)
        for l in self.layers:
            x = l(x, b.mask, drop)
        return x

    def forward(self, b, drop=0.1, head_drop=0.25, forget=0.03):
        x = self.encode(b, drop, forget)[:, :-1]  # without [SEP] of the longest, or a pad
        heads = F.dropout(F.relu(self.squeeze(F.dropout(x, drop, self.training))), head_drop, self.training)
        w = heads[:, 1:]
        dep = self.arc_turn(F.relu(self.arc_dep(w)))
        arcs = (dep @ F.relu(self.arc_head(heads)).transpose(1, 2)).float()
        arcs = arcs.masked_fill(~F.pad(b.real, (1, 0), value=True)[:, None, :], -1e4)
        me = torch.eye(w.shape[1], dtype=torch.bool, device=w.device)
        arcs = arcs.masked_fill(F.pad(me, (1, 0))[None], -1e4)
        return w, heads, self.tag(w).float(), arcs

    def relations(self, w, heads, chosen):
        h = self.rel_head(heads).gather(1, chosen[:, :, None].expand(-1, -1, self.rel_head.out_features))
        return self.rel_out(F.relu(self.rel_dep(w) + h)).float()


def cross(logits, gold):
    return F.cross_entropy(logits.flatten(0, 1), gold.flatten(), ignore_index=-100)


def divergence(logits, target, real):
    each = -(target.float() * logits.log_softmax(-1)).sum(-1)
    return (each * real).sum() / real.sum()


def losses(net, b, drop, forget, soft_share):
    w, heads, tags, arcs = net(b, drop, forget=forget)
    parts, share = [0.0] * 3, 0.0
    if b.soft is not None:
        share = 1.0 if b.silver else soft_share
        s = b.soft
        rels = net.relations(w, heads, s["chosen"])
        parts = [share * x for x in (divergence(tags, s["tag"], b.real), divergence(arcs, s["arc"], b.real),
                                     divergence(rels, s["rel"], b.real))]
    if share < 1:
        rels = net.relations(w, heads, b.gold["head"].clamp(min=0))
        g = [cross(tags, b.gold["tag"]), cross(arcs, b.gold["head"]), cross(rels, b.gold["rel"])]
        parts = [a + (1 - share) * c for a, c in zip(parts, g)]
    return parts[0] + 1.5 * parts[1] + parts[2]


def train(net, data, seconds, most, rate, head_rate, report, soft_share=0.5, drop=0.1, forget=0.03, seed=1):
    """Until the time is over or most epochs are done."""
    encoder = [p for n, p in net.named_parameters() if n.startswith(LOW)]
    rest = [p for n, p in net.named_parameters() if not n.startswith(LOW)]
    opt = torch.optim.AdamW([{"params": encoder, "lr": rate}, {"params": rest, "lr": head_rate}], weight_decay=0.01,
                            betas=(0.9, 0.98), fused=DEVICE == "cuda")
    base = [g["lr"] for g in opt.param_groups]
    rng = random.Random(seed)
    started, step, epoch, reports = time.time(), 0, 0, 0
    order = []
    while True:
        done = max((time.time() - started) / seconds, step / (most * len(data)))
        if done >= 1:
            break
        if not order:
            order = list(data)
            rng.shuffle(order)
            epoch += 1
        if done * 4 > reports + 1 and report:
            reports += 1
            report(f"at {done:.2f}, epoch {epoch}")
        for g, lr in zip(opt.param_groups, base):
            g["lr"] = lr * min(1, done / 0.06, (1 - done) / 0.94) + 1e-7
        b = order.pop()
        net.train()
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            loss = losses(net, b, drop, forget, soft_share)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        step += 1
        if DEVICE == "cuda" and step % 16 == 0:
            torch.cuda.synchronize()  # so that the clock tells what is done
    log(f"{step} steps, {epoch} epochs of {len(data)} batches")


@torch.no_grad()
def score(net, data):
    """XPOS, UAS and LAS with greedy heads."""
    net.eval()
    sums = torch.zeros(4, device=DEVICE)
    for b in data:
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            w, heads, tags, arcs = net(b)
            chosen = arcs.argmax(-1)
            rel = net.relations(w, heads, chosen).argmax(-1)
        r = b.real
        xpos = net.xpos[tags.argmax(-1)]
        gold = torch.where(b.gold["tag"] < 0, -1, net.xpos[b.gold["tag"].clamp(min=0)])
        ok = (chosen == b.gold["head"]) & r
        sums += torch.stack([r.sum(), ((xpos == gold) & r).sum(), ok.sum(), (ok & (rel == b.gold["rel"])).sum()])
    n, tag, uas, las = sums.tolist()
    return f"XPOS {tag / n:.4f} UAS {uas / n:.4f} LAS {las / n:.4f}"


@torch.no_grad()
def teach(teachers, data):
    """What the teachers together say of each batch."""
    for t in teachers:
        t.eval()
    for b in data:
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            out = [t(b) for t in teachers]
            mean = lambda k: sum(o[k].softmax(-1) for o in out) / len(out)
            arc = mean(3)
            chosen = arc.argmax(-1)
            rel = sum(t.relations(o[0], o[1], chosen).softmax(-1) for t, o in zip(teachers, out)) / len(out)
        b.soft = {"tag": mean(2).half(), "arc": arc.half(), "chosen": chosen, "rel": rel.half()}


@torch.no_grad()
def prune_cells(net, data):
    net.eval()
    for l in net.layers:
        l.watch = torch.zeros(l.up.out_features, device=DEVICE)
    for b in data[:40]:
        net(b)
    for l in net.layers:
        seen, l.watch = l.watch, None
        l.prune(seen * l.down.weight.data.norm(dim=0))


LOW = ("words", "where", "types", "norm", "layers")


def packed(name, t):
    """The encoder's matrices as rows of int8 and their scales, as package embedding has them; all else as it is."""
    if t.dim() < 2 or not name.startswith(LOW):
        return t.half(), torch.ones(())
    scale = t.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
    return torch.clamp(torch.round(t / scale), -127, 127).to(torch.int8), scale


def export(saved, path):
    """Write a trained network as a model file of package embedding, and its classes beside it."""
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "embedding", "export"))
    import export as encoder
    net = {k: v[0].float() * v[1] for k, v in saved["state"].items()}
    both = lambda name: (net[name + ".weight"], net.get(name + ".bias", torch.zeros(len(net[name + ".weight"]))))
    state = {"embeddings.word_embeddings.weight": net["words.weight"], "embeddings.position_embeddings.weight": net["where.weight"],
             "embeddings.token_type_embeddings.weight": net["types.weight"]}

    def put(name, pair):
        state[name + ".weight"], state[name + ".bias"] = pair

    put("embeddings.LayerNorm", both("norm"))
    fold = math.sqrt(net["words.weight"].shape[1] / saved["heads"])  # export.py divides the queries by it
    for i in range(saved["layers"]):
        p, q = f"encoder.layer.{i}.", f"layers.{i}."
        for k, (w, b) in enumerate(zip(*(t.chunk(3) for t in both(q + "qkv")))):
            put(p + "attention.self." + ("query", "key", "value")[k], (w * fold, b * fold) if k == 0 else (w, b))
        for there, here in (("attention.output.dense", "attn"), ("intermediate.dense", "up"), ("output.dense", "down"),
                            ("attention.output.LayerNorm", "norm1"), ("output.LayerNorm", "norm2")):
            put(p + there, both(q + here))
    # One product gives all that is read of a word: see network.go.
    parts = [both(k) for k in ("tag", "arc_dep", "arc_head", "rel_dep", "rel_head")]
    word, bias = (torch.cat(x) for x in zip(*parts))
    more = -len(word) % 16
    linear = {"squeeze": both("squeeze"), "word": (F.pad(word, (0, 0, 0, more)), F.pad(bias, (0, more)))}
    dense = {"turn": both("arc_turn"), "relation": both("rel_out")}
    size = encoder.write(path, state, saved["vocab"], saved["heads"], dense=dense, linear=linear, max_tokens=256)
    with open(os.path.splitext(path)[0] + ".json", "w", encoding="utf8") as f:
        json.dump({"Tags": saved["tags"], "Relations": saved["rels"]}, f)
    log(f"{path}: {size} bytes")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--export", help="only write this trained network for go run ./nlp/syntax/train")
    p.add_argument("--encoder", help="model file of package embedding, or what nlp/train/train.py prepare writes (.pt)")
    p.add_argument("--gold", action="append", default=[])
    p.add_argument("--dev", action="append", default=[])
    p.add_argument("--silver")
    p.add_argument("--teacher", action="append", default=[], help="file of a teacher to learn from")
    p.add_argument("--begin", help="trained network to go on from, with its layers and cells")
    p.add_argument("--out", required=True)
    p.add_argument("--layers", type=int, default=3)
    p.add_argument("--cells", type=int, default=256)
    p.add_argument("--wide", type=int, default=1, help="factor of the heads' sizes; 3 for a teacher")
    p.add_argument("--pieces", type=int, default=19000, help="pieces of the vocabulary to keep, by rank")
    p.add_argument("--seconds", type=float, default=100, help="length of the training")
    p.add_argument("--epochs", type=float, default=1e9, help="most epochs")
    p.add_argument("--batch", type=int, default=3000, help="tokens in a batch")
    p.add_argument("--rate", type=float, default=3e-4)
    p.add_argument("--head-rate", type=float, default=1.5e-3)
    p.add_argument("--drop", type=float, default=0.1)
    p.add_argument("--forget", type=float, default=0.03)
    p.add_argument("--soft", type=float, default=0.6, help="share of the teachers' word on gold trees")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--limit", type=int, help="sentences to read of each file, for a trial")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    if a.export:
        return export(torch.load(a.export), a.out)
    torch.manual_seed(a.seed)
    torch.set_float32_matmul_precision("high")
    src, vocab = (read_states if a.encoder.endswith(".pt") else read_encoder)(a.encoder)
    begun = torch.load(a.begin, map_location="cpu") if a.begin else None
    keep = [i for i, w in enumerate(vocab) if len(w.removeprefix("##")) == 1 or i < a.pieces and not w.startswith("[unused")]
    vocab, src["words"] = [vocab[i] for i in keep], src["words"][keep]
    pieces = Pieces(vocab)
    gold = [s for f in a.gold for s in read_conllu(f)[:a.limit]]
    dev = {f: read_conllu(f)[:a.limit] for f in a.dev}
    silver = [Sentence(json.loads(l)) for l in list(lines(a.silver))[:a.limit]] if a.silver and a.teacher else []
    tags, rels = sorted({t for s in gold for t in s.tags}), sorted({r for s in gold for r in s.rels})
    maps = {t: i for i, t in enumerate(tags)}, {r: i for i, r in enumerate(rels)}
    xpos = sorted({t.split("|")[0] for t in tags})
    log(f"{len(gold)} gold, {len(silver)} silver sentences; {len(vocab)} pieces, {len(tags)} tags, {len(rels)} relations; {DEVICE}")
    data = [b for k in (1, 2) for b in batches(gold, pieces, maps, a.batch, a.seed + 10 * k)]
    more = batches(silver, pieces, maps, a.batch, a.seed, True)
    tests = {f: batches(s, pieces, maps, 8000, 1) for f, s in dev.items()}
    log(f"{len(data)} and {len(more)} batches")

    def new(layers, cells, wide):
        net = Net(src, layers, cells, (len(tags), len(rels)), wide).to(DEVICE)
        net.unknown = pieces.unknown
        net.xpos = torch.tensor([xpos.index(t.split("|")[0]) for t in tags], device=DEVICE)
        return net

    def report(text):
        for f, t in tests.items():
            log(f"{text}: {os.path.basename(f)}: {score(net, t)}")

    if a.teacher:
        teachers = []
        for path in a.teacher:
            saved = torch.load(path, map_location=DEVICE)
            t = new(saved["layers"], saved["cells"], saved["wide"])
            t.load_state_dict({k: v[0].float() * v[1] for k, v in saved["state"].items()})
            teachers.append(t)
        teach(teachers, data + more)
        net = None
        log("teachers have read all")
    net = new(a.layers, a.cells, a.wide)
    if a.cells < net.layers[0].up.out_features:
        prune_cells(net, data)
    if begun:
        net.load_state_dict({k: v[0].float() * v[1] for k, v in begun["state"].items()})
    train(net, data + more, a.seconds, a.epochs, a.rate, a.head_rate, report, soft_share=a.soft, drop=a.drop, forget=a.forget, seed=a.seed)
    report(f"{a.layers} layers of {a.cells}")
    state = {k: packed(k, v.detach().float().cpu()) for k, v in net.state_dict().items()}
    torch.save({"state": state, "layers": a.layers, "cells": a.cells, "wide": a.wide, "heads": src["heads"],
                "vocab": vocab, "tags": tags, "rels": rels}, a.out)
    log(f"{a.out}: {os.path.getsize(a.out)} bytes")


if __name__ == "__main__":
    main()
