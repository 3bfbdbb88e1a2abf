"""From when on something is a leak, until the house says otherwise."""

#: The thresholds of the leaks: name → default. Hours and days as whole numbers.
THRESHOLDS: dict[str, int] = {
    "never_contacted_working_hours": 8,
    "late_after_hours": 24,
    "silent_after_days": 14,
    "worked_twice_within_days": 7,
    "taken_up_a_day": 10,
}
