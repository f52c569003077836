"""How the notes begin that stand beneath what Guidance tells of the ratings: a return that comes back is known by them
to hold the template's notes there and not an officer's.
"""

from __future__ import annotations

from typing import Final

PREVIEWS: Final = "The previews follow "
BY_THE_OFFICER: Final = "Rated by you, "
KEY_ACTION: Final = "A key action with "
MEASURE: Final = "A measure showing "
LAST_YEAR: Final = "Last year's figures "
OWN_LIMITS: Final = "Measures with limits of their own: "

NOTES_BEGIN: Final = (PREVIEWS, BY_THE_OFFICER, KEY_ACTION, MEASURE, LAST_YEAR, OWN_LIMITS)
"""Each of them; one that a template no longer writes stays, for returns that were made with it."""
