"""What belongs to one member stays theirs; who leaves is out at once, by session and by key."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.config.tests.test_matrix import member_of
from songsheet.deals.models import Deal
from songsheet.desk.standing import refresh_all
from songsheet.notices.models import Notice
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import change_member, invite_member, issue_key
from songsheet.team.models import House, Invitation, Member, SavedView
from songsheet.team.queries import now
from songsheet.team.roles import RIGHTS, Right
from tests.security.reading import content_of
from tests.security.spoiling import draft, finished, spoil
from tests.security.world import OPERATIONS, OUTSIDE, filled, pages

pytestmark = pytest.mark.slow

SECRET = "zqprivate"


@pytest.fixture
def private(cast: dict[str, Any], known: dict[str, str], at: datetime) -> dict[str, str]:
    """A view, a notice and a program's key that are Priya's alone, in the place of every key."""
    priya = cast["priya"]
    view = SavedView.objects.create(
        listing="people", name=SECRET, owner=priya, filters={"state": SECRET}, made_at=at
    )
    notice = Notice.objects.create(
        member=priya, cause="mention", about=known["touches"], by=cast["ruth"].key, because=1, at=at
    )
    key, _ = issue_key(member=priya, scopes=["read"], label=SECRET, by=as_member(priya), at=at)
    theirs = {"views": view.key, "view": view.key, "notices": notice.key, "keys": key.key, "team": priya.key}
    return known | theirs


def test_what_somebody_keeps_to_themselves_is_on_no_route_of_another(
    private: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client],
    secret_of: Callable[..., str],
) -> None:  # fmt: skip
    wrong, tells = [], (SECRET.encode(), private["notices"].encode())
    assert tells[1] in content_of(client_of(cast["priya"]).get("/notices")), "it is not where it should be"
    for other in ("tom",):
        assert Right.TEAM not in RIGHTS[cast[other].role]
        client, headers = client_of(cast[other]), {"Authorization": f"Bearer {secret_of(cast[other])}"}
        for page in pages():
            body = content_of(client.get(filled(page, private), {"view": private["views"]}))
            wrong += [f"GET /{page} shows {other} {one!r}" for one in tells if one in body]
        for path, method, _ in OPERATIONS:
            if method == "get":
                body = content_of(client_of(None).get(filled(path, private), headers=headers))
                wrong += [f"GET {path} tells {other} {one!r}" for one in tells if one in body]
    assert not wrong, "\n".join(wrong)


def test_an_import_is_seen_by_who_may_import_and_on_no_route_of_anybody_else(
    known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client],
    secret_of: Callable[..., str], at: datetime,
) -> None:  # fmt: skip
    """Drafts are the house's: whoever may import goes on with those of another; nobody else meets them."""
    theirs = known | {"imports": draft(cast["ruth"], SECRET)}
    done = finished(cast["ruth"], at, SECRET)
    asked = [filled(page, theirs) for page in pages()]
    asked += [filled(page, theirs | {"imports": done}) for page in pages() if page.startswith("imports/")]
    operations = [filled(path, theirs) for path, method, _ in OPERATIONS if method == "get"]
    operations.append(f"/api/v1/imports/{done}")
    for other, may in ((cast["priya"], False), (member_of("sales_manager", at), True)):
        assert (Right.IMPORT in RIGHTS[other.role]) is may
        client, headers = client_of(other), {"Authorization": f"Bearer {secret_of(other)}"}
        told = [one for one in asked if "import" in one and SECRET.encode() in content_of(client.get(one))]
        told += [
            one
            for one in operations
            if "import" in one and SECRET.encode() in content_of(Client().get(one, headers=headers))
        ]
        assert bool(told) is may, told
        assert (f"/imports/{theirs['imports']}" in told) is may
        for act in ("/start", "/discard", "/undo", "/check"):
            answer = client.post(f"/imports/{theirs['imports']}{act}")
            assert may or answer.status_code == 403, f"POST {act} answered {answer.status_code}"


