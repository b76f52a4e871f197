"""Writes what the shipped rules cover, as tables, from `attache stats --format json`.

    coverage.py STATS README           the tables of README are those of STATS, each figure within a twentieth; else exit 1
    coverage.py --write STATS README   puts them there
"""
import json, re, sys

BEGIN, END = "<!-- coverage: make coverage -->\n", "<!-- end of coverage -->\n"

# Posts by the titles of offices; a title is folded: small letters, hyphens as blanks.
POSTS = [
    ("head of state", r"(president|king|queen|emperor|emir|sultan|monarch|sovereign|supreme leader|pope|governor general|grand duke"
                      r"|head of state|king of .*|queen of .*|president of .*)"),
    ("head of government", r"(prime minister|premier|chancellor|taoiseach|chief executive|head of government|president of the government"
                           r"|president of the council of ministers|prime minister of .*)"),
    ("foreign minister", r"(foreign minister|minister (of|for) foreign affairs|foreign secretary|minister of external affairs"
                         r"|external affairs minister|secretary of state|minister of international relations.*)"),
    ("defence minister", r"(def[ae]n[cs]e minister|minister (of|for) (national )?defen[cs]e|defen[cs]e secretary|secretary of (defen[cs]e|war)"
                         r"|minister of the armed forces|armed forces minister)"),
    ("interior minister", r"(interior minister|minister (of|for) (the )?interior|minister of home affairs|minister for home affairs"
                          r"|home affairs minister|home secretary|home minister|secretary of homeland security|minister of internal affairs"
                          r"|minister of public security|internal affairs minister|minister of the interior and safety)"),
    ("finance minister", r"(finance minister|minister (of|for) finance|treasury secretary|secretary of the treasury|treasurer"
                         r"|chancellor of the exchequer|minister of economy and finance|economy minister)"),
    ("security adviser", r"(national security advis[eo]r|.*national security advis[eo]r|secretary of the security council"
                         r"|secretary general of the national security secretariat|director of national security"
                         r"|secretary of the national security .*)"),
]
SINCE = "2015"
GROUPS = [
    ("United States", ["USA"]), ("Republic of Korea", ["KOR"]), ("DPR Korea", ["PRK"]), ("Japan", ["JPN"]),
    ("China", ["CHN"]), ("United Kingdom", ["GBR"]), ("Germany", ["DEU"]), ("France", ["FRA"]), ("Ukraine", ["UKR"]),
    ("Russia", ["RUS"]), ("Australia", ["AUS"]), ("Canada", ["CAN"]), ("India", ["IND"]),
    ("ASEAN states", ["BRN", "KHM", "IDN", "LAO", "MYS", "MMR", "PHL", "SGP", "THA", "VNM"]),
]


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)


def kinds(stats):
    layers = {row["layer"]: row for row in stats["layers"]}
    packs = {key: sum(row[key] for row in stats["packs"]) for key in stats["packs"][0] if key != "pack"}
    offices = stats["offices"]
    rows = [
        ["states and territories", layers["COUNTRY"]["entries"], f'{layers["COUNTRY"]["names"]} names, {layers["DEMONYM"]["names"]} adjectives and peoples'],
        ["bodies of states (AGENCY)", layers["AGENCY"]["entries"], f'{layers["AGENCY"]["names"]} names'],
        ["bodies of several states (IGO)", layers["IGO"]["entries"], f'{layers["IGO"]["names"]} names'],
        ["places (LOCATION)", layers["LOCATION"]["entries"], f'{layers["LOCATION"]["names"]} names'],
        ["companies, parties, groups (ORG)", layers["ORG"]["entries"], f'{layers["ORG"]["names"]} names'],
        ["events and agreements", layers["EVENT"]["entries"] + layers["AGREEMENT"]["entries"],
         f'{layers["EVENT"]["names"] + layers["AGREEMENT"]["names"]} names'],
        ["offices", packs["offices"], f'{packs["terms"]} terms of holders, {sum(office["open"] is not None for office in offices)} offices with a term that is open'],
        ["topics", packs["topics"], f'{packs["triggers"]} triggers and blockers'],
        ["views", packs["views"], "sets of themes under one name"],
        ["rules", packs["rules"], f'with {packs["lists"]} lists of {packs["phrases"]} words and phrases'],
        ["tests", packs["tests"], "beside the rules that they are about"],
    ]
    return table(["what", "how many", ""], rows).replace("| ---: |\n", "| --- |\n")


def posts(stats):
    rows = []
    for post, titles in POSTS:
        held = set()
        for office in stats["offices"]:
            country = office["country"] or ""
            lately = office["terms"] and (office["to"] is None or office["to"] >= SINCE)
            if lately and len(country) == 3 and any(re.fullmatch(titles, title) for title in office["titles"]):
                held.add(country)
        rows.append([post, len(held)])
    return table(["office, with a holder since " + SINCE, "states"], rows)


def groups(stats):
    countries = {row["country"]: row for row in stats["countries"]}
    keys = ["agencies", "offices", "terms", "places"]
    rows, left = [], set(countries)
    for name, codes in GROUPS:
        rows.append([name] + [sum(countries[code][key] for code in codes if code in countries) for key in keys])
        left -= set(codes)
    states = [code for code in left if len(code) == 3]
    rows.append([f"{len(states)} other states and territories"] + [sum(countries[code][key] for code in states) for key in keys])
    return table(["country"] + keys, rows)


def near(old, new):
    """Whether the same is said, each figure within a twentieth, or one."""
    figure = re.compile(r"\d+")
    if figure.sub("0", old) != figure.sub("0", new):
        return False
    pairs = zip(map(int, figure.findall(old)), map(int, figure.findall(new)))
    return all(abs(a - b) <= max(1, b / 20) for a, b in pairs)


def main():
    write = sys.argv[1] == "--write"
    with open(sys.argv[-2], encoding="utf-8") as file:
        stats = json.load(file)
    with open(sys.argv[-1], encoding="utf-8") as file:
        page = file.read()
    start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    made = "\n".join(["", kinds(stats), posts(stats), groups(stats), ""]).replace("\n\n\n", "\n\n")
    if write:
        with open(sys.argv[-1], "w", encoding="utf-8") as file:
            file.write(page[:start] + made + page[end:])
    elif not near(page[start:end], made):
        sys.exit(f"{sys.argv[-1]}: what the packs cover has changed by more than a twentieth: make coverage writes it anew")


main()
