"""songsheet member invite: the first administrator on a fresh home, anybody afterwards."""

from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from songsheet.config.cli.member import NobodyNamed, command
from songsheet.team.models import Member


def run(*given: str) -> Any:
    return CliRunner().invoke(command, ["invite", *given], catch_exceptions=False)


def test_on_a_fresh_home_the_first_administrator_is_invited(db: None) -> None:
    done = run("--json")
    assert done.exit_code == 0
    answer = orjson.loads(done.stdout)
    assert answer["member"] == Member.objects.get(role="administrator").key
    assert "/join/" in answer["link"]


def test_where_somebody_can_sign_in_it_must_be_said_who(cast: dict[str, Any]) -> None:
    with pytest.raises(NobodyNamed):
        run()


def test_somebody_is_invited_by_mail_with_a_role(cast: dict[str, Any]) -> None:
    done = run("--email", "owen@aldermoor.example", "--name", "Owen Pryce", "--role", "operations")
    assert done.exit_code == 0
    invited = Member.objects.get(email="owen@aldermoor.example")
    assert (invited.name, invited.role, invited.state) == ("Owen Pryce", "operations", "invited")


def test_a_role_that_does_not_exist_is_refused(cast: dict[str, Any]) -> None:
    done = run("--email", "owen@aldermoor.example", "--role", "king")
    assert done.exit_code == 2
    assert "'administrator'" in done.output


def test_its_options_are_the_fields_of_the_command() -> None:
    words = run("--help").output
    for option in ("--email", "--name", "--role", "--json"):
        assert option in words
