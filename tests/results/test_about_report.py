"""A report says for whom it is and who made it, and a panel's report bears no other committee's meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ragtool.results.about_report import about_report
from small_report import PANEL, small_report


def test_it_says_what_the_plan_says_and_nothing_else() -> None:
    settings = replace(small_report().settings, organisation="Anytown", plan_title="Plan", report_author="Officer")
    whole = replace(settings, committee="Cabinet", meeting_date=date(2013, 11, 12), contact="", report_reference="")
    assert about_report(small_report(settings=whole)) == [
        "Anytown: Plan",
        "Committee: Cabinet",
        "Meeting date: 12 November 2013",
        "Report author: Officer",
    ]
    bare = replace(whole, plan_title="", committee="", meeting_date=None, report_author="")
    assert about_report(small_report(settings=bare)) == ["Anytown"]


def test_a_panels_report_is_the_panels_and_has_its_own_meeting() -> None:
    results = small_report()
    settings = replace(results.settings, committee="Cabinet", meeting_date=date(2013, 11, 12))
    own, *_ = results.panels
    for meets, told in ((None, False), (date(2013, 12, 3), True)):
        shares = (replace(own, panel=PANEL, meeting_date=meets),)
        facts = about_report(replace(results, panel=PANEL, settings=settings, panels=shares))
        assert f"Committee: {PANEL}" in facts
        assert ("Meeting date: 3 December 2013" in facts) == told
        assert not any("Cabinet" in fact or "November" in fact for fact in facts)
