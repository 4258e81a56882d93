"""The live wall: who waits now and with whom, from posted events, for a screen that all can see."""
