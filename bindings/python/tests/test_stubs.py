"""Do the type stubs say what the package does?"""

import ast
import inspect
import pathlib

import pytest

import countyplan

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
