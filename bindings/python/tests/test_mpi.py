"""Sweeps on MPI: the same rows as in one process."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

import countyplan
import sweep_functions

pytest.importorskip("mpi4py", reason="mpi4py is not installed (Debian: python3-mpi4py)")
mpiexec = shutil.which("mpiexec")

script = """
import json, sys
import countyplan, sweep_functions
from mpi4py import MPI
from mpi4py.futures import MPIPoolExecutor

if __name__ == "__main__":
    plan = countyplan.generate(base="invented", counties=2, seed=3)
    with MPIPoolExecutor() as pool:
        run = countyplan.sweep(
            sweep_functions.measured, {"scale": [1.0, 2.0], "word": ["甲", "b"]}, inputs=[plan], seeds=6, executor=pool
        )
    json.dump({"rows": run.rows, "digest": run.digest, "size": MPI.COMM_WORLD.Get_size()}, open(sys.argv[1], "w"))
"""


@pytest.mark.skipif(mpiexec is None, reason="mpiexec is not installed (Debian: openmpi-bin)")
def test_two_ranks_give_the_rows_of_one_process(small, tmp_path):
    path = tmp_path / "script.py"
    path.write_text(script, encoding="utf-8")
    here = pathlib.Path(__file__).parent
    package = pathlib.Path(countyplan.__file__).parent.parent
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(here), str(package), os.environ.get("PYTHONPATH", "")]),
        "OMPI_ALLOW_RUN_AS_ROOT": "1",
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        "OMPI_MCA_rmaps_base_oversubscribe": "1",
        "OMPI_MCA_btl": "self,vader,tcp",
    }
    command = [mpiexec, "-n", "3", sys.executable, "-B", "-m", "mpi4py.futures", str(path), str(tmp_path / "rows.json")]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads((tmp_path / "rows.json").read_text())
    expected = countyplan.sweep(
        sweep_functions.measured, {"scale": [1.0, 2.0], "word": ["甲", "b"]}, inputs=[small], seeds=6
    )
    assert (told["rows"], told["digest"], told["size"]) == (expected.rows, expected.digest, 3)
