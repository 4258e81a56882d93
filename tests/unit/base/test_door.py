"""What to do next is told in the terms of the door through which somebody is answered."""

import pytest

from xiaoer.base.door import answering_on_pages, on_pages
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say

PATIENCE = Issue("planning.unmeasured_patience", Severity.NOTE)
SAME_EVERYWHERE = Issue("planning.guessed_bands", Severity.NOTE)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_names_no_option_and_a_command_does(language: Language) -> None:
    assert "--patience" in say(PATIENCE, language)
    with answering_on_pages():
        assert "--patience" not in say(PATIENCE, language)
        on_page = say(SAME_EVERYWHERE, language)
    assert "--patience" in say(PATIENCE, language)
    assert on_page == say(SAME_EVERYWHERE, language)


def test_the_door_is_the_command_line_again_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError), answering_on_pages():
        1 / 0  # noqa: B018 -- any fault
    assert not on_pages()
