"""The components as tags: what they render, what they refuse, what they escape."""

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from songsheet.base.money import Money
from songsheet.base.tests.cast import TUESDAY
from songsheet.ui.components import marks
from songsheet.ui.components.html import icon, icon_names
from songsheet.ui.templatetags.ui import NoTimeInContext


def shown(source: str, **context) -> str:
    return Template(source).render(Context({"now": TUESDAY, "csrf_token": "token", **context}))


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Take" knd="go" %}',
        "{% left due sincee=due %}",
        '{% section titel="Now" %}{% endsection %}',
    ],
)
def test_a_misspelt_argument_fails_when_the_template_compiles(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


@pytest.mark.parametrize(
    "source",
    ['{% button "Take" kind="loud" %}', '{% badge "x" kind="green" %}', '{% quote "x" voice="red" %}'],
)
def test_a_kind_that_does_not_exist_is_refused(source):
    with pytest.raises(ValueError, match="not"):
        shown(source)


def test_an_icon_that_does_not_exist_is_refused_by_name():
    with pytest.raises(ValueError, match="unicorn"):
        icon("unicorn")
    assert {"wave", "brand", "today"} <= icon_names()


@pytest.mark.parametrize(
    "source",
    [
        "{% button bad %}",
        "{% chip bad %}",
        "{% badge bad %}",
        "{% notso bad %}",
        "{% quote bad %}",
        "{% fig bad '#' %}",
        "{% toast bad undo_url='/u' %}",
        "{% empty_state bad bad %}",
        "{% section title=bad %}{{ bad }}{% endsection %}",
        "{% entry side='ours' at=now %}{{ bad }}{% endentry %}",
        "{% act bad '/x' %}",
        "{% left now about=bad %}",
    ],
)  # fmt: skip
def test_what_people_wrote_is_escaped(source):
    html = shown(source, bad='<script>"')
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_tag_that_speaks_of_time_needs_the_time():
    with pytest.raises(NoTimeInContext):
        Template("{% when at %}").render(Context({"at": TUESDAY}))


def test_an_act_is_a_form_with_token_and_version():
    html = shown('{% act "Take" "/take" key="t" version=3 %}')
    assert '<form class="contents" method="post" action="/take">' in html
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="token">' in html
    assert '<input type="hidden" name="version" value="3">' in html
    assert 'data-key="t"' in html


def test_an_icon_alone_keeps_its_label():
    assert 'aria-label="Share"' in shown('{% button "Share" icon="link" only_icon=True %}')


def test_a_figure_without_a_list_behind_it_is_plain_text():
    assert shown("{% fig 1902 %}") == "<span>1,902</span>"
    assert shown("{% fig 1902 '/leads' %}") == '<a class="fig" href="/leads">1,902</a>'


def test_amounts_of_several_currencies_stand_beside_each_other():
    html = marks.money({"GBP": 3_100_050, "EUR": 21_400_000})
    assert html.index("€214,000") < html.index("£31,000.50")
    assert marks.money(Money(100, "EUR")) == '<data class="money" value="100">€1</data>'
    assert marks.money({}, unknown="not known") == '<span class="quiet">not known</span>'


@pytest.mark.parametrize(
    ("name", "letters"), [("Suzanne Okafor", "SO"), ("Anna-Lena Berg", "AB"), ("Cher", "CH"), ("", "?")]
)
def test_a_face_is_two_letters(name, letters):
    assert marks.initials(name) == letters


class Note(forms.Form):
    note = forms.CharField(help_text="In their words.", max_length=3)


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong():
    html = shown("{% field form.note theirs='Call' %}", form=Note({"note": "far too long"}))
    assert 'value="far too long"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_note-said id_note-hint id_note-theirs"' in html
    for part in ("said", "hint", "theirs"):
        assert f'id="id_note-{part}"' in html


def test_a_field_without_a_hint_points_at_nothing():
    class Plain(forms.Form):
        note = forms.CharField()

    assert "aria-describedby" not in shown("{% field form.note %}", form=Plain())


def test_a_toast_offers_undo_only_where_there_is_a_way_back():
    assert 'data-key="z"' in shown('{% toast "Given back" undo_url="/undo/1" %}')
    assert "<form" not in shown('{% toast "Saved" %}')


def test_no_component_needs_inline_style_or_script():
    sources = [
        "{% left now %}",
        "{% progress 1 3 label='Leads' %}",
        "{% bar 1 3 %}",
        "{% dialog id='d' title='T' %}{% enddialog %}",
    ]
    html = "".join(shown(source) for source in sources)
    assert "style=" not in html
    assert "<script" not in html
    assert " on" not in html.replace(" one", "")
