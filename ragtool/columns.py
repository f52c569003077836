"""Every sheet name and heading of every workbook, once.

Other programs rely on these texts, so none is ever renamed; a sheet may gain columns. Each `Sheet` gives its
headings in the order in which they are written; they are read back by their text, wherever they stand. A list to look
things up in, longer than a module with anything to follow would be: in two files, once would be nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar, NamedTuple


class Sheet(NamedTuple):
    """A sheet's name and its headings, in the order in which they are written."""

    name: str
    headings: tuple[str, ...]


ACTION_PLAN = "Action plan in place"
AGAINST_TARGET = "Against target"
AMBER = "Amber"
ANNUAL_TARGET = "Annual target"
AMBER_ITEMS = "Amber items"
APPROVED_BY = "Approved by"
BASIS = "Basis"
BENCHMARK = "Benchmark"
BENCHMARK_IS = "Benchmark is"
BETTER_WHEN = "Better when"
BUSINESS_PLAN = "Linked to business plan"
BY_WHEN = "By when"
CARRIED_FROM = "Carried forward from"
CELL = "Cell"
CHASE = "Chase"
COMMENTARY = "Commentary"
COMPLETE = "Complete"
COMPLETED_ON = "Completed on"
CONTRIBUTING = "Contributing service areas"
DATA_AS_AT = "Data as at"
DATA_SOURCE = "Data source"
DATA_STATUS = "Data status"
DATE = "Date"
DECIMALS = "Decimals"
DECISION = "Decision"
DESCRIPTION = "Description"
DETAIL = "Detail"
DIRECTION = "Direction"
DUE = "Due"
EMAIL = "Email"
ENDS = "Ends"
ENTRY = "Entry"
ESCALATED = "Escalated"
FIELD = "Field"
FIGURE = "Figure"
FILE = "File"
FIRST_DUE = "First due"
FORECAST = "Forecast"
FORMERLY = "Formerly"
FROM = "From"
GREEN = "Green"
GREEN_WITHIN = "Green within"
HEAD_OF_SERVICE = "Head of service"
HEADING_IN_LIST = "Heading in the list"
HIGHLIGHT = "Highlight"
INDEX_METHOD = "Index method"
INTERVENTION_LEVEL = "Intervention level"
KEY = "Key"
KEY_ACTION = "Key action"
KIND = "Kind"
MARK = "Mark"
LAST_FIGURE = "Last figure"
LAST_PERIOD = "Last period"
LAST_REPORTED = "Last reported"
MEASURE = "Measure"
MEASURES_FILLED = "Measures"
MEETING_DATE = "Meeting date"
MILESTONE = "Milestone"
MILESTONES_FILLED = "Milestones"
MILESTONES_LAST_QUARTER = "Milestones last quarter"
MILESTONES_THIS_QUARTER = "Milestones this quarter"
MILESTONES_DUE = "Milestones due"
MILESTONE_DUE = "Milestone due"
NEXT_MILESTONES = "Next milestones"
NAME = "Name"
NO = "No"
NOTES = "Notes"
NOW = "Now"
OF_THESE_COMPLETE = "Of these complete"
OF_THESE_ON_HOLD = "Of these on hold"
OFFICER_LEAD = "Officer lead"
OFFICER_LEADS = "Officer leads"
ORIGIN = "Origin"
OTHER = "Other"
OUTCOME = "Outcome"
OUTCOME_LEADS = "Outcome leads"
OUTCOME_NO = "Outcome no"
OVERDUE = "Overdue"
OWN_RATING = "Own rating"
PANEL = "Panel"
PANEL_KEY_ACTIONS = "Key actions"
PANEL_MEASURES = "Measures"
PART = "Part"
PART_DESCRIPTION = "Part description"
PERFORMANCE = "Performance"
PERIOD = "Period"
PORTFOLIO_LEAD = "Portfolio lead"
PORTFOLIO_LEADS = "Portfolio leads"
PROBLEM = "Problem"
PROFILE = "Profile"
PROGRESS = "Milestones, or performance against target"
QUALITY_CONCERN = "Quality concern"
QUARTER = "Quarter"
QUARTER_STARTS = "Quarter starts"
QUERIES = "Queries"
RAG = "RAG"
RAG_PREVIEW = "RAG preview"
RANGE_HIGH = "Range high"
RANGE_LOW = "Range low"
RATED_BY = "Rated by"
REASON = "Reason"
REASON_OWN = "Reason for own rating"
RATING = "Rating"
RECEIVED = "Received"
RED = "Red"
RED_ABOVE = "Red above"
RED_BELOW = "Red below"
RED_BEYOND = "Red beyond"
RED_ITEMS = "Red items"
REMIT = "Remit"
REPORTED_IN = "Reported in"
RESOLUTION = "Proposed resolution"
REVIEW = "Review"
REVISED_DATE = "Revised date"
REVISED_DUE = "Revised due"
REVISED_PERFORMANCE = "Revised performance"
ROWS_FOUND = "Rows found"
ROWS_PASSED_OVER = "Rows passed over"
ROWS_REFUSED = "Rows refused"
ROWS_USED = "Rows used"
RULE_RAG = "Rule RAG"
SERVICE_AREA = "Service area"
SETTING = "Setting"
SEVERITY = "Severity"
SHA256 = "SHA-256"
SHEET = "Sheet"
SHORTFALL = "Shortfall"
SIGNED_OFF_BY = "Signed off by"
SIGNED_OFF_ON = "Signed off on"
SOURCE = "Source"
STARTS = "Starts"
STATUS = "Status"
STRETCH_TARGET = "Stretch target"
TAKEN_AS = "Taken as"
TARGET = "Target"
TARGET_PERIOD = "Target period"
TARGET_QUARTERS = ("Target Q1", "Target Q2", "Target Q3", "Target Q4")
YEARS_TARGETS = (*TARGET_QUARTERS, ANNUAL_TARGET)
THEME = "Theme"
THEME_STATEMENT = "Theme statement"
THREE_YEAR_TARGET = "Three year target"
TIMES_CARRIED = "Times carried"
TREND = "Trend"
UNIT = "Unit"
VALUE = "Value"
WAS = "Was"
WEIGHT = "Weight"
WHAT_TO_DO = "What to do"
WHY = "Why"


