#!/usr/bin/env python3
"""Make the lists of names: lists/given-name.txt, given-word.txt, surname.txt, surname-word.txt.

    python3 -m venv venv && venv/bin/pip install names==0.3.0 Faker==40.54.0
    venv/bin/python generate.py [--check]

Names come from two packages under the MIT licence: `names` (tables of the United States Census of 1990, public domain) and `Faker` (given and
family names of many languages), and from the lists that are kept by hand: given-by-hand.txt, surname-by-hand.txt. Cyrillic, Greek and Georgian
names are written in Latin letters; names with marks are listed with and without them.

A name that is also a word (not-a-name.txt) goes to the -word lists, and only if it is frequent as a name; so does a given name that is mostly a
family name (Harrison, Carter). The rules ask more of those before they take them for a person.
"""
import argparse
import importlib
import importlib.metadata
import pathlib
import pkgutil
import re
import sys
import unicodedata

import faker.providers.person
import names

HERE = pathlib.Path(__file__).resolve().parent
LISTS = HERE / "lists"
GIVEN_RANK, SURNAME_RANK, WORD_RANK = 400, 15_000, 4_000      # of the census
# Locales whose lists are not of use: test names, and words of Icelandic that are hardly borne.
SKIP = {"is_IS", "en_TH", "tw_GH"}
CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґѓќјљњџѕ",
                    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e i yi ye g g k j lj nj dz z".replace("-", "=").split()))
UKRAINIAN = dict(CYRILLIC, и="y", г="h")
GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split()))
GEORGIAN = dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
                    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split()))
SCRIPTS = {"ru_RU": CYRILLIC, "bg_BG": dict(CYRILLIC, щ="sht", ъ="a"), "mk_MK": CYRILLIC, "uk_UA": UKRAINIAN, "el_GR": GREEK, "ka_GE": GEORGIAN}


def plain(name):
    """Without marks: Łukasz is Lukasz."""
    name = name.translate(str.maketrans("łŁøØđĐıßæÆœŒəƏðþ", "lLoOdDisaAoOeEdt"))
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def latin(name, script):
    if script is GREEK:
        name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
        name = name.lower().replace("ου", "ou").replace("μπ", "b").replace("ντ", "nt")
    text = "".join(script.get(c, c) for c in name.lower()).replace("=", "")
    return text[:1].upper() + text[1:]


def hand(file):
    return [w for line in (LISTS / file).read_text(encoding="utf-8").splitlines() if not line.startswith("#") for w in line.split()]


def census(table):
    rows = (line.split() for line in pathlib.Path(names.FILES[table]).read_text().splitlines())
    return [row[0].capitalize() for row in rows]


def faker_names():
    given, family = set(), set()
    for module in sorted(m.name for m in pkgutil.iter_modules(faker.providers.person.__path__)):
        if module in SKIP:
            continue
        provider = importlib.import_module("faker.providers.person." + module).Provider
        for field in sorted(dir(provider)):
            if "format" in field or "language" in field or "kana" in field or not re.search(r"names?(_|$)", field):
                continue
            values = getattr(provider, field)
            if not isinstance(values, (dict, list, tuple, set)):
                continue
            target = family if "last" in field else given if "first" in field else None
            if target is None or (module == "zu_ZA" and target is family) or (module == "zh_CN" and target is given):
                continue
            for value in values:
                if isinstance(value, str):
                    target.add(latin(value, SCRIPTS[module]) if module in SCRIPTS else value)
    return given, family


def forms(found, least):
    """One word in Latin letters that begins with a capital and goes on with small letters, with and without marks."""
    out = set()
    for name in found:
        name = name.strip().replace("’", "'")
        if name.isupper():
            name = name.capitalize()
        if not re.fullmatch(r"(?:[DOL]')?[A-Z\u00c0-\u024f][a-z\u00df-\u024f\u0259]+(?:[A-Z][a-z]+)?", name):
            continue
        for form in {unicodedata.normalize("NFC", name), plain(name)}:
            if len(form) >= least and form.isascii() or len(form) >= 3:
                out.add(form)
    return out


def write(file, what, found, check):
    versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ("names", "Faker"))
    text = (f"# {what}\n# Source: {versions} (MIT; the tables of `names` are of the United States Census, public domain) and the lists kept by hand.\n"
            "# Made by generate.py, never changed by hand.\n" + "".join(n + "\n" for n in sorted(found)))
    path = LISTS / file
    if check:
        if path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path}: not as made by generate.py")
    else:
        path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if the lists would change")
    check = parser.parse_args().check
    words = {w.lower() for file in ("not-a-name.txt", "never-a-name.txt") for w in hand(file)}
    never = {w.lower() for w in hand("never-a-name.txt")}
    mostly_given = set(hand("given-word-by-hand.txt"))
    first = {sex: census("first:" + sex) for sex in ("male", "female")}
    last = census("last")
    rank = {name: i for i, name in reversed(list(enumerate(last)))}
    rank_first = {}
    for sex in first:
        for i, name in enumerate(first[sex]):
            rank_first[name] = min(i, rank_first.get(name, 10**6))
    given, family = faker_names()
    given |= set(first["male"]) | set(first["female"]) | set(hand("given-by-hand.txt"))
    family |= set(last[:SURNAME_RANK]) | set(hand("surname-by-hand.txt"))
    family |= {n[:2] + n[2:].capitalize() for n in last[:SURNAME_RANK] if n.startswith("Mc")}
    family |= {"O'" + n[1:].capitalize() for n in last[:SURNAME_RANK] if re.match("O[bcdfghklmnrst][aeior][a-z]{3}", n)}

    by_hand = set(hand("given-by-hand.txt"))
    given, family = forms(given, 3), forms(family, 2)
    # Borne far more often as family names than as given names.
    doubtful = {n for n in given if n in rank and rank[n] < 1500 and rank[n] * 3 < rank_first.get(n, 10**6) and n not in by_hand}
    frequent = {n for n in doubtful if rank_first.get(n, 10**6) < GIVEN_RANK * 2}
    given_word = {n for n in given if n.lower() in words and rank_first.get(n, 10**6) < GIVEN_RANK} | frequent
    given_word = {n for n in given_word if n.lower() not in never} | mostly_given
    given = {n for n in given if n.lower() not in words} - given_word - doubtful
    surname_word = {n for n in family if n.lower() in words and rank.get(n, 10**6) < WORD_RANK and n.lower() not in never}
    family = {n for n in family if n.lower() not in words}
    write("given-name.txt", "Given names that are no words.", given, check)
    write("given-word.txt", "Given names that are also words, places or mostly family names.", given_word, check)
    write("surname.txt", "Family names that are no words.", family, check)
    write("surname-word.txt", "Frequent family names that are also words.", surname_word, check)


main()
