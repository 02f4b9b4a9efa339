# METADATA
# title: Thresholds
# description: |
#   The one file that finance edits. Money is in whole euro cents (10000 is € 100.00), everything
#   else in whole percent, counts, minutes or hours, as each name says. No points or commas in a
#   number: 1.000 would mean one. What each does stands behind it; how to change one: README.md above.
# authors:
# - name: Finance
package royal.thresholds

# --- Marketing -----------------------------------------------------------------------------------

# budget.adjust (the size of the change) and campaign.scale (the increase):
# LOW under the first, MEDIUM up to the second, HIGH above it.
budget_adjust := {
	"low_under_cents": 10000, # LOW: a change smaller than this
	"medium_up_to_cents": 100000, # MEDIUM: a change up to this; a larger one is HIGH
}

# campaign.launch (the whole budget): MEDIUM, then the CEO function, then a person.
campaign_launch := {
	"medium_up_to_cents": 50000, # MEDIUM: a whole budget up to this
	"ceo_up_to_cents": 100000, # CEO: up to this; a larger one is HIGH
}

# influencer.contact: the CEO function decides, above this fee a person.
influencer_contact := {"ceo_up_to_cents": 50000} # CEO: a fee up to this; a larger one is HIGH

# --- Product -------------------------------------------------------------------------------------

# inventory.restock: above this a person decides, whoever the supplier is.
inventory_restock := {"medium_up_to_cents": 100000} # HIGH above it; below it MEDIUM, or LOW if the supplier is proven

# inventory.set: a jump above both, against what the feed usually says, is reported.
inventory_set := {
	"jump_over_percent": 20, # reported if the stock jumps by more than this share,
	"jump_over_units": 5, # and by more than this many
}

# price.change, against the price of 24 hours ago: LOW up to the first, a person from the second.
price_change := {
	"low_up_to_percent": 2, # LOW: the price moves by this or less
	"high_from_percent": 20, # HIGH: it moves by this or more; between the two MEDIUM
}

# product.publish: under the first confidence a person decides; from the second it may run alone,
# if the CEO function approved the product and its margin is on target.
product_publish := {
	"ceo_from_confidence_percent": 65, # HIGH under it: a person looks at the page
	"medium_from_confidence_percent": 85, # CEO under it; MEDIUM from it
}

# product.unpublish: more than this many in 24 hours, and a person looks.
product_unpublish := {"up_to_per_day": 20} # in 24 hours; one more is HIGH

# Prices. Margin is (price - cost) / price. `ending_cents` is how a price ends that we work out
# ourselves (95: 12.95); a supplier's suggested price is kept as it is.
pricing := {
	"min_margin_percent": 15, # no price is proposed below it, and one that is below is HIGH
	"target_margin_percent": 40, # prices aim at it; a page below it is for the CEO function
	"changes_per_day": 2, # more changes of one price in 24 hours are HIGH
	"minutes_between_changes": 240, # a change sooner than this after the one before is HIGH
	"ending_cents": 95, # how a price ends that we work out ourselves
}

# --- Customer ------------------------------------------------------------------------------------

# support.reply: from this confidence, and with a known intent, LOW.
support_reply := {"low_from_confidence_percent": 80} # LOW from it; under it MEDIUM

# refund.issue and compensation.offer: LOW, then the CEO function, then a person. More refunds to
# one customer in 30 days than this, and a person decides.
refund_issue := {
	"low_up_to_cents": 5000, # LOW: up to this
	"ceo_up_to_cents": 25000, # CEO: up to this; a larger one is HIGH
	"up_to_refunds": 3, # to one customer in 30 days; one more is HIGH
}

# email.send, review.request, retention.offer: people reached at once.
email_send := {
	"low_up_to_recipients": 1000, # LOW: reaches this many or fewer
	"medium_up_to_recipients": 10000, # MEDIUM: up to this many; more are HIGH
}

# retention.offer: everything offered to one customer in 90 days.
retention_offer := {"customer_up_to_cents": 2500} # one offer more than this is HIGH

# --- Finance -------------------------------------------------------------------------------------

# expense.pay: LOW, then MEDIUM, then a person.
expense_pay := {
	"low_up_to_cents": 10000, # LOW: one bill, and all of one payee in 24 hours, up to this
	"medium_up_to_cents": 100000, # MEDIUM: up to this; more is HIGH
}

# --- Steering ------------------------------------------------------------------------------------

# goal.set: change in either direction.
goal_set := {
	"low_up_to_percent": 10, # LOW: the goal moves by this or less
	"medium_up_to_percent": 25, # MEDIUM: up to this; further is HIGH
}

# --- Budgets -------------------------------------------------------------------------------------

