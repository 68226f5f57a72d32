"""Do the type stubs say what the package does?"""

import ast
import importlib.util
import inspect
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

import countyplan

# What the stubs leave unsaid: how results, which only the package makes, are made; pybind11's metaclass.
not_to_be_seen = [
    r"countyplan\..*\.__init__",
    r"countyplan\..*\.__match_args__",
    r"countyplan\.(Allocation|LedgerLog|Plan|ScheduleFile|SolvedSchedule|Tracking)",
    r"countyplan\.solve\.\w+",
    r"countyplan\.solve\..*\.(__copy__|__deepcopy__|__eq__|__hash__|_fields|__reduce__|__repr__)",
]

folder = pathlib.Path(countyplan.__file__).parent
stubs = ast.parse((folder / "__init__.pyi").read_text(encoding="utf-8"))
declared = {node.name: node for node in stubs.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


def test_every_public_name_has_a_stub_and_no_other():
    assert set(declared) == set(countyplan.__all__)
    assert (folder / "py.typed").exists()


def parameters(function):
    """(name, kind) in order."""
    return [(p.name, p.kind.name) for p in inspect.signature(function).parameters.values()]


def declared_parameters(node):
    arguments = node.args
    out = [(a.arg, "POSITIONAL_ONLY") for a in arguments.posonlyargs]
    out += [(a.arg, "POSITIONAL_OR_KEYWORD") for a in arguments.args]
    return out + [(a.arg, "KEYWORD_ONLY") for a in arguments.kwonlyargs]


@pytest.mark.parametrize("name", [n for n in declared if isinstance(declared[n], ast.FunctionDef)])
def test_functions_take_what_their_stubs_say(name):
    assert parameters(getattr(countyplan, name)) == declared_parameters(declared[name])


@pytest.mark.parametrize("name", [n for n in declared if isinstance(declared[n], ast.ClassDef)])
def test_classes_have_what_their_stubs_say(name):
    made = getattr(countyplan, name)
    for node in declared[name].body:
        if isinstance(node, ast.FunctionDef):
            assert hasattr(made, node.name), node.name
        elif isinstance(node, ast.Assign):  # an enumeration's members
            assert node.targets[0].id in made.__members__
    if issubclass(made, countyplan.Word) and made is not countyplan.Word:
        members = [node.targets[0].id for node in declared[name].body if isinstance(node, ast.Assign)]
        assert members == list(made.__members__)
        assert [node.value.value for node in declared[name].body if isinstance(node, ast.Assign)] == list(made)
        return
    public = {key for key in vars(made) if not key.startswith("_")}
    said = {n.name for n in declared[name].body if isinstance(n, ast.FunctionDef)}
    said |= {n.target.id for n in declared[name].body if isinstance(n, ast.AnnAssign)}
    assert public - {"args"} <= said, public - said


@pytest.mark.parametrize("name", countyplan.__all__)
def test_every_public_name_is_documented(name):
    assert inspect.getdoc(getattr(countyplan, name))


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy, which has stubtest, is not installed")
def test_stubtest_finds_no_difference(tmp_path):
    for stub in folder.rglob("*.pyi"):  # without the modules, which mypy would check as well
        copy = tmp_path / "stubs" / "countyplan" / stub.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(stub, copy)
    settings, allowed = tmp_path / "mypy.ini", tmp_path / "allowed"
    settings.write_text("[mypy]\nignore_missing_imports = True\n", encoding="utf-8")
    allowed.write_text("\n".join(not_to_be_seen), encoding="utf-8")
    command = [sys.executable, "-B", "-m", "mypy.stubtest", "countyplan", "--concise"]
    command += ["--mypy-config-file", str(settings), "--allowlist", str(allowed), "--ignore-unused-allowlist"]
    paths = {"PYTHONPATH": str(folder.parent), "MYPYPATH": str(tmp_path / "stubs")}
    answer = subprocess.run(command, cwd=tmp_path, env=os.environ | paths, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
