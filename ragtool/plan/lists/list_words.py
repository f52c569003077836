"""What councils call the columns of their own lists.

A list to look things up in, so it is longer than a module with anything to follow would be. Phrases are parted by `;`
and compared as sets of words: order, case, signs and the s of several don't matter. A field has ranks of phrases: where
two columns could be it, that of the earlier rank is, and two of one rank are a query.
"""

from __future__ import annotations

from collections.abc import Mapping

from ragtool import columns as c

WHAT_IT_IS_ABOUT = "what a row is about"
KIND_OF_ROW = "what kind of row it is"
QUARTER_ALONE = "a quarter and nothing else"
ASIDE = "nothing that a plan has"
"""Fields that a list has and a plan hasn't, or not as a column."""

Ranks = tuple[str, ...]

WORDS: Mapping[str, Ranks] = {
    c.KEY: (
        (
            "key; ref; reference; ref no; reference no; reference number; code; id; identifier; unique id; unique "
            "ref; unique reference; kpi ref; kpi code; kpi no; kpi number; kpi id; pi ref; pi code; pi no; pi "
            "number; pi id; indicator ref; indicator code; indicator no; indicator number; indicator id; "
            "indicator reference; measure ref; measure code; measure no; measure number; measure id; action ref; "
            "action code; action no; action number; action id; project ref; project code; project no; project id; "
            "action reference; plan ref; our ref; local ref; ni ref; pm ref; short code; key no"
        ),
        "kpi; pi; ni; lpi; spi; bvpi",
        "no; number; item no; line no; row; serial no; sr no; sl no",
    ),
    c.PART: (("part; part no; sub no; sub number; sub measure no; component no; part number"),),
    c.MEASURE: (
        (
            "measure; indicator; indicator name; measure name; performance indicator; performance measure; kpi "
            "name; kpi description; indicator description; measure description; indicator title; measure title; "
            "pi description; pi name; pi title; kpi title; key performance indicator; success measure; "
            "performance indicator description; performance indicator name; performance measure description; what "
            "we measure; how we measure it; measure of performance; short name; key measure; performance "
            "indicator title; indicator definition"
        ),
        "kpi; pi; metric; measure of success; success criteria; target measure",
    ),
    c.KEY_ACTION: (
        (
            "key action; action; action description; action name; action title; project; project name; project "
            "title; initiative; key activity; activity; key project; priority action; service plan action; what "
            "we will do; what will we do; improvement action; key task; programme; project description; action "
            "required; actions we will take; corporate plan action; key initiative; what we will deliver; what will we "
            "deliver; what will be delivered; what will be done; what we are going to do; project action; we will"
        ),
        ("commitment; pledge; promise; recommendation; task; workstream; work stream"),
    ),
    c.MILESTONE: (
        (
            "milestone; key milestone; milestone description; milestone name; milestone title; step; key step; "
            "deliverable; key deliverable; sub action; action step; stage; milestone deliverable; interim "
            "milestone"
        ),
        "task; output",
    ),
    WHAT_IT_IS_ABOUT: (
        ("description; title; name; detail; short description; full description; summary; subject; item; long name"),
    ),
    KIND_OF_ROW: ("type; kind; item type; row type; record type; measure or action",),
    c.NO: (("milestone no; milestone number; step no; milestone ref; milestone id; task no"), "no; number"),
    c.PART_DESCRIPTION: (
        (
            "part description; sub title; sub measure; sub indicator; component; sub measure description; part "
            "name; sub description; breakdown"
        ),
    ),
    c.THEME: (
        (
            "theme; priority; strategic priority; strategic theme; pillar; ambition; key priority; plan theme; "
            "priority theme; plan priority; priority area; goal; strategic goal; key theme; theme name; priority "
            "name; grid theme; perspective; pledge area"
        ),
        ("objective; strategic objective; key objective; aim; strategic aim; mission; objective name"),
    ),
    c.THEME_STATEMENT: (("theme statement; theme description; priority statement; priority description"),),
    c.OUTCOME_NO: (("outcome no; outcome number; outcome ref; outcome id; objective no; grid outcome no"),),
    c.OUTCOME: (
        (
            "outcome; plan outcome; intended outcome; priority outcome; strategic outcome; desired outcome; key "
            "outcome; outcome name; outcome title; outcome description"
        ),
        ("objective; strategic objective; key objective; aim; strategic aim; sub theme; sub priority; objective name"),
    ),
    c.OUTCOME_LEADS: ("outcome leads; outcome owner; outcome director",),
    c.PORTFOLIO_LEAD: (
        (
            "portfolio lead; portfolio; portfolio holder; cabinet member; cabinet portfolio; lead member; "
            "executive member; cabinet lead; member; lead councillor; councillor; portfolio holder name; "
            "executive lead; executive portfolio"
        ),
    ),
    c.OFFICER_LEAD: (
        (
            "officer lead; lead officer; responsible officer; owner; lead; accountable officer; responsible; "
            "measure owner; kpi owner; pi owner; indicator owner; action owner; responsible person; person "
            "responsible; responsible manager; manager; lead manager; named officer; officer; action lead; "
            "project lead; project manager; responsibility; who; delivery lead; accountable; milestone owner; "
            "officer responsible; assigned to; lead officer name; owner name; responsible lead; lead person; "
            "action by; who lead; led by"
        ),
        (
            "head of service; director; service manager; sro; senior responsible officer; senior responsible "
            "owner; lead director; contact; contact officer; data owner; sponsor; reporting officer"
        ),
    ),
    c.SERVICE_AREA: (
        (
            "service area; service; responsible service; service unit; business unit; owning "
            "service; service name; reporting service; responsible service area"
        ),
        ("department; division; dept; lead department; business area; responsible department"),
        "directorate; lead directorate; team; section; function; group; responsible team",
    ),
    c.CONTRIBUTING: (
        (
            "contributing service area; contributing service; supporting service; other service; partner service; "
            "supporting department; contributor; other department"
        ),
    ),
    c.PANEL: (
        (
            "panel; scrutiny panel; scrutiny committee; committee; overview scrutiny committee; scrutiny; "
            "overview scrutiny; overview scrutiny panel; policy committee; responsible committee; reporting "
            "committee; scrutiny board; select committee; lead committee; pdg; policy development group"
        ),
        "board",
    ),
    c.UNIT: (
        (
            "unit; unit measure; unit measurement; format; measured in; measure type; value type; measurement; "
            "number format; reported as; data format; measurement unit; unit type; uom"
        ),
        "data type; type",
    ),
    c.DECIMALS: ("decimals; decimal places; dp; decimal place",),
    c.BETTER_WHEN: (
        (
            "better when; better is; polarity; good is; is high or low good; good; good performance; "
            "good performance is; higher or lower better; desired direction; preferred direction; preferred "
            "direction travel; high low; good high low; maximise minimise; aim to maximise minimise; aim to "
            "maximise; aim to maximise or minimise; is high good; improvement direction; high good; high or low "
            "good; bigger or smaller better; direction of improvement; what is good; what good looks like; "
            "desired trend; max min; good to be high or low; better; high is good; low is good; higher is better; "
            "is higher or lower better; which way; which way is better"
        ),
        "aim; direction",
    ),
    c.BASIS: (
        (
            "basis; cumulative; cumulative or snapshot; calculation basis; reporting basis; cumulative or "
            "quarterly; cumulative ytd; data basis; calculation type"
        ),
    ),
    c.PROFILE: ("profile; target profile",),
    c.ANNUAL_TARGET: (
        (
            "target; annual target; year end target; target year; full year target; yearly target; target value; "
            "year target; current target; end of year target; target figure; performance target; target for year; "
            "annual goal; target set"
        ),
    ),
    c.RANGE_LOW: (
        (
            "range low; lower limit; lower bound; target low; target range low; low end; range minimum; lower end "
            "of range"
        ),
    ),
    c.RANGE_HIGH: (
        (
            "range high; upper limit; upper bound; target high; target range high; high end; range maximum; upper "
            "end of range"
        ),
    ),
    c.TARGET_PERIOD: ("target period",),
    c.THREE_YEAR_TARGET: (
        (
            "three year target; 3 year target; long term target; medium term target; 3 yr target; end of plan "
            "target; plan target; five year target; 5 year target; final target"
        ),
    ),
    c.STRETCH_TARGET: (("stretch target; stretch; stretched target; aspirational target; ambition target"),),
    c.INTERVENTION_LEVEL: (
        (
            "intervention level; tolerance; target tolerance; tolerance level; amber tolerance; allowed variance; "
            "acceptable variance; variance allowed; permitted variance"
        ),
    ),
    c.GREEN_WITHIN: ("green within; green tolerance",),
    c.RED_BEYOND: (
        (
            "red beyond; red threshold; red trigger; red limit; minimum target; floor target; minimum standard; "
            "floor; red if worse than; minimum acceptable"
        ),
    ),
    c.RED_BELOW: ("red below",),
    c.RED_ABOVE: ("red above",),
    c.BENCHMARK: (
        (
            "benchmark; national average; england average; comparator; nearest neighbour average; all england "
            "average; family group average; cipfa average; national benchmark; regional average; peer average; "
            "comparator average; statistical neighbour average; national figure; benchmark figure; benchmark "
            "value; average"
        ),
    ),
    c.BENCHMARK_IS: ("benchmark is; benchmark source; benchmark group; comparator group",),
    c.WEIGHT: ("weight; weighting",),
    c.REPORTED_IN: (
        (
            "reported in; frequency; reported; reporting frequency; frequency of reporting; reporting; reporting "
            "period; how often; collection frequency; periodicity; reporting cycle; frequency of collection; when "
            "reported; data frequency; collected; how often reported; collection interval; report frequency"
        ),
    ),
    c.DATA_SOURCE: (
        (
            "data source; source; source of data; source system; information source; data from; system; source of "
            "information; where data comes from; collection method"
        ),
    ),
    c.STATUS: (
        (
            "status; indicator status; measure status; kpi status; action status; project status; current status; "
            "state; milestone status; live; active"
        ),
    ),
    c.STARTS: (
        ("starts; start; start date; planned start; planned start date; date started; start by; commencement date"),
    ),
    c.FORMERLY: (("formerly; old ref; previous ref; former ref; old code; previous code; former key; old reference"),),
    c.ACTION_PLAN: ("action plan in place",),
    c.BUSINESS_PLAN: ("linked to business plan; business plan; in business plan; service plan",),
    c.DUE: (
        (
            "due; due date; deadline; target date; completion date; target completion date; complete by; "
            "completion by; by when; end date; finish date; planned end date; planned completion; planned "
            "completion date; timescale; timeframe; time scale; target completion; delivery date; expected "
            "completion; expected completion date; milestone date; due by; planned finish; planned finish date; "
            "when; finish; to be completed by; due quarter; original due date; original deadline; completion "
            "deadline; target end date; milestone due; milestone due date; target deadline; date; end"
        ),
        "by",
    ),
    c.REVISED_DUE: (
        (
            "revised due; revised date; revised due date; revised deadline; new date; new due date; revised "
            "completion date; revised target date; extended deadline; revised end date; new deadline"
        ),
    ),
    c.DECISION: ("decision; change agreed by",),
    c.HEAD_OF_SERVICE: (("head of service; service head; head; assistant director; head name"),),
    c.EMAIL: ("email; e mail; email address; contact email; e mail address",),
    c.REMIT: ("remit; terms of reference; panel remit; committee remit",),
    c.MEETING_DATE: ("meeting date; next meeting; date of meeting",),
    ASIDE: (
        (
            "actual; performance; result; outturn; value; baseline; rag; rag rating; rag status; comment; "
            "commentary; narrative; note; update; progress; progress update; direction of travel; dot; trend; "
            "variance; definition; rationale; risk; budget; cost; funding; resource; latest; ytd; quartile; "
            "evidence; percentage complete; date completed; actual completion date; completed on; "
            "last year; previous year; performance rag; actual performance; latest performance; current "
            "performance; rating; actual ytd; achieved; result ytd; performance against target; target met; "
            "latest update; latest comment; success; issue; current value; latest value; last update; actual "
            "text; target text; published rag; actual period; year end; outcome rag; forecast; year to date; "
            "supporting comment; month; history; average ytd; cumulative total"
        ),
    ),
}
"""The phrases of each field, by rank. Those that are `ASIDE` are known and kept as notes; so is what isn't known."""

ACHIEVED = (
    "actual; performance; result; outturn; value; achieved; actual performance; actual value; actual figure; actual "
    "result; performance result; performance outturn"
)
"""What stands beside a quarter's name where its figure is what was achieved."""

RATED = "rag; rag rating; rag status; rating; performance rag; published rag"
"""What stands there where it is how that was rated."""

NOT_PART_OF_A_PHRASE = frozenset(
    ("the", "of", "a", "an", "for", "and", "our", "to", "or", "in", "with", "corporate", "council", "name")
)
"""Words that make no difference to what a column is; where nothing else is left they count."""

NEVER_NEAR = frozenset(
    ("actual", "outturn", "rag", "result", "comment", "progress", "variance", "previous", "last", "baseline", "status")
    + ("update", "trend", "achieved", "met", "against", "forecast", "complete", "completed", "old")
    + ("red", "amber", "green")
)
"""Words with which a heading isn't taken as one of which it has all other words: `Actual against target`."""
