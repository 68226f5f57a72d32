"""Dates of a network with igraph or networkx: what track_table.py runs, one peer in one process.

    /usr/bin/python3 benchmarks/track_peers.py PEER NET    NET as `bench_track_schedule write TASKS NET` writes it

Prints the least milliseconds of three runs as JSON. Exit codes: 69: Python does not have the peer; 1: the last finish
differs from ours.
"""

import array
import json
import sys
import time

MISSING = 69


def read(path):
    numbers = array.array("q")
    with open(path, "rb") as file:
        numbers.frombytes(file.read())
    tasks, links, last = numbers[:3]
    rest = numbers[3 + tasks :]
    return list(numbers[3 : 3 + tasks]), list(zip(rest[0::3], rest[1::3], rest[2::3], strict=True)), last, links


def both_passes(order, after, duration):
    """Early and late starts in Python, over the order that a peer has found."""
    early = [0] * len(duration)
    for v in order:
        start = early[v]
        for w, length in after[v]:
            if start + length > early[w]:
                early[w] = start + length
    last = max(start + days for start, days in zip(early, duration, strict=True))
    late = [last - days for days in duration]
    for v in reversed(order):
        for w, length in after[v]:
            if late[w] - length < late[v]:
                late[v] = late[w] - length
    return last


def successors(duration, links):
    after = [[] for _ in duration]
    for tail, head, length in links:
        after[tail].append((head, length))
    return after


def networkx_runs(duration, links):
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(len(duration)))
    longest = {}
    for tail, head, length in links:  # no two links between the same tasks
        longest[tail, head] = max(length, longest.get((tail, head), length))
    graph.add_weighted_edges_from((tail, head, length) for (tail, head), length in longest.items())
    after = [[(head, data["weight"]) for head, data in graph.adj[v].items()] for v in range(len(duration))]
    return "topological sort, both passes in Python", lambda: both_passes(
        list(networkx.topological_sort(graph)), after, duration
    )


def igraph_runs(duration, links):
    import igraph

    graph = igraph.Graph(n=len(duration), edges=[(tail, head) for tail, head, _ in links], directed=True)
    after = successors(duration, links)
    return "topological sort, both passes in Python", lambda: both_passes(
        graph.topological_sorting(mode="out"), after, duration
    )


def bellman_ford_runs(duration, links):
    """All of it in igraph, early dates only: shortest paths of negative lengths from a task before all others."""
    import igraph

    n = len(duration)
    edges = [(tail, head) for tail, head, _ in links] + [(n, v) for v in range(n)]
    graph = igraph.Graph(n=n + 1, edges=edges, directed=True)
    weights = [-length for _, _, length in links] + [0] * n

    def run():
        (early,) = graph.distances(source=n, weights=weights)
        return round(max(days - start for start, days in zip(early, duration, strict=False)))

    return "early dates by Bellman and Ford", run


PEERS = {"networkx": networkx_runs, "igraph": igraph_runs, "igraph-bellman-ford": bellman_ford_runs}


def main():
    peer, path = sys.argv[1:]
    duration, links, last, count = read(path)
    try:
        what, run = PEERS[peer](duration, links)
    except ImportError:
        return MISSING
    times = []
    for _ in range(3):
        start = time.perf_counter()
        found = run()
        times.append(time.perf_counter() - start)
        if found != last:
            print(f"the last finish is {found}, ours {last}", file=sys.stderr)
            return 1
    print(json.dumps({"tasks": len(duration), "links": count, "what": what, "ms": 1000 * min(times)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
