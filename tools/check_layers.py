#!/usr/bin/env python3
"""Does every include arrow point to the left, and does every file stand where its name says?

  check_layers.py [ROOT]        exit 0 if the tree keeps the house rules, 1 with one line per breach
  check_layers.py --self-test   plants each kind of breach in a temporary tree and sees it refused

The order of the layers is data, in the tables below; the reasons are in CONTRIBUTING.md.
"""
from __future__ import annotations

import argparse
import pathlib
import re
import sys
import tempfile

ROOT_HEADERS = {"error", "fwd", "separate", "version"}  # every folder may include these

# folder -> the folders to its left; its own name is always allowed
LAYERS = {
    "scalar": [],
    "graph": ["scalar"],
    "plan": ["scalar", "graph"],
    "solve": ["scalar", "graph"],
    "allocate": ["scalar", "graph", "plan", "solve"],
    "track": ["scalar", "graph", "plan", "solve"],
    "experiment": ["scalar", "graph", "plan", "solve", "allocate", "track"],
    "report": ["scalar", "graph", "plan", "solve", "allocate", "track", "experiment"],
    "io": ["scalar", "graph", "plan", "solve", "allocate", "track", "experiment", "report"],
}
HEADER_ONLY = ["scalar", "graph", "plan", "solve", "allocate", "track", "experiment"]

# A root header that needs a layer itself (countyplan.hpp is the sum of the header-only layers).
ROOT_NEEDS = {"error": ["scalar"], "fwd": [], "version": [], "countyplan": HEADER_ONLY}

# countyplan-check decides by the definitions alone: what it may include directly.
CHECKER_MAY = [
    r"(error|fwd|version)\.hpp",
    r"(scalar|graph|plan|io)/\w+\.hpp",
    r"allocate/(eligibility|score|objective|fairness|user_rule|coupling|team)\.hpp",
    r"solve/termination\.hpp",
    r"solve/proof/\w+\.hpp",
]
THIRD_PARTY_OF_CORE = {"boost", "Eigen"}
# Public headers that may show Boost, because being used with Boost is what they are for: adapters to
# Boost.Graph, the plan as a Boost graph, plan values in any Boost archive. Bodies under impl/ use it freely.
MAY_SHOW_BOOST = {"graph/boost.hpp", "plan/plan_graph.hpp", "io/archive.hpp", "io/serialize.hpp"}
# No input or output and no threads in the header-only layers.
NOT_IN_CORE = {"iostream", "fstream", "cstdio", "filesystem", "thread", "future"}

JUNK_DRAWERS = {"util", "utils", "utility", "common", "helper", "helpers", "misc", "types", "base", "core"}
SOURCE_FOLDERS = ["include", "src", "tests", "bindings", "benchmarks", "examples", "tools"]
SPLIT_AT = 400  # lines of a header
LOOK_AT = 250
HEADERS_PER_FOLDER = 20

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Report:
    def __init__(self) -> None:
        self.breaches: list[str] = []
        self.notes: list[str] = []


def includes_of(text: str) -> list[tuple[str, str]]:
    """(quote, path) of each include line, those in block comments left out."""
    return INCLUDE.findall(BLOCK_COMMENT.sub("", text))


def check_arrow(report: Report, where: str, own: str, target: str) -> None:
    """One include of countyplan/<target> in a file of layer `own`."""
    folder = target.split("/")[0] if "/" in target else ""
    if not folder:
        if pathlib.PurePosixPath(target).stem not in ROOT_HEADERS:
            report.breaches.append(f"{where}: includes {target}, which gathers everything; name what you use")
        return
    if folder not in LAYERS:
        report.breaches.append(f"{where}: includes {target}, but there is no layer '{folder}'")
    elif folder != own and folder not in LAYERS[own]:
        report.breaches.append(f"{where}: {own} must not include {target}: the arrow points right")
    elif folder != own and "/impl/" in target:
        report.breaches.append(f"{where}: includes {target}, a body that belongs to {folder} alone")


