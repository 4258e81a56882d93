"""The shops that a token opens; any other is not there."""

from django.http import Http404, HttpRequest

from xiaoer.site.api.shapes import ShopShape, ShopsShape
from xiaoer.site.models import ApiToken, Shop


def shops(request: HttpRequest) -> ShopsShape:
    """List the shops that the token opens, with their numbers in addresses."""
    token: ApiToken = request.auth
    found = Shop.objects.all() if token.shop is None else [token.shop]
    return ShopsShape(items=[ShopShape(shop=one.pk, name=one.name) for one in found])


def shop_of(request: HttpRequest, number: int) -> Shop:
    """Return a shop that the token opens; else Http404."""
    token: ApiToken = request.auth
    if token.shop is not None:
        if token.shop.pk != number:
            raise Http404
        return token.shop
    found = Shop.objects.filter(pk=min(number, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found
