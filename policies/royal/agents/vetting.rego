# METADATA
# title: Supplier vetting
# description: |
#   A supplier's scorecard of 0 to 100 from delivery, quality, cost and service. Without the whole
#   record there is no score: an unknown supplier is not a good one.
package royal.agents.vetting

import data.royal.thresholds

limits := thresholds.vetting

weights := thresholds.vetting_weights

# METADATA
# title: Verdict on one supplier
# entrypoint: true
result := {
	"verdict": verdict,
	"score": score,
	"band": band,
	"terms": {term.name: term.points | some term in terms},
	"missing": missing,
	"findings": findings,
}

verdict := "abstained" if {
	count(missing) > 0
} else := "passed" if {
	score >= limits.marginal_from_points
} else := "failed"

# --- what is known -------------------------------------------------------------------------------

known contains field if {
	some field in ["on_time_percent", "defect_percent", "return_percent", "cost_points", "service_points"]
	input[field] >= 0
	input[field] <= 100
}

known contains "delay_tenths_days" if input.delay_tenths_days >= 0

missing := {
	"on_time_percent",
	"delay_tenths_days",
	"defect_percent",
	"return_percent",
	"cost_points",
	"service_points",
} - known

# --- the terms -----------------------------------------------------------------------------------

terms contains {"name": "delivery", "weight": weights.delivery_points, "points": points} if {
	"on_time_percent" in known
	"delay_tenths_days" in known
	tenths := (input.on_time_percent * 10) - (limits.points_per_delay_day * input.delay_tenths_days)
	whole := max([tenths, 0])
	points := (whole - (whole % 10)) / 10
}

terms contains {"name": "quality", "weight": weights.quality_points, "points": points} if {
	"defect_percent" in known
	"return_percent" in known
	points := max([0, (100 - input.defect_percent) - input.return_percent])
}

terms contains {"name": "cost", "weight": weights.cost_points, "points": input.cost_points} if {
	"cost_points" in known
}

terms contains {"name": "service", "weight": weights.service_points, "points": input.service_points} if {
	"service_points" in known
}

weight := sum([term.weight | some term in terms])

points_by_weight := sum([part | some term in terms; part := term.weight * term.points])

default score := null

score := (points_by_weight - (points_by_weight % weight)) / weight if {
	count(missing) == 0
	weight > 0
}

default band := null

band := "excellent" if {
	score >= limits.excellent_from_points
	count(missing) == 0
} else := "good" if {
	score >= limits.good_from_points
	count(missing) == 0
} else := "fair" if {
	score >= limits.fair_from_points
	count(missing) == 0
} else := "marginal" if {
	score >= limits.marginal_from_points
	count(missing) == 0
} else := "failing" if {
	count(missing) == 0
}

# --- what people are told ------------------------------------------------------------------------

findings contains {"code": "fact_missing", "value": name} if some name in missing

findings contains {"code": "supplier_fails", "limit": "vetting.marginal_from_points", "value": score} if {
	verdict == "failed"
}

findings contains {"code": "supplier_passes", "limit": "vetting.marginal_from_points", "value": score} if {
	verdict == "passed"
}
