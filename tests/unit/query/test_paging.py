"""Which page a question asks for."""

from typing import Any

import pytest

from tessera.errors import PaginationError, ValidationError
from tessera.query.paging import Limits, Page, api_page, managed_page, relation_page
from tessera.query.plan import Paging


@pytest.mark.parametrize(
    ("params", "start", "size"),
    [
        ({}, 0, 10),
        ({"page": "2", "pageSize": "4"}, 4, 4),
        ({"page": "0"}, 0, 10),
        ({"page": ""}, 0, 10),
        ({"pageSize": "0"}, 0, 1),
        ({"pageSize": "-1"}, 0, 1),
        ({"pageSize": "all"}, 0, 1000),
        ({"pageSize": "5000"}, 0, 1000),
        ({"start": "1", "limit": "2"}, 1, 2),
        ({"start": "-1"}, 0, 10),
        ({"limit": "-1"}, 0, 1),
    ],
)
def test_the_content_manager_is_lenient(params: dict[str, Any], start: int, size: int) -> None:
    """
    Odd pages and sizes become the nearest that can be meant.
    """
    assert Page(start, size) == managed_page(params)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"page": "first"}, "convertStartQueryParams expected a positive integer got NaN"),
        ({"page": ["1", "2"]}, "convertStartQueryParams expected a positive integer got NaN"),
        ({"page": "1.5", "pageSize": "3"}, "convertStartQueryParams expected a positive integer got 1.5"),
        ({"pageSize": "1.5"}, "convertLimitQueryParams expected a positive integer got 1.5"),
    ],
)
def test_a_page_that_is_no_number_is_refused(params: dict[str, Any], message: str) -> None:
    """
    Words and fractions are refused where they would begin a page in the middle of nothing.
    """
    with pytest.raises(ValidationError, match=f"^{message}$"):
        managed_page(params)


def test_pages_and_offsets_exclude_each_other() -> None:
    """
    A list is asked for by page or by offset.
    """
    with pytest.raises(PaginationError):
        managed_page({"page": "1", "start": "0"})
    with pytest.raises(PaginationError):
        api_page({"pagination": {"page": "1", "limit": "2"}}, Limits())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, Page(0, 25)),
        ({"pageSize": "500"}, Page(0, 100)),
        ({"pageSize": "2", "withCount": "false"}, Page(0, 2, Paging.PAGES_UNCOUNTED)),
        ({"start": "3"}, Page(3, 25, Paging.OFFSET)),
        ({"limit": "2", "withCount": "0"}, Page(0, 2, Paging.OFFSET_UNCOUNTED)),
    ],
)
def test_the_content_api_has_limits_of_its_own(asked: dict[str, Any], expected: Page) -> None:
    """
    Lists are as long as the project says, by page or offset, counted or not.
    """
    assert expected == api_page({"pagination": asked}, Limits())


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"page": "0"}, "Too small: expected number to be >=1"),
        ({"pageSize": "101"}, "Too big: expected number to be <=100"),
        ({"pageSize": "many"}, "Invalid input: expected number, received NaN"),
    ],
)
def test_pages_of_relations_are_checked(params: dict[str, Any], message: str) -> None:
    """
    The lists of relations take no page that is none.
    """
    with pytest.raises(ValidationError, match=f"^{message}$"):
        relation_page(params)
