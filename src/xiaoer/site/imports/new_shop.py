"""A shop of the site before it has any data: so that its first files can be imported in the browser."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.site.audit import note
from xiaoer.site.forms import PlainForm
from xiaoer.site.models import Shop


class ShopForm(PlainForm):
    """How the shop is called."""

    name = forms.CharField(
        label=gettext_lazy("Name of the shop"), max_length=120,
        help_text=gettext_lazy("As it stands before the colon in the names of its agents, where they have one."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean_name(self) -> str:
        """Return the name; a problem when there is such a shop."""
        name = " ".join(self.cleaned_data["name"].split())
        if Shop.objects.filter(name=name).exists():
            raise forms.ValidationError(_("There is a shop of this name already."))
        return name


def shop_new(request: HttpRequest) -> HttpResponse:
    """Make a shop, and lead to where its files are imported."""
    form = ShopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            shop = Shop.objects.create(name=form.cleaned_data["name"])
            note("shop_made", person=request.user, shop=shop)
        return redirect("imports", shop.pk)
    return render(request, "imports/new_shop.html", {"form": form}, status=422 if form.errors else 200)
