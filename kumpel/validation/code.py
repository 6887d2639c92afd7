"""What the Python code says: names of actions, texts it uses, facts it fills in.

It is read as syntax and never imported, so that a check needs no Rasa and a mistake
in one module does not hide the others.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kumpel.validation.problem import Place

_FOLDERS = ("actions", "kumpel")
_RESPONSE = re.compile(r"utter_[a-z0-9_]*[a-z0-9]")
#: Methods that fill a response whose name is not written in the call itself.
_FILLING = frozenset({"text", "fresh", "utter_message"})


@dataclass(frozen=True)
class ActionClass:
    """A class that implements an action."""

    name: str
    place: Place


@dataclass(frozen=True)
class ButtonUse:
    """A call that makes a button."""

    intent: str
    entities: tuple[str, ...]
    place: Place


@dataclass
class Code:
    """All findings in the project's modules."""

    actions: list[ActionClass] = field(default_factory=list)
    responses: dict[str, Place] = field(default_factory=dict)
    """First place of each response that is named in full."""
    patterns: list[re.Pattern[str]] = field(default_factory=list)
    """Names put together at run time, such as ``utter_emergency_<kind>``."""
    buttons: list[ButtonUse] = field(default_factory=list)
    _facts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _pattern_facts: list[tuple[re.Pattern[str], set[str]]] = field(default_factory=list)
    _anywhere: set[str] = field(default_factory=set)
    _from_tables: set[str] = field(default_factory=set)

    def facts_of(self, response: str) -> set[str]:
        """Returns the placeholders that some code fills in a response."""
        found = set(self._facts.get(response, ()))
        for pattern, facts in self._pattern_facts:
            if pattern.fullmatch(response):
                found |= facts
        if response in self._from_tables:
            found |= self._anywhere
        return found


def read_code(root: Path) -> Code:
    """Reads the modules of `actions/` and `kumpel/`.

    Args:
        root: The project's folder.
    """
    code = Code()
    scopes: list[_Scope] = []
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "validation" in path.relative_to(root).parts:
                continue
            text = path.read_text(encoding="utf-8")
            if folder == "actions" or "utter_" in text:
                relative = path.relative_to(root)
                tree = _parsed(text)
                code.actions += _actions(tree, relative) if folder == "actions" else ()
                scopes += _scopes(tree, relative)
    _join(code, scopes)
    return code


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError:
        # ruff and mypy name it better.
        return ast.Module([], [])


def _actions(tree: ast.Module, path: Path) -> Iterator[ActionClass]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            name = next(filter(None, map(_action_name, node.body)), None)
            if name:
                yield ActionClass(name, Place(path, node.lineno))


def _action_name(node: ast.stmt) -> str | None:
    """Returns what `action_name = "…"` or `def name(self): return "…"` says."""
    if isinstance(node, ast.Assign):
        if [t.id for t in node.targets if isinstance(t, ast.Name)] == ["action_name"]:
            return _text(node.value)
    elif isinstance(node, ast.AnnAssign):
        if isinstance(node.target, ast.Name) and node.target.id == "action_name":
            return _text(node.value)
    elif isinstance(node, ast.FunctionDef) and node.name == "name":
        returned = [s.value for s in ast.walk(node) if isinstance(s, ast.Return)]
        return _text(returned[0]) if returned else None
    return None


def _text(node: ast.AST | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


@dataclass
class _Scope:
    """A function, or a module's top level without its functions."""

    name: str
    path: Path
    direct: list[tuple[str, set[str]]] = field(default_factory=list)
    """Responses named in a call, with the facts of this call."""
    named: list[tuple[str, int]] = field(default_factory=list)
    """All responses named in full, with their line."""
    pattern_facts: list[tuple[re.Pattern[str], set[str]]] = field(default_factory=list)
    indirect_facts: set[str] = field(default_factory=set)
    """Facts of calls whose response is a variable."""
    called: set[str] = field(default_factory=set)
    buttons: list[ButtonUse] = field(default_factory=list)


def _scopes(tree: ast.Module, path: Path) -> Iterator[_Scope]:
    functions: list[ast.AST] = []
    rest: list[ast.AST] = []
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        for member in members:
            is_function = isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef)
            (functions if is_function else rest).append(member)
    for function in functions:
        yield _scope([function], getattr(function, "name", ""), path)
    yield _scope(rest, "", path)


