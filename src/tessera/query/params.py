"""Bracketed query strings (`a[b][c]=1`) as nested values, read as the reference's parser reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote_to_bytes

from tessera.errors import ValidationError

Param: TypeAlias = "str | list[Param] | dict[str, Param] | None"
Params: TypeAlias = dict[str, Param]

DEPTH: Final = 20  # bracket groups; what is deeper stays one literal key
ARRAY_LIMIT: Final = 100  # longer lists become objects with number keys
PARAMETER_LIMIT: Final = 1000

_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BRACKET: Final = re.compile(r"%5([BbDd])")
_INDEX: Final = re.compile(r"\[(0|[1-9][0-9]{0,8})\]")
_CACHED_LENGTH: Final = 120  # longer keys are split anew each time, so that clients cannot fill the memory
# Names that every JavaScript object has: the reference drops parameters that mention them.
_RESERVED: Final = frozenset(
    {
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)


class QueryString(Mapping[str, "Param"]):
    """The parameters of a query string, which is read only when somebody looks at one of them."""

    __slots__ = ("_limit", "_read", "text")

    def __init__(self, text: str, limit: int = PARAMETER_LIMIT) -> None:
        self.text = text
        self._limit = limit
        self._read: Params | None = None

    @property
    def read(self) -> Params:
        """Return the parameters, nested as the brackets say; refuses what `parse` refuses."""
        if self._read is None:
            self._read = parse(self.text, self._limit)
        return self._read

    def __getitem__(self, name: str) -> Param:
        return self.read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read)

    def __len__(self) -> int:
        return len(self.read)


class _List(dict[int, "_Node"]):
    """A list under construction, which may have holes."""

    def append(self, value: _Node) -> None:
        self[self.length] = value

    @property
    def length(self) -> int:
        return max(self, default=-1) + 1

    def as_object(self) -> _Object:
        return _Object((str(index), self[index]) for index in sorted(self))


class _Object(dict[str, "_Node"]):
    """An object under construction; `next_index` is set when it is a list that grew too long."""

    next_index: int | None = None


_Node: TypeAlias = "str | _List | _Object | None"


def parse(query: str, limit: int = PARAMETER_LIMIT) -> Params:
    """Return the parameters of a query string or form; refuses more than `limit` of them."""
    if not query:
        return {}
    if query.count("&") >= limit:
        msg = f"Too many parameters. The maximum is {limit}."
        raise ValidationError(msg)
    root = _Object()
    for key, value in _values(query).items():
        path = _cached_path(key) if len(key) <= _CACHED_LENGTH else _path(key)
        if path.segments and not (path.names and _put(root, path.names, value)):
            root = _both_objects(root, _top(_chain(path.segments, value)))
    return _finished_object(root)


def _values(query: str) -> dict[str, _Node]:
    found: dict[str, _Node] = {}
    if "%5" in query:
        query = _BRACKET.sub(lambda match: "[" if match[1] in "Bb" else "]", query)
    for part in query.split("&"):
        cut = part.find("]=") + 1 or part.find("=")
        key, value = (part, None) if cut < 0 else (part[:cut], _decoded(part[cut + 1 :]))
        key = _decoded(key)
        found[key] = _combined(found[key], value) if key in found else value
    return found


def _decoded(text: str) -> str:
    if "+" in text:
        text = text.replace("+", " ")
    if "%" not in text or _BAD_PERCENT.search(text):
        return text
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        return text  # as the reference: undecodable text counts as it stands


class _Path(NamedTuple):
    """A key taken apart: its segments with their brackets, and the bare names when no lists are meant."""

    segments: tuple[str, ...]
    names: tuple[str, ...] = ()


def _path(key: str) -> _Path:
    segments = _split(key)
    names = tuple(_name(segment) for segment in segments)
    if any(name in _RESERVED for name in names):
        return _Path(())
    return _Path(segments, () if any(not name or name.isdigit() for name in names) else names)


_cached_path = lru_cache(maxsize=2048)(_path)


def _split(key: str) -> tuple[str, ...]:
    opening = key.find("[")
    if opening < 0:
        return (key,) if key else ()
    segments = [key[:opening]] if opening else []
    deepest = DEPTH + len(segments)
    while opening >= 0 and len(segments) < deepest:
        closing = _closing(key, opening)
        if closing < 0:
            break
        segments.append(key[opening : closing + 1])
        opening = key.find("[", closing + 1)
    if opening >= 0:
        segments.append(f"[{key[opening:]}]")
    return tuple(segments)


def _name(segment: str) -> str:
    return segment[1:-1] if segment[0] == "[" and segment[-1] == "]" else segment


def _closing(key: str, opening: int) -> int:
    level = 0
    for position in range(opening, len(key)):
        level += (key[position] == "[") - (key[position] == "]")
        if level == 0:
            return position
    return -1


def _put(root: _Object, names: tuple[str, ...], value: _Node) -> bool:
    """Put a value where nothing is yet, along names only; says false when it takes a merge."""
    node = root
    for name in names[:-1]:
        below = node.get(name)
        if below is None and name not in node:
            below = node[name] = _Object()
        if not isinstance(below, _Object):
            return False
        node = below
    if names[-1] in node:
        return False
    node[names[-1]] = value
    return True


def _chain(path: tuple[str, ...], value: _Node) -> _Node:
    for segment in reversed(path):
        value = _wrapped(segment, value)
    return value


def _wrapped(segment: str, value: _Node) -> _Node:
    if segment == "[]":
        return value if isinstance(value, _Object) and value.next_index is not None else _combined(_List(), value)
    index = _INDEX.fullmatch(segment)
    if index is None:
        return _Object({_name(segment): value})
    position = int(index[1])
    if position < ARRAY_LIMIT:
        return _List({position: value})
    return _overflow(_Object({index[1]: value}), position + 1)


def _combined(first: _Node, second: _Node) -> _Node:
    if isinstance(first, _Object) and first.next_index is not None:
        return _appended(first, second)
    together = _List()
    for value in (first, second):
        start = together.length
        items = value.items() if isinstance(value, _List) else ((0, value),)
        together.update((start + index, item) for index, item in items)  # holes stay where they are
    return _bounded(together)


def _merge(target: _Node, source: _Node) -> _Node:
    if not source:
        return target
    if isinstance(source, str):
        return _with_word(target, source)
    if not isinstance(target, _List | _Object):
        return _prepended(target, source)
    if isinstance(target, _List):
        if isinstance(source, _List):
            return _both_lists(target, source)
        target = target.as_object()
    return _both_objects(target, source)


def _with_word(target: _Node, word: str) -> _Node:
    if isinstance(target, _List):
        target.append(word)
        return _bounded(target)
    if isinstance(target, _Object) and target.next_index is not None:
        return _appended(target, word)
    return _List({0: target, 1: word})


def _prepended(target: str | None, source: _List | _Object) -> _Node:
    if isinstance(source, _Object):
        if source.next_index is None:
            return _List({0: target, 1: source})
        moved = _Object({"0": target})
        moved.update((str(int(key) + 1), value) for key, value in source.items())
        return _overflow(moved, source.next_index + 1)
    together = _List({0: target})
    together.update((index + 1, value) for index, value in source.items())
    return _bounded(together)


def _both_lists(target: _List, source: _List) -> _Node:
    for index, item in source.items():
        here = target.get(index)
        if index not in target:
            target[index] = item
        elif isinstance(here, _List | _Object) and isinstance(item, _List | _Object):
            target[index] = _merge(here, item)
        else:
            target.append(item)
    return _bounded(target)


def _both_objects(target: _Object, source: _List | _Object) -> _Object:
    grown = source.next_index if isinstance(source, _Object) else None
    for key, value in (source.as_object() if isinstance(source, _List) else source).items():
        target[key] = _merge(target[key], value) if key in target else value
    if grown is not None or target.next_index is not None:
        _overflow(target, max(grown or 0, target.next_index or 0, *_numbers(target)))
    return target


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) + 1 for key in keys if key.isdecimal() and key.isascii()]


def _appended(target: _Object, value: _Node) -> _Object:
    position = target.next_index or 0
    for item in value.values() if isinstance(value, _List) else (value,):
        target[str(position)] = item
        position += 1
    return _overflow(target, position)


def _bounded(values: _List) -> _Node:
    return values if values.length <= ARRAY_LIMIT else _overflow(values.as_object(), values.length)


def _overflow(values: _Object, next_index: int) -> _Object:
    values.next_index = next_index
    return values


def _top(node: _Node) -> _List | _Object:
    return node if isinstance(node, _List | _Object) else _Object()


def _finished_object(node: _Object) -> Params:
    return {key: value if value is None or isinstance(value, str) else _finished(value) for key, value in node.items()}


def _finished(node: _Node) -> Param:
    if isinstance(node, _List):
        return [_finished(node[index]) for index in sorted(node)]
    return _finished_object(node) if isinstance(node, _Object) else node
