"""The page of the settings."""

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Words
from xiaoer.base.setting import Setting, SettingKind
from xiaoer.base.settings import declared_settings

TITLE = Words(zh="设置", en="Settings")
LEAD = Words(
    zh="每家店的设置都从某一天起生效；没有设置的用默认值。另有 `target.指标名`：该指标的目标，没达到的在报表里标红。",
    en="Each setting of a shop holds from a day on; what is not set has its default. `target.<metric>` is a metric's target.",
)
HEAD = {"zh": ("设置", "默认值", "可填", "说明"), "en": ("Setting", "Default", "Values", "What it does")}
KINDS = {
    SettingKind.TEXT: Words(zh="文字", en="text"),
    SettingKind.LIST: Words(zh="逗号分隔的名单", en="list, separated by commas"),
    SettingKind.FLAG: Words(zh="`true` 或 `false`", en="`true` or `false`"),
    SettingKind.ZONE: Words(zh="时区名，如 `Asia/Shanghai`", en="name of a time zone, as `Asia/Shanghai`"),
    SettingKind.TIME_OF_DAY: Words(zh="钟点，如 `06:00`", en="time of day, as `06:00`"),
}


def settings_page(language: str) -> str:
    """Return every setting with its default, the values it takes, and its help."""
    rows = [
        (code(setting.name), code(setting.default), _values(setting, language), setting.help.in_language(language))
        for setting in declared_settings().values()
    ]
    return page([*opening(TITLE, LEAD, language), *table(HEAD[language], rows)])


def _values(setting: Setting, language: str) -> str:
    if setting.kind is SettingKind.CHOICE:
        return ("、" if language == "zh" else ", ").join(code(choice) for choice in setting.choices)
    if setting.kind is SettingKind.COUNT:
        return f"{setting.lowest}–{setting.highest}"
    return KINDS[setting.kind].in_language(language)
