package royal.ceo.action_test

import data.royal.ceo.action
import data.royal.thresholds

limits := thresholds.ceo_action

refund := {
	"action": {"type": "refund.issue", "amount_cents": 100},
	"tier": "CEO",
	"confidence_percent": limits.min_confidence_percent,
	"committed_today_cents": 0,
}

verdict(change) := result.verdict if {
	result := action.result with input as object.union(refund, change)
}

test_an_action_in_the_mandate_is_approved if verdict({}) == "approved"

test_the_day_has_an_end if {
	verdict({"committed_today_cents": limits.day_up_to_cents - 100}) == "approved"
	verdict({"committed_today_cents": limits.day_up_to_cents - 99}) == "escalated"
}

test_other_types_and_tiers_go_to_a_person if {
	verdict({"action": {"type": "expense.pay"}}) == "escalated"
	verdict({"tier": "HIGH"}) == "escalated"
}

test_a_doubt_goes_to_a_person if {
	verdict({"confidence_percent": limits.min_confidence_percent - 1}) == "escalated"
}

test_what_is_not_known_goes_to_a_person if {
	every field in ["confidence_percent", "committed_today_cents", "tier"] {
		result := action.result with input as {key: value | some key, value in refund; key != field}
		result.verdict == "escalated"
	}
	result := action.result with input as {}
	result.verdict == "escalated"
}

publish(price) := {
	"action": {"type": "product.publish", "new_price_cents": price, "cost_cents": 6500},
	"tier": "CEO",
	"confidence_percent": limits.min_confidence_percent,
}

reviewed(input_) := result.verdict if {
	result := action.result with input as input_
}

test_a_product_with_a_low_margin_is_rejected if {
	left := 100 - thresholds.ceo_product.min_margin_percent
	least := ((6500 * 100) - ((6500 * 100) % left)) / left
	reviewed(publish(least + 1)) == "approved"
	reviewed(publish(least - 100)) == "rejected"
}

test_a_product_without_a_price_goes_to_a_person if {
	reviewed({
		"action": {"type": "product.publish", "cost_cents": 6500},
		"tier": "CEO",
		"confidence_percent": limits.min_confidence_percent,
	}) == "escalated"
}

codes(change) := {finding.code | some finding in result.findings} if {
	result := action.result with input as object.union(refund, change)
}

test_what_is_said_fits_the_verdict if {
	codes({}) == {"ceo_in_mandate"}
	codes({"tier": "HIGH"}) == {"not_in_mandate"}
}

test_nothing_to_commit_needs_no_account if {
	free := {key: value | some key, value in refund; key != "committed_today_cents"}
	reviewed(object.union(free, {"action": {"amount_cents": 0}})) == "approved"
}

test_a_margin_at_the_least_is_enough if {
	cost := (100 - thresholds.ceo_product.min_margin_percent) * 100
	least := object.union(publish(10000), {"action": {"cost_cents": cost}})
	reviewed(least) == "approved"
	thin := object.union(least, {"action": {"cost_cents": cost + 1}})
	result := action.result with input as thin
	{finding.value | some finding in result.findings} == {thresholds.ceo_product.min_margin_percent - 1}
}

said(request) := {[finding.code, object.get(finding, "value", null)] | some finding in result.findings} if {
	result := action.result with input as request
}

without(field) := {key: value | some key, value in refund; key != field}

test_each_doubt_says_what_it_is if {
	codes({"confidence_percent": limits.min_confidence_percent - 1}) == {"confidence_low"}
	codes({"committed_today_cents": limits.day_up_to_cents}) == {"day_mandate_used"}
	said(without("confidence_percent")) == {["fact_missing", "confidence_percent"]}
	said(without("committed_today_cents")) == {["fact_missing", "committed_today_cents"]}
	unpriced := {key: value | some key, value in publish(0); key != "action"}
	said(object.union(unpriced, {"action": {"type": "product.publish"}})) == {
		["fact_missing", "action.new_price_cents"],
		["fact_missing", "action.cost_cents"],
	}
	said({}) == {["fact_missing", "confidence_percent"], ["not_in_mandate", "unknown"]}
	said(object.union(refund, {"action": {"type": "expense.pay"}})) == {["not_in_mandate", "expense.pay"]}
	said(publish(6499)) == {["margin_too_low", 0]}
}

test_the_mandate_is_for_these_types if {
	every type in ["campaign.launch", "compensation.offer", "influencer.contact", "refund.issue"] {
		verdict({"action": {"type": type}}) == "approved"
	}
}

test_a_single_cent_is_committed_too if {
	free := {key: value | some key, value in refund; key != "committed_today_cents"}
	reviewed(object.union(free, {"action": {"amount_cents": 1}})) == "escalated"
}

test_only_a_product_has_a_margin if {
	verdict({"action": {"type": "price.change", "new_price_cents": 100, "cost_cents": 99}}) == "escalated"
}

test_a_price_of_one_cent_has_a_margin if reviewed(publish(1)) == "rejected"
