"""Runs every block of README.md.

    python3 readme.py --bin build/bin --python-path DIR

Python blocks run as they stand, the program's commands one after the other in one new folder, and each must succeed.
The C++ block must be the example that is compiled, and print what the README says. Commands that build and install are
the business of .ci/run and of the package tests: they are listed here, so that a new one is not forgotten.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = {
    "sh cmake/bootstrap.sh run": ".ci/run",
    "sh cmake/bootstrap.sh test": ".ci/run",
    "pip install .": "package.pip",
}
# What the commands find in the folder besides `examples`: the user's own files.
EVENTS = "number,day,kind,subject,from,to\n1,2025-03-10,ill,expert:BS-0001,2025-03-10,2025-12-31\n"
NETWORK = "p min 3 3\nn 1 2\nn 3 -2\na 1 2 0 2 1\na 2 3 0 2 1\na 1 3 0 1 5\n"


def run(command, folder, environment):
    """What is wrong with a command, as text; empty if nothing."""
    answer = subprocess.run(command, cwd=folder, env=environment, shell=isinstance(command, str),
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
    printed = answer.stdout.decode("utf-8", "replace")
    return "" if answer.returncode == 0 else f"$ {command}\nexit {answer.returncode}\n{printed[-2000:]}"


def shell_block(body, folder, environment):
    for line in body.splitlines():
        command = line.split(" #")[0].strip()
        if command in ELSEWHERE or not command:
            continue
        if not command.startswith("countyplan"):
            yield f"nobody runs this command: {command}"
            continue
        yield run(command, folder, environment)
        if (folder / "result" / "staffing.csv").exists():
            shutil.copy(folder / "result" / "staffing.csv", folder / "by-hand.csv")


def dense(source):
    """The source without empty lines."""
    return "\n".join(line for line in source.splitlines() if line)


def check_links(text):
    for target in re.findall(r"\]\(([^)#\s]+)\)", text):
        if "://" not in target and not (REPOSITORY / target).exists():
            yield f"a link to nowhere: {target}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--python-path", type=pathlib.Path)
    arguments = parser.parse_args()
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COUNTYPLAN_")}
    environment |= {"LC_ALL": "C.UTF-8", "PATH": f"{arguments.bin.resolve()}{os.pathsep}{environment.get('PATH', '')}"}
    has_module = arguments.python_path is not None and (arguments.python_path / "countyplan").is_dir()
    if has_module:
        environment["PYTHONPATH"] = str(arguments.python_path.resolve())
    wrong, ran = list(check_links(text)), 0
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        (folder / "examples").symlink_to(REPOSITORY / "examples")
        (folder / "events.csv").write_text(EVENTS, encoding="utf-8")
        (folder / "netgen.min").write_text(NETWORK, encoding="utf-8")
        shutil.copy(REPOSITORY / "tests" / "io" / "cases" / "exchange" / "term.xer", folder)
        blocks = BLOCK.findall(text)
        for at, (kind, body) in enumerate(blocks):
            if kind == "sh":
                wrong += [problem for problem in shell_block(body, folder, environment) if problem]
            elif kind == "python" and has_module:
                wrong += [problem for problem in [run([sys.executable, "-B", "-c", body], folder, environment)] if problem]
            elif kind == "cpp":
                source = (REPOSITORY / "examples" / "embed" / "main.cpp").read_text(encoding="utf-8")
                if dense(body) not in dense(source):
                    wrong.append("the C++ block is not examples/embed/main.cpp")
                program = arguments.bin / "embed"
                if program.exists():
                    printed = subprocess.run([program.resolve()], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
                    if printed != blocks[at + 1][1]:
                        wrong.append(f"the C++ block prints {printed!r}")
            elif kind not in ("", "python"):
                wrong.append(f"nobody runs a block of {kind}")
            ran += kind != ""
    finally:
        shutil.rmtree(folder)
    for problem in wrong:
        print(problem)
    print(f"README.md: {ran} blocks, {len(wrong)} problems")
    raise SystemExit(1 if wrong or ran == 0 else 0)


if __name__ == "__main__":
    main()
