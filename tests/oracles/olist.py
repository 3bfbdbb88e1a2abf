"""The Olist marketing funnel, counted from its files."""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from tests.oracles import OUTCOMES, RESPONSES, counted


def _table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def count(folder: Path) -> dict[str, Any]:
    """What the letters must say of this set. It has no activities, no lost deals and no amounts."""
    leads = _table(folder, "olist_marketing_qualified_leads_dataset").set_index("mql_id")
    deals = _table(folder, "olist_closed_deals_dataset")
    assert deals["mql_id"].is_unique
    assert leads.index.is_unique
    leads["won"] = leads.index.isin(set(deals["mql_id"]))
    leads["source"] = leads["origin"].replace("", "unknown")
    by_source = leads.groupby("source")["won"].agg(["size", "sum"])
    # Whoever did not close was handed to nobody that the file knows.
    outcome = leads["won"].map({True: "won", False: "never taken from a queue"})
    return {
        "leads": len(leads),
        "came_from": {
            source: {
                "leads": int(row["size"]),
                "deals": int(row["sum"]),
                "won": int(row["sum"]),
                "revenue": 0,
            }
            for source, row in by_source.iterrows()
        },
        "went": counted(outcome, OUTCOMES),
        "response": counted(leads["won"].map(lambda _: "never"), RESPONSES),
        "currency": "BRL",
    }


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1])), indent=1))
