"""All facts of messages by Polars: lazy frames and expressions over groups, nothing row by row in Python.

The file is sorted by day, buyer and time, and that is made use of: a row is compared with the one before it, which
takes a fifth of what windows over the same groups do.
"""

from pathlib import Path

import polars as pl

from benchmarks.facts_by_sql import WINDOWS, Sums, sums_of

ASKS, HUMAN, MOMENT = pl.col("asks"), pl.col("human"), pl.col("moment")
WHOSE = pl.col("day", "buyer", "agent")
MOST_AGENTS = 65_536


def facts_by_polars(parquet: Path) -> dict[str, pl.DataFrame]:
    """Return the facts of a file of messages that is sorted by day, buyer and time."""
    messages = _messages(pl.scan_parquet(parquet)).collect()
    spoken = messages.with_columns(_sessions(messages.lazy()).collect())
    every_round = _every_round(spoken.lazy()).collect()
    contact = _contact(spoken.lazy(), every_round.lazy()).collect()
    kept = contact.lazy().filter(pl.col("filter_reason").is_null()).select("contact")
    session = _session(spoken.lazy(), every_round.lazy()).join(kept, on="contact", how="semi").collect()
    rounds = every_round.lazy().join(kept, on="contact", how="semi").collect()
    return {"contact": contact, "session": session, "round": rounds, "agent_day": _agent_day(session.lazy()).collect()}


def polars_sums(facts: dict[str, pl.DataFrame]) -> Sums:
    """Return what the facts come to."""
    return sums_of({name: frame.to_arrow() for name, frame in facts.items()})


