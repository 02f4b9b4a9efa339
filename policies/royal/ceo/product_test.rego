package royal.ceo.product_test

import data.royal.ceo.product
import data.royal.thresholds

limits := thresholds.ceo_product

good := {
	"margin_percent": limits.min_margin_percent,
	"confidence_percent": limits.min_confidence_percent,
	"supplier_passed": true,
	"approved_today": 0,
}

verdict(change) := result.verdict if {
	result := product.result with input as object.union(good, change)
}

test_a_good_product_is_approved if verdict({}) == "approved"

test_a_low_margin_is_rejected if verdict({"margin_percent": limits.min_margin_percent - 1}) == "rejected"

test_a_supplier_that_failed_is_rejected if verdict({"supplier_passed": false}) == "rejected"

test_doubts_go_to_a_person if {
	verdict({"confidence_percent": limits.min_confidence_percent - 1}) == "escalated"
	verdict({"approved_today": limits.up_to_per_day}) == "escalated"
	verdict({"approved_today": limits.up_to_per_day - 1}) == "approved"
}

test_a_product_that_pulls_the_margin_down_goes_to_a_person if {
	behind := {"store_margin_percent": limits.min_margin_percent, "goal_margin_percent": limits.min_margin_percent + 5}
	verdict(behind) == "escalated"
	verdict(object.union(behind, {"margin_percent": limits.min_margin_percent + 5})) == "approved"
	verdict(object.union(behind, {"store_margin_percent": limits.min_margin_percent + 5})) == "approved"
}

test_what_is_not_known_goes_to_a_person if {
	every field in object.keys(good) {
		result := product.result with input as {key: value | some key, value in good; key != field}
		result.verdict == "escalated"
	}
}

codes(change) := {finding.code | some finding in result.findings} if {
	result := product.result with input as object.union(good, change)
}

test_what_is_said_fits_the_verdict if {
	codes({}) == {"ceo_margin_fits"}
	codes({"margin_percent": limits.min_margin_percent - 1}) == {"margin_too_low"}
	codes({"approved_today": limits.up_to_per_day}) == {"approved_many"}
}

test_this_one_is_counted_in if {
	result := product.result with input as object.union(good, {"approved_today": limits.up_to_per_day})
	{finding.value | some finding in result.findings} == {limits.up_to_per_day + 1}
}

test_each_doubt_says_what_it_is if {
	codes({"supplier_passed": false}) == {"supplier_not_vetted"}
	codes({"confidence_percent": limits.min_confidence_percent - 1}) == {"confidence_low"}
	codes({"approved_today": null}) == {"fact_missing"}
	behind := {"store_margin_percent": limits.min_margin_percent, "goal_margin_percent": limits.min_margin_percent + 1}
	codes(behind) == {"margin_goal_behind"}
}
