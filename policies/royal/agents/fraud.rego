# METADATA
# title: Fraud
# description: |
#   The one scorer of orders. What is found adds its points; the sum is the score, and its band says
#   what follows. No country and no name is a risk by itself. Without the customer's history, the
#   orders of the last day and the value there is no score at all, and the order is held; what else is
#   not known adds nothing, is named, and keeps an order of the medium band waiting.
package royal.agents.fraud

import data.royal.lists
import data.royal.thresholds

limits := thresholds.fraud

points := thresholds.fraud_points

# METADATA
# title: Score of one order
# entrypoint: true
result := {
	"score": score,
	"band": band,
	"checks_passed": checks_passed,
	"evidence": {term.name: term.points | some term in terms},
	"missing": missing,
	"unknown": unknown,
	"findings": findings,
}

# --- what is known -------------------------------------------------------------------------------

known contains "orders_before" if input.orders_before >= 0

known contains "orders_24h" if input.orders_24h >= 0

known contains "value_cents" if input.value_cents >= 0

known contains "country_differs" if input.country_differs in {true, false}

known contains "city_differs" if input.city_differs in {true, false}

known contains "mail_disposable" if input.mail_disposable in {true, false}

known contains "shop_risk" if input.shop_risk in {"none", "low", "medium", "high"}

known contains "categories" if {
	every item in input.items {
		item.category
	}
}

missing := {"orders_before", "orders_24h", "value_cents"} - known

unknown := {"country_differs", "city_differs", "mail_disposable", "shop_risk", "categories"} - known

# --- what was found ------------------------------------------------------------------------------

terms contains {"name": "first_order", "points": points.first_order_points} if {
	input.orders_before == 0
}

terms contains {"name": "few_orders", "points": points.few_orders_points} if {
	input.orders_before > 0
	input.orders_before < limits.few_under_orders
}

terms contains {"name": "regular_customer", "points": 0 - points.regular_less_points} if {
	input.orders_before > limits.regular_over_orders
}

terms contains {"name": "value_highest", "points": points.value_highest_points} if {
	input.value_cents > limits.value_highest_over_cents
}

terms contains {"name": "value_higher", "points": points.value_higher_points} if {
	input.value_cents > limits.value_higher_over_cents
	input.value_cents <= limits.value_highest_over_cents
}

terms contains {"name": "value_high", "points": points.value_high_points} if {
	input.value_cents > limits.value_high_over_cents
	input.value_cents <= limits.value_higher_over_cents
}

terms contains {"name": "country_differs", "points": points.country_differs_points} if input.country_differs == true

# Another city is only news within one country.
terms contains {"name": "city_differs", "points": points.city_differs_points} if {
	input.city_differs == true
	input.country_differs == false
}

terms contains {"name": "resale_items", "points": points.resale_items_points} if {
	resale_units > limits.resale_over_units
}

terms contains {"name": "mail_disposable", "points": points.mail_disposable_points} if input.mail_disposable == true

terms contains {"name": "shop_risk_high", "points": points.shop_risk_high_points} if input.shop_risk == "high"

terms contains {"name": "shop_risk_medium", "points": points.shop_risk_medium_points} if input.shop_risk == "medium"

terms contains {"name": "many_orders", "points": points.many_orders_points} if {
	input.orders_24h > limits.many_over_orders
}

# Units of what is sold on most easily.
resale_units := sum([item.units | some item in input.items; is_resale(item)])

is_resale(item) if {
	some word in lists.resale_categories
	contains(lower(item.category), word)
}

default score := null

score := max([0, sum([term.points | some term in terms])]) if missing == set()

default band := null

band := "blocked" if {
	score != null
	score >= limits.blocked_from_points
} else := "high" if {
	score != null
	score >= limits.high_from_points
} else := "medium" if {
	score != null
	score >= limits.medium_from_points
} else := "low" if score != null

# The checks that an order of the medium band needs: nothing that can be checked speaks against it.
default checks_passed := false

checks_passed if {
	input.shop_risk in {"none", "low"}
	input.mail_disposable == false
	input.country_differs == false
}

# --- what people are told ------------------------------------------------------------------------

findings contains {"code": "fact_missing", "value": name} if some name in missing

findings contains {"code": "fraud_scored", "value": score} if score != null

findings contains {"code": "fraud_found", "value": term.name} if some term in terms
