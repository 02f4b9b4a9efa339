package royal.risk.product_test

import data.royal.risk.product
import data.royal.thresholds

found(change) := findings if {
	findings := product.findings with input as object.union(
		{"action": {"currency": "EUR", "cost_cents": 5000}, "context": {}, "topics": []},
		change,
	)
}

codes(change) := {finding.code | some finding in found(change)}

tier_of(code, change) := [finding.tier | some finding in found(change); finding.code == code][0]

# --- product.publish -----------------------------------------------------------------------------

publish(price) := {
	"action": {
		"type": "product.publish",
		"new_price_cents": price,
		"category": "Home & Garden",
	},
	"context": {"ceo_review": "approved"},
	"confidence": thresholds.product_publish.medium_from_confidence_percent,
}

# The price at which a cost of 5000 leaves the target margin, rounded down.
on_target := (up - (up % left)) / left if {
	left := 100 - thresholds.pricing.target_margin_percent
	up := 5000 * 100
}

test_a_reviewed_product_on_target_has_nothing_against_it if codes(publish(on_target + 1)) == set()

test_a_margin_under_target_goes_to_the_ceo if {
	codes(publish(on_target - 50)) == {"margin_below_target"}
	tier_of("margin_below_target", publish(on_target - 50)) == "CEO"
}

test_a_margin_under_the_floor_goes_to_a_person if {
	tier_of("margin_below_floor", publish(5001)) == "HIGH"
}

test_a_price_below_cost_is_denied if {
	tier_of("price_below_cost", publish(4999)) == "DENIED"
	not "price_below_cost" in codes(publish(5000))
}

test_a_price_of_nothing_cannot_be_right if {
	"price_not_positive" in codes(publish(0))
	"cost_not_positive" in codes(object.union(publish(on_target), {"action": {"cost_cents": 0}}))
}

test_confidence_by_band if {
	low := thresholds.product_publish.ceo_from_confidence_percent
	fair := thresholds.product_publish.medium_from_confidence_percent
	good := publish(on_target + 1)
	codes(object.union(good, {"confidence": fair})) == set()
	codes(object.union(good, {"confidence": fair - 1})) == {"confidence_fair"}
	codes(object.union(good, {"confidence": low})) == {"confidence_fair"}
	codes(object.union(good, {"confidence": low - 1})) == {"confidence_fair", "confidence_low"}
	tier_of("confidence_low", object.union(good, {"confidence": low - 1})) == "HIGH"
}

test_the_ceos_word_counts if {
	good := publish(on_target + 1)
	tier_of("ceo_rejected", object.union(good, {"context": {"ceo_review": "rejected"}})) == "DENIED"
	tier_of("ceo_escalated", object.union(good, {"context": {"ceo_review": "escalated"}})) == "HIGH"
	tier_of("ceo_review_missing", object.union(good, {"context": {"ceo_review": "maybe"}})) == "CEO"
}

test_no_word_of_the_ceo_is_no_approval if {
	good := publish(on_target + 1)
	findings := product.findings with input as {
		"action": object.union(good.action, {"cost_cents": 5000}),
		"context": {},
		"confidence": good.confidence,
	}
	"ceo_review_missing" in {finding.code | some finding in findings}
}

test_restricted_categories if {
	every category in ["Weapons", "Food > ALCOHOL", "e-cigarettes", "Ecigarettes", "Health/Vitamins & Co"] {
		"category_restricted" in codes(object.union(publish(on_target + 1), {"action": {"category": category}}))
	}
}

# --- price.change --------------------------------------------------------------------------------

change(before, after) := {
	"action": {"type": "price.change", "new_price_cents": after, "cost_cents": 1},
	"context": {"price_24h_ago_cents": before, "price_changes_24h": 0},
}

low := thresholds.price_change.low_up_to_percent

high := thresholds.price_change.high_from_percent

test_a_price_change_by_size_up_and_down if {
	every sign in [1, -1] {
		codes(change(10000, 10000 + (sign * (low * 100)))) == set()
		codes(change(10000, 10000 + (sign * ((low * 100) + 1)))) == {"price_moves"}
		codes(change(10000, 10000 + (sign * ((high * 100) - 1)))) == {"price_moves"}
		codes(change(10000, 10000 + (sign * (high * 100)))) == {"price_moves", "price_moves_far"}
	}
}

