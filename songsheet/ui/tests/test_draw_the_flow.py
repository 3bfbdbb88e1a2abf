"""The flow picture: heights add up, nothing overlaps, what is lost lies at the foot."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songsheet.ui.flow import GLYPH, LINE, TOP, WIDTH, Link, Node, Picture, draw
from songsheet.ui.picture import PlacedNode
from songsheet.ui.tests.gallery import aldermoor_flow

HANDS = [Node("guides", "Guides", 1), Node("nobody", "Nobody", 1, tone="lost")]
OUTCOMES = [Node("won", "Bought", 2, tone="won"), Node("lost", "Fell between hands", 2, tone="lost")]


def flow_of(counts: list[tuple[int, int]]) -> Picture:
    """A flow of so many sources; each pair is (to guides, to nobody)."""
    sources = [Node(f"s{at}", f"Source number {at}", 0) for at in range(len(counts))]
    links = [Link(f"s{at}", "guides", kept) for at, (kept, _) in enumerate(counts)]
    links += [Link(f"s{at}", "nobody", lost) for at, (_, lost) in enumerate(counts)]
    links += [
        Link("guides", "won", sum(kept for kept, _ in counts)),
        Link("nobody", "lost", sum(lost for _, lost in counts)),
    ]
    return draw([*sources, *HANDS, *OUTCOMES], links)


def column(picture: Picture, number: int) -> list[PlacedNode]:
    return [one for one in picture.nodes if one.node.column == number]


some_leads = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 5000)).filter(any), min_size=1, max_size=40
)


@given(some_leads)
def test_heights_are_proportional_and_add_up_in_every_column(counts):
    picture = flow_of(counts)
    totals = [sum(one.count for one in column(picture, number)) for number in range(3)]
    assert totals == [picture.total] * 3
    thick = [one for one in picture.nodes if one.height > 2]
    scales = [one.height / one.count for one in thick]
    assert max(scales) == pytest.approx(min(scales), rel=0.02)


@given(some_leads)
def test_nodes_do_not_overlap_and_labels_have_a_line_each(counts):
    picture = flow_of(counts)
    for number in range(3):
        for upper, lower in pairwise(column(picture, number)):
            assert upper.y + upper.height <= lower.y + 0.1
            assert lower.text_y - upper.text_y >= LINE - 0.11


@given(some_leads)
def test_all_lies_inside_the_picture(counts):
    picture = flow_of(counts)
    for one in picture.nodes:
        assert one.y >= TOP - 0.01
        assert one.y + one.height <= picture.height
        width = len(f"{one.label} {one.count:,}") * GLYPH
        left, right = (
            (one.text_x - width, one.text_x) if one.anchor == "end" else (one.text_x, one.text_x + width)
        )
        assert left >= -0.1
        assert right <= WIDTH + 1


@given(some_leads)
def test_what_is_lost_lies_at_the_foot_of_every_column(counts):
    picture = flow_of(counts)
    lost = {ribbon.source.key: ribbon.link.count for ribbon in picture.ribbons if ribbon.tone == "lost"}
    losses = [lost.get(one.node.key, 0) for one in column(picture, 0)]
    assert losses == sorted(losses)
    for number in (1, 2):
        tones = [one.node.tone == "lost" for one in column(picture, number)]
        assert tones == sorted(tones)


@given(some_leads)
def test_ribbons_fill_their_nodes_exactly(counts):
    picture = flow_of(counts)
    for one in column(picture, 1):
        leaving = sum(ribbon.height for ribbon in picture.ribbons if ribbon.source.key == one.node.key)
        arriving = sum(ribbon.height for ribbon in picture.ribbons if ribbon.target.key == one.node.key)
        assert leaving == pytest.approx(arriving, abs=0.01)


@pytest.mark.parametrize("links", [[], [Link("guides", "won", 0)]])
def test_without_leads_there_is_an_empty_picture(links):
    picture = draw([*HANDS, *OUTCOMES], links)
    assert picture.total == 0
    assert not picture.nodes


def test_the_thickest_leak_is_named_on_its_ribbon_at_the_foot():
    picture = draw(*aldermoor_flow())
    assert picture.leak is not None
    assert picture.leak.text == "61 of one webinar, never called"
    assert not picture.leak.thin
    assert picture.leak.y > picture.height - 50


def test_the_table_behind_has_every_link_once():
    picture = draw(*aldermoor_flow())
    told = [ribbon for table in picture.tables for _, cells in table.rows for ribbon in cells if ribbon]
    assert sorted(ribbon.says for ribbon in told) == sorted(ribbon.says for ribbon in picture.ribbons)
    assert sum(ribbon.link.count for ribbon in told) == 2 * 612


def test_a_long_name_is_cut_and_kept_whole_for_the_hover():
    long = Node("s", "An extraordinarily long name of a campaign", 0)
    picture = draw([long, *HANDS, *OUTCOMES], [Link("s", "guides", 3), Link("guides", "won", 3)])
    placed = column(picture, 0)[0]
    assert placed.label.endswith("…")
    assert placed.node.label == long.label