def check_header(report: Report, root: pathlib.Path, path: pathlib.Path) -> None:
    relative = path.relative_to(root / "include" / "countyplan").as_posix()
    where = path.relative_to(root).as_posix()
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    is_impl = "/impl/" in relative
    own = relative.split("/")[0] if "/" in relative else ""

    if not is_impl and not text.startswith("// "):
        report.breaches.append(f"{where}: the first line is not a sentence that says what the header answers")
    if "#pragma once" not in text:
        report.breaches.append(f"{where}: has no #pragma once")
    if lines > SPLIT_AT:
        report.breaches.append(f"{where}: {lines} lines, more than {SPLIT_AT}; it holds a second idea")
    elif lines > LOOK_AT:
        report.notes.append(f"{where}: {lines} lines, wants a second look")
    if own and own not in LAYERS:
        report.breaches.append(f"{where}: '{own}' is not a layer")
        return

    for quote, target in includes_of(text):
        first = target.split("/")[0]
        if quote == '"':
            report.breaches.append(f'{where}: includes "{target}"; write <countyplan/...>')
        elif first == "countyplan":
            inner = target[len("countyplan/"):]
            if own:
                check_arrow(report, where, own, inner)
            else:
                folder = inner.split("/")[0] if "/" in inner else ""
                needs = ROOT_NEEDS.get(path.stem, [])
                if folder and folder not in needs:
                    report.breaches.append(f"{where}: {path.name} must not include {inner}")
        else:
            core = own in HEADER_ONLY or not own
            if core and target in NOT_IN_CORE:
                report.breaches.append(f"{where}: includes <{target}>; the header-only layers do no I/O and start no threads")
            if core and ("/" in target or target.endswith((".h", ".hpp"))) and first not in THIRD_PARTY_OF_CORE:
                if not target.endswith("intrin.h"):
                    report.breaches.append(f"{where}: includes <{target}>; the header-only layers know Boost and Eigen only")
            if first == "boost" and not is_impl and relative not in MAY_SHOW_BOOST:
                report.breaches.append(f"{where}: a public header shows Boost (<{target}>); hide it under impl/")


def check_source(report: Report, root: pathlib.Path, path: pathlib.Path, folder: str) -> None:
    where = path.relative_to(root).as_posix()
    for _, target in includes_of(path.read_text(encoding="utf-8")):
        if not target.startswith("countyplan/"):
            continue
        inner = target[len("countyplan/"):]
        if folder == "check":
            if not any(re.fullmatch(may, inner) for may in CHECKER_MAY):
                report.breaches.append(f"{where}: countyplan-check must not include {inner}")
        elif folder in LAYERS:
            check_arrow(report, where, folder, inner)


def check_cycles(report: Report, root: pathlib.Path, headers: list[pathlib.Path]) -> None:
    """No header may include itself by way of others (bodies under impl/ may name their owner)."""
    top = root / "include"
    arrows = {}
    for path in headers:
        name = path.relative_to(top).as_posix()
        arrows[name] = [target for _, target in includes_of(path.read_text(encoding="utf-8")) if "/impl/" not in target]
    done: set[str] = set()
    for start in sorted(arrows):
        stack = [(start, iter(arrows[start]))]
        trail = [start]
        if start in done:
            continue
        while stack:
            name, targets = stack[-1]
            target = next((t for t in targets if t in arrows and t not in done), None)
            if target is None:
                done.add(name)
                stack.pop()
                trail.pop()
            elif target in trail:
                ring = trail[trail.index(target):] + [target]
                report.breaches.append("headers include each other in a ring: " + " -> ".join(ring))
                done.add(target)
            else:
                stack.append((target, iter(arrows[target])))
                trail.append(target)


def check_order(report: Report, root: pathlib.Path, headers: list[pathlib.Path]) -> None:
    """Included alone, no public header may meet another whose declarations are still to come.

    Bodies stand last, so a body may name a header whose end is being read; one that is met at its beginning, by way
    of a body, has declared nothing yet.
    """
    arrows: dict[str, tuple[list[str], list[str]]] = {}  # what is included above the declarations, and below them
    for path in headers:
        text = BLOCK_COMMENT.sub("", path.read_text(encoding="utf-8"))
        cut = text.rfind("\n}") + 1 or len(text)  # the last namespace is closed
        arrows[path.relative_to(root / "include").as_posix()] = (
            [target for _, target in INCLUDE.findall(text[:cut])],
            [target for _, target in INCLUDE.findall(text[cut:])],
        )
    told: set[tuple[str, str]] = set()

    def read(name: str, seen: set[str], begun: list[str]) -> None:
        seen.add(name)
        above, below = arrows[name]
        for target in above:
            if target in begun and (name, target) not in told:
                told.add((name, target))
                report.breaches.append(f"include/{name}: comes before the declarations of {target}, which it includes, "
                                       f"when {alone} is included alone")
            elif target in arrows and target not in seen:
                read(target, seen, begun + [target])
        for target in below:
            if target in arrows and target not in seen:
                read(target, seen, begun[:-1] + [target])

    for alone in sorted(arrows):
        if "/impl/" not in alone:
            read(alone, set(), [alone])


