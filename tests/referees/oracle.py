"""An independent oracle: the rating rules once more, written from the rules' text alone.

It shares no line and no type with the package, imports nothing of it, and is as plain as can be:
dicts of strings in, dicts out, every figure a Fraction of the text that was typed. Where
`compare_rules.py` finds a difference, one of the two is wrong, and the rules' text decides which.

Quarters are whole numbers: year * 4 + (quarter - 1), so that q - 4 is the same quarter of last year.
"""

from fractions import Fraction
from typing import Any

Item = dict[str, Any]

GREEN, AMBER, RED, BLUE = "Green", "Amber", "Red", "Blue"
TBC, NOT_DUE, DATA_ONLY = "TBC", "Not due", "Data only"
NOT_RETURNED, NOT_AVAILABLE, ON_HOLD = "Not returned", "Not available", "On hold"
LEFT_OUT = (TBC, DATA_ONLY, NOT_DUE, NOT_AVAILABLE)


def number(text: str | None) -> Fraction | None:
    """The figure exactly as typed: '0.765' is 765/1000, never the nearest binary float."""
    return None if text is None else Fraction(text)


# --- key actions -----------------------------------------------------------------------------


def counted(milestone: Item, quarter: int, first_quarter: int | None) -> bool:
    """Does this milestone count in this quarter: due in it, or carried forward?"""
    if milestone["plan_status"] in ("Withdrawn", "Proposed"):
        return False
    due = milestone["due"]
    if milestone["revised_due"] is not None and milestone["decision"]:
        due = milestone["revised_due"]
    if due == quarter:
        return True
    if due > quarter:
        return False
    if first_quarter is not None and due < first_quarter:
        return False
    return not milestone["complete_in_earlier_report"]


def rate_key_action(item: Item, settings: Item, quarter: int) -> str | None:
    """The key action's rating; None once it stands in History only."""
    if item["status"] == "Closed":
        return None
    if item["ends"] is not None and quarter > item["ends"]:
        return None
    if item["status"] == "Under development":
        return TBC
    if item["status"] == "On hold":
        return ON_HOLD
    if item["status"] == "Complete":
        return str(settings["complete_shows_as"])
    if item["starts"] is not None and quarter < item["starts"]:
        return NOT_DUE
    if item["rated_by"] == "Officer":
        return item["own"] or NOT_RETURNED
    these = [m for m in item["milestones"] if counted(m, quarter, settings["first_quarter"])]
    if any(m["status"] == "Overdue" for m in these):
        return rate_by_share(these, settings)
    if any(m["status"] is None for m in these):
        return NOT_RETURNED
    if not these and not item["returned"]:
        return NOT_RETURNED
    if these:
        return by_concerns(these)
    choice = settings["no_milestones_due"]
    if choice == "Green":
        return GREEN
    if choice == "Previous rating":
        return item["previous_rating"] or NOT_DUE
    return NOT_DUE


def by_concerns(complete: list[Item]) -> str:
    """Green of milestones that are Complete, unless one has a quality concern, or an answer that can't be read."""
    concerns = [m["concern"] for m in complete]
    return AMBER if True in concerns else NOT_RETURNED if "unread" in concerns else GREEN


def rate_by_share(these: list[Item], settings: Item) -> str:
    """With a milestone Overdue: by the share of the counted ones that is Complete."""
    complete = [m for m in these if m["status"] == "Complete"]
    blank = [m for m in these if m["status"] is None]
    for_green = Fraction(settings["milestones_for_green"])
    for_amber = Fraction(settings["milestones_for_amber"])

    def by_share(number_complete: int) -> str:
        share = Fraction(number_complete, len(these))
        if share >= for_green:
            return by_concerns(complete)
        return AMBER if share >= for_amber else RED

    if blank:
        return RED if by_share(len(complete) + len(blank)) == RED else NOT_RETURNED
    return by_share(len(complete))


# --- measures --------------------------------------------------------------------------------


