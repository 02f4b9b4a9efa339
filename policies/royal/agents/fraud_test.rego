package royal.agents.fraud_test

import data.royal.agents.fraud
import data.royal.lists
import data.royal.thresholds

limits := thresholds.fraud

points := thresholds.fraud_points

verdict(order) := answer if {
	answer := fraud.result with input as order
}

# Everything known but one field.
without(field) := {key: value | some key, value in quiet; key != field}

# Everything known, nothing found.
quiet := {
	"orders_before": limits.few_under_orders,
	"orders_24h": 0,
	"value_cents": limits.value_high_over_cents,
	"country_differs": false,
	"city_differs": false,
	"mail_disposable": false,
	"shop_risk": "low",
	"items": [{"category": "Garden", "units": 100}],
}

scored(change) := verdict(object.union(quiet, change))

test_nothing_found_is_no_point if {
	result := scored({})
	result.score == 0
	result.band == "low"
	result.evidence == {}
	result.missing == set()
	result.unknown == set()
	result.findings == {{"code": "fraud_scored", "value": 0}}
}

resale(units) := [
	{"category": "Electronics", "units": units},
	{"category": "Garden", "units": 100},
]

# What is found, and what it is called.
found := [
	["first_order", {"orders_before": 0}],
	["few_orders", {"orders_before": 1}],
	["few_orders", {"orders_before": limits.few_under_orders - 1}],
	["value_high", {"value_cents": limits.value_high_over_cents + 1}],
	["value_high", {"value_cents": limits.value_higher_over_cents}],
	["value_higher", {"value_cents": limits.value_higher_over_cents + 1}],
	["value_higher", {"value_cents": limits.value_highest_over_cents}],
	["value_highest", {"value_cents": limits.value_highest_over_cents + 1}],
	["country_differs", {"country_differs": true}],
	["city_differs", {"city_differs": true}],
	["resale_items", {"items": resale(limits.resale_over_units + 1)}],
	["mail_disposable", {"mail_disposable": true}],
	["shop_risk_high", {"shop_risk": "high"}],
	["shop_risk_medium", {"shop_risk": "medium"}],
	["many_orders", {"orders_24h": limits.many_over_orders + 1}],
]

test_each_finding_adds_its_points if {
	every case in found {
		result := scored(case[1])
		worth := points[concat("_", [case[0], "points"])]
		result.evidence == {case[0]: worth}
		result.score == worth
		{"code": "fraud_found", "value": case[0]} in result.findings
	}
}

test_at_the_limits_nothing_is_found if {
	every change in [
		{"orders_before": limits.regular_over_orders},
		{"items": resale(limits.resale_over_units)},
		{"orders_24h": limits.many_over_orders},
		{"shop_risk": "none"},
		{"items": []},
	] {
		scored(change).evidence == {}
	}
}

test_another_city_counts_within_one_country_only if {
	scored({"city_differs": true, "country_differs": true}).evidence == {"country_differs": points.country_differs_points}
}

test_a_regular_customer_has_points_taken_off if {
	result := scored({"orders_before": limits.regular_over_orders + 1, "shop_risk": "high"})
	result.evidence.regular_customer == 0 - points.regular_less_points
	result.score == points.shop_risk_high_points - points.regular_less_points
}

test_no_score_is_below_nothing if {
	scored({"orders_before": limits.regular_over_orders + 1}).score == 0
}

test_points_add_up if {
	result := scored({
		"orders_before": 0,
		"value_cents": limits.value_highest_over_cents + 1,
		"country_differs": true,
		"mail_disposable": true,
	})
	taken := [
		points.first_order_points,
		points.value_highest_points,
		points.country_differs_points,
		points.mail_disposable_points,
	]
	result.score == sum(taken)
	result.band == "blocked"
	count(result.evidence) == 4
}

# The band of an order whose findings are worth so many points.
band_at(value) := answer if {
	answer := fraud.band with fraud.score as value
}

test_bands_by_points if {
	band_at(limits.medium_from_points - 1) == "low"
	band_at(limits.medium_from_points) == "medium"
	band_at(limits.high_from_points - 1) == "medium"
	band_at(limits.high_from_points) == "high"
	band_at(limits.blocked_from_points - 1) == "high"
	band_at(limits.blocked_from_points) == "blocked"
}

test_without_what_is_needed_there_is_no_score if {
	every field in ["orders_before", "orders_24h", "value_cents"] {
		result := verdict(without(field))
		result.score == null
		result.band == null
		result.missing == {field}
		result.findings == {{"code": "fact_missing", "value": field}}
	}
}

test_figures_that_cannot_be_right_are_not_known if {
	every field in ["orders_before", "orders_24h", "value_cents"] {
		scored({field: -1}).missing == {field}
		scored({field: 0}).missing == set()
	}
}

test_what_else_is_not_known_is_named_and_adds_nothing if {
	every field in ["country_differs", "city_differs", "mail_disposable", "shop_risk"] {
		result := verdict(without(field))
		result.unknown == {field}
		result.score == 0
	}
	scored({"shop_risk": "pending"}).unknown == {"shop_risk"}
	unnamed := scored({"items": [{"units": 100}, {"category": "Garden", "units": 1}]})
	unnamed.unknown == {"categories"}
	unnamed.score == 0
}

test_each_word_of_the_list_is_found_in_any_case if {
	every word in lists.resale_categories {
		items := [{"category": concat("", ["Home > ", upper(word)]), "units": limits.resale_over_units + 1}]
		scored({"items": items}).evidence == {"resale_items": points.resale_items_points}
	}
}

test_the_checks_of_a_medium_score if {
	scored({}).checks_passed
	scored({"shop_risk": "none"}).checks_passed
	scored({"city_differs": true}).checks_passed
	every change in [
		{"shop_risk": "medium"},
		{"shop_risk": "high"},
		{"mail_disposable": true},
		{"country_differs": true},
	] {
		not scored(change).checks_passed
	}
	every field in ["shop_risk", "mail_disposable", "country_differs"] {
		not verdict(without(field)).checks_passed
	}
}
