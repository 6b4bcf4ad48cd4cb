"""What the reference's JSON parser says about a text that is no JSON; found in one pass, without recursion."""

from __future__ import annotations

import re
from typing import Final

END: Final = "Unexpected end of JSON input"
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_PLAIN: Final = re.compile(r'[^"\\\x00-\x1f]*')
_DIGITS: Final = re.compile(r"[0-9]*")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{0,4}")
_LITERALS: Final = {"t": "true", "f": "false", "n": "null"}
_CONTEXT: Final = 10  # characters shown on each side of an unexpected one
_ESCAPED: Final = '"\\/bfnrt'
_CLOSING: Final = {"{": "}", "[": "]"}
_AFTER: Final = {"{": "Expected ',' or '}' after property value", "[": "Expected ',' or ']' after array element"}


class _Fault(Exception):  # noqa: N818 - it carries what is found
    pass


def fault_of(text: str) -> str | None:
    """Return the first fault of a text, or None when it is JSON."""
    try:
        _Scanner(text).scan()
    except _Fault as found:
        return str(found)
    return None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open: list[str] = []  # the brackets around the place

    def scan(self) -> None:
        self._value()
        while self.open:
            self._blank()
            character = self._character()
            if character == _CLOSING[self.open[-1]]:
                self.open.pop()
                self.at += 1
            elif character == ",":
                self.at += 1
                self._next()
            else:
                raise self._said(_AFTER[self.open[-1]])
        self._blank()
        if self._character():
            raise _Fault(f"Unexpected non-whitespace character after JSON at position {self._position()}")

    def _next(self) -> None:
        if self.open[-1] == "{":
            self._name("Expected double-quoted property name")
        self._value()

    def _value(self) -> None:
        """Go past a scalar, or into as many lists and objects as begin here."""
        while True:
            self._blank()
            character = self._character()
            if character not in _CLOSING:
                self._scalar(character)
                return
            self.at += 1
            self._blank()
            if self._character() == _CLOSING[character]:
                self.at += 1
                return
            self.open.append(character)
            if character == "{":
                self._name("Expected property name or '}'")

    def _name(self, expected: str) -> None:
        self._blank()
        if self._character() != '"':
            raise self._said(expected)
        self._string()
        self._blank()
        if self._character() != ":":
            raise self._said("Expected ':' after property name")
        self.at += 1

    def _scalar(self, character: str) -> None:
        if character == '"':
            self._string()
        elif character == "-" or self._is_digit():
            self._number()
        elif character in _LITERALS:
            self._literal(_LITERALS[character])
        else:
            raise self._unexpected()

    def _literal(self, word: str) -> None:
        for letter in word:
            if self._character() != letter:
                raise self._unexpected()
            self.at += 1

    def _string(self) -> None:
        self.at += 1
        while True:
            self._skip(_PLAIN)
            character = self._character()
            if character == '"':
                self.at += 1
                return
            if not character:
                raise self._said("Unterminated string")
            if character != "\\":
                raise self._said("Bad control character in string literal")
            self._escape()

    def _escape(self) -> None:
        self.at += 1
        character = self._character()
        if not character:
            raise _Fault(END)
        if character == "u":
            begin = self.at + 1
            self.at = begin
            self._skip(_HEX)
            if self.at - begin < 4:  # noqa: PLR2004 - digits of an escape
                raise self._said("Bad Unicode escape")
            return
        if character not in _ESCAPED:
            raise self._said("Bad escaped character")
        self.at += 1

    def _number(self) -> None:
        if self._character() == "-":
            self.at += 1
            if not self._is_digit():
                raise self._said("No number after minus sign")
        if self._character() == "0":
            self.at += 1
            if self._is_digit():
                raise self._said("Unexpected number")
        self._skip(_DIGITS)
        if self._character() == ".":
            self._digits("Unterminated fractional number")
        if self._character() in ("e", "E"):
            if self.text[self.at + 1 : self.at + 2] in ("+", "-"):
                self.at += 1
            self._digits("Exponent part is missing a number")

    def _digits(self, missing: str) -> None:
        self.at += 1
        if not self._is_digit():
            raise self._said(missing)
        self._skip(_DIGITS)

    def _is_digit(self) -> bool:
        return self._character() in tuple("0123456789")

    def _character(self) -> str:
        return self.text[self.at : self.at + 1]

    def _blank(self) -> None:
        self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _position(self) -> int:
        """Return the place as JavaScript counts it."""
        return self.at + sum(character > "\uffff" for character in self.text[: self.at])

    def _said(self, words: str) -> _Fault:
        return _Fault(f"{words} in JSON at position {self._position()}")

    def _unexpected(self) -> _Fault:
        character = self._character()
        if not character:
            return _Fault(END)
        if character == "-" or self._is_digit():
            return self._said("Unexpected number")
        if character == '"':
            return self._said("Unexpected string")
        return _Fault(f"Unexpected token '{character}', {self._surroundings()} is not valid JSON")

    def _surroundings(self) -> str:
        """Return the text around the place, or all of it when it is short."""
        if len(self.text) <= 2 * _CONTEXT:
            return f'"{self.text}"'
        near_begin, near_end = self.at < _CONTEXT, self.at >= len(self.text) - _CONTEXT
        begin = 0 if near_begin else self.at - _CONTEXT
        end = len(self.text) if near_end and not near_begin else self.at + _CONTEXT
        cut_before, cut_after = "" if near_begin else "...", "" if near_end and not near_begin else "..."
        return f'{cut_before}"{self.text[begin:end]}"{cut_after}'