def check_lists(report: Report, root: pathlib.Path, headers: list[pathlib.Path]) -> None:
    """A header or a test that no CMake list names is neither installed nor run."""
    listing = root / "cmake" / "headers.cmake"
    if listing.exists():
        listed = set(re.findall(r"[\w/]+\.hpp", re.sub(r"#.*", "", listing.read_text(encoding="utf-8"))))
        for path in headers:
            name = path.relative_to(root / "include" / "countyplan").as_posix()
            if name not in listed:
                report.breaches.append(f"include/countyplan/{name}: not listed in cmake/headers.cmake")
    for path in sorted((root / "tests").glob("*/*_test.cpp")):
        wiring = path.parent / "CMakeLists.txt"
        stem = path.stem[: -len("_test")]
        text = re.sub(r"#.*", "", wiring.read_text(encoding="utf-8")) if wiring.exists() else ""
        if not re.search(rf"\b{stem}(_test)?\b", text):
            report.breaches.append(f"{path.relative_to(root).as_posix()}: not listed in {wiring.relative_to(root).as_posix()}")


def check_tree(root: pathlib.Path) -> Report:
    report = Report()
    top = root / "include" / "countyplan"
    headers = sorted(top.rglob("*.hpp"))
    for path in headers:
        check_header(report, root, path)
    for folder in sorted({path.parent for path in headers if path.parent != top}):
        count = sum(1 for path in folder.glob("*.hpp"))
        if count > HEADERS_PER_FOLDER and folder.name != "impl":
            report.notes.append(f"{folder.relative_to(root).as_posix()}: {count} headers, wants a sub-folder")
    for folder in sorted(p for p in (root / "src").glob("*") if p.is_dir()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".cpp", ".hpp"}:
                check_source(report, root, path, folder.name)
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if "__pycache__" not in path.parts and path.stem.lower() in JUNK_DRAWERS:
                report.breaches.append(f"{path.relative_to(root).as_posix()}: a name that says nothing; name the concept")
    check_cycles(report, root, headers)
    check_order(report, root, headers)
    check_lists(report, root, headers)
    return report


# ------------------------------------------------------------------------------------ self-test

HEADER = "// Which lamp is meant?\n#pragma once\n"

SOUND = {
    "include/countyplan/error.hpp": HEADER + "#include <countyplan/scalar/message.hpp>\n",
    "include/countyplan/countyplan.hpp": HEADER + "#include <countyplan/allocate/score.hpp>\n",
    "include/countyplan/scalar/message.hpp": HEADER + "#include <string>\n",
    "include/countyplan/scalar/id.hpp": HEADER + "#include <countyplan/error.hpp>\n",
    "include/countyplan/graph/boost.hpp": HEADER + "#include <boost/graph/graph_traits.hpp>\n",
    "include/countyplan/plan/school.hpp": HEADER + "#include <countyplan/scalar/id.hpp>\n",
    "include/countyplan/solve/stop.hpp": HEADER
    + "#include <countyplan/scalar/id.hpp>\nnamespace countyplan {\n}\n#include <countyplan/solve/impl/stop.hpp>\n",
    "include/countyplan/solve/impl/stop.hpp": HEADER + "#include <countyplan/solve/impl/kernel.hpp>\n",
    "include/countyplan/solve/watch.hpp": HEADER + "#include <countyplan/solve/impl/kernel.hpp>\n",
    "include/countyplan/solve/impl/kernel.hpp": HEADER + "#include <boost/version.hpp>\n#include <immintrin.h>\n",
    "include/countyplan/allocate/score.hpp": HEADER
    + "#include <countyplan/plan/school.hpp>\n#include <countyplan/solve/stop.hpp>\n",
    "include/countyplan/track/schedule.hpp": HEADER + "/*\n#include <countyplan/allocate/score.hpp>\n*/\n",
    "include/countyplan/io/read.hpp": HEADER + "#include <iostream>\n#include <countyplan/plan/school.hpp>\n",
    "src/io/read.cpp": "#include <countyplan/io/read.hpp>\n#include <nlohmann/json.hpp>\n",
    "src/check/main.cpp": "#include <countyplan/allocate/score.hpp>\n#include <countyplan/io/read.hpp>\n",
    "src/cli/main.cpp": "#include <countyplan/countyplan.hpp>\n",
    "tests/scalar/id_test.cpp": "#include <countyplan/scalar/id.hpp>\n",
    "tests/scalar/CMakeLists.txt": "countyplan_test(id)\n",
    "cmake/headers.cmake": "set(x error.hpp countyplan.hpp scalar/message.hpp scalar/id.hpp graph/boost.hpp\n"
    " plan/school.hpp solve/stop.hpp solve/watch.hpp solve/impl/kernel.hpp solve/impl/stop.hpp allocate/score.hpp\n"
    " track/schedule.hpp io/read.hpp)\n",
}

