"""One large plan, region by region on two Dask workers: rounds, messages, bytes, bound; a line of JSON for each round.

    /usr/bin/python3 benchmarks/scale_out.py [--counties 1600] [--workers 2] [--seconds 500]
"""

import argparse
import json
import pathlib
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, default=root / "build" / "release")
    parser.add_argument("--counties", type=int, default=1600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=500)
    options = parser.parse_args()
    sys.path.insert(0, str(options.build / "python"))
    import countyplan
    from distributed import Client, LocalCluster

    plan = countyplan.generate(
        base="invented", counties=options.counties, local_teachers=0, second_ring_schools=0, policy=False
    )
    sizes = {table: len(plan.rows(table)) for table in ("counties", "posts", "experts")}
    print(json.dumps({"sizes": sizes, "plan_bytes": len(countyplan._points.pack((plan,)))}), flush=True)
    begin = time.perf_counter()

    def tell(done):
        print(json.dumps({"seconds": round(time.perf_counter() - begin, 1), **countyplan_row(done)}), flush=True)
        return time.perf_counter() - begin < options.seconds

    def countyplan_row(done):
        return {
            "tiers": {str(tier): value for tier, value in done.tiers.items()},
            "bound": {str(tier): value for tier, value in done.bound.items()},
            "pairs": done.pairs,
            "wanted": done.wanted,
            "messages": done.messages,
            "bytes_out": done.bytes_out,
            "bytes_in": done.bytes_in,
        }

    with (
        LocalCluster(n_workers=options.workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        found = countyplan.allocate_regions(plan, executor=client.get_executor(pure=False), on_round=tell)
    seconds = time.perf_counter() - begin
    verdict = countyplan.verify_regions(plan, found)
    print(
        json.dumps(
            {
                "seconds": round(seconds, 1),
                "claim": found.claim,
                "verified": bool(verdict),
                "regions": len(found.regions),
                "first": found.first,
                "posted": len(found.staffing),
            }
        )
    )


if __name__ == "__main__":
    main()
