"""What a mutant does to a node of the code: mutmut's operators, and a few that it lacks.

Prose is held by reading and not by tests, so only single words are changed: keys, codes, names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import libcst as cst
from mutmut.mutation.mutators import mutation_operators, operator_assignment, operator_string

Operator = Callable[[cst.CSTNode], Iterator[cst.CSTNode]]


def changes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Every node that may stand in place of this one, always in the same order."""
    for kind, operator in OPERATORS:
        if isinstance(node, kind):
            yield from (new for new in operator(node) if not _says_the_same(node, new))


def is_strict(node: cst.CSTNode) -> bool:
    """Tell `strict=True`, which asserts what always holds: nothing can notice another value."""
    return isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value == "strict"


def _says_the_same(node: cst.CSTNode, new: cst.CSTNode) -> bool:
    """Tell a change of what nothing can notice: of `strict`, or None, as false, for an argument."""
    if _strictness(new) != _strictness(node):
        return True
    if not isinstance(node, cst.Call) or not isinstance(new, cst.Call):
        return False
    pairs = list(zip(node.args, new.args, strict=False))
    changed = [(was, now) for was, now in pairs if not was.deep_equals(now)]
    return any(_is_false(was.value) and _is_none(now.value) for was, now in changed)


def _strictness(node: cst.CSTNode) -> list[str]:
    called = node.args if isinstance(node, cst.Call) else ()
    return [cst.Module([]).code_for_node(arg) for arg in called if is_strict(arg)]


def _key(node: cst.SimpleString) -> Iterator[cst.CSTNode]:
    """Another word in place of a word; without its variants in capitals and small letters."""
    if " " not in node.value:
        yield from islice(operator_string(node), 1)


def _operand(node: cst.BinaryOperation | cst.BooleanOperation) -> Iterator[cst.CSTNode]:
    """One side alone, in the brackets of both: without them lines would not hold together."""
    for side in (node.left, node.right):
        yield side.with_changes(lpar=[*node.lpar, *side.lpar], rpar=[*side.rpar, *node.rpar])


def _forced(node: cst.If | cst.CompIf) -> Iterator[cst.CSTNode]:
    """A branch that is never taken, or always, as mutmut does it with `a if b else c`."""
    condition = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    for operator, constant in ((cst.And(), "False"), (cst.Or(), "True")):
        forced = cst.BooleanOperation(condition, operator, cst.Name(constant))
        yield node.with_changes(test=forced)


def _assigned(node: cst.Assign | cst.AnnAssign) -> Iterator[cst.CSTNode]:
    """Another value; mutmut's None in place of False is as false."""
    if not _is_false(node.value):
        yield from operator_assignment(node)


def _nothing_returned(node: cst.Return) -> Iterator[cst.CSTNode]:
    if node.value and not _is_false(node.value) and not _is_none(node.value):
        yield cst.Return(cst.Name("None"), whitespace_after_return=cst.SimpleWhitespace(" "))


def _is_false(value: cst.BaseExpression | None) -> bool:
    return isinstance(value, cst.Name) and value.value == "False"


def _is_none(value: cst.BaseExpression) -> bool:
    return isinstance(value, cst.Name) and value.value == "None"


def _nothing_done(node: cst.Expr) -> Iterator[cst.CSTNode]:
    """A call, or a `yield`, that is left out; docstrings stay."""
    if not isinstance(node.value, cst.SimpleString | cst.ConcatenatedString):
        yield cst.Pass()


OPERATORS: tuple[tuple[type, Operator], ...] = (
    *(
        (kind, operator)
        for kind, operator in mutation_operators
        if operator not in (operator_string, operator_assignment)
    ),
    (cst.SimpleString, _key),
    (cst.Assign, _assigned),
    (cst.AnnAssign, _assigned),
    (cst.BinaryOperation, _operand),
    (cst.BooleanOperation, _operand),
    (cst.If, _forced),
    (cst.CompIf, _forced),
    (cst.Return, _nothing_returned),
    (cst.Expr, _nothing_done),
)
