"""Send what waits: marked before it is sent, tried again where it can not have arrived, never sent twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from xiaoer.site.alerts.deliver import Became, Outcome, deliver
from xiaoer.site.alerts.kinds import LASTING
from xiaoer.site.models import AlertEpisode, AlertMessage
from xiaoer.site.sealed import OtherKeyError, unseal

MINUTES_BETWEEN = (1, 5, 15, 60, 180)
OTHER_KEY = "other key"
AT_ONCE = 20  # a look at the rules comes in between
State = AlertMessage.State
Deliver = Callable[..., Outcome]


def send_due(now: datetime, *, by: Deliver = deliver) -> int:
    """Return how many messages were sent."""
    _release(now)
    sent = 0
    due = AlertMessage.objects.filter(state=State.WAITING, next_at__lte=now).order_by("id").select_related("address")
    for message in due[:AT_ONCE]:
        if message.address.ended_at is not None:
            _over(message, State.DROPPED, now, "address")
            continue
        if not AlertMessage.objects.filter(pk=message.pk, state=State.WAITING).update(state=State.SENDING):
            continue  # somebody else sends it
        sent += _sent(message, now, by)
    return sent


def note_interrupted(now: datetime) -> int:
    """Return how many messages were under way when the program ended: whether they arrived nobody knows."""
    return AlertMessage.objects.filter(state=State.SENDING).update(
        state=State.UNKNOWN, finished_at=now, problem="interrupted"
    )


def _sent(message: AlertMessage, now: datetime, by: Deliver) -> bool:
    try:
        outcome = by(unseal(message.address.secret), title=message.title, body=message.body)
    except OtherKeyError:
        outcome = Outcome(Became.REFUSED, OTHER_KEY)
    except Exception as fault:  # a bug in what sends; its text may name the address, so it is not kept
        outcome = Outcome(Became.UNKNOWN, type(fault).__name__)
    message.tries += 1
    if outcome.became is Became.SENT:
        _over(message, State.SENT, now)
        return True
    if outcome.became is Became.UNKNOWN:
        _over(message, State.UNKNOWN, now, outcome.why)
    elif outcome.became is Became.REFUSED or message.tries > len(MINUTES_BETWEEN):
        _over(message, State.FAILED, now, outcome.why)
    else:
        message.state, message.problem = State.WAITING, outcome.why
        message.next_at = now + timedelta(minutes=MINUTES_BETWEEN[message.tries - 1])
        message.save()
    return False


def _release(now: datetime) -> None:
    """Let messages go that quiet hours held back; of what was over by then nothing need be said."""
    for message in AlertMessage.objects.filter(state=State.HELD, next_at__lte=now).select_related("rule"):
        lasts = message.rule is not None and message.rule.kind in LASTING
        if not lasts or AlertEpisode.objects.filter(notice=message.notice, ended_at=None).exists():
            message.state = State.WAITING
            message.save()
        else:
            _over(message, State.DROPPED, now)


def _over(message: AlertMessage, state: str, now: datetime, problem: str = "") -> None:
    message.state, message.finished_at, message.problem = state, now, problem
    message.save()
