"""What whoever has the data folder may do with people, without signing in: the way back for the last owner."""

from xiaoer.base.errors import ReportableError
from xiaoer.base.mask import shown_word
from xiaoer.base.near_names import near_names
from xiaoer.site.boot import boot
from xiaoer.site.place import Site
from xiaoer.site.serve import migrate


def reset_second_step(site: Site, login: str, *, reason: str) -> str:
    """Return the name of the person of a login whose second step is reset now; a ReportableError when there is none."""
    if site.database_url is None and not (site.folder / "people.sqlite").exists():
        raise ReportableError.of("site.nobody_yet", values={"folder": str(site.home)})
    boot(site)
    migrate(site)  # nobody may have served it since Xiaoer was renewed
    return reset_of_login(login, reason=reason)


def reset_of_login(login: str, *, reason: str) -> str:
    """Return the same in a process in which the site has begun."""
    from xiaoer.site.account import totp
    from xiaoer.site.audit import RESETS
    from xiaoer.site.models import Person
    from xiaoer.site.models.person import login_of

    if reason not in RESETS:
        raise ReportableError.of(
            "site.unknown_reason", values={"found": shown_word(reason), "known": ", ".join(RESETS)}
        )
    person = Person.objects.filter(login=login_of(login)).first()
    if person is None:
        near = near_names(login_of(login), Person.objects.values_list("login", flat=True))
        raise ReportableError.of("site.unknown_login", values={"near": ", ".join(near) or "–"})
    if not person.has_second_step:
        raise ReportableError.of("site.no_second_step")
    totp.reset(person, by=None, reason=reason)
    return person.name
