# METADATA
# title: Risk of product actions
package royal.risk.product

import data.royal.lists
import data.royal.thresholds

price := input.action.new_price_cents

cost := input.action.cost_cents

findings := prices | changes if {
	input.action.type == "price.change"
} else := prices | publishing if {
	input.action.type == "product.publish"
} else := unpublishing if {
	input.action.type == "product.unpublish"
} else := settings if {
	input.action.type == "inventory.set"
} else := restocking if {
	input.action.type == "inventory.restock"
} else := set()

# --- prices --------------------------------------------------------------------------------------

# A hundred times what a sale brings: whole numbers throughout.
profit := (price - cost) * 100

prices contains {"tier": "HIGH", "code": "price_not_positive", "value": price} if {
	price <= 0
}

prices contains {"tier": "HIGH", "code": "cost_not_positive", "value": cost} if {
	cost <= 0
}

prices contains {"tier": "DENIED", "code": "price_below_cost", "value": price, "than": cost} if {
	price < cost
}

prices contains {
	"tier": "HIGH",
	"code": "margin_below_floor",
	"limit": "pricing.min_margin_percent",
	"value": margin_percent,
} if {
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

changes contains {"tier": "HIGH", "code": "price_not_positive", "value": before} if {
	before <= 0
}

changes contains {
	"tier": "MEDIUM",
	"code": "price_moves",
	"limit": "price_change.low_up_to_percent",
	"value": move_percent,
} if {
	move > thresholds.price_change.low_up_to_percent * before
}

changes contains {
	"tier": "HIGH",
	"code": "price_moves_far",
	"limit": "price_change.high_from_percent",
	"value": move_percent,
} if {
	move >= thresholds.price_change.high_from_percent * before
}

changes contains {
	"tier": "HIGH",
	"code": "price_changes_often",
	"limit": "pricing.changes_per_day",
	"value": input.context.price_changes_24h + 1,
} if {
	input.context.price_changes_24h >= thresholds.pricing.changes_per_day
}

changes contains {
	"tier": "HIGH",
	"code": "price_changes_soon",
	"limit": "pricing.minutes_between_changes",
	"value": input.context.minutes_since_price_change,
} if {
	input.context.minutes_since_price_change < thresholds.pricing.minutes_between_changes
}

# --- product.publish -----------------------------------------------------------------------------

# Without hyphens and capitals, as the list is written.
category := replace(lower(input.action.category), "-", "")

publishing contains {"tier": "HIGH", "code": "category_restricted", "value": word} if {
	some word in lists.restricted_categories
	contains(category, word)
}

publishing contains {
	"tier": "HIGH",
	"code": "confidence_low",
	"limit": "product_publish.ceo_from_confidence_percent",
	"value": input.confidence,
} if {
	input.confidence < thresholds.product_publish.ceo_from_confidence_percent
}

publishing contains {
	"tier": "CEO",
	"code": "confidence_fair",
	"limit": "product_publish.medium_from_confidence_percent",
	"value": input.confidence,
} if {
	input.confidence < thresholds.product_publish.medium_from_confidence_percent
}

publishing contains {
	"tier": "CEO",
	"code": "margin_below_target",
	"limit": "pricing.target_margin_percent",
	"value": margin_percent,
} if {
	profit < thresholds.pricing.target_margin_percent * price
}

publishing contains {"tier": "CEO", "code": "ceo_review_missing"} if {
	not ceo_reviewed
}

ceo_reviewed if input.context.ceo_review in {"approved", "rejected", "escalated"}

publishing contains {"tier": "HIGH", "code": "ceo_escalated"} if {
	input.context.ceo_review == "escalated"
}

publishing contains {"tier": "DENIED", "code": "ceo_rejected"} if {
	input.context.ceo_review == "rejected"
}

# --- product.unpublish ---------------------------------------------------------------------------

unpublishing contains {"tier": "MEDIUM", "code": "unpublish_reported", "value": input.action.reason} if {
	input.action.reason in {"quality", "recall", "undo"}
}

unpublishing contains {"tier": "HIGH", "code": "reason_unknown", "value": input.action.reason} if {
	not reason_known
}

reason_known if input.action.reason in {"out_of_stock", "quality", "recall", "undo"}

unpublishing contains {
	"tier": "HIGH",
	"code": "unpublished_many",
	"limit": "product_unpublish.up_to_per_day",
	"value": input.context.unpublished_24h + 1,
} if {
	input.context.unpublished_24h >= thresholds.product_unpublish.up_to_per_day
}

# --- stock ---------------------------------------------------------------------------------------

jump := abs(input.action.quantity - input.context.usual_quantity)

settings contains {
	"tier": "MEDIUM",
	"code": "stock_jumps",
	"limit": "inventory_set.jump_over_units",
	"value": jump,
} if {
	jump > thresholds.inventory_set.jump_over_units
	jump * 100 > thresholds.inventory_set.jump_over_percent * input.context.usual_quantity
}

restocking contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "inventory_restock.medium_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.inventory_restock.medium_up_to_cents
}

restocking contains {"tier": "MEDIUM", "code": "supplier_unproven"} if {
	input.context.supplier_proven == false
}

restocking contains {"tier": "HIGH", "code": "supplier_new"} if {
	input.context.supplier_known == false
}
