"""How much is made up: few and the same every time; many by `pytest tests/generative --hypothesis-profile=thorough`."""

from hypothesis import HealthCheck, Phase, settings

# The tables of a shop take many draws: that is what these tests are about.
SLOW_DRAWS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
# Making a counterexample small asks the engine hundreds of times, so the quick run shows it as it was found.
AS_FOUND = (Phase.explicit, Phase.generate)
settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, phases=AS_FOUND, suppress_health_check=SLOW_DRAWS
)
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=SLOW_DRAWS)
if settings.get_current_profile_name() != "thorough":
    settings.load_profile("quick")
