import re
from pathlib import Path

import httpx
import orjson
import pytest

from tests.features.backend import JSON, Backend
from tests.features.project.conftest import Send
from tests.unit.storage.pictures import jpeg, png, svg

PATH = "/admin/project-settings"
ONE_OF = 'Invalid option: expected one of "image/jpeg"|"image/png"|"image/svg+xml"'
WRONG_KIND = "The file is not the kind of image that it says it is"


def told(answer: httpx.Response) -> list[tuple[str, str]]:
    """Return where and what each violation of a refusal is."""
    assert 400 == answer.status_code, answer.text
    error = answer.json()["error"]
    found = [(".".join(each["path"]), each["message"]) for each in error["details"].get("errors", [])]
    return found or [("", error["message"])]


def files_of(backend: Backend) -> list[Path]:
    """Return the files that are kept."""
    return sorted((backend.project.settings.server.public / "uploads").glob("*"))


def test_a_logo_is_kept_on_disk_and_shown_to_everybody(backend: Backend, root: str, send: Send) -> None:
    """
    As settings_misc.project_settings, "upload a logo"; the one that was never set is an empty object.
    """
    answer = send({"menuLogo": ("logo.png", png(40, 30), "image/png")})
    url = answer.json()["menuLogo"]["url"]
    logo = {"name": "logo.png", "url": url, "width": 40, "height": 30, "ext": ".png", "size": 0.08}

    assert (200, {"menuLogo": logo, "authLogo": {}}) == (answer.status_code, answer.json())
    assert re.fullmatch(r"/uploads/logo_[0-9a-f]{10}\.png", url)
    assert answer.json() == backend.call("GET", PATH, key=root).json()
    assert {"menuLogo": url, "authLogo": None}.items() <= backend.call("GET", "/admin/init").json()["data"].items()
    assert [png(40, 30)] == [file.read_bytes() for file in files_of(backend)]


def test_a_logo_is_stored_where_the_reference_looks_for_it(backend: Backend, send: Send) -> None:
    """
    Its hash, ending and provider are what the reference deletes the file by.
    """
    url = send({"authLogo": ("My Logo é.PNG", png(4, 4), "image/png")}).json()["authLogo"]["url"]
    ((value,),) = backend.read("SELECT value FROM strapi_core_store_settings WHERE key = 'core_admin_project-settings'")
    stored = orjson.loads(value)["authLogo"]

    assert re.fullmatch(r"/uploads/My_Logo_e_[0-9a-f]{10}\.PNG", url)
    assert (url, "local", ".PNG") == (f"/uploads/{stored['hash']}{stored['ext']}", stored["provider"], stored["ext"])


def test_a_new_logo_replaces_the_file_and_the_other_logo_stays(backend: Backend, send: Send) -> None:
    """
    The file of the former logo is gone after the answer.
    """
    first = send(
        {"menuLogo": ("a.png", png(1, 1), "image/png"), "authLogo": ("b.jpg", jpeg(2, 3), "image/jpeg")}
    ).json()
    second = send({"menuLogo": ("a.png", png(2, 2), "image/png")}).json()
    names = {file.name for file in files_of(backend)}

    assert first["authLogo"] == second["authLogo"]
    assert first["menuLogo"]["url"] != second["menuLogo"]["url"]
    assert {logo["url"].removeprefix("/uploads/") for logo in second.values()} == names


def test_any_text_of_a_form_takes_a_logo_away(backend: Backend, send: Send) -> None:
    """
    As settings_misc.project_settings, "take it away with a form".
    """
    send({"menuLogo": ("a.png", png(1, 1), "image/png")})

    assert {"menuLogo": None, "authLogo": {}} == send({"menuLogo": (None, "")}).json()
    assert [] == files_of(backend)


