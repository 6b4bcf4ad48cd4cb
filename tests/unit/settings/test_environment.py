import pytest

from tessera.settings.environment import UnsetVariableError, interpolate, parse_environment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HOST=127.0.0.1", {"HOST": "127.0.0.1"}),
        ("  export PORT = 80  # the usual one", {"PORT": "80"}),
        ("A=\nB=2", {"A": "", "B": "2"}),
        ("A='one # two'\n", {"A": "one # two"}),
        ('A="line\\nnext \\"quoted\\" \\\\"', {"A": 'line\nnext "quoted" \\'}),
        ('A="several\nlines"\r\nB=1\r\n', {"A": "several\nlines", "B": "1"}),
        ("SALT=c2FsdA==\n# comment\n\n", {"SALT": "c2FsdA=="}),
        ("A=1\nA=2", {"A": "2"}),
        ("\ufeffA=1", {"A": "1"}),
    ],
)
def test_lines_of_an_env_file_set_variables(text: str, expected: dict[str, str]) -> None:
    """
    Quotes, comments, blanks and `export` are read as in other `.env` files; the last line for a name counts.
    """
    values, problems = parse_environment(text)

    assert expected == values
    assert [] == problems


def test_a_line_that_sets_nothing_is_reported_with_its_number() -> None:
    """
    What is neither a variable nor a comment is named by its line, and the other lines count.
    """
    values, problems = parse_environment("A=1\nnonsense\nB=2\n1C=3\n")

    assert {"A": "1", "B": "2"} == values
    assert [
        ".env: line 2 is neither NAME=value nor a comment",
        ".env: line 4 is neither NAME=value nor a comment",
    ] == problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${HOST}", "example.com"),
        ("https://${HOST}:${PORT:443}/", "https://example.com:443/"),
        ("${EMPTY:fallback}", "fallback"),
        ("${NOTHING:}", ""),
        ("plain $HOST", "plain $HOST"),
    ],
)
def test_settings_name_variables(text: str, expected: str) -> None:
    """
    `${NAME}` and `${NAME:default}` are replaced wherever they stand; an empty variable counts as not set.
    """
    assert expected == interpolate(text, {"HOST": "example.com", "EMPTY": ""})


def test_a_variable_without_value_or_default_is_an_error() -> None:
    """
    A setting never becomes an empty text because somebody forgot a variable.
    """
    with pytest.raises(UnsetVariableError, match="NOTHING"):
        interpolate("${NOTHING}", {})
