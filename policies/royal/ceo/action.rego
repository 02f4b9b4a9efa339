# METADATA
# title: The CEO function's review of an action
# description: |
#   Decides actions whose tier is CEO, inside a daily amount. Everything else goes to a person.
package royal.ceo.action

import data.royal.thresholds

limits := thresholds.ceo_action

type := input.action.type

# METADATA
# title: Verdict on one action
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
} else := {{"code": "ceo_in_mandate", "value": type}}

price := input.action.new_price_cents

profit := (price - input.action.cost_cents) * 100

faults contains {
	"code": "margin_too_low",
	"limit": "ceo_product.min_margin_percent",
	"value": margin_percent,
} if {
	type == "product.publish"
	profit < thresholds.ceo_product.min_margin_percent * price
}

margin_percent := (scaled - (scaled % price)) / price if {
	price > 0
	scaled := max([0, profit])
}

doubts contains {"code": "not_in_mandate", "value": type_or_none} if not in_mandate

in_mandate if {
	type in {
		"campaign.launch",
		"compensation.offer",
		"influencer.contact",
		"product.publish",
		"refund.issue",
	}
	input.tier == "CEO"
}

default type_or_none := "unknown"

type_or_none := type

doubts contains {"code": "fact_missing", "value": "confidence_percent"} if {
	object.get(input, "confidence_percent", null) == null
}

doubts contains {
	"code": "confidence_low",
	"limit": "ceo_action.min_confidence_percent",
	"value": input.confidence_percent,
} if {
	input.confidence_percent < limits.min_confidence_percent
}

doubts contains {"code": "fact_missing", "value": concat(".", path)} if {
	type == "product.publish"
	some path in [["action", "new_price_cents"], ["action", "cost_cents"]]
	object.get(input, path, null) == null
}

doubts contains {"code": "fact_missing", "value": "committed_today_cents"} if {
	input.action.amount_cents > 0
	object.get(input, "committed_today_cents", null) == null
}

committed := input.committed_today_cents + input.action.amount_cents

doubts contains {
	"code": "day_mandate_used",
	"limit": "ceo_action.day_up_to_cents",
	"value": committed,
} if {
	committed > limits.day_up_to_cents
}
