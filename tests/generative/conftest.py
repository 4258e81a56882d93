"""How much is made up: few and the same every time; many by `pytest tests/generative --hypothesis-profile=thorough`."""

from hypothesis import HealthCheck, settings

# The tables of a shop take many draws: that is what these tests are about.
SLOW_DRAWS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW_DRAWS)
settings.register_profile("thorough", max_examples=1500, deadline=None, suppress_health_check=SLOW_DRAWS)
if settings.get_current_profile_name() != "thorough":
    settings.load_profile("quick")
