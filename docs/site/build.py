"""Makes the documentation's site, offline: the pages of docs/, the Python package from its docstrings, the C++ library
from what Doxygen reads in its headers.

    python3 docs/site/build.py --out build/release/docs --python-path build/release/python

Exits with 77 where Sphinx, MyST or Doxygen is not installed, and with 1 at any warning.
"""

import argparse
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = ROOT / "include" / "countyplan"
FOLDERS = ("scalar", "graph", "plan", "solve", "allocate", "track", "experiment", "report", "io")
SKIPPED = 77


def text_of(element):
    """The plain text of a description, in Markdown."""
    if element is None:
        return ""
    out = [element.text or ""]
    for child in element:
        inner = text_of(child)
        if child.tag == "computeroutput":
            inner = f"`{inner}`"
        elif child.tag == "para":
            inner = f"{inner}\n\n"
        elif child.tag == "listitem":
            inner = f"- {inner.strip()}\n"
        elif child.tag == "verbatim":
            inner = f"\n```\n{inner}\n```\n"
        out += [inner, child.tail or ""]
    return "".join(out)


def described(member):
    parts = (text_of(member.find("briefdescription")), text_of(member.find("detaileddescription")))
    return "\n\n".join(part.strip() for part in parts if part.strip()).replace("<", "&lt;")


def declaration(member):
    kind = member.get("kind")
    name = member.findtext("name")
    result = "".join(member.find("type").itertext()) if member.find("type") is not None else ""
    if kind == "function":
        return f"{result} {name}{member.findtext('argsstring') or ''}".strip()
    if kind == "enum":
        values = ", ".join(value.findtext("name") for value in member.findall("enumvalue"))
        return f"enum class {name} {{ {values} }}"
    return f"{result} {name}{member.findtext('initializer') or ''}".strip()


def read_doxygen(folder):
    """Header, relative to countyplan/, to its documented names: (line, declaration, description, fields)."""
    found = {}
    for file in sorted(folder.glob("*.xml")):
        if not file.name.startswith(("struct", "class", "namespace")):
            continue
        compound = xml.etree.ElementTree.parse(file).getroot().find("compounddef")
        name = compound.findtext("compoundname")
        if "detail" in name or not name.startswith("countyplan"):
            continue
        if compound.get("kind") != "namespace":
            text, place = described(compound), compound.find("location")
            fields = [
                (declaration(member), described(member))
                for member in compound.iter("memberdef")
                if member.get("prot") == "public" and described(member)
            ]
            if text and place is not None:
                title = f"{compound.get('kind')} {name.removeprefix('countyplan::')}"
                found.setdefault(place.get("file"), []).append((int(place.get("line")), title, text, fields))
            continue
        for member in compound.iter("memberdef"):
            place, text = member.find("location"), described(member)
            if text and member.get("kind") in ("function", "enum", "typedef", "variable"):
                at = place.get("declfile") or place.get("file")
                line = int(place.get("declline") or place.get("line"))
                found.setdefault(at, []).append((line, declaration(member), text, []))
    return {pathlib.Path(file).resolve(): sorted(set_of(rows)) for file, rows in found.items()}


def set_of(rows):
    return list({(line, title): (line, title, text, tuple(fields)) for line, title, text, fields in rows}.values())


def question(header):
    first = header.read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("//").strip()


def write_cpp_pages(xml_folder, out):
    known = read_doxygen(xml_folder)
    out.mkdir()
    pages = []
    for folder in FOLDERS:
        lines = [f"# {folder}", ""]
        for header in sorted((HEADERS / folder).rglob("*.hpp")):
            if "impl" in header.parts:
                continue
            lines += [f"## {header.relative_to(HEADERS.parent).as_posix()}", "", question(header), ""]
            for _, title, text, fields in known.get(header, []):
                lines += ["```", title, "```", "", text, ""]
                for field, words in fields:
                    lines += [f"- `{' '.join(field.split())}`: {' '.join(words.split())}"]
                lines.append("")
        (out / f"{folder}.md").write_text("\n".join(lines), encoding="utf-8")
        pages.append(folder)
    index = ["# The C++ library", "", "One page per folder; an arrow of includes points only to pages above.", ""]
    index += ["```{toctree}", ":maxdepth: 2", "", *pages, "```", ""]
    (out / "index.md").write_text("\n".join(index), encoding="utf-8")


def dead_links():
    """Links of pages to files that are not there."""
    dead = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if "://" not in target and not (page.parent / target).exists():
                dead.append(f"{page.relative_to(ROOT)}: {target}")
    return dead


def run_doxygen(out):
    settings = f"""
INPUT = {HEADERS}
RECURSIVE = YES
FILE_PATTERNS = *.hpp
EXCLUDE_PATTERNS = */impl/*
GENERATE_XML = YES
GENERATE_HTML = NO
GENERATE_LATEX = NO
XML_PROGRAMLISTING = NO
WARN_IF_UNDOCUMENTED = NO
WARN_IF_DOC_ERROR = NO
OUTPUT_DIRECTORY = {out}
JAVADOC_AUTOBRIEF = YES
MARKDOWN_SUPPORT = YES
AUTOLINK_SUPPORT = NO
QUIET = YES
WARNINGS = NO
"""
    subprocess.run(["doxygen", "-"], input=settings.encode(), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)  # fmt: skip
    return out / "xml"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--python-path", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    for module in ("sphinx", "myst_parser", "matplotlib", "pandas"):
        if importlib.util.find_spec(module) is None:
            print(f"the site is not built: {module} is not installed for {sys.executable}")
            raise SystemExit(SKIPPED)
    if shutil.which("doxygen") is None:
        print("the site is not built: doxygen is not installed")
        raise SystemExit(SKIPPED)
    if dead := dead_links():
        print("links to nowhere:", *dead, sep="\n")
        raise SystemExit(1)
    out = arguments.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    shutil.copytree(ROOT / "docs", out / "source")
    (out / "doxygen").mkdir()
    write_cpp_pages(run_doxygen(out / "doxygen"), out / "source" / "cpp")
    environment = os.environ | {"PYTHONPATH": str(arguments.python_path.resolve()), "SOURCE_DATE_EPOCH": "1767225600"}
    command = [sys.executable, "-B", "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    code = subprocess.run([*command, str(out / "source"), str(out / "html")], env=environment).returncode
    pages = len(list((out / "html").rglob("*.html")))
    print(f"{pages} pages in {out / 'html'}" if code == 0 else "the site has warnings")
    raise SystemExit(1 if code else 0)


if __name__ == "__main__":
    main()
