"""Buyers in bulk: what imports and the demo bring in, and take out again."""

from songsheet.buyers.adopt_companies import CompanyRow, adopt_companies
from songsheet.buyers.adopt_people import PersonRow, adopt_people
from songsheet.buyers.withdraw import withdraw_companies, withdraw_people

__all__ = [
    "CompanyRow",
    "PersonRow",
    "adopt_companies",
    "adopt_people",
    "withdraw_companies",
    "withdraw_people",
]