def target_now(item: Item, quarter: int) -> Fraction | str | None:
    """This quarter's target; None where there is none; 'not yet' where the annual one must wait."""
    q = quarter % 4 + 1
    own = number(item["targets"][q - 1])
    annual = number(item["annual"])
    if own is not None:
        return own
    if item["basis"] != "Year to date":
        return annual
    if annual is None:
        return None
    if item["profile"] == "Straight line":
        return annual * q / 4
    return annual if q == 4 else "not yet"


def shortfall(item: Item, actual: Fraction, target: Fraction | None) -> tuple[bool, Fraction | None]:
    """(met, signed shortfall); the shortfall is None where no share exists, that of a 0."""
    if item["better"] == "In range":
        low, high = number(item["low"]), number(item["high"])
        if low is not None and actual < low:
            return False, (low - actual) / abs(low) if low else None
        if high is not None and actual > high:
            return False, (actual - high) / abs(high) if high else None
        return True, Fraction(0)
    assert target is not None
    worse_by = target - actual if item["better"] in UPWARDS else actual - target
    met = worse_by < 0 if item["better"] in STRICT else worse_by <= 0
    return met, worse_by / abs(target) if target else None


UPWARDS, STRICT = ("Higher", "More than"), ("More than", "Less than")


def amount_missed(item: Item, actual: Fraction, target: Fraction | None) -> Fraction:
    """The distance of a figure that misses from its target or nearer bound: percentage points where the unit is %."""
    low, high = number(item["low"]), number(item["high"])
    if item["better"] != "In range":
        assert target is not None
        amount = abs(target - actual)
    elif low is not None and actual < low:
        amount = low - actual
    else:
        assert high is not None
        amount = actual - high
    return amount * 100 if item["unit"] == "%" else amount


def is_points(level: str) -> bool:
    return level.endswith(" points")


def missed_and_level(
    level: str, item: Item, actual: Fraction, target: Fraction | None, short: Fraction | None
) -> tuple[Fraction | None, Fraction]:
    """What a level is held against, and its size: points against the amount missed, a share against the shortfall."""
    if is_points(level):
        return amount_missed(item, actual, target), Fraction(level.removesuffix(" points"))
    return short, Fraction(level)


def stretch_now(item: Item, quarter: int) -> Fraction | None:
    """This quarter's stretch target: a quarter's part of it where the target itself is such a part."""
    stretch, q = number(item["stretch"]), quarter % 4 + 1
    on_a_line = item["basis"] == "Year to date" and item["profile"] and item["targets"][q - 1] is None
    if stretch is None or item["better"] == "In range":
        return None
    return stretch * q / 4 if on_a_line and item["annual"] is not None else stretch


def stretched(item: Item, actual: Fraction, quarter: int) -> bool:
    """Is the stretch target met, in the target's own direction?"""
    stretch = stretch_now(item, quarter)
    if stretch is None:
        return False
    better_by = actual - stretch if item["better"] in UPWARDS else stretch - actual
    return better_by > 0 if item["better"] in STRICT else better_by >= 0


def has_limit(item: Item) -> bool:
    """Does an absolute limit stand in place of the levels?"""
    sides = item["better"] == "In range" and (item["red_below"] is not None or item["red_above"] is not None)
    return bool(sides or item["red_beyond"] is not None)


def past_limit(item: Item, actual: Fraction) -> bool:
    """Is a figure that misses past the absolute limit? For Higher and Lower: beyond it on the worse side.

    A range has two worse sides. A limit at or under the range is the lower side's, one at or over it the upper side's:
    a figure that misses on the other side is never past it. One inside the range is passed by every miss.
    """
    low, high = number(item["low"]), number(item["high"])
    if item["better"] == "In range" and item["red_beyond"] is None:
        if low is not None and actual < low:
            return item["red_below"] is not None and actual < Fraction(item["red_below"])
        return item["red_above"] is not None and actual > Fraction(item["red_above"])
    limit = Fraction(item["red_beyond"])
    if item["better"] in UPWARDS:
        return actual < limit
    if item["better"] != "In range":
        return actual > limit
    if low is not None and actual < low:
        on_this_side = high is None or limit < high or limit == low
        return on_this_side and actual < limit
    on_this_side = low is None or limit > low or limit == high
    return on_this_side and actual > limit


