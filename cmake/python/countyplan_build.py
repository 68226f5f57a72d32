"""Builds the Python package with CMake (PEP 517 and 660), from the standard library alone.

`pip install .` needs cmake, a C++20 compiler, Boost, Eigen, nlohmann-json, pugixml and pybind11 on the
system, and no package index. Settings (`pip install -C name=value .`): `build-dir` keeps the build tree there.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
import tomllib
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bindings" / "python" / "countyplan"
NOT_IN_SDIST = {".git", "build", "dist", ".venv", "__pycache__", ".pytest_cache", ".cache"}


def version() -> str:
    text = (ROOT / "include/countyplan/version.hpp").read_text(encoding="utf-8")
    numbers = re.findall(r"^#define COUNTYPLAN_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$", text, re.MULTILINE)
    if len(numbers) != 3:
        raise RuntimeError("version.hpp does not define the three version numbers")
    return ".".join(numbers)


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def stem() -> str:
    return f"{project()['name']}-{version()}"


def tag() -> str:
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{python}-{python}-{re.sub('[-.]', '_', sysconfig.get_platform())}"


def metadata() -> bytes:
    about = project()
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {about['name']}",
        f"Version: {version()}",
        f"Summary: {about['description']}",
        f"License: {about['license']['text']}",
        f"Keywords: {','.join(about['keywords'])}",
        f"Requires-Python: {about['requires-python']}",
    ]
    lines += [f"Classifier: {classifier}" for classifier in about["classifiers"]]
    lines += [f"Requires-Dist: {need}" for need in about.get("dependencies", [])]
    for extra, needs in about.get("optional-dependencies", {}).items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f'Requires-Dist: {need}; extra == "{extra}"' for need in needs]
    readme = ROOT / about["readme"]
    if readme.exists():
        lines += ["Description-Content-Type: text/markdown", "", readme.read_text(encoding="utf-8")]
    return ("\n".join(lines) + "\n").encode()


def dist_info() -> dict[str, bytes]:
    """The files of the .dist-info directory, RECORD left out."""
    wheel = f"Wheel-Version: 1.0\nGenerator: countyplan_build\nRoot-Is-Purelib: false\nTag: {tag()}\n"
    return {
        "METADATA": metadata(),
        "WHEEL": wheel.encode(),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
    }


def write_wheel(directory: str, files: dict[str, bytes]) -> str:
    """Writes the wheel with these files; the same input gives the same bytes."""
    moment = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600")), 315532800))
    record = []
    name = f"{stem()}-{tag()}.whl"
    contents = files | {f"{stem()}.dist-info/{key}": value for key, value in dist_info().items()}
    with zipfile.ZipFile(pathlib.Path(directory) / name, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(path: str, data: bytes) -> None:
            entry = zipfile.ZipInfo(path, moment[:6])
            entry.external_attr = (0o100755 if path.endswith(".so") else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)

        for path, data in contents.items():
            add(path, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{path},sha256={digest},{len(data)}")
        own = f"{stem()}.dist-info/RECORD"
        add(own, "\n".join(record + [f"{own},,", ""]).encode())
    return name


def compile_into(site: pathlib.Path, build: pathlib.Path, strip: bool) -> None:
    """Configures and builds in `build`, installs the package into `site`."""
    switches = {
        "CMAKE_BUILD_TYPE": "Release",
        "COUNTYPLAN_BUILD_PYTHON": "ON",
        "COUNTYPLAN_BUILD_TESTS": "OFF",
        "COUNTYPLAN_BUILD_PROGRAMS": "OFF",
        "COUNTYPLAN_BUILD_BENCHMARKS": "OFF",
        "COUNTYPLAN_BUILD_EXAMPLES": "OFF",
        "COUNTYPLAN_BUILD_MIP": "OFF",
        "COUNTYPLAN_INSTALL": "OFF",
        "COUNTYPLAN_VERIFY_HEADERS": "OFF",
        "COUNTYPLAN_WERROR": "OFF",
        "COUNTYPLAN_PYTHON_INSTALL_DIR": ".",
        "Python3_EXECUTABLE": sys.executable,
    }
    configure = ["cmake", "-S", str(ROOT), "-B", str(build)]
    if "CMAKE_GENERATOR" not in os.environ and shutil.which("ninja"):
        configure += ["-G", "Ninja"]
    configure += [f"-D{name}={value}" for name, value in switches.items()]
    subprocess.run(configure, check=True)
    jobs = os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL", str(len(os.sched_getaffinity(0))))
    subprocess.run(["cmake", "--build", str(build), "--parallel", jobs], check=True)
    install = ["cmake", "--install", str(build), "--prefix", str(site), "--component", "python"]
    subprocess.run(install + (["--strip"] if strip else []), check=True)


def files_below(directory: pathlib.Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


# ------------------------------------------------------------------------------- hooks of PEP 517


def get_requires_for_build_wheel(config_settings=None):
    return []


def get_requires_for_build_sdist(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    name = f"{stem()}.dist-info"
    directory = pathlib.Path(metadata_directory) / name
    directory.mkdir(parents=True, exist_ok=True)
    for file, data in dist_info().items():
        (directory / file).write_bytes(data)
    return name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    with tempfile.TemporaryDirectory(prefix="countyplan-wheel-") as temporary:
        work = pathlib.Path(temporary)
        build = pathlib.Path((config_settings or {}).get("build-dir", work / "build"))
        compile_into(work / "site", build, strip=True)
        return write_wheel(wheel_directory, files_below(work / "site"))


def build_sdist(sdist_directory, config_settings=None):
    name = f"{stem()}.tar.gz"
    listing = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False)
    if listing.returncode == 0:
        paths = [ROOT / path for path in listing.stdout.decode().split("\0") if path]
    else:  # an unpacked archive
        paths = [path for path in ROOT.rglob("*") if not NOT_IN_SDIST & set(path.relative_to(ROOT).parts)]
    with tarfile.open(pathlib.Path(sdist_directory) / name, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(path for path in paths if path.is_file()):
            archive.add(path, f"{stem()}/{path.relative_to(ROOT).as_posix()}", recursive=False)
        about = tarfile.TarInfo(f"{stem()}/PKG-INFO")
        about.size = len(metadata())
        archive.addfile(about, io.BytesIO(metadata()))
    return name


# ------------------------------------------------------------------------------- hooks of PEP 660

get_requires_for_build_editable = get_requires_for_build_wheel
prepare_metadata_for_build_editable = prepare_metadata_for_build_wheel


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    """The module is built into build/editable; the package's own files stay links to the checkout."""
    build = ROOT / "build" / "editable"
    site = build / "site"
    shutil.rmtree(site, ignore_errors=True)
    compile_into(site, build, strip=False)
    for path in PACKAGE.rglob("*"):
        copy = site / "countyplan" / path.relative_to(PACKAGE)
        if path.is_file() and copy.exists():
            copy.unlink()
            copy.symlink_to(path)
    return write_wheel(wheel_directory, {"_countyplan_editable.pth": f"{site}\n".encode()})
