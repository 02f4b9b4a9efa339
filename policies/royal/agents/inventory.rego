# METADATA
# title: Stock
# description: |
#   What becomes of one variant's stock in the shop, and whether stock of our own is ordered again. The
#   shop never shows more than the supplier has, less what customers have bought and nobody has placed
#   yet, less what is kept back.
package royal.agents.inventory

import data.royal.thresholds

limits := thresholds.inventory

# METADATA
# title: What to do about one variant
# entrypoint: true
result := {
	"sellable_units": sellable,
	"set": set_it,
	"sold_out": sold_out,
	"restock_units": restock,
	"missing": missing,
	"findings": findings,
}

# --- what is known -------------------------------------------------------------------------------

known contains "supplier_units" if input.supplier_units >= 0

known contains "owed_units" if input.owed_units >= 0

missing := {"supplier_units", "owed_units"} - known

# --- what the shop may show ----------------------------------------------------------------------

default sellable := null

sellable := max([0, (input.supplier_units - input.owed_units) - limits.keep_back_units]) if missing == set()

default set_it := false

set_it if {
	sellable != null
	input.shop_units >= 0
	input.shop_units != sellable
}

default sold_out := false

sold_out if {
	sellable == 0
	input.other_units == 0
}

# --- what is ordered again -----------------------------------------------------------------------

default restock := null

# What can be sold of our own, and what is to come.
position := input.own_units + input.on_order_units if {
	input.own_units != null
	input.on_order_units != null
}

restock := input.economic_units if {
	position <= input.reorder_units
	input.economic_units > 0
	input.economic_units <= input.supplier_units
}

# --- what people are told ------------------------------------------------------------------------

findings contains {"code": "fact_missing", "value": name} if some name in missing

findings contains {"code": "out_of_stock"} if sold_out

findings contains {"code": "stock_differs", "value": sellable, "than": input.shop_units} if set_it

findings contains {"code": "stock_reorder", "value": input.own_units, "than": input.reorder_units} if restock != null

findings contains {"code": "stock_on_order", "value": input.on_order_units} if {
	restock != null
	input.on_order_units > 0
}
