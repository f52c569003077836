"""The palette can be read and told apart, by everyone and on every printer; a plan's own colours too."""

from __future__ import annotations

from itertools import combinations

import pytest

from plans import plan_of
from ragtool.errors import RagtoolError
from ragtool.looks.colours import READABLE, TOLD_APART, Sight, as_seen_with, contrast, in_grey, unlikeness
from ragtool.looks.palette import RATING_LOOKS, THEME_COLOURS, UNRATED, WHITE, fault_of_theme_colour, look_of_rating
from ragtool.model import Rating, Severity

RAG = (Rating.RED, Rating.AMBER, Rating.GREEN)
EASILY_TOLD = 20
"""An unlikeness that no one has to look for."""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#FFFFFF", 21),
        ("#FF0000", "#FFFFFF", 4.0),
        ("#00B050", "#FFFFFF", 2.87),
        ("#D4351C", "#FFFFFF", 4.86),
        ("#FFBF00", "#000000", 12.7),
        ("#777777", "#777777", 1),
    ],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.05)


def test_a_grey_stays_itself_however_it_is_seen():
    assert {in_grey("#808080"), *(as_seen_with(sight, "#808080") for sight in Sight)} == {"#808080"}
    assert in_grey("#FF0000") == "#4C4C4C"  # 0.299 of 255


def test_red_and_green_of_one_lightness_are_alike_to_who_lacks_red_or_green():
    red, green = "#B85C3D", "#6F7A3D"
    assert unlikeness(red, green) > 45
    assert unlikeness(*(as_seen_with(Sight.DEUTERANOPIA, each) for each in (red, green))) < 15


@pytest.mark.parametrize("look", [*RATING_LOOKS.values(), UNRATED])
def test_every_ratings_letters_can_be_read(look):
    assert contrast(look.ink, look.ground) >= READABLE


@pytest.mark.parametrize(("one", "other"), [*combinations(RAG, 2)])
def test_red_amber_and_green_are_told_apart_by_everyone(one, other):
    fills = [RATING_LOOKS[rating].fill for rating in (one, other)]
    assert contrast(*fills) >= TOLD_APART
    assert contrast(*map(in_grey, fills)) >= TOLD_APART
    for sight in Sight:
        assert unlikeness(*(as_seen_with(sight, fill) for fill in fills)) >= EASILY_TOLD, sight


def test_only_red_and_amber_are_loud():
    looks = {rating: look_of_rating(rating) for rating in Rating}
    assert {rating for rating, look in looks.items() if look.sign} == {Rating.RED, Rating.AMBER}
    assert len({look.sign for look in looks.values()}) == 3
    assert {rating for rating, look in looks.items() if look.fill} == {*RAG, Rating.BLUE}
    assert look_of_rating(Rating.BLUE).fill != look_of_rating(Rating.GREEN).fill


@pytest.mark.parametrize("colour", THEME_COLOURS)
def test_the_usual_themes_can_be_read_and_look_like_no_rating(colour):
    assert contrast(colour, WHITE) >= READABLE
    assert fault_of_theme_colour(colour) == ""


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("#FFD200", "White text can't be read on #FFD200: its contrast is 1.5 and has to be 4.5 or more."),
        ("#1f3864; #00A651", "White text can't be read on #00A651: its contrast is 3.2 and has to be 4.5 or more."),
        ("#C8102E", "#C8102E looks like the colour of a Red rating."),
        ("navy", "'navy' is not a colour."),
        ("#1F386", "'#1F386' is not a colour."),
        ("#1F3864, #5B2C6F", "'#1F3864, #5B2C6F' is not a colour."),
    ],
)
def test_a_palette_that_can_not_be_used_is_an_error_that_says_why(tmp_path, typed, problem):
    with pytest.raises(RagtoolError) as refused:
        plan_of(tmp_path, {"Palette": typed})
    (query,) = refused.value.queries
    assert (query.severity, query.problem) == (Severity.ERROR, f"Palette: {problem}")


def test_a_palette_is_read_in_its_order(tmp_path):
    assert plan_of(tmp_path, {"Palette": "#1f3864; #00703C ;#5B2C6F"}).settings.palette == (
        *("#1F3864", "#00703C", "#5B2C6F"),
    )


def test_a_palette_makes_no_return_outdated(tmp_path):
    plain, coloured = (plan_of(tmp_path, {"Palette": typed}).fingerprint for typed in (None, "#5B2C6F"))
    assert plain == coloured
