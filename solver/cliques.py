"""Pairs that exclude each other, merged into sets of which at most one is used: fewer rows, and a far better bound."""

from collections.abc import Iterator, Mapping


def cliques(neighbours: Mapping[int, set[int]]) -> Iterator[list[int]]:
    """Sets of mutual neighbours that together hold every edge of a symmetric graph, each grown as far as it goes."""
    open_edges = {vertex: set(others) for vertex, others in neighbours.items()}
    for vertex in sorted(neighbours):
        while open_edges[vertex]:
            clique = [vertex, min(open_edges[vertex])]
            common = neighbours[vertex] & neighbours[clique[1]]
            while common:
                fresh = common & open_edges[vertex]
                chosen = min(fresh or common)
                clique.append(chosen)
                common &= neighbours[chosen]
            for member in clique:
                open_edges[member].difference_update(clique)
            yield clique
