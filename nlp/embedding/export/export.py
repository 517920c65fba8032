#!/usr/bin/env python3
"""Write the model file that package embedding opens.

    export.py MODEL -o FILE [--layers N] [--upper PREFIX] [--vocab vocab.txt] [--positions N]
              [--dense NAME=PREFIX] [--tensor NAME=KEY] [--keep PIECES.txt]

MODEL is a safetensors file, a .pt/.bin state dict, or a folder that holds
model.safetensors (or pytorch_model.bin) and vocab.txt. Names are those of
HF BertModel; a common prefix before "embeddings." is found by itself.

The file is a safetensors file: any tool for that format can list it. Matrices
are int8, symmetric, one float32 scale per output, packed in blocks of
[out/16][in/4][16][4] as the kernels read them; the word and position
embeddings are int8 with one scale per row. From Python:

    import export
    export.write("out.ccm", state_dict, vocab_list, heads=12, layers=6,
                 dense={"stance": (weight, bias)}, tensors={"roles": t})

upper names further layers, PREFIX.0 and on, such as the layers that read two
texts together: they follow the others, and Encode does not run them.
dense holds float32 heads for Model.Dense: weight [out, in], bias [out] or
None. linear holds int8 heads for Model.Linear, whose outputs divide by 16. tensors holds any other float32 tensor, for Model.Tensor.
"""
import argparse
import json
import math
import os
import struct
import zlib

import torch

VERSION = "1"
LANES = 16  # outputs in one block of the kernels


def quantize(weight):
    """Symmetric int8 per row: (int8 rows, float32 scale per row)."""
    peak = weight.abs().amax(dim=1)
    scale = torch.where(peak > 0, peak / 127, torch.ones_like(peak))
    q = torch.clamp(torch.round(weight / scale[:, None]), -127, 127).to(torch.int8)
    return q, scale.float()


