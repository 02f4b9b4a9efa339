package royal.agents.pricing_test

import data.royal.agents.pricing
import data.royal.thresholds

limits := thresholds.pricing

result(variant) := answer if {
	answer := pricing.result with input as variant
}

codes(variant) := {finding.code | some finding in result(variant).findings}

floor_price := result({"cost_cents": 1000}).floor_cents

test_without_a_cost_there_is_no_price if {
	none := result({"suggested_cents": 2000})
	none.verdict == "abstained"
	none.price_cents == null
	"cost" in none.missing
	result({"cost_cents": 0}).verdict == "abstained"
}

test_the_floor_keeps_the_least_margin if {
	less := floor_price - 1
	limits.min_margin_percent * floor_price <= (floor_price - 1000) * 100
	limits.min_margin_percent * less > (less - 1000) * 100
}

test_without_a_market_the_price_reaches_the_target if {
	own := result({"cost_cents": 1000})
	own.verdict == "priced"
	own.price_cents == own.target_cents
	own.margin_percent >= limits.target_margin_percent
	own.price_cents % 100 == limits.ending_cents
	own.missing == {"suggested", "competitor"}
}

test_the_lowest_of_the_market_is_kept if {
	result({"cost_cents": 1000, "suggested_cents": 2001}).price_cents == 2001
	result({"cost_cents": 1000, "suggested_cents": 2001, "competitor_cents": 1900}).price_cents == 1900
	result({"cost_cents": 1000, "suggested_cents": 1800, "competitor_cents": 1900}).price_cents == 1800
}

test_a_market_below_the_floor_fails if {
	result({"cost_cents": 1000, "suggested_cents": floor_price}).verdict == "priced"
	thin := result({"cost_cents": 1000, "suggested_cents": floor_price - 1})
	thin.verdict == "failed"
	thin.price_cents == null
	"market_below_floor" in {finding.code | some finding in thin.findings}
}

test_a_margin_under_target_is_said if {
	"margin_below_target" in codes({"cost_cents": 1000, "suggested_cents": floor_price})
	not "margin_below_target" in codes({"cost_cents": 1000, "suggested_cents": 100000})
}

on_sale := {"cost_cents": 1000, "suggested_cents": 2000, "current_cents": 2100, "changes_24h": 0}

test_a_change_waits_for_its_time if {
	result(on_sale).verdict == "priced"
	result(object.union(on_sale, {"changes_24h": limits.changes_per_day})).verdict == "wait"
	soon := object.union(on_sale, {"minutes_since_change": limits.minutes_between_changes - 1})
	result(soon).verdict == "wait"
	"price_changes_soon" in codes(soon)
	rested := object.union(on_sale, {"minutes_since_change": limits.minutes_between_changes})
	result(rested).verdict == "priced"
}

test_the_same_price_is_no_change if {
	result(object.union(on_sale, {"current_cents": 2000, "changes_24h": 100})).verdict == "kept"
}

test_a_floor_that_is_whole_is_not_rounded_up if {
	left := 100 - limits.min_margin_percent
	result({"cost_cents": left * 20}).floor_cents == 2000
}

test_the_margin_is_rounded_down if {
	result({"cost_cents": 1000, "suggested_cents": 1501}).margin_percent == 33
}

test_a_margin_on_target_is_not_below_it if {
	cost := (100 - limits.target_margin_percent) * 100
	not "margin_below_target" in codes({"cost_cents": cost, "suggested_cents": 10000})
	"margin_below_target" in codes({"cost_cents": cost + 1, "suggested_cents": 10000})
}

test_where_the_price_comes_from_is_said_once if {
	codes({"cost_cents": 1000, "suggested_cents": 100000}) == {"price_from_market"}
	codes({"cost_cents": 1000}) == {"price_from_target"}
	codes({"cost_cents": 1000, "suggested_cents": 1}) == {"market_below_floor"}
	codes({}) == {"fact_missing"}
}

test_a_market_price_of_nothing_is_none if {
	free := result({"cost_cents": 1000, "suggested_cents": 0, "competitor_cents": 0})
	free.missing == {"suggested", "competitor"}
	free.price_cents == free.target_cents
}

test_only_what_is_not_known_is_missing if {
	result({"cost_cents": 1000, "suggested_cents": 2000}).missing == {"competitor"}
}

test_waiting_is_said_only_while_it_waits if {
	often := object.union(on_sale, {"changes_24h": limits.changes_per_day})
	"price_changes_often" in codes(often)
	not "price_changes_often" in codes(object.union(often, {"current_cents": 2000}))
	some finding in result(often).findings
	finding.code == "price_changes_often"
	finding.value == limits.changes_per_day + 1
}

test_one_cent_is_a_cost_and_a_price if {
	result({"cost_cents": 1}).verdict == "priced"
	cheap := result({"cost_cents": 1000, "suggested_cents": 2000, "competitor_cents": 1})
	cheap.verdict == "failed"
	cheap.missing == set()
}

test_the_target_is_reached_exactly if {
	left := 100 - limits.target_margin_percent
	result({"cost_cents": left * 100}).target_cents == 10000 + limits.ending_cents
}

test_the_floor_is_rounded_up_to_a_cent if {
	thin := object.union(limits, {"min_margin_percent": 1})
	answer := pricing.result with input as {"cost_cents": 1} with thresholds.pricing as thin
	answer.floor_cents == 2
}

test_the_last_change_of_the_day_is_made if {
	result(object.union(on_sale, {"changes_24h": limits.changes_per_day - 1})).verdict == "priced"
}

test_what_is_missing_is_named if {
	{finding.value | some finding in result({}).findings} == {"cost"}
}
