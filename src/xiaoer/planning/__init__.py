"""From what came in to who works when: forecast, people needed, rosters, adherence."""