test_a_percentage_is_rounded_away_from_the_limit if {
	some finding in found(change(10000, 10000 + ((low * 100) + 1)))
	finding.value == low + 1
}

test_a_price_changes_so_often if {
	often := object.union(change(100, 100), {"context": {"price_changes_24h": thresholds.pricing.changes_per_day}})
	codes(often) == {"price_changes_often"}
	less := object.union(change(100, 100), {"context": {"price_changes_24h": thresholds.pricing.changes_per_day - 1}})
	codes(less) == set()
}

test_a_price_rests_between_changes if {
	rest := thresholds.pricing.minutes_between_changes
	codes(object.union(change(100, 100), {"context": {"minutes_since_price_change": rest}})) == set()
	soon := object.union(change(100, 100), {"context": {"minutes_since_price_change": rest - 1}})
	codes(soon) == {"price_changes_soon"}
}

test_a_price_from_nothing_cannot_be_measured if "price_not_positive" in codes(change(0, 100))

# --- product.unpublish ---------------------------------------------------------------------------

unpublish(reason, count) := {
	"action": {"type": "product.unpublish", "reason": reason},
	"context": {"unpublished_24h": count},
}

test_reasons_to_unpublish if {
	codes(unpublish("out_of_stock", 0)) == set()
	every reason in ["quality", "recall", "undo"] {
		codes(unpublish(reason, 0)) == {"unpublish_reported"}
	}
	codes(unpublish("boredom", 0)) == {"reason_unknown"}
}

test_many_unpublished_in_a_day if {
	most := thresholds.product_unpublish.up_to_per_day
	codes(unpublish("out_of_stock", most - 1)) == set()
	codes(unpublish("out_of_stock", most)) == {"unpublished_many"}
}

# --- stock ---------------------------------------------------------------------------------------

stock(usual, quantity) := {
	"action": {"type": "inventory.set", "quantity": quantity},
	"context": {"usual_quantity": usual},
}

test_a_jump_needs_both_limits if {
	units := thresholds.inventory_set.jump_over_units
	codes(stock(1000, 1001 + units)) == set()
	codes(stock(1, 1 + units)) == set()
	codes(stock(1, 2 + units)) == {"stock_jumps"}
	codes(stock(100, 0)) == {"stock_jumps"}
}

restock(cents, known, proven) := {
	"action": {"type": "inventory.restock", "amount_cents": cents},
	"context": {"supplier_known": known, "supplier_proven": proven},
}

test_restocking_by_supplier_and_size if {
	most := thresholds.inventory_restock.medium_up_to_cents
	codes(restock(most, true, true)) == set()
	codes(restock(most + 1, true, true)) == {"amount_over_limit"}
	codes(restock(1, true, false)) == {"supplier_unproven"}
	codes(restock(1, false, false)) == {"supplier_unproven", "supplier_new"}
}

test_a_jump_is_measured_in_whole_percent if {
	least := (100 - thresholds.inventory_set.jump_over_percent) * 10
	codes(stock(1000, least)) == set()
	codes(stock(1000, least - 1)) == {"stock_jumps"}
}

# --- the smallest figures ------------------------------------------------------------------------

test_one_cent_is_a_price if {
	one := {"action": {"type": "price.change", "new_price_cents": 1}, "context": {"price_24h_ago_cents": 1}}
	not "price_not_positive" in codes(one)
	"price_not_positive" in codes(object.union(one, {"context": {"price_24h_ago_cents": 0}}))
	"price_not_positive" in codes(object.union(one, {"action": {"new_price_cents": 0}}))
}

test_a_margin_of_one_cent_is_told if {
	one := {"action": {"type": "price.change", "new_price_cents": 1, "cost_cents": 1}, "context": {}}
	{finding.value | some finding in found(one); finding.code == "margin_below_floor"} == {0}
}

test_half_a_percent_reads_as_one if {
	moved := {
		"action": {"type": "price.change", "new_price_cents": 10050},
		"context": {"price_24h_ago_cents": 10000},
	}
	input_ := object.union({"action": {"currency": "EUR", "cost_cents": 100}}, moved)
	strict := object.union(thresholds.price_change, {"low_up_to_percent": 0})
	findings := product.findings with input as input_ with thresholds.price_change as strict
	{finding.value | some finding in findings; finding.code == "price_moves"} == {1}
}
