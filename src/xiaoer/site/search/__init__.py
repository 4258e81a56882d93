"""The search: pages, figures and people by a part of their name; customers and orders by their whole."""