def _scope(nodes: Iterable[ast.AST], name: str, path: Path) -> _Scope:
    scope = _Scope(name, path)
    every = [inner for node in nodes for inner in ast.walk(node)]
    spread = _spread_keys(every)
    for node in every:
        text = _text(node)
        if text and _RESPONSE.fullmatch(text):
            scope.named.append((text, node.lineno))  # type: ignore[attr-defined]
        pattern = _pattern(node)
        if pattern:
            scope.pattern_facts.append((pattern, set()))
        if isinstance(node, ast.Call):
            _read_call(scope, node, spread)
    return scope


def _read_call(scope: _Scope, call: ast.Call, spread: set[str]) -> None:
    name = _called(call)
    scope.called.add(name)
    facts = {keyword.arg for keyword in call.keywords if keyword.arg}
    if any(keyword.arg is None for keyword in call.keywords):
        facts |= spread
    response, pattern = _response_of(call)
    if response:
        scope.direct.append((response, facts))
    elif pattern:
        scope.pattern_facts.append((pattern, facts))
    elif name in _FILLING:
        scope.indirect_facts |= facts
    if name == "button":
        _read_button(scope, call)


def _called(call: ast.Call) -> str:
    """Returns the last part of the name of the called function."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _response_of(call: ast.Call) -> tuple[str | None, re.Pattern[str] | None]:
    candidates = [*call.args[:1], *(k.value for k in call.keywords)]
    for node in candidates:
        text = _text(node)
        if text and _RESPONSE.fullmatch(text):
            return text, None
        pattern = _pattern(node)
        if pattern:
            return None, pattern
    return None, None


def _pattern(node: ast.AST) -> re.Pattern[str] | None:
    """Returns what names an f-string or `"utter_" + …` can make."""
    if isinstance(node, ast.JoinedStr):
        parts = [_text(part) for part in node.values]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_text(node.left), _text(node.right)]
    else:
        return None
    if not parts or not (parts[0] or "").startswith("utter_"):
        return None
    return re.compile(
        "".join("[a-z0-9_]+" if part is None else re.escape(part) for part in parts)
    )


def _spread_keys(nodes: Iterable[ast.AST]) -> set[str]:
    """Returns the keys of all dicts that a function makes, for `**facts`."""
    keys: set[str | None] = set()
    for node in nodes:
        if isinstance(node, ast.Dict):
            keys |= {_text(key) for key in node.keys}
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            keys.add(_text(node.slice))
        elif isinstance(node, ast.Call) and _called(node) in {"dict", "update"}:
            keys |= {keyword.arg for keyword in node.keywords}
    return {key for key in keys if key}


def _read_button(scope: _Scope, call: ast.Call) -> None:
    """Reads `button(title, "intent", {"entity": …})`."""
    intent = _text(call.args[1]) if len(call.args) > 1 else None
    if intent is None:
        return
    values = call.args[2] if len(call.args) > 2 else None
    keys = values.keys if isinstance(values, ast.Dict) else []
    entities = tuple(key for key in map(_text, keys) if key)
    scope.buttons.append(ButtonUse(intent, entities, Place(scope.path, call.lineno)))


def _join(code: Code, scopes: list[_Scope]) -> None:
    facts_by_name: dict[str, set[str]] = defaultdict(set)
    calls_by_name: dict[str, set[str]] = defaultdict(set)
    for scope in scopes:
        facts_by_name[scope.name] |= scope.indirect_facts
        calls_by_name[scope.name] |= scope.called
        code._anywhere |= scope.indirect_facts
    for scope in scopes:
        for response, facts in scope.direct:
            code._facts[response] |= facts
        # A name that is kept in a variable or handed to a function is filled there.
        reachable = set(scope.indirect_facts)
        for called in _reached(scope.called, calls_by_name):
            reachable |= facts_by_name.get(called, set())
        for response, line in scope.named:
            code.responses.setdefault(response, Place(scope.path, line))
            code._facts[response] |= reachable
            if not scope.name:
                code._from_tables.add(response)
        for pattern, facts in scope.pattern_facts:
            code.patterns.append(pattern)
            code._pattern_facts.append((pattern, facts | reachable))
        code.buttons += scope.buttons


def _reached(first: set[str], calls_by_name: dict[str, set[str]]) -> set[str]:
    """Returns the names of all functions that are called, directly or not."""
    found: set[str] = set()
    waiting = set(first)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= calls_by_name.get(name, set()) - found
    return found
