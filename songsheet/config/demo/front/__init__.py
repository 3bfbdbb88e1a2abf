"""The front doors of Aldermoor: sites, links, forms and hooks, and who came by them in fourteen months."""
