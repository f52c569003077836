"""What a command found and wrote, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ragtool.cli.saying import echo
from ragtool.figures import how_many

if TYPE_CHECKING:
    from ragtool.commands.check import Checked
    from ragtool.commands.consolidate import Consolidated
    from ragtool.commands.last_report import LastReport
    from ragtool.model import Query
    from ragtool.returns.marked import Annotated


def tell(outcome: Consolidated) -> None:
    """What a run found and wrote, the workbook to open last."""
    for sentence in (*outcome.results.overview, *outcome.results.reconciliation):
        echo(sentence)
    if outcome.asked:
        echo(f"{number_of_queries(outcome.asked)} to look at, on the report's Queries sheet.")
    if outcome.stale:
        echo(str(outcome.stale))
    tell_copies(outcome.copies)
    if outcome.besides.pack:
        echo(f"Committee pack: {outcome.besides.pack}")
    for path in outcome.besides.panels:
        echo(f"Panel report: {path}")
    for path in outcome.pdfs.made:
        echo(f"PDF: {path}")
    for path in outcome.pdfs.earlier:
        echo(f"Of an earlier run, so it may show other figures: {path}. To make it anew, run with --pdf.", err=True)
    if outcome.pdfs.remark:
        echo(outcome.pdfs.remark, err=True)
    if outcome.target.keep_as:
        lost = ", ".join(outcome.target.lost)
        echo(f"This run lacks returns that the report in place had ({lost}), so that is kept: {outcome.target.keep_as}")
    echo(f"Open this workbook: {outcome.target.report}")


def tell_last_report(last: LastReport) -> None:
    """Which report the next quarter goes on from, and what of it isn't final."""
    echo(f"Taken as the previous report: {last.path} ({'final' if last.final else 'a draft'}).")
    if last.later_draft:
        echo(
            f"{last.later_draft} is later, but a draft, so it isn't taken. If it is to be published, make it final "
            f'with ragtool consolidate "{last.path.parent}" --final, then run ragtool next again.'
        )


def tell_copies(copies: Sequence[Annotated]) -> None:
    """Where the marked copies are, and what is to be said of them."""
    for each in copies:
        if each.copy:
            echo(f"Copy to correct: {each.copy}")
        if each.remark:
            echo(each.remark)


def tell_clean(checked: Checked) -> None:
    """That nothing is to be corrected, in how many returns for which quarter, and what comes next."""
    from ragtool.rules.words import listed

    quarters = listed([str(quarter) for quarter in sorted(checked.quarters)])
    echo(f"Nothing to correct in {how_many(checked.returns, 'return')} for {quarters}.")
    for home in checked.homes:
        echo(f'When all returns are in, run: ragtool consolidate "{home}"')
    if not checked.homes:
        echo("There is no plan beside them: put them into their quarter's folder to check them against it.")


def number_of_queries(queries: Sequence[Query]) -> str:
    """How many queries there are: `1 query`, `3 queries`."""
    return f"{len(queries)} {'query' if len(queries) == 1 else 'queries'}"


def tell_queries(queries: Sequence[Query]) -> None:
    """Every query on its own line."""
    for query in queries:
        echo(f"{query.severity}: {query}")
