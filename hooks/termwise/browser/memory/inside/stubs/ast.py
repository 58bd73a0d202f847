"""Stands in for ast in the browser: nothing is parsed, so every node is the same empty one.

Its importers (inspect, annotationlib) name nodes while they define classes. The original makes some
hundred types that a visitor would have to download.
"""


class Node:
    """A node of a syntax tree that never is."""


def __getattr__(_name: str) -> type[Node]:
    return Node
