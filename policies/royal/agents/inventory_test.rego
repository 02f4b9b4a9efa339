package royal.agents.inventory_test

import data.royal.agents.inventory
import data.royal.thresholds

kept_back := thresholds.inventory.keep_back_units

# Eight units can be sold, and the shop shows them.
even := {
	"supplier_units": (8 + 2) + kept_back,
	"owed_units": 2,
	"shop_units": 8,
	"other_units": 0,
}

judged(change) := answer if {
	answer := inventory.result with input as object.union(even, change)
}

without(field) := answer if {
	answer := inventory.result with input as {key: value | some key, value in even; key != field}
}

test_what_fits_is_left_alone if {
	result := judged({})
	result.sellable_units == 8
	not result.set
	not result.sold_out
	result.restock_units == null
	result.missing == set()
	result.findings == set()
}

test_what_differs_is_set if {
	every units in [0, 7, 9] {
		result := judged({"shop_units": units})
		result.set
		result.findings == {{"code": "stock_differs", "value": 8, "than": units}}
	}
	not judged({"shop_units": -1}).set
	not without("shop_units").set
}

test_what_is_owed_is_not_shown if {
	judged({"owed_units": 3}).sellable_units == 7
	judged({"owed_units": 0}).sellable_units == 10
	judged({"supplier_units": 2 + kept_back}).sellable_units == 0
	judged({"supplier_units": 0}).sellable_units == 0
}

test_nothing_left_of_any_variant_is_sold_out if {
	gone := {"supplier_units": 2, "shop_units": 0}
	result := judged(gone)
	result.sold_out
	result.findings == {{"code": "out_of_stock"}}
	not judged(object.union(gone, {"other_units": 1})).sold_out
	not judged({"other_units": 0}).sold_out
}

test_without_supplier_or_debt_nothing_is_set if {
	every field in ["supplier_units", "owed_units"] {
		result := without(field)
		result.sellable_units == null
		result.missing == {field}
		not result.set
		not result.sold_out
		result.findings == {{"code": "fact_missing", "value": field}}
		judged({field: -1}).missing == {field}
		judged({field: 0}).missing == set()
	}
}

low := {"own_units": 5, "on_order_units": 0, "reorder_units": 5, "economic_units": 8}

test_stock_at_the_reorder_point_is_ordered_again if {
	result := judged(low)
	result.restock_units == 8
	result.findings == {{"code": "stock_reorder", "value": 5, "than": 5}}
	judged(object.union(low, {"own_units": 4})).restock_units == 8
	judged(object.union(low, {"own_units": 6})).restock_units == null
}

test_what_is_to_come_counts_as_if_it_were_there if {
	result := judged(object.union(low, {"own_units": 2, "on_order_units": 3}))
	result.restock_units == 8
	result.findings == {
		{"code": "stock_reorder", "value": 2, "than": 5},
		{"code": "stock_on_order", "value": 3},
	}
	judged(object.union(low, {"own_units": 2, "on_order_units": 4})).restock_units == null
	judged(object.union(low, {"own_units": 2, "on_order_units": 4})).findings == set()
	judged(object.union(low, {"own_units": -1, "on_order_units": 6})).restock_units == 8
	judged(object.union(low, {"on_order_units": null})).restock_units == null
	judged(object.union(low, {"own_units": null})).restock_units == null
	judged(object.union(low, {"reorder_units": null})).restock_units == null
}

test_nothing_is_ordered_that_is_not_there if {
	has := even.supplier_units
	judged(object.union(low, {"economic_units": has})).restock_units == has
	judged(object.union(low, {"economic_units": has + 1})).restock_units == null
	judged(object.union(low, {"economic_units": 0})).restock_units == null
	judged(object.union(low, {"economic_units": 1})).restock_units == 1
}