def test_a_form_that_does_not_speak_of_a_logo_lets_it_be(backend: Backend, root: str, send: Send) -> None:
    """
    Before there are any settings the reference answers an empty object for what is not spoken of, and null later.
    """
    assert {"menuLogo": None, "authLogo": None} == backend.call("GET", PATH, key=root).json()
    assert {"menuLogo": None, "authLogo": {}} == send({"menuLogo": (None, "x")}).json()
    assert {"menuLogo": None, "authLogo": None} == send({"authLogo": (None, "x")}).json()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"authLogo": ("a.txt", b"text", "text/plain")}, [("authLogo.mimetype", ONE_OF)]),
        ({"menuLogo": ("a.gif", b"GIF89a", "image/gif")}, [("menuLogo.mimetype", ONE_OF)]),
        (
            {"menuLogo": ("a.png", png(9, 9) + bytes(1_100_000), "image/png")},
            [("menuLogo.size", "Too big: expected number to be <=1048576")],
        ),
        (
            {"menuLogo": ("a.png", png(800, 800), "image/png"), "authLogo": ("a.png", png(800, 8), "image/png")},
            [
                (place, "Too big: expected number to be <=750")
                for place in ("menuLogo.width", "menuLogo.height", "authLogo.width")
            ],
        ),
        ({"footLogo": ("a.png", png(1, 1), "image/png")}, [("", 'Unrecognized key: "footLogo"')]),
        (
            {"a": ("a.png", png(1, 1), "image/png"), "b": ("a.png", png(1, 1), "image/png")},
            [("", 'Unrecognized keys: "a", "b"')],
        ),
        ({"zz": (None, "x"), "yy": ("a.png", png(1, 1), "image/png")}, [("", 'Unrecognized key: "zz"')]),
        (
            [("menuLogo", ("a.png", png(1, 1), "image/png")), ("menuLogo", ("b.png", png(1, 1), "image/png"))],
            [("menuLogo", "Invalid input: expected object, received array")],
        ),
        ({"menuLogo": ("a<b>.png", png(1, 1), "image/png")}, [("", "File name contains invalid characters")]),
        ({"menuLogo": ("../a.png", png(1, 1), "image/png")}, [("", "File name contains invalid characters")]),
        ({"menuLogo": ("CON", png(1, 1), "image/png")}, [("", "File name contains invalid characters")]),
        ({"menuLogo": ("a.png", b"text", "image/png")}, [("menuLogo.mimetype", WRONG_KIND)]),
        ({"menuLogo": ("a.png", b"", "image/png")}, [("menuLogo.mimetype", WRONG_KIND)]),
        ({"menuLogo": ("a.jpg", png(1, 1), "image/jpeg")}, [("menuLogo.mimetype", WRONG_KIND)]),
        ({"menuLogo": ("a.svg", svg("<script/>"), "image/svg+xml")}, [("", "The drawing holds the element script")]),
        (
            {"menuLogo": ("a.svg", svg(attributes='width="800"'), "image/svg+xml")},
            [("menuLogo.width", "Too big: expected number to be <=750")],
        ),
    ],
)
def test_f28_a_bad_file_is_refused_and_nothing_is_kept(
    backend: Backend, root: str, send: Send, files: JSON, expected: list[tuple[str, str]]
) -> None:
    """
    In the reference's words where it refuses; the bytes decide what an image is, not its sender.
    """
    assert expected == told(send(files))
    assert {"menuLogo": None, "authLogo": None} == backend.call("GET", PATH, key=root).json()
    assert [] == files_of(backend)


def test_of_several_reasons_the_first_is_the_message(send: Send) -> None:
    """
    The reference words the refusals of this route tersely, and does not count them.
    """
    error = send({"menuLogo": ("a.png", png(800, 800), "image/png")}).json()["error"]

    assert ("Too big: expected number to be <=750", 2) == (error["message"], len(error["details"]["errors"]))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, [("", "Invalid input: expected object, received undefined")]),
        ({"menuLogo": None}, [("", "Invalid input: expected object, received undefined")]),
        ({"menuLogo": "/logo.png"}, [("", "Invalid input: expected object, received undefined")]),
        ({"menuLogo": 5}, [("menuLogo", "Invalid input: expected string, received number")]),
        ({"a": 5, "b": 1}, [("", 'Unrecognized keys: "a", "b"')]),
        ([], [("", "Invalid input: expected object, received array")]),
    ],
)
def test_a_body_that_is_no_form_is_refused(
    backend: Backend, root: str, body: JSON, expected: list[tuple[str, str]]
) -> None:
    """
    As settings_misc.project_settings: also what would take a logo away.
    """
    assert expected == told(backend.call("POST", PATH, body, key=root))


def test_the_ending_of_a_file_fits_what_the_image_is(send: Send) -> None:
    """
    Unlike in the reference, a picture never becomes a text file or a page by its name.
    """
    names = {"logo": "logo.png", "logo.html": "logo.png", "a.svg.jpeg": "a_svg.png", "数.png": "logo.png"}
    urls = [send({"menuLogo": (name, png(1, 1), "image/png")}).json()["menuLogo"] for name in names]

    assert list(names) == [logo["name"] for logo in urls]
    assert list(names.values()) == [
        re.sub(r"_[0-9a-f]{10}", "", logo["url"].removeprefix("/uploads/")) for logo in urls
    ]


def test_a_drawing_may_be_a_logo(send: Send) -> None:
    """
    With the size that it asks for.
    """
    logo = send({"menuLogo": ("a.svg", svg("<rect/>"), "image/svg+xml")}).json()["menuLogo"]

    assert (20, 10, ".svg") == (logo["width"], logo["height"], logo["ext"])


def test_each_action_is_needed(backend: Backend, root: str, send: Send) -> None:
    """
    Who may read the settings may not change them, and nobody else may do either.
    """
    _, reader = backend.admin(root, "ana", backend.role("Reader", "admin::project-settings.read"))
    _, nobody = backend.admin(root, "bob", backend.role("Nobody"))
    form = {"menuLogo": ("a.png", png(1, 1), "image/png")}

    assert (200, 403) == (backend.call("GET", PATH, key=reader).status_code, send(form, reader).status_code)
    assert (403, 403) == (backend.call("GET", PATH, key=nobody).status_code, send(form, nobody).status_code)
    assert 401 == backend.call("GET", PATH).status_code
    assert [] == files_of(backend)
