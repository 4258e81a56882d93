"""The command line: reads what was asked, calls one action, shows its page; exits with 0, 1 or 2."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from xiaoer import __version__
from xiaoer.actions.commands import Command
from xiaoer.actions.misuse import misused, say_issues
from xiaoer.actions.terminal import Progress, Where, called_as, complain, json_line, show, tell
from xiaoer.actions.wording import word
from xiaoer.base.data_url import url_of
from xiaoer.base.environment import home_at, read_environment
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue
from xiaoer.cli.appraise import appraise_group
from xiaoer.cli.calls import calls_group
from xiaoer.cli.corrections import correct_group, corrections_group
from xiaoer.cli.imports import imports_group
from xiaoer.cli.inspect import inspect_group
from xiaoer.cli.live import live_feed
from xiaoer.cli.metrics import metrics_group
from xiaoer.cli.people import people_group
from xiaoer.cli.plan import plan_group
from xiaoer.cli.reconcile import reconcile
from xiaoer.cli.settings import settings_group
from xiaoer.cli.views import views_group
from xiaoer.cli.words import (
    Format,
    From,
    Json,
    Metric,
    Output,
    Shop,
    Snapshot,
    To,
    first_language,
    group,
    listed,
    told,
    where,
)

if TYPE_CHECKING:  # the texts of messages take longer to load than a help text should wait
    from xiaoer.base.language import Language

app = group("xiaoer")
app.add_typer(imports_group, name="imports", help=told("imports"))
app.add_typer(metrics_group, name="metrics", help=told("metrics"))
app.add_typer(views_group, name="views", help=told("views"))
app.add_typer(settings_group, name="settings", help=told("settings"))
app.add_typer(calls_group, name="calls", help=told("calls"))
app.add_typer(inspect_group, name="inspect", help=told("inspect"))
app.add_typer(appraise_group, name="appraise", help=told("appraise"))
app.add_typer(plan_group, name="plan", help=told("plan"))
app.add_typer(correct_group, name="correct", help=told("correct"))
app.add_typer(corrections_group, name="corrections", help=told("corrections"))
app.add_typer(people_group, name="people", help=told("people"))

Policy = Annotated[str | None, typer.Option("--policy", help=told("--policy"), metavar="P")]
Engine = Annotated[str, typer.Option("--engine", help=told("--engine"), metavar="E")]

STOPPED = 130  # what shells give for Ctrl-C
DEMO_HOME = Path("xiaoer-demo")


@dataclass(frozen=True)
class Reader:
    """Whose data, and in which language."""

    folder: Path
    language: "Language"
    chose_home: bool

    @cached_property
    def home(self) -> Path:
        """Return the data folder; of one in a bucket the folder that stands in for it, made up to date first."""
        if url_of(self.folder) is not None:
            from xiaoer.actions.home import bring_up_to_date

            bring_up_to_date(self.folder)
        return self.folder


def _version(asked: bool) -> None:
    if asked:
        tell(f"xiaoer {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", help=told("--version"), is_eager=True, callback=_version)]


@app.callback()
def globals_(
    ctx: typer.Context,
    home: Annotated[str | None, typer.Option("--home", help=told("--home"), metavar="DIR")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help=told("--lang"), metavar="zh|en")] = None,
    version: Version = False,
) -> None:
    """Take the global options, which stand before the command."""
    found = read_environment()
    if lang not in (None, "zh", "en"):
        raise ReportableError.of("cli.unknown_language", values={"found": str(lang)[:40]})
    language: Language = found.language if lang is None else "en" if lang == "en" else "zh"
    folder = home_at(home) if home else found.home
    ctx.obj = Reader(folder, language, chose_home=home is not None or found.chose_home)


@app.command(cls=Command, help=told("demo"))
def demo(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", help=told("--out"), metavar="DIR")] = None,
    messages: Annotated[int | None, typer.Option("--messages", help=told("--messages"), metavar="N")] = None,
    as_json: Json = False,
) -> None:
    """Simulate, import, report."""
    from xiaoer.actions.demo import demo as run
    from xiaoer.actions.simulated_shop import Size

    reader: Reader = ctx.obj
    home = reader.home if reader.chose_home else DEMO_HOME  # a shop that does not exist stays out of the real ones
    size = Size() if messages is None else Size(messages=messages)
    with Progress(reader.language) as said:
        made = run(home, out or home, reader.language, say=said.line, progress=said.advance, size=size)
    show(made.page, Where(json=as_json))
    if not as_json:
        program = called_as()
        tell("\n".join(["", *(line.replace("  xiaoer ", f"  {program} ", 1) for line in made.next_lines)]))


@app.command("import", cls=Command, help=told("import"))
def import_(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help=told("PATH"), metavar="PATH...")],
    shop: Shop = None,
    platform: Annotated[str, typer.Option("--platform", help=told("--platform"), metavar="P")] = "auto",
    first: Annotated[str | None, typer.Option("--from", help=told("import --from"), metavar="D")] = None,
    last: Annotated[str | None, typer.Option("--to", help=told("import --to"), metavar="D")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=told("--dry-run"))] = False,
    as_json: Json = False,
) -> None:
    """Import files."""
    from xiaoer.actions.import_files import import_files
    from xiaoer.actions.import_pages import outcome_page, said_issues

    reader: Reader = ctx.obj
    with Progress(reader.language) as said:
        outcome = import_files(
            reader.home, paths, shop=shop or "", platform=platform, days=(first, last), dry_run=dry_run,
            language=reader.language, progress=said.advance,
        )  # fmt: skip
    show(outcome_page(outcome, reader.language), Where(json=as_json))
    for line in said_issues(outcome, reader.language):
        complain(line)
    raise typer.Exit(outcome.exit_code)


@app.command(cls=Command, help=told("report"))
def report(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    view: Annotated[str | None, typer.Option("--view", help=told("--view"), metavar="V")] = None,
    views: Annotated[str, typer.Option("--views", help=told("--views"), metavar="A,B")] = "",
    by: Annotated[str | None, typer.Option("--by", help=told("--by"), metavar="X,Y")] = None,
    metrics: Annotated[str, typer.Option("--metrics", help=told("--metrics"), metavar="A,B")] = "",
    policy: Policy = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    sort: Annotated[str | None, typer.Option("--sort", help=told("--sort"), metavar="METRIC")] = None,
    compare: Annotated[list[str] | None, typer.Option("--compare", help=told("--compare"), metavar="WHAT")] = None,
    intervals: Annotated[bool, typer.Option("--intervals", help=told("--intervals"))] = False,
    engine: Engine = "duckdb",
    as_json: Json = False,
) -> None:
    """Report."""
    from xiaoer.actions.render.deliver import must_hold_several
    from xiaoer.actions.report import report as made
    from xiaoer.actions.report import report_book
    from xiaoer.actions.report_wanted import ReportAsk

    ask = ReportAsk(
        first, last, shop, by=None if by is None else listed(by), metrics=listed(metrics), policy=policy,
        snapshot=snapshot, view=view, intervals=intervals, compare=listed(",".join(compare or ())), sort=sort,
        engine=engine,
    )  # fmt: skip
    goes = where(format_, output, as_json)
    if not views:
        show(made(ctx.obj.home, ask, ctx.obj.language), goes)
        return
    must_hold_several(goes.format or "table")
    show(report_book(ctx.obj.home, ask, listed(views), ctx.obj.language), goes)


@app.command(cls=Command, help=told("explain"))
def explain(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    metric: Metric,
    first: From,
    last: To,
    agent: Annotated[str | None, typer.Option("--agent", help=told("--agent"), metavar="A")] = None,
    shop: Shop = None,
    day: Annotated[str | None, typer.Option("--day", help=told("--day"), metavar="D")] = None,
    policy: Policy = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    load_adjusted: Annotated[bool, typer.Option("--load-adjusted", help=told("--load-adjusted"))] = False,
    engine: Engine = "duckdb",
    as_json: Json = False,
) -> None:
    """Explain a figure."""
    from xiaoer.actions.explain import explain as rows_behind
    from xiaoer.actions.explain_ask import ExplainAsk
    from xiaoer.actions.explain_load import explain_load

    ask = ExplainAsk(metric, first, last, agent, shop=shop, day=day, policy=policy, snapshot=snapshot, engine=engine)
    goes = where(format_, output, as_json)
    made = explain_load if load_adjusted else rows_behind
    show(made(ctx.obj.home, ask, ctx.obj.language), goes)


@app.command(cls=Command, help=told("filtered"))
def filtered(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: From,
    last: To,
    shop: Shop = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """List filtered contacts."""
    from xiaoer.actions.filtered import FilteredAsk
    from xiaoer.actions.filtered import filtered as made

    goes = where(format_, output, as_json)
    show(made(ctx.obj.home, FilteredAsk(first, last, shop, snapshot), ctx.obj.language), goes)


@app.command(cls=Command, help=told("unmatched"))
def unmatched(  # noqa: PLR0913 -- every option of a command is an argument
    ctx: typer.Context,
    first: Annotated[str | None, typer.Option("--from", help=told("--first"), metavar="D")] = None,
    last: Annotated[str | None, typer.Option("--to", help=told("--last"), metavar="D")] = None,
    shop: Shop = None,
    format_: Format = None,
    output: Output = None,
    snapshot: Snapshot = None,
    as_json: Json = False,
) -> None:
    """List orders without a known buyer."""
    from xiaoer.actions.unmatched import UnmatchedAsk
    from xiaoer.actions.unmatched import unmatched as made

    goes = where(format_, output, as_json)
    show(made(ctx.obj.home, UnmatchedAsk(first, last, shop, snapshot), ctx.obj.language), goes)


app.command(cls=Command, help=told("reconcile"))(reconcile)
app.command("live-feed", cls=Command, help=told("live-feed"))(live_feed)


@app.command(cls=Command, help=told("check"))
def check(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help=told("CATALOG_DIR"), metavar="CATALOG_DIR")],
    as_json: Json = False,
) -> None:
    """Check a catalog folder."""
    from xiaoer.actions.check_catalog import check_catalog

    language = ctx.obj.language
    found = check_catalog(folder, language)
    said = [say_issues([issue], language) for issue in found.issues]
    if as_json:
        issues = [
            {"code": i.code, "file": i.place.file, "line": i.place.line, "key": i.place.column, "text": text}
            for i, text in zip(found.issues, said, strict=True)
        ]
        tell(json_line({"files": found.files, "issues": issues}))
    elif not said:
        tell(word("catalog_good", language, folder=folder, files=found.files))
    else:
        complain("\n".join([*said, word("catalog_bad", language, number=len(said))]))
    raise typer.Exit(1 if said else 0)


@app.command(cls=Command, help=told("serve"))
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option("--host", help=told("--host"), metavar="H")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help=told("--port"), metavar="N", min=1, max=65535)] = 8000,
    home: Annotated[str | None, typer.Option("--home", help=told("--home"), metavar="DIR")] = None,
) -> None:
    """Serve the web site."""
    from xiaoer.site.place import site_at
    from xiaoer.site.serve import serve as run

    reader: Reader = ctx.obj if home is None else replace(ctx.obj, folder=home_at(home))
    site = site_at(reader.home, reader.language, host=host, port=port)
    run(site, host=host, port=port, say=lambda name, blanks: tell(word(name, reader.language, **blanks)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; only a bug of ours shows a traceback."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Return the exit code; whatever the reader can mend is said on the error stream in plain words."""
    language = first_language(arguments)
    command = typer.main.get_command(app)
    try:
        code = command.main(args=list(arguments), prog_name="xiaoer", standalone_mode=False)
    except ReportableError as error:
        complain(say_issues(error.issues, language))
        return 1
    except TyperException as error:
        return misused(error, language)
    except (KeyboardInterrupt, typer.Abort):
        complain(word("stopped", language))
        return STOPPED
    except BrokenPipeError:  # the reader closed the page, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a full disk, a terminal that is gone
        complain(
            say_issues([Issue("cli.not_written", values={"problem": error.strerror or type(error).__name__})], language)
        )
        return 1
    if code == STOPPED:
        complain(word("stopped", language))
    return code if isinstance(code, int) else 0
