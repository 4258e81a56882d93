"""千牛's copied chat text: which nicks are the shop's is learned first, then the text is walked once."""

from collections.abc import Iterator

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat import Conversation, Nicks, message_table
from xiaoer.intake.chat.false_headers import FalseHeaders
from xiaoer.intake.chat.nicks import is_masked, mains_of
from xiaoer.intake.chat.qianniu import Dropped, cut, said_of, utterances
from xiaoer.intake.chat.text_lines import text_lines
from xiaoer.intake.encoding import head_text, is_text
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow

NAME = "qianniu_text"
MOST_NICKS = 100_000
MOST_SHOWN = 100  # enough to say that it is not clear which one is the shop's


def recognises(source: Source) -> bool:
    """Return whether the text has a header of a copied chat."""
    if not is_text(source.head) or source.head.lstrip()[:1] in (b"{", b"[", b"<"):
        return False
    lines = enumerate(head_text(source).splitlines(), 1)
    return next(utterances(lines, Dropped()), None) is not None


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of messages; a ReportableError when it is not clear which nick is the shop's."""
    false_headers = FalseHeaders()
    nicks = _learn(source, options, false_headers)
    yield message_table(NAME, source, _messages(source, options, nicks, no_headers=false_headers.lines))


def _learn(source: Source, options: ReadOptions, false_headers: FalseHeaders) -> Nicks:
    mains: set[str] = set()
    plain: set[str] = set()
    known: set[str] = set()
    masked = False
    for number, _, header in cut(text_lines(source)):
        if header is None:
            continue
        false_headers.look_at(number, header)
        for nick in (header.nick, header.to or ""):
            if nick in known:
                continue
            if len(known) < MOST_NICKS:
                known.add(nick)
            mains |= mains_of({nick}) | ({options.shop} & {nick})
            masked |= is_masked(nick)
            if len(plain) < MOST_SHOWN and Nicks().sender(nick) == "buyer" and not is_masked(nick):
                plain.add(nick)
    if mains:
        return Nicks(frozenset(mains))
    if len(plain) > 1:
        raise ReportableError.of("chat.who_is_shop", place=source.place(), values={"nicks": len(plain)})
    return Nicks(frozenset(plain) if masked else frozenset())


def _messages(
    source: Source, options: ReadOptions, nicks: Nicks, *, no_headers: frozenset[int]
) -> Iterator[TextRow | BadRow | Issue]:
    talk = Conversation(source, fallback_account=options.shop)
    dropped = Dropped()
    for utterance in utterances(text_lines(source), dropped, no_headers=no_headers):
        for said in said_of(utterance, nicks, dropped):
            yield from talk.take(said)
    yield from talk.finish()
    yield from talk.notes()
    if dropped.noise:
        yield Issue("chat.noise_left_out", Severity.NOTE, source.place(), {"count": dropped.noise})
    if dropped.before_first:
        yield Issue("chat.before_first", Severity.WARNING, source.place(), {"count": dropped.before_first})


READER = Reader(recognises, read)