# The most that may be committed without a person: for the whole store, for each cluster, for each
# agent and for each campaign. An action that would go over any of them waits for a person.
budgets := {
	"store": {"hour_cents": 200000, "day_cents": 500000, "week_cents": 2000000},
	"product": {"hour_cents": 100000, "day_cents": 200000, "week_cents": 800000},
	"marketing": {"hour_cents": 100000, "day_cents": 250000, "week_cents": 1000000},
	"customer": {"hour_cents": 20000, "day_cents": 50000, "week_cents": 200000},
	"finance": {"hour_cents": 200000, "day_cents": 500000, "week_cents": 2000000},
	"insight": {"hour_cents": 10000, "day_cents": 20000, "week_cents": 50000},
	"ceo": {"hour_cents": 100000, "day_cents": 250000, "week_cents": 1000000},
}

# Each agent by itself. A line of its own takes the place of `default`, and also holds for each of its
# specialists ("product-inventory" for "product-inventory/eu-home").
budget_agents := {
	"default": {"hour_cents": 100000, "day_cents": 150000, "week_cents": 600000},
	"ceo": {"hour_cents": 100000, "day_cents": 250000, "week_cents": 1000000},
	"customer-support": {"hour_cents": 20000, "day_cents": 40000, "week_cents": 150000},
	"finance-fulfillment": {"hour_cents": 200000, "day_cents": 500000, "week_cents": 2000000},
	"product-inventory": {"hour_cents": 100000, "day_cents": 200000, "week_cents": 800000},
}

# Each campaign by itself; a line of its own is named as the campaign is.
budget_campaigns := {"default": {"hour_cents": 100000, "day_cents": 150000, "week_cents": 400000}}

# --- Approvals -----------------------------------------------------------------------------------

# What holds for a request where the two tables below say nothing else.
approval := {
	"people": 1, # so many different people have to agree
	"hours": 24, # so long a request waits; then it expires and is never done
	"escalate_before_hours": 4, # so long before the end others are asked as well
	"reject_cooldown_minutes": 1440, # so long a rejected action is DENIED; 0: it may be asked again at once
}

# When nobody who may decide has been seen for so long, everything needs one tier more of consent.
dead_man := {"after_hours": 72} # from this on

# Action types that need more than one person.
approval_people := {
	"policy.publish": 2,
	"control.resume": 2,
	"access.grant": 2,
}

# Action types with another deadline.
approval_hours := {
	"support.reply": 8,
	"review.reply": 12,
	"order.fulfill": 12,
	"order.release": 12,
	"product.unpublish": 12,
	"control.resume": 4,
	"expense.pay": 72,
	"supplier.onboard": 72,
	"strategy.pivot": 72,
	"market.enter": 72,
	"tax.report.file": 72,
}

# Minutes in which an executed action can be undone; not listed means that it cannot.
undo_minutes := {
	"budget.adjust": 120,
	"ad.variant.start": 120,
	"campaign.launch": 120,
	"campaign.scale": 120,
	"campaign.pause": 120,
	"inventory.set": 60,
	"price.change": 120,
	"product.publish": 1440,
	"content.publish": 1440,
	"order.hold": 60,
	"order.release": 30,
	"goal.set": 1440,
}

# --- The CEO function ----------------------------------------------------------------------------

# A product is rejected under the first margin; more approvals than the second in one day go to a
# person, as does a confidence under the third.
ceo_product := {
	"min_margin_percent": 35, # a product below it is rejected
	"up_to_per_day": 50, # more approvals in one day go to a person
	"min_confidence_percent": 65, # less sure than this: a person
}

# What the CEO function may commit in one day, and how sure the agent has to be.
ceo_action := {
	"day_up_to_cents": 200000, # all that it commits in one day; beyond: a person
	"min_confidence_percent": 65, # less sure than this: a person
}

# --- Scout ---------------------------------------------------------------------------------------

# What each term of a candidate's score weighs; together 100.
scout_weights := {
	"margin_points": 30, # what is left of the price
	"trend_points": 25, # how much the product is looked for
	"viability_points": 20, # how many the supplier has
	"rating_points": 15, # what buyers say of it
	"shipping_points": 10, # how fast it comes
}

# A term is worth 100 points at `full_…`, and shipping nothing at `slow_shipping_days`. What is not
# known lowers the confidence.
scout := {
	"shortlist_from_points": 75, # a candidate with this score or more gets a journey
	"min_margin_percent": 30, # a candidate below it is rejected
	"full_margin_percent": 50, # a margin of this or more has all its points
	"full_stock_units": 50, # a stock of this or more has all its points
	"fast_shipping_days": 3, # this or faster has all its points
	"slow_shipping_days": 30, # this or slower has none
	"confidence_percent": 95, # how sure the scout says it is where all is known
	"less_without_trend_percent": 12, # so much less where no trend is known
	"less_without_shipping_percent": 6, # so much less where no shipping time is known
	"up_to_journeys": 10, # started in one run
}

