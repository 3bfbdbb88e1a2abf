"""Tracked links and page views: what leads on, what is noted of it, who may tell, and how often."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from songsheet.intake.door.asked import A_MINUTE, cut
from songsheet.intake.door.leading import led
from songsheet.intake.event import Arrived
from songsheet.intake.inbox.models import Inbox
from songsheet.intake.links.models import Link
from songsheet.intake.sites.models import Site
from songsheet.intake.tests.knocking import Knocker, inbox, knocking

SITE = "https://www.desk.example"


@pytest.fixture
def site(own_database: str, at: datetime) -> Site:
    return Site.objects.create(name="Desk", origins=[SITE], mode="stitched", made_at=at)


def link(at: datetime, token: str, target: str = f"{SITE}/chairs?a=B#top", **more: Any) -> Link:
    return Link.objects.create(token=token, name=token, target=target, made_at=at, **more)


def test_a_link_leads_on_and_each_one_who_follows_is_noted(site: Site, at: datetime) -> None:
    chairs = link(at, "Chairs", utm={"source": "Letter", "campaign": "Spring Fair"})
    link(at, "gone", withdrawn_at=at)
    link(at, "over", expires_at=at - timedelta(days=9999))
    more = {
        "user_agent": "Mozilla/5.0",
        "referer": "https://mail.example/x?y",
        "sec_purpose": "prefetch;anonymous",
    }

    async def script(door: Knocker) -> None:
        answer = await door.ask("GET", "/l/Chairs?gclid=Q&x=1", x_forwarded_for="9.9.9.9, 2.2.2.2", **more)
        assert answer.status == 302
        assert answer.headers["referrer-policy"] == "no-referrer-when-downgrade"
        assert "set-cookie" not in answer.headers
        wanted = f"{SITE}/chairs?a=B&gclid=Q&utm_source=Letter&utm_campaign=Spring+Fair&ss="
        assert answer.headers["location"].startswith(wanted)
        assert answer.headers["location"].endswith("#top")
        head = await door.ask("HEAD", "/l/Chairs", client="127.0.0.1", x_forwarded_for="9.9.9.9, 2.2.2.2")
        assert (head.status, head.body) == (302, b"")
        for token, status in (
            ("gone", 410),
            ("over", 410),
            ("none", 404),
            ("a" * 30, 404),
            ("%00", 404),
            ("", 404),
        ):
            page = await door.ask("GET", f"/l/{token}")
            assert page.status == status, token
            assert b"<h1>" in page.body
            assert "default-src 'none'" in page.headers["content-security-policy"]
        assert (await door.ask("POST", "/l/Chairs")).headers["allow"] == "GET, HEAD"

    knocking(script)
    first, second = (Arrived.model_validate(one) for one in inbox())
    assert (first.event.type, first.event.link, first.event.system) == ("click", chairs.key, "link")
    assert UUID(first.event.id)
    assert (first.agent, first.network, first.method, first.prefetch) == (
        "Mozilla/5.0", "203.0.113.0/24", "GET", True,
    )  # fmt: skip
    assert first.event.page
    assert first.event.page.referrer == "https://mail.example/x?y"
    assert (second.method, second.prefetch, second.network) == ("HEAD", False, "2.2.2.0/24")


@pytest.mark.parametrize(
    ("target", "query", "wanted"),
    [
        ("https://x.example", "", "https://x.example?utm_source=Letter"),
        ("https://x.example/?utm_source=own", "utm_source=brought", "https://x.example/?utm_source=own"),
        ("https://x.example/?UTM_Source=", "", "https://x.example/?UTM_Source="),
        ("https://x.example/p", "utm_source=A%2bb", "https://x.example/p?utm_source=A%2bb"),
        ("https://x.example/p", "utm_term=a%0d%0aSet-Cookie:x", "https://x.example/p?utm_term=a%0d%0aSet-Cookie:x&utm_source=Letter"),
        ("https://x.example/p\r\nX: y", "", "https://x.example/p%0D%0AX:%20y?utm_source=Letter"),
        ("https://x.example/ä?ö=#ü", "to=//evil", "https://x.example/%C3%A4?%C3%B6=&utm_source=Letter#%C3%BC"),
        ("http://ours.example:80/", "", "http://ours.example:80/?utm_source=Letter&ss=c"),
        ("http://ours.example.evil/", "", "http://ours.example.evil/?utm_source=Letter"),
    ],
)  # fmt: skip
def test_the_target_keeps_what_it_has_and_gets_what_is_missing(target: str, query: str, wanted: str) -> None:
    assert led(target, {"source": "Letter"}, query, "c", ["http://ours.example"]) == wanted


def test_a_page_tells_of_page_views_from_its_own_address_alone(site: Site) -> None:
    view = {"id": "v1", "type": "page_view", "page": {"url": f"{SITE}/"}, "visitor": str(uuid4())}
    to, here = f"/in/events?site={site.key}", {"origin": SITE, "content_type": "text/plain"}

    async def script(door: Knocker) -> None:
        answer = await door.ask("POST", to, view, **here)
        assert (answer.status, answer.json()["outcome"]) == (202, "accepted")
        assert answer.headers["access-control-allow-origin"] == SITE
        asked = await door.ask("OPTIONS", to, **here)
        assert (asked.status, asked.headers["access-control-allow-headers"]) == (204, "content-type")
        for headers in ({}, {"origin": "https://evil.example"}, {"origin": f"{SITE}.evil.example"}):
            refused = await door.ask("POST", to, view, **headers)
            assert refused.status == 403
            assert "access-control-allow-origin" not in refused.headers
        assert (await door.ask("POST", "/in/events?site=site_x", view, **here)).status == 403
        for change in ({"person": {"mail": "a@x.example"}}, {"type": "enquiry"}, {"text": "x"}, {"x": 1}):
            assert (await door.ask("POST", to, {**view, "id": "v2", **change}, **here)).status == 422
        Site.objects.update(mode="anonymous")
        door.door._asking._ours._there.clear()
        ahead = {
            **view, "id": "v3", "at": "2099-01-01T00:00:00Z", "system": "crm", "link": str(uuid4()),
            "click_ids": {"gclid": "x"},
        }  # fmt: skip
        assert (await door.ask("POST", to, ahead, **here)).status == 202
        for _ in range(A_MINUTE):
            last = await door.ask("POST", to, {**view, "id": "v3"}, **here)
        assert last.status == 429
        assert int(last.headers["retry-after"]) <= 60
        assert (await door.ask("POST", to, {**view, "id": "v3"}, client="198.51.100.1", **here)).status == 202

    knocking(script)
    stitched, anonymous = (Arrived.model_validate(one).event for one in inbox())
    assert (stitched.system, str(stitched.visitor)) == (site.key, view["visitor"])
    assert (anonymous.system, anonymous.visitor, anonymous.at) == (site.key, None, None)
    assert (anonymous.link, anonymous.click_ids) == ("", {"gclid": ""})
    assert set(Inbox.objects.values_list("door", "feed")) == {("script", site.key)}


def test_no_whole_address_is_kept() -> None:
    assert cut("203.0.113.77", "") == "203.0.113.0/24"
    assert cut("2001:db8:1:2::3", "") == "2001:db8:1::/48"
    assert cut("::ffff:203.0.113.77", "") == "203.0.113.0/24"
    assert cut("127.0.0.1", "1.1.1.1, 203.0.113.77") == "203.0.113.0/24"
    assert cut("203.0.113.77", "1.1.1.1") == "203.0.113.0/24", "who is no proxy of ours is not believed"
    assert cut("127.0.0.1", "<script>") == cut("", "") == ""
