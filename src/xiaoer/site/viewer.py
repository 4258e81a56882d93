"""Who looks: a person with running memberships, asked what they may."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from xiaoer.site.models import Membership, Person, Shop
from xiaoer.site.permissions import table


@dataclass(frozen=True)
class Viewer:
    """A signed-in person; every answer follows from the table of permissions and nothing else."""

    person: Person

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """Return the memberships that run now."""
        running = self.person.memberships.filter(ended_at=None).select_related("shop")
        return tuple(running.order_by("id"))

    def may(self, permission: str, shop: Shop | None = None) -> bool:
        """Return whether the permission is held in the shop; without one, anywhere."""
        found = self._with(permission)
        return any(shop is None or one.shop_id in (None, shop.pk) for one in found)

    def shops(self, *permissions: str) -> QuerySet[Shop]:
        """Return the shops in which any of the permissions is held."""
        found = [one for permission in permissions for one in self._with(permission)]
        if any(one.shop_id is None for one in found):
            return Shop.objects.all()
        return Shop.objects.filter(pk__in=[one.shop_id for one in found])

    def groups(self, permission: str, shop: Shop) -> frozenset[str] | None:
        """Return the groups of a shop to which the permission is limited; None for the whole shop."""
        here = [one for one in self._with(permission) if one.shop_id in (None, shop.pk)]
        return None if any(not one.group for one in here) else frozenset(one.group for one in here)

    def knows(self, shop: Shop) -> bool:
        """Return whether the person has anything to do with the shop."""
        return any(one.shop_id in (None, shop.pk) for one in self.memberships)

    def roles_to_invite(self, shop: Shop) -> list[str]:
        """Return the roles that the person may give in a shop."""
        mine = [one.role for one in self.memberships if one.shop_id in (None, shop.pk)]
        return [role for role in table().roles if any(role in table().roles[own].invites for own in mine)]

    def manages(self, other: Person) -> bool:
        """Return whether every role of another person is one that this person may give there."""
        if not self.may("manage_people"):
            return False
        theirs = list(other.memberships.filter(ended_at=None).select_related("shop"))
        if self.is_owner:
            return True
        return bool(theirs) and all(
            one.shop is not None and self.may("manage_people", one.shop) and one.role in self.roles_to_invite(one.shop)
            for one in theirs
        )

    @property
    def is_owner(self) -> bool:
        """Return whether the person is an owner."""
        return any(one.role == "owner" for one in self.memberships)

    def _with(self, permission: str) -> list[Membership]:
        by_group = table().permissions[permission].by_group
        return [
            one
            for one in self.memberships
            if table().scope(one.role, permission) is not None and (by_group or not one.group)
        ]
