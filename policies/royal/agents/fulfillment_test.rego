package royal.agents.fulfillment_test

import data.royal.agents.fulfillment
import data.royal.thresholds

limits := thresholds.fulfillment

weights := thresholds.fulfillment_weights

best := {
	"capable": true,
	"stock_units": 2,
	"wanted_units": 2,
	"success_percent": 100,
	"delivery_days": limits.fast_days,
}

worth(change) := answer if {
	answer := fulfillment.result with input as object.union(best, change)
}

without(field) := answer if {
	answer := fulfillment.result with input as {key: value | some key, value in best; key != field}
}

codes(result) := {finding.code | some finding in result.findings}

test_the_best_is_worth_a_hundred if {
	result := worth({})
	result.usable
	result.score == 100
	result.terms == {"success": 100, "speed": 100}
	result.missing == set()
	result.findings == {{"code": "offer_scored", "value": 100}}
}

test_a_term_without_points_costs_its_weight if {
	worth({"success_percent": 0}).score == 100 - weights.success_points
	worth({"delivery_days": limits.slow_days}).score == 100 - weights.speed_points
	worth({"delivery_days": limits.slow_days + 100}).terms.speed == 0
	worth({"delivery_days": 0}).terms.speed == 100
}

test_terms_and_score_are_rounded_down if {
	span := limits.slow_days - limits.fast_days
	result := worth({"delivery_days": limits.fast_days + 1})
	result.terms.speed == floor(((span - 1) * 100) / span)
	worth({"success_percent": 99}).score == floor(100 - (weights.success_points / 100))
}

test_who_cannot_deliver_there_is_not_taken if {
	result := worth({"capable": false})
	not result.usable
	result.findings == {{"code": "supplier_cannot"}}
	without("capable").findings == {{"code": "supplier_cannot"}}
}

test_too_little_stock_is_not_taken if {
	result := worth({"stock_units": 1})
	not result.usable
	result.findings == {{"code": "stock_too_low", "value": 1, "than": 2}}
	worth({"stock_units": 3}).usable
}

test_a_stock_that_is_not_known_is_not_taken if {
	every field in ["stock_units", "wanted_units"] {
		result := without(field)
		not result.usable
		result.findings == {{"code": "fact_missing", "value": field}}
	}
	codes(worth({"stock_units": -1})) == {"fact_missing", "stock_too_low"}
	codes(worth({"wanted_units": 0})) == {"fact_missing"}
	worth({"wanted_units": 1}).usable
	codes(worth({"stock_units": 0})) == {"stock_too_low"}
}

test_an_unknown_record_can_be_taken_and_has_no_score if {
	every field, name in {"success_percent": "success", "delivery_days": "speed"} {
		result := without(field)
		result.usable
		result.score == null
		result.missing == {name}
		result.findings == {{"code": "offer_unscored", "value": name}}
	}
}

test_figures_that_cannot_be_right_are_not_known if {
	worth({"success_percent": 101}).missing == {"success"}
	worth({"success_percent": -1}).missing == {"success"}
	worth({"delivery_days": -1}).missing == {"speed"}
}
