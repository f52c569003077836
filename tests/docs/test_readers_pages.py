"""The pages for panel members and service leads: the letters, the sheets and the fields are those of the workbooks."""

from __future__ import annotations

import pytest

from docs.pages import page, section, tables, the_table
from ragtool import columns as c
from ragtool.looks.palette import look_of_rating
from ragtool.model import DataStatus, Rating

MEMBER, LEAD = page("panel-member.md"), page("service-lead.md")


def test_every_letter_stands_on_the_page_for_members_with_its_sign() -> None:
    told = {row["letter"]: row["sign"] for row in the_table(section(MEMBER, "The colours"))}
    assert set(told) == {rating.value for rating in Rating}
    for rating in Rating:
        assert look_of_rating(rating).signed("K1") == f"{told[rating.value]} K1".strip()


@pytest.mark.parametrize(
    ("heading", "sheets"),
    [
        ("Your panel's report", c.PanelSheets.ORDER),
        (
            "The committee pack",
            (*c.PackSheets.BEFORE_THEMES, "a sheet for each theme", *c.PackSheets.AFTER_THEMES),
        ),
    ],
)
def test_every_sheet_that_members_get_stands_there(heading: str, sheets: tuple[str, ...]) -> None:
    assert tuple(row["sheet"] for row in the_table(section(MEMBER, heading))) == sheets


def test_every_sheet_of_a_return_and_every_data_status_is_named_to_service_leads() -> None:
    for sheet in c.ReturnSheets.TABLES[1:]:
        assert sheet.name in LEAD
    assert all(status in LEAD for status in DataStatus if status is not DataStatus.FINAL)


def test_the_letters_told_to_service_leads_are_ratings() -> None:
    letters = next(rows for rows in tables(LEAD) if "letter" in rows[0])
    told = {letter for row in letters for letter in row["letter"].split(", ")}
    assert told == {rating.value for rating in Rating} - {Rating.ON_HOLD.value}
