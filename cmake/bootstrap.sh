#!/bin/sh
# From a bare Debian 12, Debian 13 or Ubuntu 24.04 to an answer, in one command.
#
#   sh cmake/bootstrap.sh run       install what is missing, build the programs, run the main job on
#                                   examples/guangxi; ends with a summary and the path of the report
#   sh cmake/bootstrap.sh test      install what is missing, build everything, run all tests
#   sh cmake/bootstrap.sh install   only install what `test` needs
#
# Packages come through apt; root, or sudo, is needed only if one is missing.
set -eu
cd "$(dirname "$0")/.."

# What a build of the programs needs, and what the tests need on top.
build_packages="g++ cmake ninja-build libboost-dev libboost-serialization-dev libeigen3-dev nlohmann-json3-dev
    libpugixml-dev libcli11-dev"
test_packages="ccache pkg-config libgtest-dev libbenchmark-dev pybind11-dev python3-dev python3-venv python3-pip
    python3-numpy python3-pandas python3-pytest python3-jsonschema python3-hypothesis mypy
    python3-matplotlib fonts-wqy-zenhei python3-tqdm python3-dask python3-distributed python3-mpi4py openmpi-bin
    coinor-libcbc-dev coinor-libclp-dev"
# Each is asked by a check that is skipped without it (the format, which wants exactly this version; laws with a
# second method; the documentation's site), and not every release has them all.
optional_packages="clang-format-14 liblemon-dev python3-scipy python3-networkx python3-igraph python3-sphinx
    python3-myst-parser"

say() { printf '%s\n' "bootstrap: $*"; }

is_installed() {
    dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        say "root or sudo is needed to install packages: $*" >&2
        return 1
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@"
}

install_missing() {
    missing=""
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "missing:$missing; this system has no apt, install their like by hand" >&2
        return 1
    fi
    say "installing:$missing"
    [ -n "${apt_is_fresh:-}" ] || apt update
    apt_is_fresh=yes
    # shellcheck disable=SC2086  # one word per package
    apt install --no-install-recommends $missing
}

install_optional() {
    available=""
    for package in "$@"; do
        if apt-cache policy "$package" 2>/dev/null | grep -q 'Candidate: [0-9]'; then available="$available $package"; fi
    done
    # shellcheck disable=SC2086
    install_missing $available || say "not all of$available could be installed; going on without them"
}

# A lower priority program must not take a machine down: one compile needs up to a gigabyte, and is faster with two.
choose_jobs() {
    jobs=$(nproc)
    memory=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo 2>/dev/null || echo "")
    if [ -n "$memory" ] && [ "$memory" -lt "$jobs" ]; then jobs=$((memory > 1 ? memory : 1)); fi
    roomy=OFF
    if [ -n "$memory" ] && [ "$memory" -ge $((3 * jobs)) ]; then roomy=ON; fi
    CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$jobs}
    export CMAKE_BUILD_PARALLEL_LEVEL
}

# The programs alone need neither GoogleTest nor Python; a later `test` in the same tree asks for the rest again.
build() { # ON|OFF (tests, benchmarks, bindings, examples, header check) target...
    extras=$1
    shift
    cmake --preset release "-DCOUNTYPLAN_BUILD_TESTS=$extras" "-DCOUNTYPLAN_BUILD_BENCHMARKS=$extras" \
        "-DCOUNTYPLAN_BUILD_PYTHON=$extras" "-DCOUNTYPLAN_BUILD_EXAMPLES=$extras" "-DCOUNTYPLAN_VERIFY_HEADERS=$extras" \
        "-DCOUNTYPLAN_ROOMY=$roomy"
    cmake --build --preset release "$@"
}

# One step of the main job: its output goes to a file of its own and is shown only if it fails.
step() { # log command...
    log=$out/$1.log
    shift
    "$@" >"$log" 2>&1 || {
        code=$?
        tail -n 30 "$log" >&2
        say "exit code $code from: $*" >&2
        exit "$code"
    }
}

run_main_job() {
    plan=examples/guangxi
    as_of=2026-02-28
    out=build/guangxi
    bin=build/release/bin
    LC_ALL=C.UTF-8
    export LC_ALL
    rm -rf "$out"
    mkdir -p "$out"
    step check "$bin/countyplan" check "$plan" --lang en
    step allocate "$bin/countyplan" allocate "$plan" -o "$out/result" --lang en
    step track "$bin/countyplan" track "$plan" --as-of "$as_of" -o "$out/track" --lang en
    step verify "$bin/countyplan-check" "$plan" "$out/result"
    step report "$bin/countyplan" report "$plan" "$out/result" -o "$out/report.html"
    printf '\n'
    printf 'countyplan on %s, as of %s\n' "$plan" "$as_of"
    tail -n 1 "$out/check.log"
    tail -n 3 "$out/allocate.log"
    tail -n 2 "$out/track.log"
    printf 'independent checker: '
    tail -n 1 "$out/verify.log"
    printf 'staffing: %s\n' "$out/result/staffing.csv"
    printf 'report: %s\n' "$(pwd)/$out/report.html"
}

case "${1:-}" in
run)
    # shellcheck disable=SC2086
    install_missing $build_packages
    choose_jobs
    build OFF --target programs
    run_main_job
    ;;
test)
    # shellcheck disable=SC2086
    install_missing $build_packages $test_packages
    install_optional $optional_packages
    choose_jobs
    build ON
    ctest --preset release
    ;;
install)
    # shellcheck disable=SC2086
    install_missing $build_packages $test_packages
    install_optional $optional_packages
    ;;
*)
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 64
    ;;
esac
