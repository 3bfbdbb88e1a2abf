"""Who must not be contacted although nothing of them is left: keyed hashes that outlive an erasure.

A hash is made with the installation's own secret. It tells whether an address that comes in again is meant,
and cannot be turned back into one.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.db import models
from django.utils.crypto import salted_hmac

from songsheet.base import bulk
from songsheet.buyers.identity import NotAnAddress, normal_mail, normal_phone

#: What stands as the reason with whoever comes back.
REASON = "Asked for it before they were erased"

#: What was forbidden, and what was refused, by the channel it is about; an empty channel is any.
_STANDING = """
select distinct channel from (
    select channel from buyers_donotcontact where person_id = any(%(ids)s::bigint[]) and gone_at is null
     union all
    select purpose from (
        select distinct on (purpose) purpose, granted from buyers_consent
         where person_id = any(%(ids)s::bigint[]) and gone_at is null and purpose in ('mail', 'call', 'post')
         order by purpose, since desc, id desc) as newest
     where not granted) as said
"""
_ADDRESSES = """
select 'mail', address from buyers_mail where person_id = any(%(ids)s::bigint[])
 union all
select 'phone', number from buyers_phone where person_id = any(%(ids)s::bigint[])
"""


class Suppressed(models.Model):
    """One address that must not be written to or called by one channel, or by any."""

    hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=12, default="", blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="suppressed_once", fields=["hash", "channel"])]


def hash_of(kind: str, address: str) -> str:
    """The keyed hash of a mail address or a phone number in its normal form."""
    return salted_hmac(f"songsheet.buyers.suppressed.{kind}", address, algorithm="sha256").hexdigest()


def hashes_of(mails: Iterable[str], phones: Iterable[str]) -> list[str]:
    """The hashes of these addresses as they may be typed; what is no address has none."""
    found = []
    for kind, normal, given in (("mail", normal_mail, mails), ("phone", normal_phone, phones)):
        for address in given:
            try:
                found.append(hash_of(kind, normal(address)))
            except NotAnAddress:
                continue  # whoever takes it in says so
    return found


def is_anybody() -> bool:
    """Whether anything is suppressed at all."""
    return bool(bulk.rows("select 1 from buyers_suppressed limit 1"))


def channels_of(hashes: Sequence[str]) -> dict[str, set[str]]:
    """Hash → the channels by which it must not be used."""
    found: dict[str, set[str]] = {}
    asked = "select hash, channel from buyers_suppressed where hash = any(%s::text[])"
    for hash_, channel in bulk.rows(asked, [list(hashes)]) if hashes else ():
        found.setdefault(hash_, set()).add(channel)
    return found


def standing(ids: Sequence[int]) -> tuple[set[str], list[str]]:
    """The channels that these records of one person forbid, and the hashes of all their addresses."""
    channels = {channel for (channel,) in bulk.rows(_STANDING, {"ids": list(ids)})}
    addresses = bulk.rows(_ADDRESSES, {"ids": list(ids)}) if channels else []
    return channels, sorted({hash_of(kind, address) for kind, address in addresses})
