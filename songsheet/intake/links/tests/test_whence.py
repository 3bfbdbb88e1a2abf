"""Where somebody came from, out of what their browser and the link said."""

import re

import pytest

from songsheet.base.text import fold
from songsheet.config.settings import PACKAGE
from songsheet.intake.event import UtmIn
from songsheet.intake.links.hosts import CLICK_IDS, KIND_OF_HOST, MEDIA, PAID
from songsheet.intake.links.whence import DIRECT, NOWHERE, kind_of, whence

OURS = {"www.brightwater.example", "brightwater.example"}


@pytest.mark.parametrize(
    ("host", "source"),
    [
        ("www.google.com", "Organic search"),
        ("google.co.uk", "Organic search"),
        ("WWW.Google.DE.", "Organic search"),
        ("news.yahoo.co.jp", "Organic search"),
        ("mail.google.com", "Mail"),
        ("mail.yahoo.com", "Mail"),
        ("deref-gmx.net", "Mail"),
        ("gemini.google.com", "AI assistants"),
        ("chatgpt.com", "AI assistants"),
        ("lnkd.in", "Social media"),
        ("l.facebook.com", "Social media"),
        ("out.reddit.com", "Social media"),
        ("googleads.g.doubleclick.net", "Advertising"),
        ("blog.somebody.example", "Other websites"),
        ("google.com.evil.example", "Other websites"),
        ("notgoogle.com", "Other websites"),
        ("x.com.evil.example", "Other websites"),
        ("", "Direct"),
    ],
)
def test_the_page_before_tells_the_source(host: str, source: str) -> None:
    assert whence(host, None, (), OURS).source == source


def test_our_own_page_says_nothing_about_where_from() -> None:
    assert whence("www.brightwater.example", None, (), OURS) == NOWHERE
    assert whence("www.brightwater.example", UtmIn(medium="email"), (), OURS).source == "Mail"


@pytest.mark.parametrize(
    ("source", "medium", "ids", "expected"),
    [
        ("google", "cpc", (), ("Paid search", "cpc")),
        ("Google", "CPC", ("gclid",), ("Paid search", "cpc")),
        ("", "", ("gclid",), ("Paid search", "cpc")),
        ("", "", ("GBRAID",), ("Paid search", "cpc")),
        ("linkedin", "Paid-Social", (), ("Paid social", "paid social")),
        ("linkedin", "cpc", (), ("Paid social", "paid social")),
        ("facebook", "", ("fbclid",), ("Social media", "social")),
        ("", "", ("fbclid",), ("Social media", "social")),
        ("", "", ("fbclid", "ttclid"), ("Paid social", "paid social")),
        ("newsletter", "", (), ("Mail", "email")),
        ("acme", "E-Mail", (), ("Mail", "email")),
        ("dsp", "Display", (), ("Advertising", "display")),
        ("acme", "cpc", (), ("Advertising", "paid")),
        ("acme", "affiliate", (), ("Partners", "affiliate")),
        ("flyer", "QR code", (), ("Print", "print")),
        ("'; drop table", "<script>", (), ("Other campaigns", "other")),
        ("chatgpt.com", "", (), ("AI assistants", "assistant")),
        ("", "", ("unheard_of",), tuple(DIRECT)),
    ],
)  # fmt: skip
def test_campaign_marks_and_click_ids_go_first(
    source: str, medium: str, ids: tuple[str, ...], expected: tuple[str, str]
) -> None:
    assert whence("", UtmIn(source=source, medium=medium), ids, OURS) == expected


def test_a_mark_that_is_a_word_of_the_vocabulary_means_that_word() -> None:
    words = {fold("Fairs"): "Fairs"}
    marks = UtmIn(source="fairs", medium="qr")
    assert whence("www.google.com", marks, (), OURS, words) == ("Fairs", "print")
    assert whence("www.google.com", marks, (), OURS) == ("Print", "print")


def test_the_lists_are_spelled_as_they_are_looked_up() -> None:
    for host in KIND_OF_HOST:
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host), host
        assert kind_of(host) == KIND_OF_HOST[host]
    assert all(re.fullmatch(r"[a-z]+", medium) for medium in {*MEDIA, *PAID})


def test_the_script_reads_the_click_ids_that_we_know() -> None:
    source = (PACKAGE / "ui/assets/outside/visits.js").read_text("utf-8")
    listed = re.search(r"CLICK_IDS = \((.*?)\)\.split", source, re.DOTALL)
    assert listed is not None
    named = "".join(re.findall(r'"([^"]*)"', listed[1])).split()
    assert len(named) > 10
    assert {one.lower() for one in named} <= set(CLICK_IDS)