def _messages(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Return what people and their automatic replies said, with numbers for each buyer's day and each contact in it."""
    day, buyer, sender = pl.col("day"), pl.col("buyer"), pl.col("sender")
    begins = ((day != day.shift(1)) | (buyer != buyer.shift(1))).fill_null(True)
    return (
        lines.filter(sender.is_in(["buyer", "agent"]))
        .select(
            pl.col("local_date").alias("day"), "buyer", pl.col("agent").cast(pl.Categorical),
            pl.col("sent_at").dt.epoch("us").alias("moment"), (sender == "buyer").alias("asks"),
            ((sender == "agent") & ~pl.col("auto")).alias("human"), "characters", "bulk",
        )
        .with_columns(begins.cum_sum().cast(pl.Int64).alias("talk"))
        .with_columns((pl.col("talk") * MOST_AGENTS + pl.col("agent").to_physical()).alias("contact"))
    )  # fmt: skip


def _sessions(messages: pl.LazyFrame) -> pl.LazyFrame:
    """Return the number of each message's session, in the order of messages."""
    contact = pl.col("contact")
    begins = (contact != contact.shift(1)) | (MOMENT - MOMENT.shift(1) >= WINDOWS["gap"])
    return (
        messages.select("contact", "moment")
        .with_row_index("place")
        .sort("contact", maintain_order=True)
        .select("place", begins.fill_null(True).cum_sum().alias("session"))
        .sort("place")
        .select("session")
    )


def _every_round(spoken: pl.LazyFrame) -> pl.LazyFrame:
    """Return the rounds: each message of the buyer knows the first answer after it, and rounds add them up."""
    talk = pl.col("talk")
    answers = [pl.when(HUMAN).then(pl.col(name)).backward_fill().alias(f"{name}_after")
               for name in ("moment", "agent", "contact", "session", "talk")]  # fmt: skip
    begins = ASKS & ~(ASKS.shift(1) & (talk == talk.shift(1))).fill_null(False)
    after = {name: pl.when(pl.col("talk_after") == talk).then(pl.col(f"{name}_after"))
             for name in ("moment", "agent", "contact", "session")}  # fmt: skip
    wait = after["moment"] - MOMENT
    return (
        spoken.filter(ASKS | HUMAN)
        .with_columns(*answers, begins.cum_sum().alias("round_no"))
        .filter(ASKS)
        .group_by("round_no", maintain_order=True)
        .agg(
            pl.col("day", "buyer").first(), MOMENT.first().alias("opened_at"),
            after["moment"].first().alias("answered_at"),
            pl.len().alias("messages"), (wait <= WINDOWS["in_time"]).sum().alias("messages_in_time"),
            wait.sum().alias("message_wait_micros"),
            *(pl.coalesce(after[name], pl.col(name)).last().alias(name) for name in ("agent", "contact", "session")),
        )
        .with_columns((pl.col("answered_at") - pl.col("opened_at")).alias("wait_micros"))
        .with_columns(
            pl.col("wait_micros").clip(upper_bound=WINDOWS["cap"]).alias("counted_wait_micros"),
            pl.when(pl.col("answered_at").is_not_null()).then("message_wait_micros").alias("message_wait_micros"),
        )
    )  # fmt: skip


def _contact(spoken: pl.LazyFrame, every_round: pl.LazyFrame) -> pl.LazyFrame:
    answered = every_round.group_by("contact").agg(
        pl.col("answered_at").count().alias("answered_rounds"),
        (pl.col("wait_micros") > WINDOWS["slow"]).sum().alias("slow_waits"),
    )
    monologue = (pl.col("buyer_messages") == 0) & (pl.col("answered_rounds") == 0)
    return (
        spoken.group_by("contact")
        .agg(
            WHOSE.first(), MOMENT.min().alias("start_at"), MOMENT.max().alias("end_at"),
            ASKS.sum().alias("buyer_messages"),
            HUMAN.sum().alias("agent_messages"), (~ASKS & ~HUMAN).sum().alias("autos"),
            (HUMAN * pl.col("characters")).sum().alias("agent_characters"),
            pl.when(HUMAN).then(MOMENT).min().alias("first_human_at"),
            pl.when(ASKS).then(pl.col("bulk")).drop_nulls().first().fill_null(False).alias("bulk"),
        )
        .join(answered, on="contact", how="left")
        .with_columns(pl.col("answered_rounds", "slow_waits").fill_null(0))
        .with_columns(
            pl.when("bulk").then(pl.lit("bulk_message")).when(monologue).then(pl.lit("monologue"))
            .alias("filter_reason")
        )
    )  # fmt: skip


def _session(spoken: pl.LazyFrame, every_round: pl.LazyFrame) -> pl.LazyFrame:
    waits = every_round.group_by("session").agg(
        pl.col("answered_at").count().alias("answered_rounds"),
        pl.col("answered_at").null_count().alias("unanswered_rounds"),
        pl.col("wait_micros").sum(), pl.col("wait_micros").max().alias("longest_wait_micros"),
    )  # fmt: skip
    duration = pl.col("end_at") - pl.col("start_at")
    return (
        spoken.group_by("session")
        .agg(
            WHOSE.first(), pl.col("contact").first(), MOMENT.first().alias("start_at"),
            MOMENT.last().alias("end_at"), ASKS.first().alias("buyer_opened"),
            pl.when(HUMAN).then(MOMENT).min().alias("first_human_at"),
            pl.when(HUMAN).then(MOMENT).max().alias("last_human_at"),
        )
        .with_columns(
            duration.alias("duration_micros"), (duration > WINDOWS["long"]).alias("long"),
            pl.when("buyer_opened").then(pl.col("first_human_at") - pl.col("start_at")).alias("first_response_micros"),
        )
        .join(waits, on="session", how="left")
        .with_columns(
            pl.col("answered_rounds", "unanswered_rounds", "wait_micros", "longest_wait_micros").fill_null(0)
        )
    )  # fmt: skip


def _agent_day(session: pl.LazyFrame) -> pl.LazyFrame:
    """Return the most sessions at once: one more where one starts, one less where one has ended, starts first."""
    steps = pl.concat(
        session.select("day", "agent", pl.col(at).alias("moment"), pl.lit(step, pl.Int64).alias("step"))
        for at, step in (("start_at", 1), ("end_at", -1))
    )
    return (
        steps.sort("day", "agent", "moment", "step", descending=[False, False, False, True])
        .with_columns(pl.col("step").cum_sum().over("day", "agent").alias("at_once"))
        .group_by("day", "agent")
        .agg(pl.col("at_once").max().alias("max_concurrent"))
    )
