"""The Zoho demo set, counted from its files."""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from tests.oracles import OUTCOMES, RESPONSES, counted

WRITTEN = "%d %b, %Y %H:%M:%S"
AS_STATUS = {
    "Junk Lead": "disqualified",
    "Lost Lead": "disqualified",
    "Contact in Future": "nurturing",
    "Contacted": "working",
}


def _table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def _activities(folder: Path) -> pd.DataFrame:
    """Every call and meeting with the lead it concerns: the one it names, or that of its contact's mail."""
    calls, events = _table(folder, "Calls"), _table(folder, "Events")
    calls = calls.assign(at=pd.to_datetime(calls["Call Start Time"]), out=calls["Call Type"] == "Outbound")
    events = events.assign(at=pd.to_datetime(events["Start DateTime"]), out=True)
    columns = ["LEADID", "CONTACTID", "at", "out"]
    both = pd.concat([calls[columns], events[columns]], ignore_index=True)
    leads, contacts = _table(folder, "Leads"), _table(folder, "Contacts")
    lead_of_mail = dict(zip(leads["Email"].str.lower(), leads["LEADID"], strict=True))
    mail_of_contact = dict(zip(contacts["CONTACTID"], contacts["Email"].str.lower(), strict=True))
    by_contact = both["CONTACTID"].map(mail_of_contact).map(lead_of_mail)
    named = both["LEADID"].where(both["LEADID"].isin(set(leads["LEADID"])))
    return both.assign(lead=named.fillna(by_contact)).dropna(subset=["lead"])


def _leads(folder: Path) -> pd.DataFrame:
    """One row per lead: its deal, its activities, its outcome, its response."""
    leads = _table(folder, "Leads").set_index("LEADID")
    leads["came"] = pd.to_datetime(leads["Created Time"], format=WRITTEN)
    deals = _table(folder, "Potentials").set_index("LEADID")
    assert deals.index.is_unique
    leads = leads.join(deals[["Stage", "Amount", "Campaign Id"]])
    cents = leads["Amount"].str.replace(r"[$,.]", "", regex=True)
    leads["cents"] = cents.where(leads["Stage"] == "Closed Won").fillna("0").astype(int)
    activities = _activities(folder)
    out = activities[activities["out"]]
    leads["first_out"] = out.groupby("lead")["at"].min()
    leads["last_in"] = activities[~activities["out"]].groupby("lead")["at"].max()
    leads["outcome"] = leads.apply(_outcome, axis=1)
    leads["response"] = [_response(row) for row in (leads["first_out"] - leads["came"])]
    return leads


def _outcome(lead: Any) -> str:
    if pd.notna(lead["Stage"]):
        return {"Closed Won": "won", "Closed Lost": "lost"}.get(lead["Stage"], "open deal")
    if lead["Lead Status"] in AS_STATUS:
        return AS_STATUS[lead["Lead Status"]]
    if pd.notna(lead["first_out"]):
        return "working" if lead["last_in"] >= lead["first_out"] else "contacted without answer"
    tried = lead["Lead Status"] == "Attempted to Contact"
    return "contacted without answer" if tried else "never contacted"


def _response(waited: Any) -> str:
    if pd.isna(waited):
        return "never"
    hours = waited.total_seconds() / 3600
    return "under_1h" if hours < 1 else "1h_to_24h" if hours <= 24 else "over_24h"


def _sums(leads: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return leads.groupby(by, dropna=False).agg(
        leads=("came", "size"),
        deals=("Stage", "count"),
        won=("Stage", lambda stages: int((stages == "Closed Won").sum())),
        revenue=("cents", "sum"),
    )


def count(folder: Path) -> dict[str, Any]:
    """What the letters must say of this set; revenue in cents of a dollar."""
    leads = _leads(folder)
    names = _table(folder, "Campaigns").set_index("CAMPAIGNID")["Campaign Name"]
    leads["campaign"] = leads["Campaign Id"].map(names)
    rows = _sums(leads, ["Lead Source", "campaign"]).reset_index()
    return {
        "leads": len(leads),
        "came_from": {
            source: {name: int(value) for name, value in row.items()}
            for source, row in _sums(leads, ["Lead Source"]).to_dict("index").items()
        },
        "by_campaign": [
            {
                "source": row["Lead Source"],
                "campaign": None if pd.isna(row["campaign"]) else row["campaign"],
                **{name: int(row[name]) for name in ("leads", "deals", "won", "revenue")},
            }
            for row in rows.to_dict("records")
        ],
        "went": counted(leads["outcome"], OUTCOMES),
        "response": counted(leads["response"], RESPONSES),
        "currency": "USD",
    }


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1])), indent=1))