def pack(weight, bias):
    """One matrix: packed int8 and the rows scale, sum, bias of its outputs."""
    out, inn = weight.shape
    if out % LANES or inn % 4:
        raise SystemExit(f"matrix of {out} x {inn}: outputs must divide by {LANES}, inputs by 4")
    q, scale = quantize(weight)
    blocks = q.reshape(out // LANES, LANES, inn // 4, 4).permute(0, 2, 1, 3).contiguous()
    sums = q.to(torch.int32).sum(dim=1).float()
    return blocks, torch.stack([scale, sums, bias.float()])


def fnv(data):
    h = 2166136261
    for b in data:
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def vocabulary(vocab):
    """The pieces' bytes, where each ends, and the hash table over them."""
    words = [w.encode() for w in vocab]
    ends, at = [], 0
    for w in words:
        at += len(w)
        ends.append(at)
    size = 1
    while size < 2 * len(words):
        size *= 2
    table = [0] * size
    for i, w in enumerate(words):
        slot = fnv(w) & (size - 1)
        while table[slot]:
            slot = (slot + 1) & (size - 1)
        table[slot] = i + 1
    return (torch.tensor(list(b"".join(words)), dtype=torch.uint8),
            torch.tensor(ends, dtype=torch.int32), torch.tensor(table, dtype=torch.int32))


def prune(words, vocab, keep):
    """Drop every piece not in keep, but special tokens and single characters."""
    keep = set(keep)
    ids = [i for i, w in enumerate(vocab)
           if w in keep or len(w.removeprefix("##")) == 1 or (w.startswith("[") and w.endswith("]") and not w.startswith("[unused"))]
    return words[ids], [vocab[i] for i in ids]


def strip_prefix(state):
    tail = "embeddings.word_embeddings.weight"
    for name in state:
        if name.endswith(tail):
            prefix = name[:-len(tail)]
            return {k[len(prefix):]: v for k, v in state.items() if k.startswith(prefix)}
    raise SystemExit(f"no tensor named ...{tail}: not a BERT state dict")


def write(path, state, vocab, heads, layers=None, dense=None, linear=None, tensors=None, keep=None,
          positions=None, upper=None, eps=1e-12, max_tokens=256):
    """Write one model file; returns its size in bytes."""
    full = state
    state = {k: v.detach().float().cpu() for k, v in strip_prefix(state).items()}
    total = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layer."))
    layers = total if layers is None else layers
    if layers > total:
        raise SystemExit(f"{layers} layers asked for, the model has {total}")
    stack = [f"encoder.layer.{n}." for n in range(layers)]
    if upper:
        more = {k: v.detach().float().cpu() for k, v in full.items() if k.startswith(upper + ".")}
        state.update(more)
        count = 1 + max((int(k[len(upper) + 1:].split(".")[0]) for k in more), default=-1)
        stack += [f"{upper}.{n}." for n in range(count)]
        if not count:
            raise SystemExit(f"no tensor named {upper}.0...: no upper layers")
    words = state["embeddings.word_embeddings.weight"]
    if len(vocab) != len(words):
        raise SystemExit(f"vocabulary of {len(vocab)} pieces for {len(words)} embeddings")
    if keep is not None:
        words, vocab = prune(words, vocab, keep)
    where = state["embeddings.position_embeddings.weight"][:positions]
    dim = words.shape[1]
    ffn = state["encoder.layer.0.intermediate.dense.weight"].shape[0]

    parts = {}  # int8 first: each is a multiple of 64 bytes, so all stay aligned in the file
    floats = {}
    for n, prefix in enumerate(stack):
        get = lambda name: (state[f"{prefix}{name}.weight"], state[f"{prefix}{name}.bias"])
        # The softmax's 1/sqrt(size of a head) is folded into the queries.
        fold = 1 / math.sqrt(dim / heads)
        qw, qb = get("attention.self.query")
        kw, kb = get("attention.self.key")
        vw, vb = get("attention.self.value")
        matrices = {"qkv": (torch.cat([qw * fold, kw, vw]), torch.cat([qb * fold, kb, vb])),
                    "attn": get("attention.output.dense"),
                    "up": get("intermediate.dense"), "down": get("output.dense")}
        for name, (w, b) in matrices.items():
            parts[f"layer.{n}.{name}"], floats[f"layer.{n}.{name}.out"] = pack(w, b)
        for name, norm in (("attn", "attention.output.LayerNorm"), ("down", "output.LayerNorm")):
            floats[f"layer.{n}.{name}.norm"] = torch.stack(get(norm))
    for name, (w, b) in (linear or {}).items():
        parts[f"linear.{name}"], floats[f"linear.{name}.out"] = pack(w.detach().float().cpu(), b.detach().float().cpu())
    parts["words"], floats["words.scale"] = quantize(words)
    parts["positions"], floats["positions.scale"] = quantize(where)
    parts.update(floats)
    parts["types"] = state["embeddings.token_type_embeddings.weight"]
    parts["embed.norm"] = torch.stack([state["embeddings.LayerNorm.weight"], state["embeddings.LayerNorm.bias"]])
    for name, (w, b) in (dense or {}).items():
        out, inn = w.shape
        padded = torch.zeros(inn, -(-out // LANES) * LANES)
        padded[:, :out] = w.detach().float().cpu().T
        parts[f"dense.{name}"] = padded
        parts[f"dense.{name}.bias"] = torch.zeros(out) if b is None else b.detach().float().cpu()
    for name, t in (tensors or {}).items():
        parts[f"tensor.{name}"] = t.detach().float().cpu()
    pieces, ends, table = vocabulary(vocab)
    parts["vocab.ends"], parts["vocab.hash"], parts["vocab"] = ends, table, pieces

    kinds = {torch.int8: "I8", torch.uint8: "U8", torch.float32: "F32", torch.int32: "I32"}
    blobs, index, at = [], {}, 0
    for name, t in parts.items():
        blob = t.contiguous().numpy().tobytes()
        index[name] = {"dtype": kinds[t.dtype], "shape": list(t.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    data = b"".join(blobs)
    meta = {"format": "counterclaim-encoder", "version": VERSION, "dim": dim, "heads": heads, "ffn": ffn,
            "layers": len(stack), "text_layers": layers, "vocab": len(vocab), "positions": len(where), "types": len(parts["types"]),
            "eps": eps, "max_tokens": min(max_tokens, len(where)), "crc32": f"{zlib.crc32(data):08x}"}
    header = json.dumps({"__metadata__": {k: str(v) for k, v in meta.items()}, **index}, separators=(",", ":")).encode()
    header += b" " * (-(8 + len(header)) % 64)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(header)) + header + data)
    return 8 + len(header) + len(data)


def load(path):
    """State dict and the folder of a model path."""
    if os.path.isdir(path):
        for name in ("model.safetensors", "pytorch_model.bin", "model.pt"):
            if os.path.exists(os.path.join(path, name)):
                return load(os.path.join(path, name))
        raise SystemExit(f"{path}: no model.safetensors, pytorch_model.bin or model.pt in it")
    if path.endswith(".safetensors"):
        from safetensors.torch import load_file
        return load_file(path), os.path.dirname(path)
    state = torch.load(path, map_location="cpu", weights_only=True)
    for key in ("state_dict", "model"):
        if isinstance(state.get(key), dict):
            state = state[key]
    return state, os.path.dirname(path)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("-o", "--output", required=True)
    p.add_argument("--vocab", help="vocab.txt (default: beside the model)")
    p.add_argument("--layers", type=int, help="number of lower layers to keep (default: all)")
    p.add_argument("--upper", help="prefix of further layers, to be run on pairs")
    p.add_argument("--attention-heads", type=int, default=12)
    p.add_argument("--positions", type=int, help="keep only the first N position embeddings")
    p.add_argument("--max-tokens", type=int, default=256, help="where Encode cuts a text")
    p.add_argument("--keep", help="file with one vocabulary piece per line: drop all others")
    p.add_argument("--dense", action="append", default=[], metavar="NAME=PREFIX",
                   help="float32 head from the state dict's PREFIX.weight and PREFIX.bias")
    p.add_argument("--tensor", action="append", default=[], metavar="NAME=KEY", help="any float32 tensor of the state dict")
    a = p.parse_args()
    state, folder = load(a.model)
    lines = lambda f: open(f, encoding="utf-8").read().split("\n")
    vocab = lines(a.vocab or os.path.join(folder, "vocab.txt"))
    if vocab[-1] == "":
        vocab.pop()
    dense = {n: (state[k + ".weight"], state.get(k + ".bias")) for n, k in (d.split("=", 1) for d in a.dense)}
    tensors = {n: state[k] for n, k in (t.split("=", 1) for t in a.tensor)}
    size = write(a.output, state, vocab, a.attention_heads, a.layers, dense, tensors,
                 lines(a.keep) if a.keep else None, a.positions, a.upper, max_tokens=a.max_tokens)
    print(f"{a.output}: {size} bytes")


if __name__ == "__main__":
    main()
