"""Shops as the site knows them."""

from django.db import models


class Shop(models.Model):
    """One shop; its name is the one in the data."""

    name = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
