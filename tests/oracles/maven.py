"""The Maven sales pipeline, counted from its files."""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from tests.oracles import OUTCOMES, RESPONSES, counted

AS_STAGE = {"Won": "won", "Lost": "lost", "Engaging": "open deal", "Prospecting": "open deal"}


def count(folder: Path) -> dict[str, Any]:
    """What the letters must say of this set. No sources, no activities; amounts in whole dollars."""
    deals = pd.read_csv(folder / "sales_pipeline.csv", dtype=str, keep_default_na=False)
    assert deals["opportunity_id"].is_unique
    won = deals["deal_stage"] == "Won"
    revenue = deals.loc[won, "close_value"].astype(int).sum() * 100
    return {
        "leads": len(deals),
        "came_from": {
            None: {
                "leads": len(deals),
                "deals": len(deals),
                "won": int(won.sum()),
                "revenue": int(revenue),
            }
        },
        "went": counted(deals["deal_stage"].map(AS_STAGE), OUTCOMES),
        "response": counted(deals["deal_stage"].map(lambda _: "never"), RESPONSES),
        "currency": "USD",
    }


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1])), indent=1))
