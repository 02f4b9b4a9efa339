package royal.risk_test

import data.royal.risk
import data.royal.thresholds

scout := {"name": "product-publisher", "cluster": "product", "probation": false}

decided(tier, change) if {
	decision := risk.decision with input as object.union(
		{
			"action": {"type": "supplier.flag", "irreversible": false},
			"agent": scout,
			"context": {"unwatched_hours": 0},
			"malformed": [],
			"topics": [],
		},
		change,
	)
	decision.tier == tier
}

test_the_worst_finding_wins if {
	decided("MEDIUM", {})
	decided("HIGH", {"agent": {"probation": true}})
}

test_an_unknown_type_is_high if decided("HIGH", {"action": {"type": "teleport"}})

test_an_empty_input_is_high if {
	decision := risk.decision with input as {}
	decision.tier == "HIGH"
	decision.consent.roles == ["owner"]
}

test_a_decision_has_somebody_to_ask if {
	decision := risk.decision with input as {"action": {"type": "refund.issue"}}
	"finance" in decision.consent.roles
	decision.consent.quorum >= 1
	decision.consent.hours >= 1
}

# --- a person undoes an executed action ----------------------------------------------------------

# A price that goes back by far, the third time today, from which no budget could be told.
undo_of_a_price := {
	"action": {"type": "price.change", "new_price_cents": 9000, "cost_cents": 8900, "currency": "USD"},
	"agent": {"name": "api", "cluster": "api"},
	"context": {"undo": true, "price_24h_ago_cents": 1000, "price_changes_24h": 9},
}

test_an_undo_is_not_held_back_by_limits_or_what_is_not_known if {
	decided("LOW", undo_of_a_price)
	decided("HIGH", object.union(undo_of_a_price, {"context": {"undo": false}}))
	decided("LOW", object.union(undo_of_a_price, {"context": {"budget_overflow": ["store"], "unwatched_hours": 999}}))
}

test_an_undo_leads_nowhere_that_is_denied if {
	decided("DENIED", object.union(undo_of_a_price, {"action": {"new_price_cents": 8000}}))
	decided("DENIED", object.union(undo_of_a_price, {"context": {"rejected_minutes_ago": 1}}))
}

test_a_stop_holds_an_undo_too if {
	decided("HIGH", object.union(undo_of_a_price, {"context": {"stopped": true}}))
}

test_an_undo_that_cannot_be_undone_is_a_persons_decision if {
	decided("HIGH", object.union(undo_of_a_price, {"action": {"irreversible": true}}))
	decided("HIGH", object.union(undo_of_a_price, {"malformed": ["action.amount_cents"]}))
}

test_what_is_no_limit_holds_an_undo_back if {
	decided("HIGH", {"action": {"type": "order.release"}, "context": {"undo": true, "order_was_high": true}})
	decided("LOW", {"action": {"type": "order.release"}, "context": {"undo": true, "order_was_high": false}})
}

test_an_undo_is_no_way_around_the_people_that_a_type_needs if {
	every type in ["policy.publish", "control.resume", "access.grant", "supplier.onboard", "teleport"] {
		decided("HIGH", {"action": {"type": type}, "agent": {"name": "api"}, "context": {"undo": true}})
	}
}

# --- nobody watches ------------------------------------------------------------------------------

unwatched(type, hours) := {
	"action": {"type": type},
	"agent": {"name": "api"},
	"context": {"unwatched_hours": hours, "inverse_valid": true},
}

test_where_nobody_watches_it_takes_one_tier_more if {
	limit := thresholds.dead_man.after_hours
	decided("LOW", unwatched("order.hold", limit - 1))
	decided("MEDIUM", unwatched("order.hold", limit))
	decided("MEDIUM", unwatched("supplier.flag", limit - 1))
	decided("HIGH", unwatched("supplier.flag", limit))
	decided("CEO", unwatched("influencer.contact", limit - 1))
	decided("HIGH", unwatched("influencer.contact", limit))
	decided("HIGH", unwatched("order.cancel", limit))
}

test_where_nobody_knows_who_watches_nobody_does if {
	decided("MEDIUM", {"action": {"type": "review.reply"}, "agent": {"name": "api"}, "context": {"unwatched_hours": null}})
	decided("HIGH", {"context": {"unwatched_hours": null}})
}

# --- nothing would undo it -----------------------------------------------------------------------

launched(inverse_valid) := {
	"action": {"type": "goal.set", "old_goal": 100, "new_goal": 120},
	"agent": {"name": "ceo", "cluster": "ceo"},
	"context": {"inverse_valid": inverse_valid},
}

test_what_is_done_without_asking_can_be_undone if {
	decided("MEDIUM", launched(true))
	decided("HIGH", launched(false))
	decided("HIGH", launched(null))
}

test_what_the_ceo_function_agrees_to_can_be_undone_too if {
	large := {
		"action": {"type": "campaign.launch", "amount_cents": 60000, "currency": "EUR"},
		"agent": {"cluster": "marketing"},
		"context": {"inverse_valid": true, "similar_24h_cents": 0, "budget_overflow": []},
	}
	decided("CEO", large)
	decided("HIGH", object.union(large, {"context": {"inverse_valid": false}}))
}

test_what_is_low_or_has_no_window_needs_no_inverse if {
	decided("LOW", {"action": {"type": "order.hold"}, "agent": {"cluster": "finance"}})
	decided("MEDIUM", {})
}

# --- each that an undo does not wait for -------------------------------------------------------------
undone(type, action, context) := {
	"action": object.union({"type": type, "currency": "EUR"}, action),
	"agent": {"name": "api", "cluster": "api"},
	"context": object.union({"undo": true}, context),
}

test_an_undo_waits_for_none_of_these if {
	decided("LOW", undone("ad.variant.start", {"amount_cents": 2}, {"campaign_budget_left_cents": 1}))
	priced := {"new_price_cents": 10000, "cost_cents": 1000, "category": "Home"}
	decided("LOW", undone("product.publish", priced, {"ceo_review": null}))
	decided("LOW", undone("goal.set", {"old_goal": 0, "new_goal": 1}, {}))
	decided("LOW", undone("refund.issue", {"amount_cents": 2}, {"order_paid_cents": 1}))
	decided("LOW", object.union(undone("order.hold", {}, {}), {"agent": {"probation": true}}))
	decided("LOW", undone("product.unpublish", {"reason": "quality"}, {"unpublished_24h": 0}))
}

codes(change) := {[finding.code, object.get(finding, "value", null)] | some finding in decision.findings} if {
	decision := risk.decision with input as change
}

test_hours_that_cannot_be_right_are_not_known if {
	decided("MEDIUM", unwatched("order.hold", -1))
	["fact_missing", "context.unwatched_hours"] in codes(unwatched("order.hold", -1))
	["nobody_watching", 1000] in codes(unwatched("order.hold", 1000))
}

test_a_window_of_a_minute_is_one if {
	decision := risk.decision with input as {
		"action": {"type": "goal.set", "old_goal": 100, "new_goal": 120},
		"agent": {"name": "ceo", "cluster": "ceo"},
		"context": {"unwatched_hours": 0},
	}
		with thresholds.undo_minutes as {"goal.set": 1}
	decision.tier == "HIGH"
}