def by_level(missed: Fraction, level: Fraction, settings: Item, improved: bool) -> str:
    """Amber or Red of what is missed and isn't Green."""
    if missed < level or (missed == level and settings["at_level"] == "Amber"):
        return AMBER
    return AMBER if settings["amber_needs_improvement"] and improved else RED


def colour(met: bool, short: Fraction, level: Fraction, green: Fraction, settings: Item, improved: bool) -> str:
    """The rating of a shortfall, from Blue to Red, by levels that are shares."""
    blue = number(settings["blue_beyond"])
    if blue is not None and -short > blue:
        return BLUE
    if met or short <= green:
        return GREEN
    return by_level(short, level, settings, improved)


def colour_of_figure(
    item: Item, actual: Fraction, target: Fraction | None, rated: tuple[bool, Fraction | None], settings: Item, up: bool
) -> str:
    """The rating of a figure held against its target or range by the measure's levels; `up`: it improved."""
    met, short = rated
    level = item["level"] if item["level"] is not None else settings["level"]
    green = item["green_within"] if item["green_within"] is not None else settings["green_within"]
    blue = number(settings["blue_beyond"])
    if blue is not None and short is not None and -short > blue:
        return BLUE
    if met:
        return GREEN
    if actual == target:  # which must be bettered: nothing is missed, and Green within says nothing of it
        return by_level(Fraction(0), Fraction(level.removesuffix(" points")), settings, up)
    missed, size = missed_and_level(green, item, actual, target, short)
    if missed is not None and missed <= size:
        return GREEN
    missed, size = missed_and_level(level, item, actual, target, short)
    return RED if missed is None else by_level(missed, size, settings, up)


def rate_figure(item: Item, settings: Item, quarter: int, improved: bool = False) -> Item:
    """A measure without parts, or one part: {'rating', 'short', 'met'}; rating None: History only."""
    nothing: Item = {"short": None, "met": None}
    state = closed_or_waiting(item, quarter)
    if state:
        return {"rating": state[0], **nothing}
    target: Fraction | None = None
    if item["better"] == "In range":
        if item["low"] is None and item["high"] is None:
            return {"rating": TBC, **nothing}
    else:
        found = target_now(item, quarter)
        if found == "not yet":
            return {"rating": NOT_DUE, **nothing}
        if found is None:
            return {"rating": TBC, **nothing}
        assert isinstance(found, Fraction)
        target = found
    if item["data_status"] == "Not available":
        return {"rating": NOT_AVAILABLE, **nothing}
    typed = item["last_figure"] if item["data_status"] == "No newer data" else item["actual"]
    actual = number(typed)
    if actual is None:
        return {"rating": NOT_RETURNED, **nothing}
    met, short = shortfall(item, actual, target)
    if stretched(item, actual, quarter):
        rating = BLUE
    elif met or not has_limit(item):
        rating = colour_of_figure(item, actual, target, (met, short), settings, improved)
    else:
        rating = RED if past_limit(item, actual) else AMBER
    return {"rating": rating, "short": short, "met": met}


def closed_or_waiting(item: Item, quarter: int) -> tuple[str | None] | None:
    """The states that need no figure; a 1-tuple, since None is a state of its own (History only)."""
    if item["status"] == "Closed" or (item["ends"] is not None and quarter > item["ends"]):
        return (None,)
    if item["status"] == "Under development":
        return (TBC,)
    if item["status"] == "Data only":
        return (DATA_ONLY,)
    if item["starts"] is not None and quarter < item["starts"]:
        return (NOT_DUE,)
    if item["reported_in"] and quarter % 4 + 1 not in item["reported_in"]:
        return (NOT_DUE,)
    return None


