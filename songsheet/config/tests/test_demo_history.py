"""What the demo generates, before it is loaded: the same from a seed, invented throughout, complete."""

from collections import Counter
from itertools import islice

import pytest

from songsheet.config.demo.company import BEGINS, CAMPAIGNS, GUIDES, MEMBERS, TUESDAY
from songsheet.config.demo.history import Draw, stories
from songsheet.config.demo.mailings import mailed
from songsheet.config.demo.names import PHONES
from songsheet.config.demo.staged import MARCH_NEVER_CALLED
from songsheet.team.roles import Role


@pytest.fixture(scope="module")
def everything():
    return list(stories(Draw()))


def test_the_same_seed_tells_the_same_stories_and_another_seed_others():
    first, again = (list(islice(stories(Draw("s", 7)), 250)) for _ in range(2))
    assert first == again
    assert first != list(islice(stories(Draw("s", 8)), 250))


def test_the_company_has_22_members_in_every_role():
    assert len(MEMBERS) == 22
    assert {one.role for one in MEMBERS} == set(Role.values)
    assert len([one for one in MEMBERS if one.role == "guide"]) == 6
    guides = [one for one in MEMBERS if one.role == "guide"]
    assert len({language for one in guides for language in one.languages.split(",")}) == 4
    assert len({one.zone for one in MEMBERS}) == 3
    assert {name for names in GUIDES.values() for name in names} == {one.name for one in guides}
    assert len(CAMPAIGNS) == 25


def test_the_default_size_is_what_the_demo_says(everything):
    deals = [story for story in everything if story.interest.deal]
    firms = {story.interest.buyer.firm.number for story in everything if story.interest.buyer.firm}
    assert len(everything) == pytest.approx(1900, abs=20)
    assert len(firms) == pytest.approx(420, abs=12)
    assert len(deals) == pytest.approx(260, abs=25)


def test_nobody_is_real(everything):
    buyers = {story.interest.buyer.number: story.interest.buyer for story in everything}.values()
    blocks = tuple(prefix for prefix, _ in PHONES.values())
    assert all(buyer.mail.endswith(".example") for buyer in buyers)
    assert all(buyer.phone.startswith(blocks) for buyer in buyers if buyer.phone)
    assert len({buyer.mail for buyer in buyers}) == len(buyers)
    assert {buyer.country for buyer in buyers} == {"GB", "DE", "SE", "IE"}


def test_nothing_happens_after_the_tuesday_or_long_before_the_history(everything):
    for story in everything:
        times = [contact.at for contact in story.contacts]
        assert not times or max(times) < TUESDAY
        assert story.interest.came_at <= TUESDAY
        assert story.interest.came_at >= BEGINS


def test_every_open_lead_has_an_owner_or_a_queue_and_a_due_time_or_rests(everything):
    for story in everything:
        lead = story.interest
        if lead.is_open:
            assert bool(lead.guide) != bool(lead.queue)
            assert lead.at_rest or (lead.due_at and lead.due_at >= (lead.owned_since or lead.came_at))
        else:
            assert lead.state in ("converted", "disqualified", "released")
        if lead.deal and lead.deal.is_open and not lead.deal.at_rest:
            assert lead.deal.next_step
            assert lead.deal.next_step_on


def test_the_march_webinar_was_never_called(everything):
    of_march = [
        story
        for story in everything
        if story.interest.campaign
        and story.interest.campaign.name == "March webinar"
        and not any(contact.member for contact in story.contacts)
    ]
    assert len(of_march) == MARCH_NEVER_CALLED


def test_mails_go_to_who_agreed_alone(everything):
    buyers = {story.interest.buyer.number: story.interest.buyer for story in everything}.values()
    rng = Draw().rng("mailings")
    counted = Counter(buyer.may_mail for buyer in buyers for _ in mailed(buyer, rng))
    assert counted[False] == 0
    assert counted[True] > 10_000
