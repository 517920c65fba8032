#!/usr/bin/env python3
"""Write the tests' model, random and tiny, and its float32 outputs:

    tiny.py ../testdata     (tiny.ccm and tiny.json)
"""
import json
import os
import string
import sys

import torch
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel

import export

WORDS = """the minister said that armed forces had withdrawn from village on tuesday no one was injured in at least
twelve people we they denied it is not true according to report ing ed s ##ing ##ed ##s ##al ##ity café naive""".split()
TEXTS = ["The minister said that armed forces had withdrawn from the village.",
         "No one was injured; at least 12 people denied it!",
         "Naïve CAFÉ's reporting... 中文 ﬁ Straße", "", "x",
         "we they " * 30]


def main(folder):
    chars = string.ascii_lowercase + string.digits + string.punctuation + "中ß"
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    for w in [*chars, *("##" + c for c in string.ascii_lowercase + string.digits), *WORDS]:
        if w not in vocab:
            vocab.append(w)
    torch.manual_seed(7)
    torch.set_num_threads(1)
    config = BertConfig(vocab_size=len(vocab), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=64, max_position_embeddings=64, type_vocab_size=2)
    model = BertModel(config, add_pooling_layer=False).eval()
    for name, p in model.named_parameters():
        if "LayerNorm.weight" in name:
            torch.nn.init.uniform_(p, 0.5, 1.5)
        else:
            torch.nn.init.normal_(p, std=0.3)
    weight, bias, roles = torch.randn(3, 32), torch.randn(3), torch.randn(2, 32)
    state = model.state_dict()
    for name in [k for k in state if k.startswith("encoder.layer.0.")]:
        state[name.replace("encoder.layer", "top")] = state[name]
    export.write(os.path.join(folder, "tiny.ccm"), state, vocab, heads=2, max_tokens=48, upper="top",
                 dense={"stance": (weight, bias)}, tensors={"roles": roles})
    tokenizer = BertWordPieceTokenizer({w: i for i, w in enumerate(vocab)}, lowercase=True)
    tokenizer.enable_truncation(48)
    out = []
    for text in TEXTS:
        e = tokenizer.encode(text)
        n, ids = len(e.ids), torch.tensor([e.ids])
        types = torch.tensor([[int(i >= n // 2) for i in range(n)]])
        with torch.no_grad():
            plain = model(ids).last_hidden_state[0].mean(0)
            states = model(ids, token_type_ids=types, output_hidden_states=True).hidden_states
            head = torch.nn.functional.linear(states[-1][0], weight, bias)
        out.append({"text": text, "pieces": e.tokens, "ids": e.ids, "types": types[0].tolist(),
                    "vector": (plain / plain.norm()).tolist(),
                    "states": [s[0].flatten().tolist() for s in states], "stance": head.flatten().tolist()})
    def short(x):
        if isinstance(x, float):
            return round(x, 4)
        if isinstance(x, list):
            return [short(v) for v in x]
        return x
    with open(os.path.join(folder, "tiny.json"), "w", encoding="utf-8") as f:
        json.dump([{k: short(v) for k, v in o.items()} for o in out], f, ensure_ascii=False)


main(sys.argv[1])
