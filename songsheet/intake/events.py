"""What happens at the doors: the journal learns the events of each part of intake from here."""

from songsheet.intake.appointments import events as of_appointments  # noqa: F401
from songsheet.intake.forms import events as of_forms  # noqa: F401
from songsheet.intake.found import events as of_found  # noqa: F401
from songsheet.intake.held import events as of_held_back  # noqa: F401
from songsheet.intake.hooks import events as of_hooks  # noqa: F401
from songsheet.intake.links import events as of_links  # noqa: F401
from songsheet.intake.privacy import events as of_privacy  # noqa: F401
from songsheet.intake.sites import events as of_sites  # noqa: F401
