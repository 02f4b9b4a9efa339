package royal.agents.vetting_test

import data.royal.agents.vetting
import data.royal.thresholds

limits := thresholds.vetting

verdict(record) := answer if {
	answer := vetting.result with input as record
}

best := {
	"on_time_percent": 100,
	"delay_tenths_days": 0,
	"defect_percent": 0,
	"return_percent": 0,
	"cost_points": 100,
	"service_points": 100,
}

# Every term at the same number of points.
even(points) := {
	"on_time_percent": points,
	"delay_tenths_days": 0,
	"defect_percent": 100 - points,
	"return_percent": 0,
	"cost_points": points,
	"service_points": points,
}

test_the_best_scores_a_hundred if {
	result := verdict(best)
	result.score == 100
	result.band == "excellent"
	result.verdict == "passed"
}

test_bands_by_points if {
	every band, least in {
		"excellent": limits.excellent_from_points,
		"good": limits.good_from_points,
		"fair": limits.fair_from_points,
		"marginal": limits.marginal_from_points,
	} {
		verdict(even(least)).band == band
		verdict(even(least)).verdict == "passed"
		verdict(even(least - 1)).band != band
	}
}

test_under_the_last_band_it_fails if {
	result := verdict(even(limits.marginal_from_points - 1))
	result.verdict == "failed"
	result.band == "failing"
	"supplier_fails" in {finding.code | some finding in result.findings}
}

test_delay_costs_delivery if {
	result := verdict(object.union(best, {"delay_tenths_days": 10}))
	result.terms.delivery == 100 - limits.points_per_delay_day
}

test_no_term_is_below_nothing if {
	result := verdict(object.union(best, {"delay_tenths_days": 100000, "defect_percent": 80, "return_percent": 80}))
	result.terms.delivery == 0
	result.terms.quality == 0
}

test_a_missing_field_is_named if {
	every field in object.keys(best) {
		result := verdict({key: value | some key, value in best; key != field})
		result.verdict == "abstained"
		result.missing == {field}
		result.score == null
		result.band == null
	}
}

test_no_record_is_no_score if {
	result := verdict({})
	result.verdict == "abstained"
	count(result.missing) == 6
}

codes(record) := {finding.code | some finding in verdict(record).findings}

test_what_is_said_fits_the_verdict if {
	codes(best) == {"supplier_passes"}
	codes(even(limits.marginal_from_points - 1)) == {"supplier_fails"}
	codes({}) == {"fact_missing"}
}

test_figures_that_cannot_be_right_are_not_known if {
	verdict(object.union(best, {"on_time_percent": 101})).missing == {"on_time_percent"}
	verdict(object.union(best, {"defect_percent": -1})).missing == {"defect_percent"}
	verdict(object.union(best, {"delay_tenths_days": -1})).missing == {"delay_tenths_days"}
}

test_terms_and_score_are_rounded_down if {
	tenth := verdict(object.union(best, {"on_time_percent": 97, "delay_tenths_days": 1}))
	tenth.terms.delivery == floor((970 - limits.points_per_delay_day) / 10)
	weights := thresholds.vetting_weights
	verdict(object.union(best, {"service_points": 99})).score == floor(100 - (weights.service_points / 100))
}

weights := thresholds.vetting_weights

# What takes every point from one term, and leaves the others theirs.
worst := {
	"delivery": {"on_time_percent": 0},
	"quality": {"defect_percent": 100},
	"cost": {"cost_points": 0},
	"service": {"service_points": 0},
}

test_a_term_without_points_costs_its_weight if {
	every name, change in worst {
		result := verdict(object.union(best, change))
		result.terms[name] == 0
		result.score == 100 - weights[concat("_", [name, "points"])]
	}
}

test_a_term_alone_is_worth_its_weight if {
	nothing := object.union(
		object.union(worst.delivery, worst.quality),
		object.union(worst.cost, worst.service),
	)
	every name, change in worst {
		kept := {field: best[field] | some field, _ in change}
		result := verdict(object.union(object.union(best, nothing), kept))
		result.score == weights[concat("_", [name, "points"])]
	}
}

test_every_term_is_named if {
	verdict(best).terms == {"delivery": 100, "quality": 100, "cost": 100, "service": 100}
}
