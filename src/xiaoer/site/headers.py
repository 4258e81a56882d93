"""What every answer tells the browser: run and load only what this site serves, frame it nowhere, keep no copy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the style sheet draws its marks from pictures written inside it
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class Headers:
    """Middleware; static files are answered before it and carry their own headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with the headers."""
        answer = self.get_response(request)
        answer["Content-Security-Policy"] = POLICY
        answer["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        answer["X-Frame-Options"] = "DENY"
        answer.setdefault("Cache-Control", "no-store")
        return answer
