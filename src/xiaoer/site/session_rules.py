"""How long a session lives: it ends when nobody used it for a while, and some hours after signing in."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from xiaoer.site.settings import SESSION_HOURS

if TYPE_CHECKING:
    from xiaoer.site.models import Person

IDLE_MINUTES = 60
NOTED_EVERY_SECONDS = 60  # how old the last note may be before another is written
STARTED, SEEN = "started_at", "seen_at"


class SessionRules:
    """Middleware; stands right behind the one that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out whose time is over; else note that the session was used."""
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            started, seen = request.session.get(STARTED), request.session.get(SEEN)
            if over(now, started=started, seen=seen) or ended_for(request.user, started):
                logout(request)
            elif now - seen >= NOTED_EVERY_SECONDS:
                request.session[SEEN] = now
        return self.get_response(request)


def begin(request: HttpRequest) -> None:
    """Note that a session begins now."""
    request.session[STARTED] = request.session[SEEN] = timezone.now().timestamp()


def ended_for(person: "Person", started: float) -> bool:
    """Return whether all sessions of the person were ended since this one began."""
    return person.sessions_ended_at is not None and started <= person.sessions_ended_at.timestamp()


def over(now: float, *, started: float | None, seen: float | None) -> bool:
    """Return whether a session has ended; one that never noted its beginning has."""
    if started is None or seen is None:
        return True
    idle, lived = timedelta(seconds=now - seen), timedelta(seconds=now - started)
    return idle >= timedelta(minutes=IDLE_MINUTES) or lived >= timedelta(hours=SESSION_HOURS)