# --- Vetting -------------------------------------------------------------------------------------

# What each term of a supplier's score weighs; together 100.
vetting_weights := {
	"delivery_points": 40, # on time, and how late where not
	"quality_points": 30, # what is broken, and what comes back
	"cost_points": 20, # how its prices compare
	"service_points": 10, # how fast it answers
}

# Points from which a supplier is in a band; under the last one it fails. A day of delay costs
# `points_per_delay_day` of the delivery term, an hour until it answers `points_per_response_hour`
# of the service term.
vetting := {
	"excellent_from_points": 90, # excellent from this score on
	"good_from_points": 80, # good from this score on
	"fair_from_points": 70, # fair from this score on
	"marginal_from_points": 60, # passes from this score on; under it a supplier fails
	"points_per_delay_day": 5, # what a day of delay costs of the delivery term
	"points_per_response_hour": 2, # what an hour until it answers costs of the service term
}

# --- Fraud ---------------------------------------------------------------------------------------

# Points that each finding adds to an order's score (agents/fraud.rego).
fraud_points := {
	"first_order_points": 25, # the customer never ordered before
	"few_orders_points": 15, # the customer ordered a few times
	"regular_less_points": 5, # taken off where the customer ordered often
	"value_high_points": 10, # the order is over the first value,
	"value_higher_points": 25, # over the second one instead,
	"value_highest_points": 35, # over the third one instead
	"country_differs_points": 40, # it is paid from another country than it goes to
	"city_differs_points": 20, # it is paid from another city of the same country
	"resale_items_points": 15, # many of what is sold on easily (lists.rego)
	"mail_disposable_points": 45, # the mail address is of a kind that is thrown away
	"shop_risk_high_points": 30, # Shopify calls the risk high
	"shop_risk_medium_points": 15, # Shopify calls the risk medium
	"many_orders_points": 30, # the customer ordered many times in 24 hours
}

# From when a finding counts, and the bands of the score.
fraud := {
	"few_under_orders": 3, # few: fewer orders before than this
	"regular_over_orders": 20, # often: more orders before than this
	"value_high_over_cents": 20000, # the first value
	"value_higher_over_cents": 50000, # the second value
	"value_highest_over_cents": 100000, # the third value
	"resale_over_units": 2, # many of what is sold on easily: more than this
	"many_over_orders": 5, # many in 24 hours: more orders than this
	"medium_from_points": 40, # placed once the checks passed
	"high_from_points": 70, # a person looks at it
	"blocked_from_points": 90, # never placed
}

# --- Fulfilment ----------------------------------------------------------------------------------

# What each term of an offer's score weighs when a supplier is chosen; together 100.
fulfillment_weights := {
	"success_points": 70, # orders that arrived as they should
	"speed_points": 30, # how fast they arrive
}

# Delivery in `fast_days` is worth all points of speed, in `slow_days` none.
fulfillment := {
	"fast_days": 3, # this or faster has all its points
	"slow_days": 30, # this or slower has none
	"late_over_days": 10, # a parcel under way for longer is late, and a person is told
	"up_to_tries": 3, # suppliers tried for one line before a person is asked
}

# --- Stock ---------------------------------------------------------------------------------------

# When stock of our own is ordered again, and how much: reorder point d·L + z·σ·√L, quantity √(2DS/H).
inventory := {
	"reorder_z_hundredths": 165, # z: 165 means 1.65, so 95 of 100 times the stock lasts
	"order_cost_cents": 1500, # S: what one purchase costs beside the goods
	"holding_percent": 25, # H: what keeping stock for a year costs, of its value
	"keep_back_units": 1, # units of a supplier that are never offered
	"history_days": 28, # days of sales that demand is taken from
	"least_history_days": 7, # with fewer days nothing is ordered
	"late_over_days": 7, # an order that has not come so many days after its time is no longer waited for
}

# --- Books ---------------------------------------------------------------------------------------

# What the payment provider keeps of each payment, as its contract says; change it when that changes.
payment_fee := {
	"percent_hundredths": 210, # of the amount: 210 means 2.1 %
	"fixed_cents": 25, # and this for each payment
}

# What the analyst tells at once, and how far it looks ahead.
analyst := {
	"revenue_drop_from_percent": 20, # told at once: 24 hours earned less than the 24 before by this share or more
	"forecast_days": 30, # days that cash is forecast for
	"forecast_from_days": 60, # days of history without which there is no forecast
}
