import pytest

from tessera.web.reachable import is_public

PUBLIC = (
    "https://93.184.216.34/hooks/rebuild",
    "http://93.184.216.34:8080/x?a=http://127.0.0.1/",
    "http://user:pw@93.184.216.34/",
    "https://example.com",
    "https://example.com./x",
    "https://sub.exa_mple.com/",
    "https://münchen.de/",
    "https://xn--mnchen-3ya.de/",
    "https://[2606:4700::1111]/",
    "https://[::ffff:93.184.216.34]/",
)
THIS_MACHINE = (
    "http://localhost:1337/x",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://a.localhost/",
    "http://127.0.0.1/x",
    "http://127.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.1./",
    "http://[::1]/x",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://user@localhost/",
    "http://93.184.216.34@localhost/",
    "http://localhost\\@93.184.216.34/",
    "http:\\\\localhost/",
    "http:localhost/",
    "http:///localhost/",
    "http://%6cocalhost/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://127\u30020\u30020\u30021/",
    "http://\u24dbocalhost/",
    "http://local\u00adhost/",
)
ITS_NETWORKS = (
    "http://10.0.0.1/",
    "http://172.20.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[fc00::1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[ff02::1]/",
    "http://intranet/",
    "http://builder:3000/",
    "http://db.internal/",
    "http://printer.local/",
    "http://router.home.arpa/",
)
NOWHERE = (
    "rebuild",
    "",
    "http://93.184.216.34:99999/",
    "http://1.2.3.4.5/",
    "http://256.1.1.1/",
    "http://1.2.3.08/",
    "http://example.1/",
    "http://[::1/",
    "http://a..b/",
    "http://-.com/",
    f"http://{'a' * 5000}.com/",
    f"http://{'9' * 900}/",
    "http://%ff.com/",
)


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_address_or_name_is_public(url: str) -> None:
    """
    Addresses that are routed everywhere, and names that could be: no name is looked up.
    """
    assert is_public(url)


@pytest.mark.parametrize("url", [*THIS_MACHINE, *ITS_NETWORKS])
def test_f28_no_spelling_of_an_inner_address_is_public(url: str) -> None:
    """
    Loopback, private, link-local and wrapped addresses are inner ones, in whatever digits and letters they come.
    """
    assert not is_public(url)


@pytest.mark.parametrize("url", NOWHERE)
def test_what_no_client_could_call_is_not_public(url: str) -> None:
    """
    A text without a scheme, with a port or a number that is none, or with a name that cannot be.
    """
    assert not is_public(url)


def test_an_address_without_a_host_leads_nowhere_inside() -> None:
    """
    A file has no host, which is for others to refuse (settings_misc.webhooks_that_are_refused, "a file").
    """
    assert is_public("file:///etc/passwd")
