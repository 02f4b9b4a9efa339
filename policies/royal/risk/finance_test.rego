package royal.risk.finance_test

import data.royal.risk.finance
import data.royal.thresholds

tiers(change) := {finding.tier | some finding in findings} if {
	findings := finance.findings with input as object.union({"action": {}, "context": {}, "topics": []}, change)
}

fulfill := {
	"action": {"type": "order.fulfill", "amount_cents": 100, "country": "NL"},
	"context": {"fraud_band": "low", "order_paid_cents": 100},
}

band(name) := object.union(fulfill, {"context": {"fraud_band": name}})

test_a_standard_order_has_nothing_against_it if tiers(fulfill) == set()

test_orders_by_fraud_band if {
	tiers(band("medium")) == {"HIGH"}
	tiers(object.union(band("medium"), {"context": {"fraud_checks_passed": false}})) == {"HIGH"}
	tiers(object.union(band("medium"), {"context": {"fraud_checks_passed": true}})) == {"MEDIUM"}
	tiers(band("high")) == {"HIGH"}
	tiers(band("blocked")) == {"DENIED"}
}

test_passed_checks_do_not_help_a_high_band if {
	tiers(object.union(band("high"), {"context": {"fraud_checks_passed": true}})) == {"HIGH"}
}

test_a_sanctioned_destination_is_denied if {
	tiers(object.union(fulfill, {"action": {"country": "KP"}})) == {"DENIED"}
}

test_an_order_at_a_loss_goes_to_a_person if {
	tiers(object.union(fulfill, {"action": {"amount_cents": 101}})) == {"HIGH"}
}

test_releasing_after_high if {
	release := {"action": {"type": "order.release"}, "context": {"order_was_high": false}}
	tiers(release) == set()
	tiers(object.union(release, {"context": {"order_was_high": true}})) == {"HIGH"}
}

test_releasing_before_the_checks_of_a_medium_score_passed if {
	release := {"action": {"type": "order.release"}, "context": {"order_was_high": false, "fraud_band": "medium"}}
	tiers(release) == {"HIGH"}
	tiers(object.union(release, {"context": {"fraud_checks_passed": true}})) == set()
	tiers(object.union(release, {"context": {"fraud_band": "low"}})) == set()
}

test_a_held_order_is_neither_placed_nor_announced if {
	ship := {"action": {"type": "order.ship"}, "context": {"order_held": false}}
	tiers(ship) == set()
	tiers(object.union(ship, {"context": {"order_held": true}})) == {"DENIED"}
	tiers(object.union(fulfill, {"context": {"order_held": true}})) == {"DENIED"}
	tiers(object.union(fulfill, {"context": {"order_held": false}})) == set()
}

test_following_a_parcel_is_never_more_than_its_row_says if {
	track := {"action": {"type": "order.track"}}
	tiers(track) == set()
	tiers(object.union(track, {"context": {"order_held": true, "fraud_band": "blocked"}})) == set()
}

test_bills_by_size if {
	low := thresholds.expense_pay.low_up_to_cents
	medium := thresholds.expense_pay.medium_up_to_cents
	tiers({"action": {"type": "expense.pay", "amount_cents": low}}) == set()
	tiers({"action": {"type": "expense.pay", "amount_cents": low + 1}}) == {"MEDIUM"}
	tiers({"action": {"type": "expense.pay", "amount_cents": medium}}) == {"MEDIUM"}
	tiers({"action": {"type": "expense.pay", "amount_cents": medium + 1}}) == {"MEDIUM", "HIGH"}
}

test_many_small_bills_are_one_large_one if {
	medium := thresholds.expense_pay.medium_up_to_cents
	small := {"action": {"type": "expense.pay", "amount_cents": 1}, "context": {"similar_24h_cents": medium}}
	tiers(small) == {"MEDIUM", "HIGH"}
}
