#!/usr/bin/env python3
"""Make the lists of names and of words: lists/given-name.txt, given-word.txt, surname.txt, surname-word.txt; word.txt, word-or-name.txt.

    apt-get install scowl=2020.12.07-2
    python3 -m venv venv && venv/bin/pip install names==0.3.0 Faker==40.54.0
    venv/bin/python generate.py [--check] [--scowl /usr/share/dict/scowl]

Names come from two packages under the MIT licence: `names` (tables of the United States Census of 1990, public domain) and `Faker` (given and
family names of many languages), and from the lists that are kept by hand: given-by-hand.txt, surname-by-hand.txt. Cyrillic, Greek and Georgian
names are written in Latin letters; names with marks are listed with and without them.

Words come from the Debian package `scowl` (its own free licence): the English, American and British words of its sizes 10 (the most common) to 35,
and from word-by-hand.txt. Size and rank in the census say what a word is: mainly a name (Walker, Bush) and then in no list of words, a word that
some are called (Brown, Young; word-or-name.txt), or only a word (word.txt).

A name that is also a word goes to the -word lists, and only if it is frequent as a name; so does a given name that is mostly a family name
(Harrison, Carter). The rules ask more of those before they take them for a person.
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
GIVEN_RANK, SURNAME_RANK = 400, 15_000      # of the census
# Of a word of this size of SCOWL: below which rank of the census (of family names or of given names) it is mainly a name, and below which some
# are called so.
MAINLY_NAME = {10: 0, 20: 0, 35: 1_500}
ALSO_NAME = {10: 4_000, 20: 8_000, 35: 15_000}
FOREIGN_RANK, HAND_RANK = 7_500, 1_000      # taken for those of names of other languages, and of names on the lists kept by hand
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


def scowl_sizes(folder):
    """Each word in small letters and its size, the least of those it is listed under."""
    sizes = {}
    for size in MAINLY_NAME:
        for kind in ("english", "american", "british"):
            for word in (folder / f"{kind}-words.{size}").read_text(encoding="latin-1").split():
                if re.fullmatch("[a-z]{2,}", word):
                    sizes.setdefault(word, size)
    return sizes


def split_words(sizes, rank, kept_by_hand):
    """The words nobody is called, and those that some are."""
    words = {word for word in sizes if rank(word) >= MAINLY_NAME[sizes[word]]}
    named = {word for word in words if rank(word) < ALSO_NAME[sizes[word]]}
    return words - named | kept_by_hand, named - kept_by_hand


def write(file, what, source, found, check):
    text = f"# {what}\n# Source: {source} and the lists kept by hand.\n# Made by generate.py, never changed by hand.\n" + "".join(n + "\n" for n in sorted(found))
    path = LISTS / file
    if check:
        if path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path}: not as made by generate.py")
    else:
        path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if the lists would change")
    parser.add_argument("--scowl", type=pathlib.Path, default="/usr/share/dict/scowl", help="folder of the word lists of the package scowl")
    options = parser.parse_args()
    check = options.check
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
    foreign = {name: FOREIGN_RANK for name in given | family} | {name: HAND_RANK for name in hand("given-by-hand.txt") + hand("surname-by-hand.txt")}
    only_words, words_or_names = split_words(
        scowl_sizes(options.scowl), lambda word: min(table.get(word.capitalize(), 10**6) for table in (rank, rank_first, foreign)),
        set(hand("word-by-hand.txt")))
    words = only_words | words_or_names | never
    given |= set(first["male"]) | set(first["female"]) | set(hand("given-by-hand.txt"))
    family |= set(last[:SURNAME_RANK]) | set(hand("surname-by-hand.txt"))
    family |= {n[:2] + n[2:].capitalize() for n in last[:SURNAME_RANK] if n.startswith("Mc")}
    family |= {"O'" + n[1:].capitalize() for n in last[:SURNAME_RANK] if re.match("O[bcdfghklmnrst][aeior][a-z]{3}", n)}

    by_hand = set(hand("given-by-hand.txt"))
    joined = {kind: {n for n in hand(kind + "-by-hand.txt") if "-" in n or n[0] == "\u02bb"} for kind in ("given", "surname")}
    given, family = forms(given, 3) | joined["given"], forms(family, 2) | joined["surname"]
    # Borne far more often as family names than as given names.
    doubtful = {n for n in given if n in rank and rank[n] < 1500 and rank[n] * 3 < rank_first.get(n, 10**6) and n not in by_hand}
    frequent = {n for n in doubtful if rank_first.get(n, 10**6) < GIVEN_RANK * 2}
    given_word = {n for n in given if n.lower() in words and rank_first.get(n, 10**6) < GIVEN_RANK} | frequent
    given_word = {n for n in given_word if n.lower() not in never} | mostly_given
    given = {n for n in given if n.lower() not in words} - given_word - doubtful
    surname_word = {n for n in family if n.lower() in words_or_names and n.lower() not in never}
    family = {n for n in family if n.lower() not in words}
    versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ("names", "Faker"))
    people = f"{versions} (MIT; the tables of `names` are of the United States Census, public domain)"
    scowl = "SCOWL 2020.12.07 (Debian package scowl; copyright 2000-2011 by Kevin Atkinson, free use with the notice in LICENSE.scowl)"
    write("given-name.txt", "Given names that are no words.", people, given, check)
    write("given-word.txt", "Given names that are also words, places or mostly family names.", people, given_word, check)
    write("surname.txt", "Family names that are no words.", people, family, check)
    write("surname-word.txt", "Frequent family names that are also words.", people, surname_word, check)
    write("word.txt", "Words of English that are no names of persons.", scowl, only_words, check)
    write("word-or-name.txt", "Words of English that some people are called.", scowl, words_or_names, check)


main()
