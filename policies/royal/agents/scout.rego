# METADATA
# title: Scout
# description: |
#   Whether a supplier's product is worth a journey. A score of 0 to 100 from weighted terms; a term
#   whose data is not there is left out, the others keep their proportions, and the confidence falls.
#   Without cost, price, stock or rating there is no score at all.
package royal.agents.scout

import data.royal.thresholds

limits := thresholds.scout

weights := thresholds.scout_weights

# METADATA
# title: Verdict on one candidate
# entrypoint: true
result := {
	"verdict": verdict,
	"score": score,
	"margin_percent": margin_percent,
	"confidence": confidence,
	"terms": {term.name: term.points | some term in terms},
	"missing": missing | left_out,
	"findings": findings,
}

verdict := "abstained" if {
	count(missing) > 0
} else := "rejected" if {
	count(faults) > 0
} else := "shortlisted"

findings := faults if {
	count(faults) > 0
} else := {{
	"code": "score_reached",
	"limit": "scout.shortlist_from_points",
	"value": score,
}}

# --- what is known -------------------------------------------------------------------------------

known contains "cost" if input.cost_cents > 0

known contains "price" if input.price_cents > 0

known contains "stock" if input.stock_units >= 0

known contains "rating" if {
	input.rating_tenths >= 0
	input.rating_tenths <= 50
}

known contains "trend" if {
	input.trend_points >= 0
	input.trend_points <= 100
}

known contains "shipping" if input.shipping_days >= 0

missing := {"cost", "price", "stock", "rating"} - known

left_out := {"trend", "shipping"} - known

# --- the terms -----------------------------------------------------------------------------------

default margin_percent := null

# Rounded down to whole percent; a price below cost has no margin.
margin_percent := max([0, (scaled - (scaled % input.price_cents)) / input.price_cents]) if {
	"cost" in known
	"price" in known
	scaled := max([0, (input.price_cents - input.cost_cents) * 100])
}

terms contains {"name": "margin", "weight": weights.margin_points, "points": points} if {
	"cost" in known
	"price" in known
	full := limits.full_margin_percent
	scaled := min([margin_percent, full]) * 100
	points := (scaled - (scaled % full)) / full
}

terms contains {"name": "viability", "weight": weights.viability_points, "points": points} if {
	"stock" in known
	full := limits.full_stock_units
	scaled := min([input.stock_units, full]) * 100
	points := (scaled - (scaled % full)) / full
}

terms contains {"name": "rating", "weight": weights.rating_points, "points": input.rating_tenths * 2} if {
	"rating" in known
}

terms contains {"name": "trend", "weight": weights.trend_points, "points": input.trend_points} if {
	"trend" in known
}

terms contains {"name": "shipping", "weight": weights.shipping_points, "points": points} if {
	"shipping" in known
	span := limits.slow_shipping_days - limits.fast_shipping_days
	saved := limits.slow_shipping_days - input.shipping_days
	scaled := min([max([saved, 0]), span]) * 100
	points := (scaled - (scaled % span)) / span
}

weight := sum([term.weight | some term in terms])

points_by_weight := sum([part | some term in terms; part := term.weight * term.points])

default score := null

score := (points_by_weight - (points_by_weight % weight)) / weight if {
	count(missing) == 0
	weight > 0
}

# --- what speaks against it ----------------------------------------------------------------------

faults contains {"code": "fact_missing", "value": name} if some name in missing

faults contains {"code": "price_below_cost", "value": input.price_cents, "than": input.cost_cents} if {
	"cost" in known
	"price" in known
	input.price_cents < input.cost_cents
}

faults contains {"code": "out_of_stock"} if input.stock_units == 0

faults contains {"code": "margin_too_low", "limit": "scout.min_margin_percent", "value": margin_percent} if {
	margin_percent != null
	margin_percent < limits.min_margin_percent
}

faults contains {"code": "score_too_low", "limit": "scout.shortlist_from_points", "value": score} if {
	score != null
	score < limits.shortlist_from_points
}

# --- how sure ------------------------------------------------------------------------------------

confidence := max([0, limits.confidence_percent - sum([less | some name in left_out; less := without[name]])])

without := {
	"trend": limits.less_without_trend_percent,
	"shipping": limits.less_without_shipping_percent,
}