class PlanSheets:
    """The sheets of corporate_plan.xlsx."""

    SETTINGS = Sheet("Settings", (SETTING, VALUE, NOTES))
    OUTCOMES = Sheet("Outcomes", (THEME, THEME_STATEMENT, OUTCOME_NO, OUTCOME, OUTCOME_LEADS))
    SERVICE_AREAS = Sheet("Service areas", (SERVICE_AREA, HEAD_OF_SERVICE, EMAIL, FORMERLY))
    KEY_ACTIONS = Sheet(
        "Key actions",
        (KEY, KEY_ACTION, THEME, OUTCOME_NO, PORTFOLIO_LEAD, OFFICER_LEAD, SERVICE_AREA, CONTRIBUTING, PANEL)
        + (ACTION_PLAN, BUSINESS_PLAN, RATED_BY, STATUS, STARTS, ENDS, FORMERLY),
    )
    MILESTONES = Sheet("Milestones", (KEY, NO, MILESTONE, SERVICE_AREA, DUE, REVISED_DUE, DECISION, STATUS))
    MEASURES = Sheet(
        "Measures",
        (KEY, PART, MEASURE, PART_DESCRIPTION, THEME, OUTCOME_NO, PORTFOLIO_LEAD, OFFICER_LEAD, SERVICE_AREA, PANEL)
        + (UNIT, DECIMALS, BETTER_WHEN, BASIS, PROFILE, *TARGET_QUARTERS, ANNUAL_TARGET, RANGE_LOW, RANGE_HIGH)
        + (TARGET_PERIOD, THREE_YEAR_TARGET, STRETCH_TARGET, INTERVENTION_LEVEL, GREEN_WITHIN, RED_BEYOND, RED_BELOW)
        + (RED_ABOVE, BENCHMARK, BENCHMARK_IS, INDEX_METHOD, WEIGHT, REPORTED_IN, DATA_SOURCE, STATUS, STARTS, ENDS)
        + (FORMERLY,),
    )
    PANELS = Sheet("Panels", (PANEL, REMIT, MEETING_DATE))
    EARLIER = Sheet("Earlier quarters", (QUARTER, KEY, PART, RAG, PERFORMANCE, TARGET, REVIEW))
    OVERRIDES = Sheet("Overrides", (QUARTER, KEY, RAG, REASON, APPROVED_BY, DATE))

    README = "Read me first"
    EXAMPLES = "Examples"
    LISTS = "Lists"
    """Sheets of which nothing is read: how to go about it, worked examples, and hidden what the drop-downs offer."""
    FROM_LIST = Sheet("Taken from the list", (FILE, SHEET, CELL, HEADING_IN_LIST, TAKEN_AS, PROBLEM, WHAT_TO_DO))
    """What a plan that was made from a list says of that. It is never read."""

    ALL = (SETTINGS, OUTCOMES, SERVICE_AREAS, KEY_ACTIONS, MILESTONES, MEASURES, PANELS, EARLIER, OVERRIDES)
    REQUIRED = (SETTINGS, OUTCOMES, SERVICE_AREAS)

    NAMED_ONCE: ClassVar[Mapping[str, str]] = {EARLIER.name: "History"}
    """What a sheet was called once: a name that Excel reserves for itself. It is still read."""


