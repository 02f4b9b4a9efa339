# METADATA
# title: Choice of a supplier
# description: |
#   What one supplier's offer for one line of an order is worth. An offer that cannot be taken is
#   refused with its reason; one whose record is not known can be taken, and comes after all that have a
#   score.
package royal.agents.fulfillment

import data.royal.thresholds

limits := thresholds.fulfillment

weights := thresholds.fulfillment_weights

# METADATA
# title: Worth of one offer
# entrypoint: true
result := {
	"usable": usable,
	"score": score,
	"terms": {term.name: term.points | some term in terms},
	"missing": missing,
	"findings": findings,
}

default usable := false

usable if faults == set()

findings := faults if {
	count(faults) > 0
} else := {{"code": "offer_unscored", "value": name} | some name in missing} if {
	count(missing) > 0
} else := {{"code": "offer_scored", "value": score}}

# --- what speaks against it ----------------------------------------------------------------------

faults contains {"code": "supplier_cannot"} if not capable

capable if input.capable == true

faults contains {"code": "stock_too_low", "value": input.stock_units, "than": input.wanted_units} if {
	input.stock_units < input.wanted_units
}

faults contains {"code": "fact_missing", "value": name} if {
	some name in {"stock_units", "wanted_units"} - counted
}

counted contains "stock_units" if input.stock_units >= 0

counted contains "wanted_units" if input.wanted_units > 0

# --- the terms -----------------------------------------------------------------------------------

terms contains {"name": "success", "weight": weights.success_points, "points": input.success_percent} if {
	input.success_percent >= 0
	input.success_percent <= 100
}

terms contains {"name": "speed", "weight": weights.speed_points, "points": points} if {
	input.delivery_days >= 0
	span := limits.slow_days - limits.fast_days
	saved := limits.slow_days - input.delivery_days
	scaled := min([max([saved, 0]), span]) * 100
	points := (scaled - (scaled % span)) / span
}

missing := {"success", "speed"} - {term.name | some term in terms}

default score := null

score := (by_weight - (by_weight % 100)) / 100 if missing == set()

by_weight := sum([part | some term in terms; part := term.weight * term.points])
