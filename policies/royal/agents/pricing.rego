# METADATA
# title: Pricing
# description: |
#   A price for one variant. What the market says (the supplier's suggestion, a competitor) is kept,
#   the lowest of them, if it stays above the floor; where the market says nothing, the price that
#   reaches the target margin. Without a cost there is no price.
package royal.agents.pricing

import data.royal.thresholds

limits := thresholds.pricing

# METADATA
# title: Price of one variant
# entrypoint: true
result := {
	"verdict": verdict,
	"price_cents": price,
	"floor_cents": floor_price,
	"target_cents": target_price,
	"margin_percent": margin_percent,
	"missing": missing,
	"findings": findings,
}

verdict := "abstained" if {
	not cost_known
} else := "failed" if {
	below_floor
} else := "kept" if {
	price == input.current_cents
} else := "wait" if {
	count(waits) > 0
} else := "priced"

# --- what is known -------------------------------------------------------------------------------

cost_known if input.cost_cents > 0

cost := input.cost_cents if cost_known

market contains {"name": "suggested", "cents": input.suggested_cents} if input.suggested_cents > 0

market contains {"name": "competitor", "cents": input.competitor_cents} if input.competitor_cents > 0

missing contains "cost" if not cost_known

missing contains name if {
	some name in ["suggested", "competitor"]
	not name in {anchor.name | some anchor in market}
}

# --- the price -----------------------------------------------------------------------------------

default floor_price := null

# cost / (1 - margin), rounded up to a whole cent.
floor_price := at_margin(limits.min_margin_percent) if cost_known

default target_price := null

target_price := ending(at_margin(limits.target_margin_percent)) if cost_known

at_margin(percent) := (up - (up % left)) / left if {
	left := 100 - percent
	up := ((cost * 100) + left) - 1
}

# The next price that ends as our own prices do.
ending(cents) := cents + (((limits.ending_cents - (cents % 100)) + 100) % 100)

wanted := min({anchor.cents | some anchor in market}) if {
	count(market) > 0
} else := target_price

below_floor if {
	cost_known
	wanted < floor_price
}

default price := null

price := wanted if {
	cost_known
	not below_floor
}

default margin_percent := null

margin_percent := (scaled - (scaled % price)) / price if {
	price != null
	scaled := (price - cost) * 100
}

# --- price changes -------------------------------------------------------------------------------

waits contains {
	"code": "price_changes_often",
	"limit": "pricing.changes_per_day",
	"value": input.changes_24h + 1,
} if {
	input.changes_24h >= limits.changes_per_day
}

waits contains {
	"code": "price_changes_soon",
	"limit": "pricing.minutes_between_changes",
	"value": input.minutes_since_change,
} if {
	input.minutes_since_change < limits.minutes_between_changes
}

# --- what people are told ------------------------------------------------------------------------

findings contains {"code": "fact_missing", "value": "cost"} if not cost_known

findings contains {"code": "market_below_floor", "value": wanted, "than": floor_price} if below_floor

findings contains finding if {
	verdict == "wait"
	some finding in waits
}

findings contains {"code": "price_from_market", "value": price} if {
	price != null
	count(market) > 0
}

findings contains {"code": "price_from_target", "limit": "pricing.target_margin_percent", "value": margin_percent} if {
	price != null
	count(market) == 0
}

findings contains {
	"code": "margin_below_target",
	"limit": "pricing.target_margin_percent",
	"value": margin_percent,
} if {
	margin_percent != null
	margin_percent < limits.target_margin_percent
}
