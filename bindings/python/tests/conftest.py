import json

import pytest

import countyplan


@pytest.fixture(scope="session")
def guangxi():
    return countyplan.generate(seed=7)


@pytest.fixture(scope="session")
def allocation(guangxi):
    return countyplan.allocate(guangxi)


@pytest.fixture(scope="session")
def tracking(guangxi):
    return countyplan.track(guangxi, "2026-03-01")


@pytest.fixture(scope="session")
def small():
    """Two invented counties."""
    return countyplan.generate(base="invented", counties=2, seed=3)


@pytest.fixture
def document(small, tmp_path):
    """The small plan as a JSON document to be edited, and a function that writes it."""
    path = tmp_path / "edited.plan.json"
    countyplan.write_plan(small, path)
    data = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()

    def write():
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return data, write
