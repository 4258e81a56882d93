"""A place in a bucket of an S3-compatible service: bytes and files by name, and names that only the first one gets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from xiaoer.base.data_url import DataUrl
from xiaoer.base.errors import ReportableError

ATTEMPTS, CONNECT_SECONDS, READ_SECONDS = 4, 5, 60  # each attempt waits up to twice as long as the one before
ANY_REGION = "us-east-1"  # services of one's own have none; a signature must name one all the same
MISSING = frozenset({"404", "NoSuchKey"})
TAKEN = frozenset({"412", "PreconditionFailed", "FileAlreadyExists", "ConditionalRequestConflict"})
BAD_KEYS = frozenset({"ExpiredToken", "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch"})
FORBIDDEN = frozenset({"401", "403", "AccessDenied", "Forbidden"})
# OSS and COS refuse If-None-Match of what is written, and have the same thing under names of their own.
FIRST_ONLY = {"x-oss-forbid-overwrite": "true", "x-cos-forbid-overwrite": "true"}


class Bucket:
    """What lies under one URL; each method tries again for a while, then a ReportableError says what is wrong."""

    def __init__(self, url: DataUrl, client: Any) -> None:  # noqa: ANN401 -- boto3 is not there for everyone
        self._url = url
        self._client = client
        self._own_spelling = False
        client.meta.events.register("before-call.s3.PutObject", self._spelled)

    def read(self, name: str) -> bytes | None:
        """Return what lies under a name; None where there is nothing."""
        found: bytes | None = self._unless_missing(lambda: self._client.get_object(**self._place(name))["Body"].read())
        return found

    def has(self, name: str) -> bool:
        """Return whether something lies under a name."""
        return self._unless_missing(lambda: self._client.head_object(**self._place(name))) is not None

    def first(self, folder: str) -> str | None:
        """Return the first name in a folder, in the order of names; None where it is empty."""
        with self._asked():
            found = self._client.list_objects_v2(
                Bucket=self._url.bucket, Prefix=self._url.prefix + folder, MaxKeys=1
            ).get("Contents")  # fmt: skip
        return str(found[0]["Key"]).removeprefix(self._url.prefix) if found else None

    def fetch(self, name: str, place: Path) -> None:
        """Write what lies under a name into a file, whole or not at all."""
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f"{place.name}.{uuid4().hex}.part")
        try:
            with self._asked(name), part.open("wb") as file:
                self._client.download_fileobj(self._url.bucket, self._url.prefix + name, file)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)

    def send(self, place: Path, name: str) -> None:
        """Lay a file under a name, in parts where it is large; it is there whole or not at all."""
        with self._asked(), place.open("rb") as file:
            self._client.upload_fileobj(file, self._url.bucket, self._url.prefix + name)

    def put(self, name: str, content: bytes) -> None:
        """Lay bytes under a name, in the place of what was there."""
        with self._asked():
            self._client.put_object(**self._place(name), Body=content)

    def create(self, name: str, content: bytes) -> bool:
        """Lay bytes under a name that nothing lies under and return True; False when something does."""
        with self._asked():
            try:
                self._client.put_object(**self._place(name), Body=content, IfNoneMatch="*")
            except self._client.exceptions.ClientError as error:
                if _code(error) == "NotImplemented" and not self._own_spelling:
                    self._own_spelling = True
                    return self.create(name, content)
                if _code(error) not in TAKEN:
                    raise
                return False
        return True

    def remove(self, name: str) -> None:
        """Take away what lies under a name, if anything does."""
        with self._asked():
            self._client.delete_object(**self._place(name))

    def _spelled(self, params: dict[str, Any], **_: object) -> None:
        if self._own_spelling and params["headers"].pop("If-None-Match", None):
            params["headers"].update(FIRST_ONLY)

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self._url.bucket, "Key": self._url.prefix + name}

    def _unless_missing(self, ask: Callable[[], Any]) -> Any:  # noqa: ANN401
        with self._asked():
            try:
                return ask()
            except self._client.exceptions.ClientError as error:
                if _code(error) in MISSING:
                    return None
                raise

    @contextmanager
    def _asked(self, name: str = "") -> Iterator[None]:
        """Say in plain words what the service or the way to it objects to: no key, and nothing signed with one."""
        from botocore import exceptions as wrong
        from s3transfer.exceptions import RetriesExceededError

        try:
            yield
        except (wrong.NoCredentialsError, wrong.PartialCredentialsError):
            raise self._error("origin.no_keys") from None
        except wrong.ClientError as error:
            raise self._refusal(_code(error), name) from None
        except (wrong.ConnectionError, wrong.HTTPClientError, wrong.IncompleteReadError, RetriesExceededError) as error:
            raise self._error("origin.unreachable", problem=type(error).__name__) from None
        except wrong.BotoCoreError as error:
            raise self._error("origin.failed", problem=type(error).__name__) from None

    def _refusal(self, code: str, name: str) -> ReportableError:
        if code in MISSING:
            return self._error("origin.gone", file=name)
        if code == "NoSuchBucket":
            return self._error("origin.no_bucket", bucket=self._url.bucket)
        if code in BAD_KEYS:
            return self._error("origin.bad_keys", problem=code)
        return self._error("origin.forbidden" if code in FORBIDDEN else "origin.failed", problem=code)

    def _error(self, code: str, **values: str) -> ReportableError:
        return ReportableError.of(code, values={"url": str(self._url), **values})


def _code(error: Any) -> str:  # noqa: ANN401
    return str(error.response["Error"]["Code"])


@cache
def bucket_at(url: DataUrl) -> Bucket:
    """Return the place of a URL, with keys from where such programs look for them: the environment first.

    A ReportableError says when boto3 is missing, or cannot be set up for this URL.
    """
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError:
        raise ReportableError.of("origin.not_installed") from None
    config = Config(
        connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        s3={"addressing_style": "virtual"} if url.is_virtual else None,
        # Only Amazon itself has the newer check sums.
        request_checksum_calculation="when_required", response_checksum_validation="when_required",
    )  # fmt: skip
    try:
        session = boto3.session.Session(region_name=url.region)
        region = session.region_name or ANY_REGION
        return Bucket(url, session.client("s3", region_name=region, endpoint_url=url.endpoint, config=config))
    except (BotoCoreError, ValueError) as error:  # a profile that is none, an address that is none
        raise ReportableError.of("origin.failed", values={"url": str(url), "problem": type(error).__name__}) from None
