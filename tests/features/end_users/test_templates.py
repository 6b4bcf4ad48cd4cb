from tessera.features.end_users.templates import CONFIRMATION, KINDS, RESET, Template, is_template

VALUES = {"URL": "https://site.example/reset", "TOKEN": "abc", "USER.username": "<b>Eve</b>\r\nBcc: x@example.com"}


def test_what_somebody_calls_itself_is_no_markup_and_no_header() -> None:
    """
    Names are chosen by strangers: they are escaped, and a subject is one line.
    """
    options = {"message": "<p><%= USER.username %> <%=TOKEN%></p>", "object": "Hello <%= USER.username %>"}
    message = Template.of(RESET, {RESET: {"options": options}}).message("eve@example.com", VALUES)

    assert "Hello <b>Eve</b> Bcc: x@example.com" == message.subject
    assert message.html is not None
    assert "&lt;b&gt;Eve&lt;/b&gt;" in message.html
    assert "abc</p>" in message.html


def test_a_place_for_what_is_not_given_stays_as_it_is() -> None:
    """
    So that nothing is made up.
    """
    options = {"message": "<%= CODE %> <%= USER.password %>"}
    message = Template.of(RESET, {RESET: {"options": options}}).message("eve@example.com", VALUES)

    assert "<%= CODE %> <%= USER.password %>" == message.text


def test_what_is_not_stored_is_as_in_a_new_project() -> None:
    """
    Also where what is stored is no template at all.
    """
    for stored in ({}, {CONFIRMATION: None}, {CONFIRMATION: {"options": {"message": 5, "from": "x"}}}):
        template = Template.of(CONFIRMATION, stored)

        assert is_template(template.text)
        assert is_template(template.subject)
        assert template.sender is None


def test_the_sender_is_written_as_mail_programs_read_it() -> None:
    """
    With a name only beside an address.
    """
    senders = [
        Template.of(RESET, {RESET: {"options": {"from": {"name": name, "email": email}}}}).sender
        for name, email in (("Site", "no-reply@example.com"), ("", "no-reply@example.com"), ("Site", ""))
    ]

    assert ["Site <no-reply@example.com>", "no-reply@example.com", None] == senders


def test_there_is_a_template_of_each_kind() -> None:
    """
    The two that the reference has.
    """
    assert (RESET, CONFIRMATION) == KINDS