# (what is planted, file, text appended to it, words the refusal must contain)
PLANTED = [
    ("scalar looks at plan", "include/countyplan/scalar/id.hpp", "#include <countyplan/plan/school.hpp>\n", "points right"),
    ("plan looks at solve", "include/countyplan/plan/school.hpp", "#include <countyplan/solve/stop.hpp>\n", "points right"),
    ("solve looks at plan", "include/countyplan/solve/stop.hpp", "#include <countyplan/plan/school.hpp>\n", "points right"),
    ("allocate looks at track", "include/countyplan/allocate/score.hpp",
     "#include <countyplan/track/schedule.hpp>\n", "points right"),
    ("track looks at allocate", "include/countyplan/track/schedule.hpp",
     "#include <countyplan/allocate/score.hpp>\n", "points right"),
    ("a body looks right", "include/countyplan/solve/impl/kernel.hpp",
     "#include <countyplan/plan/school.hpp>\n", "points right"),
    ("core looks at io", "include/countyplan/track/schedule.hpp", "#include <countyplan/io/read.hpp>\n", "points right"),
    ("a layer that does not exist", "include/countyplan/io/read.hpp", "#include <countyplan/moon/x.hpp>\n", "no layer"),
    ("a header in no layer", "include/countyplan/moon/crater.hpp", HEADER, "not a layer"),
    ("a foreign body", "include/countyplan/allocate/score.hpp",
     "#include <countyplan/solve/impl/kernel.hpp>\n", "belongs to solve"),
    ("a layer takes everything", "include/countyplan/plan/school.hpp",
     "#include <countyplan/countyplan.hpp>\n", "gathers everything"),
    ("the root looks right", "include/countyplan/error.hpp", "#include <countyplan/plan/school.hpp>\n", "must not include"),
    ("a quoted include", "include/countyplan/scalar/id.hpp", '#include "message.hpp"\n', "write <countyplan"),
    ("Boost in public", "include/countyplan/solve/stop.hpp", "#include <boost/optional.hpp>\n", "shows Boost"),
    ("JSON in core", "include/countyplan/plan/school.hpp", "#include <nlohmann/json.hpp>\n", "Boost and Eigen only"),
    ("printing in core", "include/countyplan/plan/school.hpp", "#include <iostream>\n", "no I/O"),
    ("threads in core", "include/countyplan/solve/stop.hpp", "#include <thread>\n", "no threads"),
    ("a source looks right", "src/report/page.cpp", "#include <countyplan/io/read.hpp>\n", "points right"),
    ("the checker calls a solver", "src/check/main.cpp", "#include <countyplan/solve/stop.hpp>\n", "countyplan-check"),
    ("the checker allocates", "src/check/main.cpp", "#include <countyplan/allocate/allocate.hpp>\n", "countyplan-check"),
    ("the checker takes everything", "src/check/main.cpp", "#include <countyplan/countyplan.hpp>\n", "countyplan-check"),
    ("a ring", "include/countyplan/scalar/message.hpp", "#include <countyplan/scalar/id.hpp>\n", "ring"),
    ("a body met too early", "include/countyplan/solve/impl/kernel.hpp",
     "#include <countyplan/solve/stop.hpp>\n", "comes before the declarations"),
    ("a long header", "include/countyplan/scalar/id.hpp", "\n" * 400, "second idea"),
    ("a junk drawer", "include/countyplan/plan/helpers.hpp", HEADER, "says nothing"),
    ("a junk folder", "src/common/x.cpp", "\n", "says nothing"),
    ("no question", "include/countyplan/plan/lamp.hpp", "#pragma once\n", "first line"),
    ("no guard", "include/countyplan/plan/lamp.hpp", "// Which lamp?\n", "pragma once"),
    ("an unlisted header", "include/countyplan/plan/lamp.hpp", HEADER, "not listed in cmake/headers.cmake"),
    ("an unlisted test", "tests/scalar/day_test.cpp", "\n", "not listed in tests/scalar"),
]


def self_test() -> int:
    failed = 0
    for what, planted, text, words in [("nothing", "", "", "")] + PLANTED:
        with tempfile.TemporaryDirectory() as directory:
            root = pathlib.Path(directory)
            for name, content in SOUND.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
            if planted:
                path = root / planted
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")
            breaches = check_tree(root).breaches
            right = any(words in breach for breach in breaches) if planted else not breaches
            if not right:
                failed += 1
                print(f"planted {what}: got {breaches or 'no breach'}")
    print(f"check_layers self-test: {len(PLANTED)} planted breaches, {failed} wrong")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--notes", action="store_true", help="also print what is allowed but wants a look")
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    report = check_tree(arguments.root)
    if arguments.notes:
        for note in report.notes:
            print("note: " + note)
    for breach in report.breaches:
        print(breach)
    headers = sum(1 for _ in (arguments.root / "include").rglob("*.hpp"))
    print(f"check_layers: {headers} headers, {len(report.breaches)} breaches")
    return 1 if report.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