class ReturnSheets:
    """The sheets of a service area's return."""

    GUIDANCE = "Guidance"
    KEY_ACTIONS = Sheet(
        "Key actions",
        (KEY, KEY_ACTION, MILESTONES_DUE, COMPLETE, OVERDUE, RAG_PREVIEW, OWN_RATING, REASON_OWN, RESOLUTION)
        + (HIGHLIGHT, ACTION_PLAN, BUSINESS_PLAN),
    )
    MILESTONES = Sheet(
        "Milestones",
        (KEY, KEY_ACTION, NO, MILESTONE, DUE, CARRIED_FROM, LAST_REPORTED, STATUS, COMPLETED_ON, QUALITY_CONCERN)
        + (RESOLUTION, REVISED_DATE),
    )
    MEASURES = Sheet(
        "Measures",
        (KEY, PART, MEASURE, UNIT, BETTER_WHEN, BASIS, LAST_FIGURE, LAST_PERIOD, INTERVENTION_LEVEL, TARGET)
        + (PERFORMANCE, RAG_PREVIEW, SHORTFALL, TARGET_PERIOD, PERIOD, DATA_STATUS, DATA_AS_AT, DATA_SOURCE)
        + (OWN_RATING, REASON_OWN, RESOLUTION, BY_WHEN, HIGHLIGHT),
    )
    NEXT = Sheet("Next milestones", (KEY, MILESTONE, DUE))
    REVISIONS = Sheet("Revisions", (KEY, PART, QUARTER, REVISED_PERFORMANCE, REASON))
    SIGN_OFF = Sheet("Sign-off", (FIELD, ENTRY))
    ABOUT = Sheet("About this return", (FIELD, VALUE))

    TABLES = (KEY_ACTIONS, MILESTONES, MEASURES, NEXT, REVISIONS, SIGN_OFF)


AT_TIMES: Mapping[str, str] = {FORECAST: REASON_OWN, BENCHMARK: SHORTFALL}
"""Columns that a return has only where its plan asks for them, or has something to show there, and the column after
which each stands.
"""


def with_asked_columns(sheet: Sheet, wanted: Collection[str]) -> Sheet:
    """A sheet of a return with those of the columns `AT_TIMES` that are wanted and have a place on it."""
    headings = list(sheet.headings)
    for heading, after in AT_TIMES.items():
        if heading in wanted and after in headings:
            headings.insert(headings.index(after) + 1, heading)
    return Sheet(sheet.name, tuple(headings))


ENTRY_HEADINGS = {
    ReturnSheets.KEY_ACTIONS.name: (OWN_RATING, REASON_OWN, FORECAST, RESOLUTION, HIGHLIGHT, ACTION_PLAN)
    + (BUSINESS_PLAN,),
    ReturnSheets.MILESTONES.name: (STATUS, COMPLETED_ON, QUALITY_CONCERN, RESOLUTION, REVISED_DATE),
    ReturnSheets.MEASURES.name: (PERFORMANCE, PERIOD, DATA_AS_AT, DATA_STATUS, DATA_SOURCE, OWN_RATING, REASON_OWN)
    + (FORECAST, RESOLUTION, BY_WHEN, HIGHLIGHT),
    ReturnSheets.NEXT.name: ReturnSheets.NEXT.headings,
    ReturnSheets.REVISIONS.name: ReturnSheets.REVISIONS.headings,
    ReturnSheets.SIGN_OFF.name: (ENTRY,),
}
"""The columns of each sheet of a return that officers fill, Forecast where the plan asks for one; all others are
locked.
"""


