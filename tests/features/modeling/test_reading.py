from tests.features.modeling.studio import BUILDER, Studio


def test_content_types_are_listed_by_kind(studio: Studio) -> None:
    """
    As in content_type_builder.read_content_types; a kind that there is not is refused.
    """
    single = studio.call("GET", "/content-types?kind=singleType").json()["data"]
    refused = studio.call("GET", "/content-types?kind=table")

    assert ["api::homepage.homepage", "api::setting.setting"] == [each["uid"] for each in single]
    assert 400 == refused.status_code
    assert "ValidationError" == refused.json()["error"]["name"]


def test_a_token_that_holds_the_right_reads(studio: Studio) -> None:
    """
    As in content_type_builder.who_may_read.
    """
    backend = studio.backend
    role = backend.role("Modeller", "plugin::content-type-builder.read")
    user, key = backend.admin(studio.root, "modeller", role)
    holding = backend.admin_token(user, "plugin::content-type-builder.read")
    bare = backend.admin_token(user)

    for path in ("/components", "/schema", "/reserved-names", "/update-schema-status", "/content-types/admin::user"):
        statuses = [backend.call("GET", f"{BUILDER}{path}", key=each).status_code for each in (key, holding, bare)]
        expected = 404 if "::" in path else 200
        assert [expected, expected, 403] == statuses


def test_there_is_no_update_going_on_that_anybody_could_see(studio: Studio) -> None:
    """
    An update is over when it is answered, and others wait for it.
    """
    assert {"data": {"isUpdating": False}} == studio.call("GET", "/update-schema-status").json()
    assert (200, {}) == ((answer := studio.update()).status_code, answer.json())
