"""Places of ours that answer a question of buyers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key
from songsheet.intake.forms.models import Form
from songsheet.intake.links.models import Link
from songsheet.intake.sites.models import Site
from songsheet.song.market.models import Question
from songsheet.touches.models import Campaign


def place_key() -> str:
    return new_key("place")


#: What a place is → how it is called.
CALLED = {"site": _("pages"), "link": _("link"), "form": _("form"), "campaign": _("campaign")}
_LIVE = Q(gone_at__isnull=True)
_OF_A_SITE = Q(site__isnull=False)


class Place(models.Model):
    """Pages of a site under a path, a link, a form, or what a campaign led to: it answers one question.

    `path` is without a slash at its end; empty it is the whole site. The longest that fits counts.
    """

    key = models.CharField(max_length=40, unique=True, default=place_key, editable=False)
    question = models.ForeignKey(Question, models.RESTRICT, related_name="+")
    site = models.ForeignKey(Site, models.RESTRICT, null=True, related_name="+", db_index=False)
    path = models.CharField(max_length=300, default="", blank=True)
    link = models.ForeignKey(Link, models.RESTRICT, null=True, related_name="+", db_index=False)
    form = models.ForeignKey(Form, models.RESTRICT, null=True, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.RESTRICT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="place_is_one_thing",
                condition=(
                    Q(site__isnull=False, link__isnull=True, form__isnull=True, campaign__isnull=True)
                    | Q(
                        site__isnull=True,
                        link__isnull=False,
                        form__isnull=True,
                        campaign__isnull=True,
                        path="",
                    )
                    | Q(
                        site__isnull=True,
                        link__isnull=True,
                        form__isnull=False,
                        campaign__isnull=True,
                        path="",
                    )
                    | Q(
                        site__isnull=True,
                        link__isnull=True,
                        form__isnull=True,
                        campaign__isnull=False,
                        path="",
                    )
                ),
            ),
            models.UniqueConstraint(
                name="pages_answer_one", fields=["site", "path"], condition=_LIVE & _OF_A_SITE
            ),
            models.UniqueConstraint(
                name="link_answers_one", fields=["link"], condition=_LIVE & Q(link__isnull=False)
            ),
            models.UniqueConstraint(
                name="form_answers_one", fields=["form"], condition=_LIVE & Q(form__isnull=False)
            ),
            models.UniqueConstraint(
                name="campaign_answers_one", fields=["campaign"], condition=_LIVE & Q(campaign__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="place_of_site", fields=["site"], condition=Q(site__isnull=False)),
            models.Index(name="place_of_link", fields=["link"], condition=Q(link__isnull=False)),
            models.Index(name="place_of_form", fields=["form"], condition=Q(form__isnull=False)),
            models.Index(name="place_of_campaign", fields=["campaign"], condition=Q(campaign__isnull=False)),
        ]

    @property
    def kind(self) -> str:
        """What it is: pages, a link, a form or a campaign."""
        return "site" if self.site_id else "link" if self.link_id else "form" if self.form_id else "campaign"

    @property
    def called(self) -> str:
        """What it is, in a word."""
        return str(CALLED[self.kind])

    def __str__(self) -> str:
        if self.site is not None:
            return f"{self.site.name} {self.path or '/'}"
        return str(self.link or self.form or self.campaign)