IDENTIFIED_BY = {
    ReturnSheets.KEY_ACTIONS.name: (KEY,),
    ReturnSheets.MILESTONES.name: (KEY, NO, CARRIED_FROM),
    ReturnSheets.MEASURES.name: (KEY, PART),
    ReturnSheets.NEXT.name: (KEY, MILESTONE),
    ReturnSheets.REVISIONS.name: (KEY, PART, QUARTER),
    ReturnSheets.SIGN_OFF.name: (FIELD,),
}
"""The columns of each sheet of a return that say which row is which."""


TEMPLATE_VERSION = "1"
"""Goes up when a return written before can no longer be read in the same way."""


class SignOff:
    """The fields of a return's Sign-off sheet."""

    COMPLETED_BY = "Completed by"
    JOB_TITLE = "Job title"
    SIGNED_OFF_BY = "Signed off by"
    DATE = "Date"
    COMMENTS = "Comments"
    ALL = (COMPLETED_BY, JOB_TITLE, SIGNED_OFF_BY, DATE, COMMENTS)


class About:
    """The fields of a return's hidden identification sheet."""

    ORGANISATION = "Organisation"
    SERVICE_AREA = "Service area"
    QUARTER = "Quarter"
    PLAN_TITLE = "Plan title"
    TEMPLATE_VERSION = "Template version"
    PLAN_FINGERPRINT = "Plan fingerprint"
    FILLED_IN = "Filled in by ragtool"
    LAST_FIGURES = "Last figures shown"
    ALL = (ORGANISATION, SERVICE_AREA, QUARTER, PLAN_TITLE, TEMPLATE_VERSION, PLAN_FINGERPRINT, FILLED_IN, LAST_FIGURES)


