"""Small shops at corners that chance finds late: each is a test of its own."""

from tests.reference.talk import at, order, shop_of, talk

MASKED_BUYER = shop_of(
    messages=talk("10:00:00 l** amy ask\n10:00:05 l** amy reply"),
    orders=[order("o1", "l**", "10:10:00", "10:20:00")],
)
EMPTY_CHAT_KEPT = shop_of(
    messages=talk("10:00:00 lan amy robot\n10:00:00 mei amy note\n10:00:00 kai amy transfer"),
    settings={"filter_empty_chats": "false", "filter_transferred_shells": "false"},
)
NOTHING_FILTERED = shop_of(
    messages=talk("10:00:00 lan amy robot\n10:00:00 mei amy note\n10:00:00 kai amy transfer"),
    orders=[order("o1", "lan", "09:00:00")],
    settings={
        "filter_empty_chats": "false",
        "filter_transferred_shells": "false",
        "filter_monologue": "false",
    },
)
ROBOT_NAMED = shop_of(
    refunds=[{"refund_id": "r1", "order_id": "o1", "requested_at": at("10:00:00"), "agent": "bot"}],
    ratings=[{"buyer": "lan", "agent": "bot", "invited_at": at("10:00:00"), "score": 5.0}],
    calls=[{"call_id": "c1", "agent": "bot", "offered_at": at("10:00:00")}],
    presence=[{"agent": "bot", "status": "online", "start_at": at("10:00:00"), "end_at": at("11:00:00")}],
    settings={"robot_accounts": "bot"},
)
RATED_WITHOUT_SCORE = shop_of(
    ratings=[
        {"buyer": "lan", "agent": "amy", "invited_at": at("10:00:00"), "rated_at": at("10:01:00")},
        {"buyer": "mei", "agent": "amy", "invited_at": at("10:00:00"), "score": 5.0},
    ]
)
PRESENCE_OVERLAPS = shop_of(
    presence=[
        {"agent": "amy", "status": "online", "start_at": at("09:00:00"), "end_at": at("12:00:00")},
        {"agent": "amy", "status": "online", "start_at": at("11:00:00"), "end_at": at("13:00:00")},
        {"agent": "amy", "status": "away", "start_at": at("11:30:00"), "end_at": at("11:40:00")},
    ]
)
CALL_ANSWERED_AND_ABANDONED = shop_of(
    calls=[
        {
            "call_id": "c1",
            "agent": "amy",
            "offered_at": at("10:00:00"),
            "answered_at": at("10:00:05"),
            "abandoned_at": at("10:00:09"),
        }
    ]
)
# One contact for each filter; who is listed and what advertisers are told is set.
ONE_FOR_EACH_FILTER = shop_of(
    messages=talk(
        """
09:00:00 bea amy ask
09:00:05 bea amy reply
10:00:00 mei amy ask
10:00:05 mei amy reply
11:00:00 rob amy robot
12:00:00 kai amy transfer
13:00:00 ann amy ask
13:00:05 ann amy reply no-ads
14:00:00 ivy amy ask @all
14:00:05 ivy amy reply
15:00:00 sue amy reply
16:00:00 lan bea ask
16:00:05 lan bea reply
"""
    ),
    orders=[order("o1", "ivy", "14:10:00", "14:20:00"), order("o2", "sue", "15:10:00", "15:20:00")],
    settings={"listed_nicks": "mei", "advertising_code_word": "no-ads"},
)