def rate_index(item: Item, settings: Item, quarter: int, improved: bool = False) -> Item:
    """A measure with parts: {'rating', 'short'}."""
    parts = [rate_figure(part, settings, quarter) for part in item["parts"]]
    result: Item = {"short": None}
    state = closed_or_waiting(item, quarter)
    if state:
        return {"rating": state[0], **result}
    living = [(p, r) for p, r in zip(item["parts"], parts, strict=True) if r["rating"] is not None]
    if any(r["rating"] == NOT_RETURNED for _, r in living):
        return {"rating": NOT_RETURNED, **result}
    rated = [(p, r) for p, r in living if r["rating"] not in LEFT_OUT]
    if not rated:
        states = {r["rating"] for _, r in living}
        if TBC in states:
            return {"rating": TBC, **result}
        return {"rating": states.pop() if len(states) == 1 else NOT_DUE, **result}
    if any(r["short"] is None and not r["met"] for _, r in rated):
        return {"rating": RED, **result}
    shorts = [Fraction(0) if r["short"] is None else r["short"] for _, r in rated]
    method = item["index_method"] or settings["index_method"]
    if method == "Mean":
        short = sum(shorts, Fraction(0)) / len(shorts)
    elif method == "Capped mean":
        short = sum((max(s, Fraction(0)) for s in shorts), Fraction(0)) / len(shorts)
    elif method == "Worst part":
        short = max(shorts)
    else:
        weights = [Fraction(p["weight"] if p["weight"] is not None else "1") for p, _ in rated]
        if not sum(weights):  # a mean of parts that weigh nothing doesn't exist: no part is left
            return {"rating": TBC if any(r["rating"] == TBC for _, r in living) else NOT_DUE, **result}
        short = sum((s * w for s, w in zip(shorts, weights, strict=True)), Fraction(0)) / sum(weights)
    own_level, own_green = item["level"], item["green_within"]
    level = Fraction(settings["level"] if own_level is None or is_points(own_level) else own_level)
    green = Fraction(settings["green_within"] if own_green is None or is_points(own_green) else own_green)
    return {**result, "rating": colour(short <= 0, short, level, green, settings, improved), "short": short}


def escalated(published: str | None, earlier: list[Item], quarter: int, after: int) -> bool:
    """Red now and in the `after` - 1 quarters before; quarters in which nothing was due are passed over.

    `earlier` are its rows of earlier quarters, each with `quarter` and the published `rating`.
    """
    if published != RED:
        return False
    ratings = {row["quarter"]: row["rating"] for row in earlier}
    reds, q = 1, quarter - 1
    while ratings.get(q) in (RED, NOT_DUE):
        reds += ratings[q] == RED
        q -= 1
    return reds >= after


# --- whose rating counts ---------------------------------------------------------------------

WORSENESS = {BLUE: -1, GREEN: 0, NOT_DUE: 0, AMBER: 1, RED: 2}


def publish(rule: str, own: str | None, reason: str | None, override: Item | None) -> Item:
    """{'published', 'by', 'contradiction', 'query'} of a rule's rating and an officer's."""
    result: Item = {"published": rule, "by": "Rule", "contradiction": False, "query": False}
    if own is not None:
        ranked = rule in WORSENESS
        result["contradiction"] = WORSENESS[own] != WORSENESS[rule] if ranked else own != rule
        if ranked and WORSENESS[own] > WORSENESS[rule]:
            if reason:
                result.update(published=own, by="Declared")
            else:
                result["query"] = True
    if override is not None:
        if all(override.get(k) for k in ("rating", "reason", "approved_by", "date")):
            result.update(published=override["rating"], by="Override")
        else:
            result["query"] = True
    return result


# --- direction of travel ---------------------------------------------------------------------


def compare_figures(now: Fraction, then: Fraction, better: str, tolerance: Fraction) -> str:
    """Better, Worse or Same by polarity; the tolerance is a share of the earlier figure."""
    change = now - then if better in UPWARDS else then - now
    if change == 0 or (then != 0 and abs(change) <= tolerance * abs(then)):
        return "Same"
    return "Better" if change > 0 else "Worse"


