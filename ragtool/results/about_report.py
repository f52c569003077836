"""For whom a report is and who made it, as far as the plan says."""

from __future__ import annotations

from datetime import date

from ragtool import columns as c
from ragtool.figures import show_day
from ragtool.results.results import Results


def about_report(results: Results) -> list[str]:
    """The plan, the committee and its meeting, author, reference and contact: what the Summary and a panel's Cover say.

    The committee of a panel's report is the panel, and the meeting its own.
    """
    settings = results.settings
    own = next((share for share in results.panels if share.panel == results.panel), None)
    meets = (own.meeting_date if own else None) if results.panel else settings.meeting_date
    known = {
        "Committee": results.panel or settings.committee,
        c.MEETING_DATE: show_day(meets) if isinstance(meets, date) else meets,
        "Report author": settings.report_author,
        "Report reference": settings.report_reference,
        "Contact": settings.contact,
    }
    plan = f"{settings.organisation}: {settings.plan_title}" if settings.plan_title else settings.organisation
    return [plan, *(f"{label}: {text}" for label, text in known.items() if text)]
