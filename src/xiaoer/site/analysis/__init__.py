"""Where buyers leave, how fast answers come, who helped whom, what sold without anybody."""