def test_a_refusal_tells_nothing_of_what_is_refused(
    known: dict[str, str], client_of: Callable[..., Client], secret_of: Callable[..., str], at: datetime
) -> None:
    """The role that may least, and nobody, on every route: what they are not given is in no error either."""
    spoil(SECRET)
    Member.objects.update(name="Somebody")  # everybody knows who is in the team, and the house's name
    House.objects.update(name="Ours")
    least = member_of("service", at)
    wrong = []
    for who, client in (("service", client_of(least)), ("nobody", client_of(None))):
        headers = {"Authorization": f"Bearer {secret_of(least)}"} if who == "service" else {}
        asked: list[tuple[str, str, dict[str, str]]] = [
            ("get", filled(page, known), {}) for page in pages() if not page.startswith(OUTSIDE)
        ]
        asked += [("post", address, {}) for _, address, _ in asked]
        asked += [(method, filled(path, known), headers) for path, method, _ in OPERATIONS]
        for method, address, sent in asked:
            given = {} if method == "get" else {"data": {"x": "1"}, "content_type": "application/json"}
            answer = getattr(client_of(None) if sent else client, method)(address, headers=sent, **given)
            # what is typed wrong comes back on the page that everybody may look at anyway
            is_shared = "/views/" in address or address.endswith(("/enquiries", "/found/questions"))
            is_shared |= answer.status_code == 422 and client.get(address).status_code == 200
            is_given = who == "service" and (answer.status_code < 400 or is_shared)
            if not is_given and SECRET.encode() in content_of(answer):
                wrong.append(f"{method} {address} tells {who}, with {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_who_may_not_see_margins_meets_none_on_any_route(
    known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client],
    secret_of: Callable[..., str],
) -> None:  # fmt: skip
    Deal.objects.update(margin=98_765_400, state=Deal.State.WON, closed_at=now(), amount=100_000_000)
    refresh_all()
    shown, wrong = re.compile(rb"98[,. ]?765"), []
    assert shown.search(content_of(client_of(cast["ruth"]).get("/deals.csv?columns=margin")))
    for name in ("priya",):
        assert Right.MARGIN not in RIGHTS[cast[name].role]
        client, headers = client_of(cast[name]), {"Authorization": f"Bearer {secret_of(cast[name])}"}
        for page in pages():
            asked = [{}] if "<" in page else [{}, {"columns": "margin,name", "sort": "-margin"}]
            for query in asked:
                if shown.search(content_of(client.get(filled(page, known), query))):
                    wrong.append(f"GET /{page} {query} shows {name} a margin")
        for path, method, _ in OPERATIONS:
            if method == "get" and shown.search(
                content_of(client_of(None).get(filled(path, known), headers=headers))
            ):
                wrong.append(f"GET {path} tells {name} a margin")
    assert not wrong, "\n".join(wrong)


def test_what_somebody_keeps_to_themselves_is_changed_by_nobody_else(
    private: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client],
    secret_of: Callable[..., str],
) -> None:  # fmt: skip
    key, client = private["views"], client_of(cast["tom"])
    headers = {"Authorization": f"Bearer {secret_of(cast['tom'])}"}
    given = {"name": "mine now", "shared": "yes", "version": "1"}
    for end in ("", "/edit", "/archive", "/bring-back"):
        answer = client.post(f"/views/{key}{end}", given)
        assert answer.status_code in (403, 404, 405), f"POST {end} answered {answer.status_code}"
        assert SECRET not in answer.content.decode()
    for method, body in (("patch", {"name": "mine now"}), ("delete", {})):
        answer = getattr(Client(), method)(
            f"/api/v1/views/{key}", body, content_type="application/json", headers=headers
        )
        assert answer.status_code in (403, 404)
        assert SECRET not in answer.content.decode()
    client.post(f"/notices/{private['notices']}/read")
    client.post("/notices/read")
    assert Notice.objects.get(key=private["notices"]).read_at is None
    assert SavedView.objects.get(key=key).name == SECRET
    assert SavedView.objects.get(key=key).gone_at is None


