"""Leads in bulk: what imports and the demo bring in, and take out again."""

from songsheet.leads.adopt_leads import LeadRow, adopt_leads
from songsheet.leads.withdraw import withdraw_leads

__all__ = ["LeadRow", "adopt_leads", "withdraw_leads"]
