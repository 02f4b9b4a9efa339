# METADATA
# title: The CEO function's review of a product
# description: |
#   On margin and goals. What is outside the mandate, or not known, goes to a person.
package royal.ceo.product

import data.royal.thresholds

limits := thresholds.ceo_product

# METADATA
# title: Verdict on one product
# entrypoint: true
result := {
	"verdict": verdict,
	"findings": findings,
}

verdict := "rejected" if {
	count(faults) > 0
} else := "escalated" if {
	count(doubts) > 0
} else := "approved"

findings := faults | doubts if {
	count(faults | doubts) > 0
} else := {{
	"code": "ceo_margin_fits",
	"limit": "ceo_product.min_margin_percent",
	"value": input.margin_percent,
}}

faults contains {
	"code": "margin_too_low",
	"limit": "ceo_product.min_margin_percent",
	"value": input.margin_percent,
} if {
	input.margin_percent < limits.min_margin_percent
}

faults contains {"code": "supplier_not_vetted"} if input.supplier_passed == false

doubts contains {"code": "fact_missing", "value": name} if {
	some name in ["margin_percent", "confidence_percent", "supplier_passed", "approved_today"]
	object.get(input, name, null) == null
}

doubts contains {
	"code": "confidence_low",
	"limit": "ceo_product.min_confidence_percent",
	"value": input.confidence_percent,
} if {
	input.confidence_percent < limits.min_confidence_percent
}

# The store's margin is behind its goal, and this product would not help.
doubts contains {
	"code": "margin_goal_behind",
	"value": input.margin_percent,
	"than": input.goal_margin_percent,
} if {
	input.store_margin_percent < input.goal_margin_percent
	input.margin_percent < input.goal_margin_percent
}

doubts contains {
	"code": "approved_many",
	"limit": "ceo_product.up_to_per_day",
	"value": input.approved_today + 1,
} if {
	input.approved_today >= limits.up_to_per_day
}