def test_a_key_of_another_is_ended_by_who_manages_the_team_alone(
    known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client], at: datetime
) -> None:
    key, _ = issue_key(member=cast["ruth"], scopes=["read"], by=as_member(cast["ruth"]), at=at)
    assert Right.TEAM not in RIGHTS[cast["tom"].role]
    assert client_of(cast["tom"]).post(f"/keys/{key.key}/end").status_code == 403
    answer = client_of(cast["tom"]).post(
        f"/team/{cast['ruth'].key}/keys", {"label": "x", "scopes": ["admin"]}
    )
    assert answer.status_code == 403
    key.refresh_from_db()
    assert key.ended_at is None


def test_the_page_of_a_member_shows_no_secret_and_no_keys_to_others(
    known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client], at: datetime
) -> None:
    _, secret = issue_key(
        member=cast["ruth"], scopes=["read"], label=SECRET, by=as_member(cast["ruth"]), at=at
    )
    seen = client_of(cast["tom"]).get(f"/team/{cast['ruth'].key}").content.decode()
    assert SECRET not in seen
    assert secret not in client_of(cast["ruth"]).get(f"/team/{cast['ruth'].key}").content.decode()


def test_an_invitation_opens_once_and_for_nobody_who_left(cast: dict[str, Any], at: datetime) -> None:
    invited = invite_member(email="owen@aldermoor.example", by=as_member(cast["ruth"]), at=now())
    sent = {"name": "Owen", "password": "four desks and a lamp"}
    assert Client().post(invited.path, sent).status_code == 302
    assert Client().post(invited.path, sent | {"password": "five desks and a lamp"}).status_code in (
        404,
        410,
        422,
    )
    again = invite_member(email="una@aldermoor.example", by=as_member(cast["ruth"]), at=now())
    change_member(again.member.key, state="left", by=as_member(cast["ruth"]), at=now())
    assert Client().get(again.path).status_code in (404, 410, 422)
    assert not Invitation.objects.filter(token_hash__in=[invited.token, again.token]).exists()


@pytest.mark.parametrize("state", ["left", "elsewhere"])
def test_who_left_is_out_on_every_route_at_once(
    state: str, known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client], at: datetime
) -> None:
    amara = cast["amara"]
    session = client_of(amara)
    _, secret = issue_key(member=amara, scopes=["admin"], by=as_member(amara), at=at)
    headers = {"Authorization": f"Bearer {secret}"}
    assert session.get("/team").status_code == 200
    assert Client().get("/api/v1/members", headers=headers).status_code == 200
    change_member(amara.key, state=state, by=as_system("tests"), at=at)
    for page in pages():
        if not page.startswith(OUTSIDE):
            answer = session.get(filled(page, known))
            assert (answer.status_code, page) == (302, page)
            assert answer["Location"].startswith("/accounts/login/")
    for path, method, _ in OPERATIONS:
        ask = getattr(Client(), method)
        assert ask(filled(path, known), headers=headers).status_code == 401, path
        assert getattr(session, method)(filled(path, known)).status_code == 401, path


def test_a_role_that_shrinks_takes_its_keys_with_it(
    known: dict[str, str], cast: dict[str, Any], at: datetime
) -> None:
    owner = member_of("administrator", at)
    _, secret = issue_key(member=owner, scopes=["admin"], by=as_member(owner), at=at)
    headers = {"Authorization": f"Bearer {secret}"}
    body = {"email": "una@aldermoor.example"}
    change_member(owner.key, role="guide", by=as_system("tests"), at=at)
    answer = Client().post("/api/v1/members", body, content_type="application/json", headers=headers)
    assert answer.status_code == 403