class ReportSheets:
    """The sheets of the report, in the order of `ORDER`."""

    SUMMARY = "Summary"
    PAGE = "Report on a page"
    PAGE_LIST = Sheet(PAGE, (KEY, NAME, RATING, DIRECTION, WHY))
    """What stands beneath the page's grid, and says the same."""
    KEY_ACTIONS = Sheet(
        "Key actions",
        (THEME, OUTCOME, KEY, KEY_ACTION, RAG, WHY, DIRECTION, MILESTONE_DUE, STATUS, RESOLUTION, HIGHLIGHT)
        + (NEXT_MILESTONES, FORECAST, OFFICER_LEADS, PORTFOLIO_LEADS, ACTION_PLAN, BUSINESS_PLAN),
    )
    MEASURES = Sheet(
        "Measures",
        (THEME, OUTCOME, KEY, PART, MEASURE, RAG, PERFORMANCE, TARGET, SHORTFALL, AGAINST_TARGET, WHY, DIRECTION)
        + (RESOLUTION, BY_WHEN, HIGHLIGHT, OFFICER_LEADS, FORECAST, DATA_STATUS, PERIOD, TARGET_PERIOD)
        + (INTERVENTION_LEVEL, THREE_YEAR_TARGET, BENCHMARK, BENCHMARK_IS, PORTFOLIO_LEADS),
    )
    EXCEPTIONS = Sheet(
        "Exceptions",
        (REASON, KEY, DESCRIPTION, RAG, SERVICE_AREA, OFFICER_LEADS, DETAIL, RESOLUTION, DUE, REVISED_DATE),
    )
    MILESTONES = Sheet(
        "Milestones",
        (KEY, NO, MILESTONE, SERVICE_AREA, DUE, REVISED_DUE, STATUS, COMPLETED_ON, CARRIED_FROM, TIMES_CARRIED)
        + (QUALITY_CONCERN, RESOLUTION, REVISED_DATE, SOURCE),
    )
    NEXT_QUARTER = Sheet("Next quarter", (KEY, MILESTONE, DUE, SERVICE_AREA, FROM))
    HISTORY = Sheet("Quarterly history", (KEY, DESCRIPTION, DIRECTION, TREND))
    PANELS = Sheet("Panels", (PANEL, PANEL_KEY_ACTIONS, PANEL_MEASURES, RED, AMBER, GREEN, OTHER))
    GLOSSARY = Sheet("Glossary", (KEY, DESCRIPTION))
    RETURNS = Sheet(
        "Returns",
        (SERVICE_AREA, FILE, RECEIVED, SIGNED_OFF_BY, SIGNED_OFF_ON, MILESTONES_FILLED, MEASURES_FILLED)
        + (QUERIES, CHASE, SHA256),
    )
    QUERIES = Sheet("Queries", (FILE, SHEET, CELL, KEY, SEVERITY, PROBLEM, WHAT_TO_DO))
    REVISIONS = Sheet("Revisions", (QUARTER, KEY, PART, FIELD, WAS, NOW, REASON, SOURCE, ORIGIN))
    DATA = Sheet(
        "Data",
        (QUARTER, KIND, KEY, PART, DESCRIPTION, SERVICE_AREA, PANEL, RAG, RULE_RAG, PERFORMANCE, PERIOD, TARGET)
        + (TARGET_PERIOD, SHORTFALL, UNIT, BETTER_WHEN, BASIS, RANGE_LOW, RANGE_HIGH, INTERVENTION_LEVEL, RED_BEYOND)
        + (ESCALATED, MARK, GREEN_WITHIN, RED_BELOW, RED_ABOVE, STRETCH_TARGET, FORECAST, BENCHMARK, QUARTER_STARTS)
        + (WHY, SOURCE),
    )
    DATA_FOR_THE_NEXT_RUN = (FORMERLY, *YEARS_TARGETS, STATUS, DATA_STATUS, REASON, ORIGIN)
    """Columns of Data that stand after the others and aren't printed."""
    REGISTER = Sheet(
        "Milestone register",
        (KEY, NO, MILESTONE, SERVICE_AREA, FIRST_DUE, DUE, REVISED_DUE, DECISION, STATUS, COMPLETED_ON, TIMES_CARRIED)
        + (QUARTER,),
    )
    FOR_THE_NEXT_RUN = (DATA, MILESTONES, REGISTER, REVISIONS)
    """The sheets that the next run takes what was reported from."""
    ORDER = (
        SUMMARY,
        PAGE,
        KEY_ACTIONS.name,
        MEASURES.name,
        EXCEPTIONS.name,
        NEXT_QUARTER.name,
        HISTORY.name,
        PANELS.name,
        GLOSSARY.name,
        MILESTONES.name,
        RETURNS.name,
        QUERIES.name,
        REVISIONS.name,
        DATA.name,
        REGISTER.name,
    )
    """The sheets that are read first, then the working sheets."""


class PackSheets:
    """The sheets of the committee pack, in this order; the themes' own stand after the page, named as the themes."""

    BEFORE_THEMES = (ReportSheets.SUMMARY, ReportSheets.PAGE)
    THEME_HEADINGS = (RAG, KEY, DESCRIPTION, DIRECTION, TREND, PROGRESS, COMMENTARY, OFFICER_LEADS)
    AFTER_THEMES = tuple(
        sheet.name
        for sheet in (ReportSheets.EXCEPTIONS, ReportSheets.HISTORY, ReportSheets.PANELS, ReportSheets.GLOSSARY)
    )


class PanelSheets:
    """The sheets of a scrutiny panel's focused report, in this order."""

    COVER = "Cover"
    PAGE = "Report on a page"
    KEY_ACTIONS = Sheet(
        "Key action summary",
        (THEME, OUTCOME, KEY, KEY_ACTION, RAG, FORECAST, WHY, DIRECTION, MILESTONES_LAST_QUARTER)
        + (MILESTONES_THIS_QUARTER, RESOLUTION, ACTION_PLAN, BUSINESS_PLAN, PANEL),
    )
    MEASURES = "Measures"
    HISTORY = "Quarterly history"
    GLOSSARY = "Glossary"
    ORDER = (COVER, PAGE, KEY_ACTIONS.name, MEASURES, HISTORY, GLOSSARY)


class Property:
    """The custom properties of a report's file, by which the next run knows it."""

    ORGANISATION = "Organisation"
    QUARTER = "Quarter"
    FINAL = "Final"

    @staticmethod
    def digest_of(sheet: Sheet) -> str:
        """The property that has the digest of a sheet, as it was written."""
        return f"{sheet.name} digest"
