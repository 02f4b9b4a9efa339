package royal.agents.scout_test

import data.royal.agents.scout
import data.royal.thresholds

limits := thresholds.scout

verdict(candidate) := answer if {
	answer := scout.result with input as candidate
}

# Everything at its best.
best := {
	"cost_cents": 1000,
	"price_cents": 100000,
	"stock_units": limits.full_stock_units,
	"rating_tenths": 50,
	"trend_points": 100,
	"shipping_days": limits.fast_shipping_days,
}

test_the_best_scores_a_hundred if {
	result := verdict(best)
	result.score == 100
	result.verdict == "shortlisted"
	result.missing == set()
	result.confidence == limits.confidence_percent
}

test_the_worst_scores_nothing if {
	result := verdict({
		"cost_cents": 1000,
		"price_cents": 1000,
		"stock_units": 0,
		"rating_tenths": 0,
		"trend_points": 0,
		"shipping_days": limits.slow_shipping_days + 100,
	})
	result.score == 0
	result.verdict == "rejected"
	"out_of_stock" in {finding.code | some finding in result.findings}
}

test_what_is_needed_and_not_there_is_named if {
	every field, name in {
		"cost_cents": "cost",
		"price_cents": "price",
		"stock_units": "stock",
		"rating_tenths": "rating",
	} {
		result := verdict({key: value | some key, value in best; key != field})
		result.verdict == "abstained"
		result.missing == {name}
		result.score == null
	}
}

test_what_is_left_out_lowers_the_confidence_and_not_the_score if {
	result := verdict({key: value | some key, value in best; not key in ["trend_points", "shipping_days"]})
	result.score == 100
	result.missing == {"trend", "shipping"}
	less := limits.less_without_trend_percent + limits.less_without_shipping_percent
	result.confidence == limits.confidence_percent - less
}

test_the_known_terms_keep_their_proportions if {
	middling := {"cost_cents": 1, "price_cents": 100000, "stock_units": 0, "rating_tenths": 50}
	weights := thresholds.scout_weights
	known := (weights.margin_points + weights.viability_points) + weights.rating_points
	points := (weights.margin_points + weights.rating_points) * 100
	verdict(middling).score == (points - (points % known)) / known
}

test_a_thin_margin_is_rejected if {
	price := 100000
	cost := ((100 - limits.min_margin_percent) * price) / 100
	result := verdict(object.union(best, {"cost_cents": cost + 1, "price_cents": price}))
	"margin_too_low" in {finding.code | some finding in result.findings}
	enough := verdict(object.union(best, {"cost_cents": cost, "price_cents": price}))
	not "margin_too_low" in {finding.code | some finding in enough.findings}
}

test_a_price_below_cost_has_no_margin if {
	result := verdict(object.union(best, {"cost_cents": 2, "price_cents": 1}))
	result.margin_percent == 0
	"price_below_cost" in {finding.code | some finding in result.findings}
}

test_figures_that_cannot_be_right_are_not_known if {
	verdict(object.union(best, {"rating_tenths": 51})).missing == {"rating"}
	verdict(object.union(best, {"price_cents": 0})).missing == {"price"}
	verdict(object.union(best, {"trend_points": 101})).missing == {"trend"}
}

codes(candidate) := {finding.code | some finding in verdict(candidate).findings}

test_the_score_decides_exactly_at_its_limit if {
	every trend in numbers.range(0, 100) {
		candidate := object.union(best, {"trend_points": trend, "rating_tenths": 25, "stock_units": 20})
		score := verdict(candidate).score
		below := {code | some code in codes(candidate); code == "score_too_low"}
		count(below) == count([1 | score < limits.shortlist_from_points])
	}
}

test_what_is_said_fits_the_verdict if {
	codes(best) == {"score_reached"}
	codes({}) == {"fact_missing"}
	not "score_reached" in codes(object.union(best, {"stock_units": 0}))
}

test_nothing_is_a_figure_where_it_can_be if {
	verdict(object.union(best, {"trend_points": 0, "shipping_days": 0})).missing == set()
	verdict(object.union(best, {"cost_cents": 0})).missing == {"cost"}
	verdict(object.union(best, {"rating_tenths": -1, "trend_points": -1})).missing == {"rating", "trend"}
}

test_a_price_at_cost_is_not_below_it if {
	not "price_below_cost" in codes(object.union(best, {"cost_cents": 5, "price_cents": 5}))
}

test_terms_are_rounded_down if {
	span := limits.slow_shipping_days - limits.fast_shipping_days
	later := verdict(object.union(best, {"shipping_days": limits.fast_shipping_days + 1}))
	later.terms.shipping == floor(((span - 1) * 100) / span)
}

weights := thresholds.scout_weights

# What takes every point from one term, and leaves the others theirs.
worst := {
	"margin": {"cost_cents": 100000},
	"viability": {"stock_units": 0},
	"rating": {"rating_tenths": 0},
	"trend": {"trend_points": 0},
	"shipping": {"shipping_days": limits.slow_shipping_days},
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
		object.union(worst.margin, worst.viability),
		object.union(worst.rating, object.union(worst.trend, worst.shipping)),
	)
	every name, change in worst {
		kept := {field: best[field] | some field, _ in change}
		result := verdict(object.union(object.union(best, nothing), kept))
		result.score == weights[concat("_", [name, "points"])]
	}
}

test_every_term_is_named if {
	verdict(best).terms == {"margin": 100, "viability": 100, "rating": 100, "trend": 100, "shipping": 100}
}

test_a_term_is_full_exactly_at_its_limit if {
	margin := limits.full_margin_percent
	at(margin).terms.margin == 100
	at(margin - 1).terms.margin == floor(((margin - 1) * 100) / margin)
	stock := limits.full_stock_units
	verdict(object.union(best, {"stock_units": stock - 1})).terms.viability == floor(((stock - 1) * 100) / stock)
}

at(margin) := verdict(object.union(best, {"cost_cents": (100 - margin) * 1000, "price_cents": 100000}))

test_what_takes_longer_than_slow_is_worth_nothing if {
	verdict(object.union(best, {"shipping_days": limits.slow_shipping_days + 100})).terms.shipping == 0
}

test_one_fault_is_enough if {
	result := verdict(object.union(best, {"stock_units": 0}))
	{finding.code | some finding in result.findings} == {"out_of_stock"}
	result.verdict == "rejected"
}

test_less_than_nothing_is_not_known if {
	verdict(object.union(best, {"stock_units": -1})).missing == {"stock"}
	verdict(object.union(best, {"shipping_days": -1})).missing == {"shipping"}
}

test_nobody_is_less_sure_than_not_at_all if {
	candidate := {key: value | some key, value in best; not key in ["trend_points", "shipping_days"]}
	unsure := object.union(limits, {
		"confidence_percent": 1,
		"less_without_trend_percent": 5,
		"less_without_shipping_percent": 5,
	})
	result := scout.result with input as candidate with thresholds.scout as unsure
	result.confidence == 0
}

test_a_share_that_is_not_whole_is_rounded_down if {
	sevenths := object.union(limits, {"full_margin_percent": 7, "full_stock_units": 7})
	candidate := object.union(best, {"cost_cents": 94000, "price_cents": 100000, "stock_units": 6})
	result := scout.result with input as candidate with thresholds.scout as sevenths
	result.terms.margin == 85
	result.terms.viability == 85
}
