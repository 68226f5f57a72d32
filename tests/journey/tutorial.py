"""Runs the blocks of a tutorial and compares what they print with what it says.

    python3 tutorial.py docs/tutorials/first.md --bin build/bin [--python-path DIR] [--write]

In a ```console block a line that begins with "$ " is a command; the lines up to the next one are what it prints on
both channels, and "..." stands for any lines. "# exit N" as the last of these states an exit code other than 0. All
blocks of a tutorial run in one new folder, where `examples` is the repository's. A ```python block runs as a
session of its own (`>>>`, as doctest has it). With --write the file is written anew with what was printed, "..."
lines kept where they still match.
"""

import argparse
import contextlib
import difflib
import doctest
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands_of(body):
    """(command, expected lines) of a console block."""
    found = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
        else:
            raise SystemExit(f"a console block begins with {line!r}, not with a command")
    return found


def matches(expected, printed):
    """Whether the lines agree, "..." standing for any number of lines."""
    if not expected:
        return not printed
    if expected[0] == "...":
        return any(matches(expected[1:], printed[k:]) for k in range(len(printed) + 1))
    return bool(printed) and expected[0] == printed[0] and matches(expected[1:], printed[1:])


def run(command, folder, environment):
    answer = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)  # fmt: skip
    printed = [line.rstrip() for line in answer.stdout.decode("utf-8").splitlines()]
    if answer.returncode != 0:
        printed.append(f"# exit {answer.returncode}")
    return printed


def run_python(body, name, folder):
    """What is wrong with a session, as text; empty if nothing."""
    parser = doctest.DocTestParser()
    test = parser.get_doctest(body, {}, name, name, 0)
    if not test.examples:
        return "a python block without a >>> line proves nothing"
    out = io.StringIO()
    with change_to(folder):
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        runner.run(test, out=out.write)
    return out.getvalue()


@contextlib.contextmanager
def change_to(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tutorial", type=pathlib.Path)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--python-path", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    text = arguments.tutorial.read_text(encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COUNTYPLAN_")}
    environment["PATH"] = f"{arguments.bin.resolve()}{os.pathsep}{environment.get('PATH', '')}"
    environment["LC_ALL"] = "C.UTF-8"
    if arguments.python_path and not (arguments.python_path / "countyplan").is_dir():
        arguments.python_path = None  # built without the module
    if arguments.python_path:
        sys.path.insert(0, str(arguments.python_path.resolve()))
    wrong, blocks, skipped = [], 0, 0
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        (folder / "examples").symlink_to(REPOSITORY / "examples")

        def replaced(block):
            nonlocal blocks, skipped
            kind, body = block.groups()
            if kind == "python":
                if not arguments.python_path:
                    skipped += 1
                    return block.group(0)
                blocks += 1
                if problem := run_python(body, arguments.tutorial.name, folder):
                    wrong.append(problem)
                return block.group(0)
            blocks += 1
            lines = []
            for command, expected in commands_of(body):
                printed = run(command, folder, environment)
                lines.append(f"$ {command}")
                if matches(expected, printed):
                    lines += expected
                    continue
                lines += printed
                wrong.append(f"$ {command}\n" + "\n".join(difflib.unified_diff(
                    expected, printed, "the tutorial says", "the program prints", lineterm="")))  # fmt: skip
            return "```console\n" + "\n".join(lines) + "\n```"

        renewed = BLOCK.sub(replaced, text)
    finally:
        shutil.rmtree(folder)
    if blocks + skipped == 0:
        raise SystemExit(f"{arguments.tutorial} has no block to run")
    if arguments.write:
        arguments.tutorial.write_text(renewed, encoding="utf-8")
    for problem in wrong:
        print(problem)
    print(f"{arguments.tutorial.name}: {blocks} blocks run, {skipped} left out, {len(wrong)} differ")
    raise SystemExit(1 if wrong and not arguments.write else 0)


if __name__ == "__main__":
    main()
