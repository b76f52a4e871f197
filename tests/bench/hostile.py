"""hostile.py - texts that a careless tagger is slow on: {name: size in bytes -> text}, made of nothing but this file."""

import random

WORDS = (
    "the minister of foreign affairs met his counterpart from korea and the united states secretary of state for talks on trade "
    "security cyber threats energy defense policy agency bureau department council committee office general national public"
).split()


def repeat(piece):
    return lambda size: (piece * (size // len(piece.encode()) + 1))[: size // len(piece.encode()) * len(piece)]


def spun(make, end=" "):
    """Pieces of make(dice) up to the size."""

    def text(size):
        dice, pieces, length = random.Random(3), [], 0
        while length < size:
            pieces.append(make(dice))
            length += len(pieces[-1].encode()) + len(end)
        return end.join(pieces)

    return text


def sentence(dice):
    return " ".join(dice.choices(WORDS, k=18)) + ".\n\n"


def name(dice):
    return "".join(dice.choice(("ba", "ko", "li", "ren", "sto", "mi", "ta", "ver")) for _ in range(dice.randint(2, 3))).capitalize()


TITLES = ("Secretary of State", "Prime Minister", "Deputy Foreign Minister", "Ambassador", "President", "General", "Chairman")
COUNTRIES = ("Korea", "Japan", "France", "the United States", "Georgia", "Niger", "Jordan", "China", "Iran", "Russia")

HOSTILE = {
    "all capitals": spun(lambda dice: sentence(dice).upper()),
    "all capitals, one line": spun(lambda dice: dice.choice(WORDS).upper()),
    "all words capitalised, one line": spun(lambda dice: dice.choice(WORDS).title()),
    "nothing but titles": spun(lambda dice: dice.choice(TITLES)),
    "titles and names": spun(lambda dice: f"{dice.choice(TITLES)} {name(dice)} {name(dice)}", ", "),
    "names, commas between": spun(lambda dice: f"{name(dice)} {name(dice)}", ", "),
    "names, nothing between": spun(name),
    "countries, commas between": spun(lambda dice: dice.choice(COUNTRIES), ", "),
    "countries and 'and'": spun(lambda dice: dice.choice(COUNTRIES), " and "),
    "one word": repeat("ministry "),
    "one capitalised word": repeat("Ministry "),
    "one country": repeat("Georgia "),
    "one agency": repeat("National Police Agency "),
    "one title": repeat("Secretary "),
    "'of the'": repeat("of the "),
    "the Ministry of the Ministry": repeat("the Ministry of "),
    "Ministries of A, B and C": repeat("Ministries of Defense, Justice and "),
    "Bureau of X in the Department of Y": repeat("Bureau of Defense in the Department of "),
    "Secretary for A and for B": repeat("Secretary for Defense and for Trade, "),
    "quoted": repeat('"Korea" '),
    "lists of participants": spun(lambda dice: f"{dice.choice(COUNTRIES)}:\nMr {name(dice)} {name(dice)}\n{dice.choice(TITLES)}", "\n"),
    "signatures": spun(lambda dice: f"{name(dice)} {name(dice)}\n{dice.choice(TITLES)}\n{dice.choice(COUNTRIES)}", "\n\n"),
    "open quotes": repeat("“Korea "),
    "open brackets": repeat("("),
    "marks of boilerplate": repeat("# "),
    "boilerplate in one line": repeat("All rights reserved in Peru. "),
    "brackets, deep": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "names with acronyms": spun(lambda dice: f"National {name(dice)} Agency (N{name(dice)[0]}A)", ", "),
    "acronyms": spun(lambda dice: "".join(dice.choices("ABCDEFGHIJ", k=3))),
    "hyphens": repeat("-"),
    "hyphenated without end": repeat("Korea-"),
    "hyphenated words": spun(lambda dice: "-".join(dice.choices(WORDS, k=4))),
    "dots": repeat("."),
    "initials": repeat("U.S."),
    "one letter a sentence": repeat("A. "),
    "apostrophes": repeat("Korea's "),
    "digits, one number": repeat("7"),
    "numbers": spun(lambda dice: str(dice.randint(0, 10**6))),
    "dates": spun(lambda dice: f"March {dice.randint(1, 31)}, 20{dice.randint(10, 26)}", ", "),
    "one letter, no end": repeat("a"),
    "one capital, no end": repeat("A"),
    "lines of one word": repeat("Korea\n"),
    "ends of companies": spun(lambda dice: f"{name(dice)} {dice.choice(('Inc.', 'Corp.', 'Co.', 'Ltd.'))}", "\n"),
    "one company": repeat("Dornex Inc. "),
    "one company in capitals": repeat("ALPHA BETA CO "),
    "speakers between commas": repeat("The boats left at dawn, Peru said, in a long show of force "),
    "rows of a table": repeat("| Chile | Jane Roe | Foreign Minister |\n"),
    "posts above unknown names": lambda size: repeat("Minister of Mines\n\nZogavu Gevimo\n\n")(size) + "Minister of Trade\n",
    "columns apart": repeat("Chile\tJane Roe\tMinister of Mines\n"),
    "ministers by letters": repeat("PM Jane Roe met FM Tom Lind "),
    "paragraphs of one word": repeat("Korea\n\n"),
    "blanks": repeat(" "),
    "lines": repeat("\n"),
    "Chinese, no blanks": spun(lambda dice: chr(dice.randint(0x4E00, 0x9FA5)), ""),
    "Hangul": spun(lambda dice: "".join(chr(dice.randint(0xAC00, 0xD7A3)) for _ in range(3))),
    "accents apart": repeat("e\u0301"),
    "every word new": spun(lambda dice: "".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=9))),
    "every capitalised word new": spun(lambda dice: "".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=9)).capitalize()),
    "ill-formed": lambda size: "\ufffd" * (size // 3),
    "links": spun(lambda dice: f"https://{name(dice).lower()}.example/{dice.randint(0, 10**6)}"),
    "bullets": spun(lambda dice: f"- {dice.choice(TITLES)} {name(dice)} {name(dice)}, {dice.choice(COUNTRIES)}", "\n"),
    "the ministers said": repeat("The ministers of Korea and Japan said the sea is cold. Ships of both sailed.\n\n"),
    "one speaker, many persons": spun(lambda dice: f"Foreign Minister Ana Ruiz said it was late. Mr. {name(dice)} {name(dice)} slept.", "\n\n"),
    "many speakers": spun(lambda dice: f"{dice.choice(TITLES)} {name(dice)} {name(dice)} said that the talks on missiles failed.", " "),
    "said, said": repeat("he said she said "),
    "quotes of nobody": spun(lambda dice: f"“{sentence(dice).strip()}”", " "),
    "speakers' turns": spun(lambda dice: f"MR. {name(dice).upper()}: {sentence(dice).strip()}", "\n"),
    "agencies said": repeat("The Foreign Ministry and the Defense Ministry said, according to the Foreign Ministry, "),
    "bodies of one state": repeat("Forest Bank Inspectorate (FBI) of Chile "),
    "themes without end": spun(lambda dice: f"{dice.choice(COUNTRIES)} cyber threats missiles sanctions", " "),
}
