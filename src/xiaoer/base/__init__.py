"""What every other room stands on; import from its files by topic (xiaoer.base.money, xiaoer.base.days …)."""
