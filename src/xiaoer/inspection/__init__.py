"""Every conversation read against written standards: findings with their evidence, scores that follow from them."""
