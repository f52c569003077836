"""What a command found and wrote, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ragtool.cli.saying import Voice, echo
from ragtool.cli.summary import (
    after_checking,
    after_consolidating,
    bold,
    inked,
    query_line,
    rating_lines,
    returns_line,
)
from ragtool.figures import how_many
from ragtool.model import Query

if TYPE_CHECKING:
    from ragtool.commands.check import Checked
    from ragtool.commands.consolidate import Consolidated
    from ragtool.commands.last_report import LastReport
    from ragtool.commands.new import NewFolder
    from ragtool.returns.marked import Annotated


def tell(outcome: Consolidated, voice: Voice) -> None:
    """What a run found and wrote, the workbook to open last."""
    for sentence in (*outcome.results.overview, *outcome.results.reconciliation):
        voice.tell(sentence)
    if voice.quiet and outcome.missing:
        voice.chase(f"Not received: {', '.join(outcome.missing)}.")
    if outcome.asked:
        voice.chase(f"{number_of_queries(outcome.asked)} to look at, on the report's Queries sheet.")
        for file, queries in by_file(outcome.asked).items():
            voice.chase(f"  {file}: {number_of_queries(queries)}")
    if outcome.stale:
        voice.chase(str(outcome.stale))
    tell_copies(outcome.copies, voice)
    tell_files(outcome, voice)
    voice.tell()
    for line in rating_lines(outcome.results.items):
        voice.tell(line)
    voice.tell(returns_line(outcome.expected - len(outcome.missing), outcome.expected))
    voice.tell(query_line(outcome.asked))
    voice.tell()
    voice.tell(after_consolidating(outcome))
    voice.tell(f"Open this workbook: {bold(str(outcome.report))}")


def tell_files(outcome: Consolidated, voice: Voice) -> None:
    """What was written beside the report, and what of it is odd."""
    if outcome.besides.pack:
        voice.tell(f"Committee pack: {outcome.besides.pack}")
    for path in outcome.besides.panels:
        voice.tell(f"Panel report: {path}")
    for path in outcome.pdfs.made:
        voice.tell(f"PDF: {path}")
    for remark in pdf_remarks(outcome):
        voice.chase(remark, err=True)
    for remark in kept_remarks(outcome):
        voice.chase(remark)


def pdf_remarks(outcome: Consolidated) -> list[str]:
    """Why no PDF was made, and which PDFs are of an earlier run."""
    anew = "To make it anew, run with --pdf."
    earlier = (f"Of an earlier run, so it may show other figures: {path}. {anew}" for path in outcome.pdfs.earlier)
    return [*earlier, *([outcome.pdfs.remark] if outcome.pdfs.remark else [])]


def kept_remarks(outcome: Consolidated) -> list[str]:
    """That the report in place is kept, since this run lacks returns that it had."""
    kept, lost = outcome.target.keep_as, ", ".join(outcome.target.lost)
    why = f"This run lacks returns that the report in place had ({lost}), so that is kept"
    return [f"{why}: {kept}"] if kept else []


def tell_checked(checked: Checked, voice: Voice) -> None:
    """What a check found, return by return."""
    tell_queries_by_file(checked.asked, voice)
    tell_copies(checked.copies, voice)
    for line in checked.lines:
        voice.tell(line)
    if checked.asked:
        voice.tell(query_line(checked.asked))
        voice.tell(after_checking(checked))
    else:
        tell_clean(checked, voice)


def tell_taken(made: NewFolder) -> None:
    """What of a list was taken for what, and what is to be looked at."""
    for line in made.lines:
        if line.heading:
            echo(f"  '{line.heading}' is {'kept' if line.aside else 'taken'} as {line.taken_as}.")
        else:
            echo(f"{f'Sheet {line.sheet}: ' if line.sheet else ''}{line.taken_as}")
    echo()
    tell_queries_by_file(made.queries, Voice())
    echo(f"Taken: {made.counted}. The plan's last sheet says all this too.")
    if made.queries:
        echo(query_line(made.queries))


def tell_queries_by_file(queries: Iterable[Query], voice: Voice) -> None:
    """Every query, under the file that it is about."""
    for file, of_file in by_file(queries).items():
        voice.chase(bold(f"{file}: {number_of_queries(of_file)}"))
        tell_queries(of_file, voice)
        voice.chase("")


def tell_last_report(last: LastReport) -> None:
    """Which report the next quarter goes on from, and what of it isn't final."""
    echo(f"Taken as the previous report: {last.path} ({'final' if last.final else 'a draft'}).")
    if last.later_draft:
        echo(
            f"{last.later_draft} is later, but a draft, so it isn't taken. If it is to be published, make it final "
            f'with ragtool consolidate "{last.path.parent}" --final, then run ragtool next again.'
        )


def tell_copies(copies: Sequence[Annotated], voice: Voice) -> None:
    """Where the marked copies are, and what is to be said of them."""
    for each in copies:
        if each.copy:
            voice.tell(f"Copy to correct: {each.copy}")
        if each.remark:
            voice.chase(each.remark)


def tell_clean(checked: Checked, voice: Voice) -> None:
    """That nothing is to be corrected, in how many returns for which quarter, and what comes next."""
    from ragtool.rules.words import listed

    quarters = listed([str(quarter) for quarter in sorted(checked.quarters)])
    voice.tell(f"Nothing to correct in {how_many(checked.returns, 'return')} for {quarters}.")
    for home in checked.homes:
        voice.tell(f'When all returns are in, run: ragtool consolidate "{home}"')
    if not checked.homes:
        voice.tell("There is no plan beside them: put them into their quarter's folder to check them against it.")


def tell_queries(queries: Iterable[Query], voice: Voice) -> None:
    """Every query on its own line."""
    for query in queries:
        voice.chase(f"{inked(query.severity.value, query.severity.value)}: {query}")


def number_of_queries(queries: Sequence[Query]) -> str:
    """How many queries there are: `1 query`, `3 queries`."""
    return f"{len(queries)} {'query' if len(queries) == 1 else 'queries'}"


def by_file(queries: Iterable[Query]) -> dict[str, list[Query]]:
    """Queries by the file that they are about, return by return."""
    files: dict[str, list[Query]] = {}
    for query in queries:
        files.setdefault(query.file, []).append(query)
    return files
