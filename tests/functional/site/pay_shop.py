"""A shop of three months with a scheme of its own: 小艾 sells 1,200.50 a month, 小林 300; conduct is given by hand."""

from pathlib import Path

from tests.functional.cli.test_appraise import AGENTS, SCHEME, month_files
from xiaoer.actions.import_files import import_files
from xiaoer.actions.settings import set_setting

AI, LIN = "晨光店:小艾", "晨光店:小林"
SEPTEMBER = "客服\t表现\n小艾\t90\n小林\t60\n"
ERRORS = """      - {name: errors, kind: incidents, label: {zh: 服务差错, en: Errors}, kinds: {wrong_goods: 20, any: 5}}
    score: conduct
    two_people: "true"
"""
PENALTY = """      - {name: penalty, kind: penalty, label: {zh: 差错减奖金, en: Less for errors}, of: errors}
examples:
"""
OF_TWO = SCHEME.replace("    score: conduct\n", ERRORS).replace("examples:\n", PENALTY)


def pay_home(folder: Path) -> Path:
    """Return a data folder with September to November, and a scheme that the shop uses; September is mature."""
    home = folder / "home"
    for month in (9, 10, 11):
        files = month_files(folder / f"m{month}", month)
        if month == 9:
            (files / "agents.csv").write_text(AGENTS, encoding="utf-8")
            refund = "shop,refund_id,order_id,requested_at,finished_at,amount,kind,status\n"
            row = "晨光店,r1,8001,2024-10-25 10:00:00,2024-10-26 10:00:00,1.00,refund_only,success\n"
            (files / "refunds.csv").write_text(refund + row, encoding="utf-8")
        assert import_files(home, [files], shop="晨光店").exit_code == 0
    own = home / "catalog" / "schemes" / "own_pay.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(OF_TWO, encoding="utf-8")
    set_setting(home, "appraisal_schemes", "own_pay", shop="晨光店", first=None)
    return home
