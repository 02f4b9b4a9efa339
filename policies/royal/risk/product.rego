# METADATA
# title: Risk of product actions
package royal.risk.product

import data.royal.lists
import data.royal.thresholds

type := input.action.type

price := input.action.new_price_cents

cost := input.action.cost_cents

priced := {"price.change", "product.publish"}

# --- prices --------------------------------------------------------------------------------------

# A hundred times what a sale brings: whole numbers throughout.
profit := (price - cost) * 100

findings contains {"tier": "HIGH", "code": "price_not_positive", "value": price} if {
	type in priced
	price <= 0
}

findings contains {"tier": "HIGH", "code": "cost_not_positive", "value": cost} if {
	type in priced
	cost <= 0
}

findings contains {"tier": "DENIED", "code": "price_below_cost", "value": price, "than": cost} if {
	type in priced
	price < cost
}

findings contains {
	"tier": "HIGH",
	"code": "margin_below_floor",
	"limit": "pricing.min_margin_percent",
	"value": margin_percent,
} if {
	type in priced
	profit < thresholds.pricing.min_margin_percent * price
}

# Rounded down to whole percent.
margin_percent := (profit - (profit % price)) / price if {
	price > 0
	price >= cost
}

# --- price.change --------------------------------------------------------------------------------

before := input.context.price_24h_ago_cents

# Hundredths of the old price that it moves by, times the old price: whole numbers throughout.
move := abs(price - before) * 100

# Rounded up to whole percent, so that 20.1 % never reads as 20 %.
move_percent := ((move + before) - 1 - (((move + before) - 1) % before)) / before if before > 0

findings contains {"tier": "HIGH", "code": "price_not_positive", "value": before} if {
	type == "price.change"
	before <= 0
}

findings contains {
	"tier": "MEDIUM",
	"code": "price_moves",
	"limit": "price_change.low_up_to_percent",
	"value": move_percent,
} if {
	type == "price.change"
	move > thresholds.price_change.low_up_to_percent * before
}

findings contains {
	"tier": "HIGH",
	"code": "price_moves_far",
	"limit": "price_change.high_from_percent",
	"value": move_percent,
} if {
	type == "price.change"
	move >= thresholds.price_change.high_from_percent * before
}

findings contains {
	"tier": "HIGH",
	"code": "price_changes_often",
	"limit": "pricing.changes_per_day",
	"value": input.context.price_changes_24h + 1,
} if {
	type == "price.change"
	input.context.price_changes_24h >= thresholds.pricing.changes_per_day
}

findings contains {
	"tier": "HIGH",
	"code": "price_changes_soon",
	"limit": "pricing.minutes_between_changes",
	"value": input.context.minutes_since_price_change,
} if {
	type == "price.change"
	input.context.minutes_since_price_change < thresholds.pricing.minutes_between_changes
}

# --- product.publish -----------------------------------------------------------------------------

# Without hyphens and capitals, as the list is written.
category := replace(lower(input.action.category), "-", "")

findings contains {"tier": "HIGH", "code": "category_restricted", "value": word} if {
	type == "product.publish"
	some word in lists.restricted_categories
	contains(category, word)
}

findings contains {
	"tier": "HIGH",
	"code": "confidence_low",
	"limit": "product_publish.ceo_from_confidence_percent",
	"value": input.confidence,
} if {
	type == "product.publish"
	input.confidence < thresholds.product_publish.ceo_from_confidence_percent
}

findings contains {
	"tier": "CEO",
	"code": "confidence_fair",
	"limit": "product_publish.medium_from_confidence_percent",
	"value": input.confidence,
} if {
	type == "product.publish"
	input.confidence < thresholds.product_publish.medium_from_confidence_percent
}

findings contains {
	"tier": "CEO",
	"code": "margin_below_target",
	"limit": "pricing.target_margin_percent",
	"value": margin_percent,
} if {
	type == "product.publish"
	profit < thresholds.pricing.target_margin_percent * price
}

findings contains {"tier": "CEO", "code": "ceo_review_missing"} if {
	type == "product.publish"
	not ceo_reviewed
}

ceo_reviewed if input.context.ceo_review in {"approved", "rejected", "escalated"}

findings contains {"tier": "HIGH", "code": "ceo_escalated"} if {
	type == "product.publish"
	input.context.ceo_review == "escalated"
}

findings contains {"tier": "DENIED", "code": "ceo_rejected"} if {
	type == "product.publish"
	input.context.ceo_review == "rejected"
}

# --- product.unpublish ---------------------------------------------------------------------------

findings contains {"tier": "MEDIUM", "code": "unpublish_reported", "value": input.action.reason} if {
	type == "product.unpublish"
	input.action.reason in {"quality", "recall", "undo"}
}

findings contains {"tier": "HIGH", "code": "reason_unknown", "value": input.action.reason} if {
	type == "product.unpublish"
	not reason_known
}

reason_known if input.action.reason in {"out_of_stock", "quality", "recall", "undo"}

findings contains {
	"tier": "HIGH",
	"code": "unpublished_many",
	"limit": "product_unpublish.up_to_per_day",
	"value": input.context.unpublished_24h + 1,
} if {
	type == "product.unpublish"
	input.context.unpublished_24h >= thresholds.product_unpublish.up_to_per_day
}

# --- stock ---------------------------------------------------------------------------------------

jump := abs(input.action.quantity - input.context.usual_quantity)

findings contains {
	"tier": "MEDIUM",
	"code": "stock_jumps",
	"limit": "inventory_set.jump_over_units",
	"value": jump,
} if {
	type == "inventory.set"
	jump > thresholds.inventory_set.jump_over_units
	jump * 100 > thresholds.inventory_set.jump_over_percent * input.context.usual_quantity
}

findings contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "inventory_restock.medium_up_to_cents",
	"value": sum.cents,
} if {
	type == "inventory.restock"
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.inventory_restock.medium_up_to_cents
}

findings contains {"tier": "MEDIUM", "code": "supplier_unproven"} if {
	type == "inventory.restock"
	input.context.supplier_proven == false
}

findings contains {"tier": "HIGH", "code": "supplier_new"} if {
	type == "inventory.restock"
	input.context.supplier_known == false
}
