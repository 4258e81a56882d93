"""Who asks: a token of the Authorization header, with the scope that an address needs, within its limits."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from xiaoer.site.api.limits import Limit
from xiaoer.site.api.upload import let_files_in
from xiaoer.site.models import ApiToken
from xiaoer.site.tokens.changes import token_of

WRITES, READS = Limit(600), Limit(120)


class ScopeError(Exception):
    """The token may not do this."""


class TooOftenError(Exception):
    """The token asked too often; it may again after some seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Bearer(HttpBearer):
    """A token that has one scope."""

    def __init__(self, scope: str | None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token; None where it opens nothing, a ScopeError or TooOftenError where it opens less."""
        found = token_of(token.strip())
        if found is None:
            return None
        if self.scope is not None and self.scope not in found.scopes:
            raise ScopeError
        wait = (READS if request.method in ("GET", "HEAD") else WRITES).wait(found.pk)
        if wait:
            raise TooOftenError(wait)
        let_files_in(request, self.scope)
        return found
