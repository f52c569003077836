"""What each setting and column of corporate_plan.xlsx is for, in the words that the plan itself shows."""

from __future__ import annotations

from typing import NamedTuple

from ragtool import columns as c

S = c.PlanSheets


LOOK_AT_EXAMPLES = (
    "Look at the examples",
    "The sheet Examples shows one of each kind. Nothing on it is read: delete it when you no longer need it.",
)
STEPS = (
    (
        "Begin with what others name",
        "Fill in the Settings, the Outcomes, the Service areas and the Panels: the other sheets' drop-downs offer what "
        "stands there. Rest the pointer on a heading, or click on a cell, to see what it takes.",
    ),
    (
        "List what is reported",
        "List the key actions with their milestones, and the measures with their targets. Rows may stand in any order. "
        "Yellow headings are needed in every row, but a part takes from its measure what it leaves blank.",
    ),
    LOOK_AT_EXAMPLES,
    (
        "Keep the headings",
        "Delete no heading and rename none. Columns of your own are headed Note, Notes or Note for us, with any words "
        "after Note; any other that isn't read is queried. Sheets of your own are left alone.",
    ),
    (
        "Make the returns",
        "Run ragtool templates with this folder, and --quarter with the quarter to report, written as "
        '"2026/27 Q2" is. What is wrong in this plan is then reported cell by cell.',
    ),
)
"""How to go about it, each step with a name."""

HOW = "Yellow headings are needed in every row; rest the pointer on a heading to see what it takes."
NEEDED = "Yellow: needed."
"""The same on sheets that print several pages wide: as short as the columns that each of them repeats."""
ABOUT_SHEETS = {
    S.SETTINGS.name: "What holds for the whole plan. Where a value is blank, the usual one counts.",
    S.OUTCOMES.name: f"A row an outcome; its theme is written in each of them. {HOW}",
    S.SERVICE_AREAS.name: f"A row for each service area that sends a return. {HOW}",
    S.KEY_ACTIONS.name: f"A row a key action; its steps stand on Milestones. {NEEDED}",
    S.MILESTONES.name: f"A row a milestone of a key action. {HOW}",
    S.MEASURES.name: f"A row a measure, and one a part, which has the targets. {NEEDED}",
    S.PANELS.name: "A row for each scrutiny panel that gets a report of its own. It may stay empty.",
    S.EARLIER.name: "What was published before this tool was used. It may stay empty.",
    S.OVERRIDES.name: "Ratings that are published in place of the rule's; each needs every column. It may stay empty.",
}
"""What stands beneath each sheet's title."""


class Note(NamedTuple):
    """What to put in a column. `needed` says that no row can do without it."""

    text: str
    needed: bool = False


SETTINGS = {
    "Organisation": "The name printed at the head of the report and on every return.",
    "Plan title": "The plan whose key actions and measures are reported.",
    "Vision": "One sentence that is printed above the report on a page.",
    "Handling marking": "Printed on every page where it is filled in; blank means that the report is public.",
    "Committee": "The body that the report goes to.",
    c.MEETING_DATE: "The date of the Committee's meeting at which the report is considered.",
    "Report author": "The officer who answers questions about the report.",
    "Report reference": "The reference of the committee paper, if it has one.",
    "Contact": "The address that officers write to for help with their return.",
    "Return deadline": "The day by which every service area sends its return back.",
    "First quarter": "The first quarter of the plan, such as 2013/14 Q1; no milestone due before it is ever asked for.",
    "Financial year starts": "The month in which Quarter 1 begins.",
    "Intervention level": "A measure that misses its target by more than this share of the target is Red.",
    "At the intervention level": "Amber or Red: the rating of a measure that misses by exactly the intervention level.",
    "Index method": "How the parts of a measure make one: Mean, Capped mean, Worst part or Weighted mean.",
    "No milestones due": "The rating of a key action with no milestone due: Not due, Green or Previous rating.",
    "Direction tolerance": "A change between two periods up to this size counts as no change.",
    "Escalate after": "The number of quarters in a row that a measure must be Red before it is escalated.",
    "Green within": "A measure that misses its target by no more than this is still Green.",
    "Amber needs improvement": "Yes makes a measure past the intervention level Amber only if it improved on the same "
    "quarter of last year.",
    "Blue beyond": "A measure that beats its target by more than this is Blue; off means that Blue is not used.",
    "Palette": "The colours of the themes' bands, such as #1F3864; #5B2C6F: dark, since their text is white, and "
    "unlike Red, Amber and Green. Blank: the usual colours.",
    "Milestones for Green": "A key action with a milestone overdue is Green where at least this share of its "
    "milestones is complete; 100 % means never.",
    "Milestones for Amber": "A key action with a milestone overdue is Amber where at least this share of its "
    "milestones is complete, and Red below it; 100 % means never.",
    "Complete shows as": "Green or Blue: how a key action shows whose Status is Complete.",
    "Ask for a forecast": "Yes adds a column to the returns: the colour that the officer expects at the year's end. It "
    "never changes a rating.",
}