def compare_shortfalls(now: Fraction, then: Fraction, tolerance: Fraction) -> str:
    """A shortfall is a share already: the tolerance is in its own points."""
    if abs(now - then) <= tolerance:
        return "Same"
    return "Better" if now < then else "Worse"


def compare_ratings(now: str, then: str) -> str:
    """Blue > Green > Amber > Red; Blue is what a plan may show a delivered one as."""
    order = {BLUE: -1, GREEN: 0, AMBER: 1, RED: 2}
    if order[now] == order[then]:
        return "Same"
    return "Better" if order[now] < order[then] else "Worse"


def by_shortfalls(item: Item) -> bool:
    """Do two quarters of this measure compare by shortfall rather than by figure?"""
    return bool(
        item.get("parts") or item["better"] == "In range" or (item["basis"] == "Year to date" and item["profile"])
    )


def what_compares(item: Item) -> str:
    return "short" if by_shortfalls(item) else "actual"


def moved(item: Item, now: Item, then: Item, tolerance: str) -> str:
    """Now against then, each with `actual`, `short` and what must be alike; both have what compares."""
    if any(now[k] != then[k] for k in ("unit", "better", "basis")):
        return "Not comparable"
    if by_shortfalls(item):
        return compare_shortfalls(now["short"], then["short"], Fraction(tolerance))
    return compare_figures(Fraction(now["actual"]), Fraction(then["actual"]), item["better"], Fraction(tolerance))


def improved_on_last_year(item: Item, now: Item, earlier: list[Item], quarter: int) -> bool:
    """Better than in the same quarter of last year, however little; not where that can't be told."""
    what = what_compares(item)
    for then in earlier:
        if then["quarter"] == quarter - 4 and now[what] is not None and then[what] is not None:
            return moved(item, now, then, "0") == "Better"
    return False


def direction(item: Item, now: Item, earlier: list[Item], quarter: int, tolerance: str) -> list[tuple[str, int]] | str:
    """[(word, since which quarter), ...] short before long, or one word where nothing is compared.

    `earlier` are its rows of earlier quarters, oldest first; a row's `period` is the quarter it was reported in where
    blank.
    """
    if item["data_status"] == "No newer data":
        return "No newer data"
    what = what_compares(item)
    if now[what] is None:
        return ""
    found = []
    others = [then for then in earlier if then[what] is not None and then["period"] != now["period"]]
    if item["basis"] == "Year to date" and not by_shortfalls(item):
        with_target = [then for then in earlier if then["short"] is not None and then["period"] != now["period"]]
        last = with_target[-1] if with_target and now["short"] is not None else None
        if last and last["quarter"] != quarter - 4:
            alike = all(now[k] == last[k] for k in ("unit", "better", "basis"))
            how = compare_shortfalls(now["short"], last["short"], Fraction(tolerance)) if alike else "Not comparable"
            found.append((how, last["quarter"]))
    elif others:
        found.append((moved(item, now, others[-1], tolerance), others[-1]["quarter"]))
    a_year_ago = [then for then in earlier if then["quarter"] == quarter - 4 and then[what] is not None]
    found += [(moved(item, now, then, tolerance), then["quarter"]) for then in a_year_ago]
    return list(dict.fromkeys(found)) or "New"


def direction_of_key_action(rating: str, earlier: list[Item], quarter: int) -> list[tuple[str, int]] | str:
    """The same for a key action's published rating, against its last rating and the same quarter of last year."""
    colours = (BLUE, GREEN, AMBER, RED)
    if rating not in colours:
        return ""
    rated = [then for then in earlier if then["rating"] in colours]
    found = [rated[-1]] if rated else []
    found += [then for then in rated if then["quarter"] == quarter - 4]
    return list(dict.fromkeys((compare_ratings(rating, then["rating"]), then["quarter"]) for then in found)) or "New"
