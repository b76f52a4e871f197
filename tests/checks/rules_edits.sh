# The edits of rules/README.md, "Three facts, three lines", done to a copy of the rules: each command prints what the page says it
# prints, whatever the numbers; N stands in the page for those that grow with the rules. UPDATE=1 writes what they print now into
# the page.
exec "$PYTHON" - "$(cd "$BUILD" && pwd)" <<'P'
import os, re, subprocess, sys, tempfile
page = os.path.abspath("rules/README.md")
text = open(page, encoding="utf-8").read()
start = text.index("## Three facts, three lines")
end = text.index("\n## ", start)
os.environ["PATH"] = sys.argv[1] + ":" + os.environ["PATH"]
good, blocks, undo = True, 0, None


def edit(block):
    """Puts the lines with + behind the line before them; returns the file's path and what it was."""
    name, *lines = block.splitlines()
    path = name.removeprefix("--- ")
    old = open(path, encoding="utf-8").read()
    before = "".join(line[1:] + "\n" for line in lines if line[0] == " ")
    after = "".join(line[1:] + "\n" for line in lines)
    assert old.count("\n" + before) == 1, f"{path} has no line {before!r}"
    open(path, "w", encoding="utf-8").write(old.replace("\n" + before, "\n" + after))
    return path, old


def run(block):
    said = ""
    for command in re.findall(r"^\$ (.*)$", block, re.M):
        done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said += f"$ {command}\n{done.stdout}"
    return said


def plain(said):
    """Without numbers, which change with every line that is added to a file above."""
    return re.sub(r"^ *\d+ \|", "0 |", re.sub(r"\d+|\bN\b", "0", said), flags=re.M)


def lasting(said):
    """With N for how many files and tests there are."""
    return re.sub(r"\b\d{3,}(?= files written| rule files| tests passed)", "N", said)


def replace(match):
    global good, blocks, undo
    kind, block = match[1], match[2]
    blocks += 1
    if kind == "rules proof":
        open("proof.rules", "w", encoding="utf-8").write(block)
    elif kind.startswith("diff"):
        undo = edit(block) if kind == "diff wrong" else edit(block) and None
    elif kind == "console":
        said = run(block)
        if undo:
            open(undo[0], "w", encoding="utf-8").write(undo[1])
        undo = None
        if plain(said) != plain(block) and not os.environ.get("UPDATE"):
            print(f"- rules/README.md says\n{block}+ and it is\n{said}")
            good = False
        block = lasting(said)
    return f"```{kind}\n{block}```\n"


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    section = re.sub(r"^```([a-z ]+)\n(.*?)^```\n", replace, text[start:end], flags=re.M | re.S)
    os.chdir("/")
if os.environ.get("UPDATE"):
    open(page, "w", encoding="utf-8").write(text[:start] + section + text[end:])
sys.exit(0 if good and blocks > 10 else 1)
P
