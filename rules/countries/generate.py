#!/usr/bin/env python3
"""Make data/countries.tsv: one COUNTRY entry for each ISO 3166-1 code and Kosovo.

    apt-get install unicode-cldr-core
    python3 generate.py [--cldr /usr/share/unicode/cldr/common] [--check]

The codes (alpha-2 to alpha-3) come from supplemental/supplementalData.xml, the short English names and their variants from main/en.xml of the
Unicode CLDR. --check writes nothing and fails when the file on disk differs. What CLDR lacks is in names.rules; the tables below hold the only
departures from its names, each with its reason.
"""
import argparse
import pathlib
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent

# Codes that CLDR has, but ISO 3166-1 has not assigned (reserved, grouping or private use).
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}

# Names that CLDR made for menus, where no text says them so.
CORRECT = {
    "CC": ["Cocos Islands"],                         # Cocos (Keeling) Islands
    "CD": ["Democratic Republic of the Congo"],      # Congo - Kinshasa, Congo (DRC)
    "CG": ["Republic of the Congo"],                 # Congo - Brazzaville, Congo (Republic)
    "FK": ["Falkland Islands"],                      # Falkland Islands (Islas Malvinas)
    "GE": ["Republic of Georgia"],                   # Georgia
    "HK": ["Hong Kong"],                             # Hong Kong SAR China
    "JE": ["Bailiwick of Jersey"],                   # Jersey
    "MF": ["Collectivity of Saint Martin"],          # St. Martin
    "MM": ["Myanmar"],                               # Myanmar (Burma)
    "MO": ["Macao"],                                 # Macao SAR China
    "PS": ["Palestinian territories", "Palestine"],  # Palestinian Territories: the text has both cases
}

# A form that is a common word without its accents; names.rules has it as a weak form.
WEAK = {"Reunion"}


def clean(text):
    return unicodedata.normalize("NFC", text.replace("\u2019", "'").replace("\u00a0", " ")).strip()


def bare(text):
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def key(form):
    """Two forms with one key are one form: case, apostrophes, hyphens."""
    return re.sub(r"[\s\-]+", " ", form.lower().replace("\u2019", "'"))


def spellings(name):
    """The name, and the other ways to write it: `and` for `&`, `Saint` and `St` for `St.`, no accents."""
    out = []
    for one in ([name.replace("&", "and"), name] if "&" in name else [name]):
        for two in (["Saint" + one[3:], one, "St" + one[3:]] if one.startswith("St. ") else [one]):
            for three in (two, bare(two)):
                if three not in out:
                    out.append(three)
    return out


def main():
    args = argparse.ArgumentParser(description="Make data/countries.tsv from the Unicode CLDR.")
    args.add_argument("--cldr", type=pathlib.Path, default=pathlib.Path("/usr/share/unicode/cldr/common"))
    args.add_argument("--check", action="store_true")
    args = args.parse_args()

    supplement = ET.parse(args.cldr / "supplemental" / "supplementalData.xml").getroot()
    english = ET.parse(args.cldr / "main" / "en.xml").getroot()
    dtd = (args.cldr / "dtd" / "ldmlSupplemental.dtd").read_text(encoding="utf-8")
    version = re.search(r'cldrVersion CDATA #FIXED "([0-9.]+)"', dtd).group(1)

    names = {}
    for e in english.iter("territory"):
        if len(e.get("type", "")) == 2:
            names.setdefault(e.get("type"), {})[e.get("alt") or ""] = clean(e.text)

    alpha3 = {e.get("type"): e.get("alpha3") for e in supplement.iter("territoryCodes") if e.get("alpha3")}
    codes = {two: three for two, three in alpha3.items() if two in names and two not in NOT_ISO}
    codes["XK"] = "XKX"

    rows = []
    for two, three in codes.items():
        given = CORRECT.get(two)
        if given is None:
            by = names[two]
            # Short forms such as US and UK are abbreviations: those are kept by hand.
            given = [by[""]] + [by[a] for a in ("variant", "short") if a in by and not by[a].isupper()]
        forms, seen = [], set()
        for name in given:
            for form in spellings(name):
                if form not in WEAK and key(form) not in seen:
                    seen.add(key(form))
                    forms.append(form)
        rows.append((three, forms[0] if forms else "", " | ".join(forms[1:])))
    if len(rows) != 250:
        sys.exit(f"expected 250 entries, got {len(rows)}")

    head = ["#% block    entry COUNTRY",
            "#% source   Unicode CLDR, common/main/en.xml and common/supplemental/supplementalData.xml (generate.py)",
            f"#% version  {version}",
            "#% licence  Unicode-DFS-2016",
            "id\tname\talias"]
    text = "\n".join(head + ["\t".join(r) for r in sorted(rows)]) + "\n"
    path = HERE / "data" / "countries.tsv"
    if args.check:
        sys.exit(0 if path.exists() and path.read_text(encoding="utf-8") == text else f"{path} is not up to date")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{path}: {len(rows)} entries")


if __name__ == "__main__":
    main()
