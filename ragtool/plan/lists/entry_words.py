"""What councils write in the cells of their own lists, by what the plan calls it.

A list to look things up in. Phrases are parted by `;` and compared without regard to case.
"""

from __future__ import annotations

from collections.abc import Mapping

from ragtool import columns as c
from ragtool.model import Basis, Better, ItemStatus

KINDS_SAID = {
    c.PlanSheets.MEASURES: (
        "measure; indicator; kpi; pi; performance indicator; performance measure; metric; key performance "
        "indicator; spi; lpi; ni"
    ),
    c.PlanSheets.KEY_ACTIONS: ("action; key action; project; initiative; activity; programme; commitment"),
    c.PlanSheets.MILESTONES: "milestone; step; deliverable",
}
"""What a list calls a row of each kind, in a column of its own or in the name of its sheet."""

POLARITIES: Mapping[Better, str] = {
    Better.HIGHER: (
        "higher; high; higher is better; high is good; higher better; bigger is better; bigger; maximise; "
        "max; aim to maximise; increase; up; up is good; more; more is better; ↑; ▲; ⬆; h; +; higher is good; "
        "big is good; high good; increasing; larger is better; larger; high performance is good; positive; "
        "maximize; aim to increase; to increase; large is good; greater; greater is better; a higher figure "
        "is better; upward; upwards"
    ),
    Better.LOWER: (
        "lower; low; lower is better; low is good; lower better; smaller is better; smaller; minimise; min; "
        "aim to minimise; decrease; down; down is good; less; less is better; fewer; reduce; ↓; ▼; ⬇; l; -; "
        "low good; lower is good; small is good; decreasing; reduction; low performance is good; negative; "
        "minimize; aim to decrease; to reduce; aim to reduce; to decrease; a lower figure is better; "
        "downward; downwards; fewer is better"
    ),
    Better.IN_RANGE: ("in range; range; within range; target range; in the range; within a range; between"),
    Better.MORE_THAN: "more than; greater than; over; above",
    Better.LESS_THAN: "less than; fewer than; under; below",
}
"""What lists write for which way is better."""

NO_POLARITY = (
    "n/a; na; neutral; none; contextual; context; context only; no polarity; not applicable; trend only; "
    "monitor; monitor only; monitoring only; information only; for information; data only; volume; "
    "volumetric; no direction"
)
"""What lists write where no way is better: the measure is shown without a rating."""

UNITS_SAID: Mapping[str, str] = {
    "": (
        "number; no; no.; #; count; integer; numeric; num; figure; whole number; numbers; value; decimal; nr; "
        "number (no.); n; actual number; numerical; text; volume"
    ),
    "\u00a3": ("£; pounds; gbp; currency; money; pounds sterling; cash; sterling; monetary"),
    "\u00a3m": "\u00a3m; \u00a3 million; \u00a3millions; \u00a3 millions; million pounds",
    "\u00a3000": "\u00a3000; \u00a3000s; \u00a3k; \u00a3 thousand; \u00a3 000s; \u00a3'000; \u00a3\u2019000",
    "days": "day; days; number of days; no. of days; no of days",
}
"""What lists write for a unit, and the unit that is shown with a figure; any other is shown as it stands."""

STATUSES: Mapping[ItemStatus, str] = {
    ItemStatus.ACTIVE: (
        "active; live; current; in progress; on track; not started; ongoing; open; started; under way; "
        "underway; in use; to do; planned; progressing; existing; yes; y; on target; off track; delayed; "
        "behind schedule; not yet started; in development phase; at risk; retained; unchanged; overdue"
    ),
    ItemStatus.UNDER_DEVELOPMENT: (
        "under development; in development; new - in development; tbc; to be developed; to be confirmed; "
        "being developed; developing; proposed; draft; development"
    ),
    ItemStatus.DATA_ONLY: (
        "data only; contextual; trend only; monitor only; monitoring only; information only; for information; "
        "no target; context"
    ),
    ItemStatus.COMPLETE: ("complete; completed; done; finished; delivered; achieved; closed - complete; implemented"),
    ItemStatus.ON_HOLD: "on hold; paused; suspended; on-hold; deferred; stopped temporarily",
    ItemStatus.CLOSED: (
        "closed; cancelled; canceled; withdrawn; deleted; discontinued; removed; abandoned; dropped; ceased; "
        "archived; retired; no longer reported; inactive; no; n; not progressing"
    ),
}
"""What lists write for where an item stands in its life."""

HOW_IT_STANDS = (
    "met; not met; partly met; partially met; missed; not achieved; partly achieved; partially achieved; not complete; "
    "not completed; incomplete; partly complete; partially complete; mostly complete; nearly complete; part complete; "
    "not delivered; not done; slipped; slipping; late; behind; behind target; ahead; ahead of schedule; on schedule; "
    "on time; on course; revised; rescheduled; rolled forward; carried forward; superseded; green; amber; red; blue; "
    "grey; amber green; amber red; green amber; red amber; data not available; true; false; pass; passed; fail; failed"
)
"""What lists write besides, in the place of a milestone, for how it stands."""

EVERY_QUARTER = (
    "quarterly; every quarter; monthly; each quarter; q; m; weekly; daily; quarter; month; continuous; "
    "all; monthly/quarterly; monthly / quarterly; bi-monthly; every month; per "
    "quarter; each month"
)
TWICE_A_YEAR = (
    "half yearly; half-yearly; six monthly; 6 monthly; twice a year; six-monthly; every six months; "
    "biannual; bi-annual; biannually; bi-annually; half year; 6-monthly; twice yearly; semi-annual"
)
ONCE_A_YEAR = (
    "annual; annually; yearly; a; once a year; every year; year end; year-end; end of year; per year; y; "
    "annual (year end); each year"
)
"""How often lists say that a measure is reported."""

BASES: Mapping[Basis, str] = {
    Basis.QUARTER: (
        "quarter; quarterly; in quarter; in-quarter; discrete; not cumulative; non-cumulative; no; n; "
        "snapshot; point in time; noncumulative; rolling; rolling year; rolling 12 months; rolling average; "
        "period"
    ),
    Basis.YEAR_TO_DATE: (
        "cumulative; year to date; ytd; yes; y; cumulative ytd; running total; year-to-date; cumul; c"
    ),
    Basis.YEAR_TO_DATE_RATE: (
        "year-to-date rate; cumulative rate; cumulative %; ytd rate; cumulative percentage; year to date "
        "rate; ytd average; cumulative average; ytd %"
    ),
    Basis.LATEST: "latest available; latest; annual; annual snapshot; latest data; lagged",
}
"""What lists write for what a figure covers."""

OF_AN_AREA = frozenset(("directorate", "department", "service", "division", "team", "unit", "section"))
OF_A_THEME = frozenset(("priority", "theme", "pillar", "ambition", "goal", "objective", "aim"))
OF_AN_OUTCOME = frozenset(("outcome",))
"""Words by which a row that stands over others says what it names."""

BEGIN_COUNTS = ("number of", "no of", "no. of", "total", "count of", "how many", "# of")
PERCENTAGES = ("%", "percentage", "per cent", "percent", "% of", "pct")
"""How the names of measures begin that count something, or are in per cent."""