KEY = Note("Any text that is unique in the plan: K27a, A1.1, HS-07. Case and blanks don't matter.", True)
THEME = Note("A theme of the Outcomes sheet.", True)
OUTCOME_NO = Note("The number of an outcome within its theme, as on the Outcomes sheet.", True)
PORTFOLIO = Note("The portfolio, not a person's name. Several are parted by ;")
LEAD = Note("The officer's job title. Several are parted by ;")
AREA = Note("The service area that sends the return: one of the Service areas sheet.", True)
PANEL = Note("The scrutiny panel that it is allocated to, as on the Panels sheet. Several are parted by ;")
STARTS = Note("The quarter or day from which it is reported; blank: from the start.")
ENDS = Note("The last quarter or day in which it is reported; blank: to the end.")
FORMERLY = Note("The key that it had in earlier reports, if that has changed.")
WHEN = "A quarter such as 2013/14 Q2, or a date."

COLUMNS = {
    S.SETTINGS.name: {
        c.SETTING: Note("The setting's name. Don't change it."),
        c.VALUE: Note("What this plan uses. Blank: the usual value."),
        c.NOTES: Note("What the setting does. Yours to add to."),
    },
    S.OUTCOMES.name: {
        c.THEME: Note("A theme of the plan, once for each of its outcomes.", True),
        c.THEME_STATEMENT: Note("A sentence about the theme; it need stand only once."),
        c.OUTCOME_NO: Note("The outcome's number within its theme.", True),
        c.OUTCOME: Note("The outcome in words.", True),
        c.OUTCOME_LEADS: Note("The directors who answer for it. Several are parted by ;"),
    },
    S.SERVICE_AREAS.name: {
        c.SERVICE_AREA: Note("Each service area that sends a return.", True),
        c.HEAD_OF_SERVICE: Note("The job title of the officer who signs the return off."),
        c.EMAIL: Note("Where to chase a missing return."),
        c.FORMERLY: Note("The names it had, parted by ; A return under one of them is this area's."),
    },
    S.KEY_ACTIONS.name: {
        c.KEY: KEY,
        c.KEY_ACTION: Note("The key action in words.", True),
        c.THEME: THEME,
        c.OUTCOME_NO: OUTCOME_NO,
        c.PORTFOLIO_LEAD: PORTFOLIO,
        c.OFFICER_LEAD: LEAD,
        c.SERVICE_AREA: AREA,
        c.CONTRIBUTING: Note("Other service areas that answer for some of its milestones, parted by ;"),
        c.PANEL: PANEL,
        c.ACTION_PLAN: Note("Yes or No; the return is filled in with it."),
        c.BUSINESS_PLAN: Note("Yes or No; the return is filled in with it."),
        c.RATED_BY: Note("Milestones (the usual one), or Officer: its officer's own rating is published."),
        c.STATUS: Note(
            "Active (the usual one), Under development (shown as to be confirmed), Complete (delivered in an earlier "
            "quarter), On hold (not rated) or Closed."
        ),
        c.STARTS: STARTS,
        c.ENDS: ENDS,
        c.FORMERLY: FORMERLY,
    },
    S.MILESTONES.name: {
        c.KEY: Note("The key action that it belongs to.", True),
        c.NO: Note("Its number among the key action's milestones of the same quarter.", True),
        c.MILESTONE: Note("What will have been done.", True),
        c.SERVICE_AREA: Note("The service area that answers for it; blank: the key action's."),
        c.DUE: Note(f"When it is due. {WHEN}", True),
        c.REVISED_DUE: Note(f"When it was moved to. {WHEN} It counts only with a Decision."),
        c.DECISION: Note("Who decided to move or withdraw it, and when. Without this it stays due as before."),
        c.STATUS: Note("Active (the usual one), Proposed (not yet agreed: not asked for) or Withdrawn."),
    },
    S.MEASURES.name: {
        c.KEY: KEY,
        c.PART: Note("Blank for the measure itself; 1, 2 ... on a row for each of its parts, if it has any."),
        c.MEASURE: Note("The measure in words.", True),
        c.PART_DESCRIPTION: Note("The part in words. A part takes whatever it leaves blank from its measure."),
        c.THEME: THEME,
        c.OUTCOME_NO: OUTCOME_NO,
        c.PORTFOLIO_LEAD: PORTFOLIO,
        c.OFFICER_LEAD: LEAD,
        c.SERVICE_AREA: AREA,
        c.PANEL: PANEL,
        c.UNIT: Note("% or any text: visitors, £m, days. Shown with the figure."),
        c.DECIMALS: Note("How many decimals the report shows; blank: as many as were typed."),
        c.BETTER_WHEN: Note(
            "Higher, Lower or In range; More than or Less than where a figure at the target misses.", True
        ),
        c.BASIS: Note(
            "What the figure covers. Quarter (the usual one); Year to date, a running total; Year-to-date rate, a "
            "share of the year so far that may fall; Latest available, where figures come late."
        ),
        c.PROFILE: Note("Straight line spreads an annual target over the year, for Year to date."),
        **{
            name: Note(f"The target of Quarter {number}. For Year to date, the target by its end. 80% as 80 %.")
            for number, name in enumerate(c.TARGET_QUARTERS, 1)
        },
        c.ANNUAL_TARGET: Note("Used where there is no target for the quarter; Year to date: in Q4, or with a profile."),
        c.RANGE_LOW: Note("For In range: the lowest figure that is on target; blank: no lower end."),
        c.RANGE_HIGH: Note("For In range: the highest figure that is on target; blank: no upper end."),
        c.TARGET_PERIOD: Note("The period that the target is for; blank: the quarter reported."),
        c.THREE_YEAR_TARGET: Note("A figure, or words such as Top quartile; shown and not rated."),
        c.STRETCH_TARGET: Note("A figure better than every target: met, the measure is Blue."),
        c.INTERVENTION_LEVEL: Note(
            "This measure's own: 5 % of the target, or 5 points of its unit; blank: the setting's."
        ),
        c.GREEN_WITHIN: Note("This measure's own: 5 % of the target, or 5 points of its unit; blank: the setting's."),
        c.RED_BEYOND: Note("A figure in place of the level: missed is Amber as far as this, and Red past it."),
        c.RED_BELOW: Note(
            "For In range, in place of the level: below the range it is Amber as far as this, Red below it."
        ),
        c.RED_ABOVE: Note(
            "For In range, in place of the level: above the range it is Amber as far as this, Red above it."
        ),
        c.BENCHMARK: Note("A figure to compare with; shown beside the measure's own and not rated."),
        c.BENCHMARK_IS: Note("Whose the Benchmark is, and when: CIPFA neighbours 2024/25."),
        c.INDEX_METHOD: Note("How its parts make it, where that isn't the setting's: on the measure's row."),
        c.WEIGHT: Note("A part's weight for Weighted mean; blank: 1."),
        c.REPORTED_IN: Note("The quarters in which it is reported, such as Q2;Q4; blank: every quarter."),
        c.DATA_SOURCE: Note("Where its figures come from; the return is filled in with it."),
        c.STATUS: Note("Active (the usual one), Under development, Data only (shown without a rating) or Closed."),
        c.STARTS: STARTS,
        c.ENDS: ENDS,
        c.FORMERLY: FORMERLY,
    },
    S.PANELS.name: {
        c.PANEL: Note("Each scrutiny panel that gets its own report.", True),
        c.REMIT: Note("What the panel looks at, in a sentence."),
        c.MEETING_DATE: Note("The date of the panel's own meeting. Its report bears no other committee's."),
    },
    S.EARLIER.name: {
        c.QUARTER: Note("A quarter before this tool was used, such as 2012/13 Q4.", True),
        c.KEY: Note("The key action or measure.", True),
        c.PART: Note("The part; blank for the key action or measure itself."),
        c.RAG: Note("The rating that was published: R, A, G ..."),
        c.PERFORMANCE: Note("The figure that was published."),
        c.TARGET: Note("The target it was held against."),
        c.REVIEW: Note("The year's review in a few words, on a row of Quarter 4."),
    },
    S.OVERRIDES.name: {
        c.QUARTER: Note("The quarter whose rating is set.", True),
        c.KEY: Note("The key action or measure.", True),
        c.RAG: Note("The rating to be published in place of the rule's.", True),
        c.REASON: Note("Why. It is published.", True),
        c.APPROVED_BY: Note("Who approved it. It is published.", True),
        c.DATE: Note("The day on which it was approved.", True),
    },
}
