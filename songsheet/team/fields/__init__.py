"""Fields of the house's own: from one declaration their columns, filters, values, indexes and doors."""
