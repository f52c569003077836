"""The report as a plain pandas script makes it, with nothing checked: python plain_pandas.py FOLDER"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

folder = Path(sys.argv[1])
sheets = ["Key actions", "Measures"]
plan = pd.read_excel(folder / "corporate_plan.xlsx", sheet_name=sheets, header=2, engine="openpyxl")

milestone_sheets, measure_sheets = [], []
for path in sorted((folder / "returns").glob("*.xlsx")):
    returned = pd.read_excel(path, sheet_name=["Milestones", "Measures"], header=1, engine="openpyxl")
    milestone_sheets.append(returned["Milestones"].assign(File=path.name))
    measure_sheets.append(returned["Measures"].assign(File=path.name))

about = ["Key", "Theme", "Service area", "Panel", "Officer lead"]
milestones = pd.concat(milestone_sheets).merge(plan["Key actions"][about], on="Key")
measures = pd.concat(measure_sheets).merge(plan["Measures"][about], on="Key")

actions = milestones.groupby(about + ["Key action"], as_index=False).agg(
    Due=("No", "count"), Complete=("Status", lambda status: (status == "Complete").sum())
)
actions["RAG"] = np.select(
    [actions["Complete"] == actions["Due"], actions["Complete"] > 0], ["Green", "Amber"], default="Red"
)

short = (measures["Target"] - measures["Performance"]) / measures["Target"]
measures["Shortfall"] = short.where(measures["Better when"] == "Higher", -short)
measures["RAG"] = np.select([measures["Shortfall"] <= 0, measures["Shortfall"] <= 0.15], ["Green", "Amber"], "Red")

rated = pd.concat([actions.assign(Kind="Key action"), measures.assign(Kind="Measure")])
summary = rated.pivot_table(index=["Kind", "Theme"], columns="RAG", values="Key", aggfunc="count", fill_value=0)

with pd.ExcelWriter(folder / "report.xlsx", engine="xlsxwriter") as writer:
    summary.to_excel(writer, sheet_name="Summary")
    actions.to_excel(writer, sheet_name="Key actions", index=False)
    measures.to_excel(writer, sheet_name="Measures", index=False)
    milestones.to_excel(writer, sheet_name="Milestones", index=False)
for panel, items in rated.groupby("Panel"):
    items.to_excel(folder / f"{panel}.xlsx", index=False, engine="xlsxwriter")
