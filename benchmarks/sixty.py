"""The sixty metrics that the report benchmark asks for: every group, every way of counting."""

SIXTY = (
    # reception: distinct buyers per day, sums, the most of a day, means
    "received_buyers", "replied_buyers", "unreplied_buyers", "reply_share", "sessions", "buyer_messages",
    "agent_messages", "agent_characters", "answer_question_ratio", "max_concurrent", "session_seconds_mean",
    "consulted_buyers", "platform_reply_share",
    # speed: means, quantiles, the longest, shares of rounds, sessions and buyers, a platform's rule
    "rounds", "answered_rounds", "first_response_seconds", "average_response_seconds", "median_response_seconds",
    "p90_response_seconds", "three_minute_share", "slow_buyers", "longest_response_seconds",
    "jd_first_30_seconds_share", "pdd_three_minute_reply_share",
    # inquiry
    "inquiry_buyers", "inquiry_buyers_all", "after_sale_buyers", "ordered_buyers", "converted_buyers_final",
    "conversion_share_final", "conversion_share_next_day", "lost_not_ordered_buyers", "lost_unpaid_buyers",
    # sales: orders, money, differences, distinct buyers of the period, the shop's figures in every row
    "credited_orders", "paid_orders", "payment_share", "sales_yuan", "refunded_yuan", "net_sales_yuan", "items_sold",
    "paying_buyers", "spend_per_buyer_yuan", "price_per_item_yuan", "assisted_order_buyers",
    "assisted_follow_up_buyers", "shop_sales_yuan", "silent_sales_yuan", "agent_sales_share",
    # attendance
    "online_seconds", "away_seconds", "first_online_at", "logins_per_day",
    # satisfaction
    "ratings_sent", "rated_share", "satisfied_share",
    # after-sale: one that looks back over its own days
    "refund_share", "refund_finish_hours",
    # calls
    "offered_calls", "average_speed_of_answer_seconds", "handle_seconds_mean",
)  # fmt: skip
