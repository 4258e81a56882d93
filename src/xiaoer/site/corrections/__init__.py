"""What was counted wrongly is put right: contacts put back or filtered, orders credited, corrections withdrawn."""
