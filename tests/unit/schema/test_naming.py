import pytest

from tessera.schema import naming
from tessera.schema.naming import shorten, snake

LONG = "very_long_named_things_that_exceed_the_identifier_limit_of_the_database"
TABLE = "very_long_named_things_that_exceed_the_identifier_3aa3c"
LINKS = "very_long_named_thin0570c_partners_of_the_very8a4e1_lnk"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTMLBody2", "html_body_2"),
        ("line2Of3", "line_2_of_3"),
        ("aUid", "a_uid"),
        ("ProbeItems", "probe_items"),
        ("1st", "1st"),
        ("createdAt", "created_at"),
        ("provider_metadata", "provider_metadata"),
        ("workflow-stage", "workflow_stage"),
        ("shared.rich-text", "shared_rich_text"),
        ("crèmeBrûlée", "creme_brulee"),
        ("Über_straße", "uber_strasse"),
        ("very_long_named_things_3aa3c", "very_long_named_things_3_aa_3_c"),
    ],
)
def test_names_are_split_into_words_as_the_reference_splits_them(text: str, expected: str) -> None:
    """Case changes, digits and signs part words; ordinals stay whole and accents fall off."""
    assert expected == snake(text)


def test_long_names_are_cut_and_marked_as_the_reference_does() -> None:
    """The examples of a type whose collection name is far too long."""
    assert shorten(LONG) == TABLE
    assert shorten(LONG, suffix="cmps") == "very_long_named_things_that_exceed_the_identi3aa3c_cmps"
    assert (
        naming.column("aFieldWhoseNameIsMuchLongerThanTheIdentifierLimitOfFiftyFive")
        == "a_field_whose_name_is_much_longer_than_the_identif20fd9"
    )
    assert shorten(snake(TABLE), snake("partnersOfTheVeryLongNamedThing"), suffix="lnk") == LINKS
    assert naming.index(LINKS, suffix="fk") == "very_long_named_thin0570c_partners_of_the_very8f725d_fk"
    assert naming.index(LINKS, suffix="ifk") == "very_long_named_thin0570c_partners_of_the_veryf725d_ifk"
    assert (
        naming.index(TABLE, "created_by_id", suffix="fk") == "very_long_named_things_that_excee01391_created_by_id_fk"
    )
    assert naming.index(LONG, "documents", suffix="idx") == "very_long_named_things_that_exceed_t3aa3c_documents_idx"


@pytest.mark.parametrize("length", [1, 20, 54, 55, 56, 80, 300])
def test_no_name_is_longer_than_the_limit(length: int) -> None:
    """Whatever the tokens, a name has at most 55 characters."""
    for name in (shorten("a" * length), shorten("a" * length, "b" * 40, prefix="inv", suffix="id")):
        assert len(name) <= naming.LONGEST
