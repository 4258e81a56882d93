"""Small text models that learn from what a shop's people judged; they say what to read first, never what to pay."""
