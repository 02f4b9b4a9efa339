package royal.actions_test

import data.royal.actions

# Who is asked about each type, first and when time runs out, told a second time: who has a say is not
# changed by a slip.

asked := {
	"budget.adjust": {"approvers": ["finance", "marketing", "owner"], "escalation": ["finance", "owner"]},
	"ad.variant.start": {"approvers": ["marketing", "owner"], "escalation": ["owner"]},
	"campaign.launch": {"approvers": ["marketing", "finance", "owner"], "escalation": ["finance", "owner"]},
	"campaign.scale": {"approvers": ["marketing", "finance", "owner"], "escalation": ["finance", "owner"]},
	"campaign.pause": {"approvers": ["marketing", "owner"], "escalation": ["owner"]},
	"inventory.restock": {"approvers": ["operations", "finance", "owner"], "escalation": ["finance", "owner"]},
	"inventory.set": {"approvers": ["operations", "owner"], "escalation": ["owner"]},
	"price.change": {"approvers": ["operations", "finance", "owner"], "escalation": ["finance", "owner"]},
	"product.publish": {"approvers": ["operations", "owner"], "escalation": ["owner"]},
	"product.unpublish": {"approvers": ["operations", "owner"], "escalation": ["owner"]},
	"supplier.onboard": {"approvers": ["operations", "finance", "owner"], "escalation": ["owner"]},
	"supplier.flag": {"approvers": ["operations", "owner"], "escalation": ["owner"]},
	"support.reply": {"approvers": ["support", "owner"], "escalation": ["owner"]},
	"refund.issue": {"approvers": ["support", "finance", "owner"], "escalation": ["finance", "owner"]},
	"compensation.offer": {"approvers": ["support", "finance", "owner"], "escalation": ["finance", "owner"]},
	"review.request": {"approvers": ["support", "marketing", "owner"], "escalation": ["owner"]},
	"review.reply": {"approvers": ["support", "marketing", "owner"], "escalation": ["owner"]},
	"email.send": {"approvers": ["marketing", "owner"], "escalation": ["owner"]},
	"retention.offer": {"approvers": ["support", "marketing", "owner"], "escalation": ["owner"]},
	"content.publish": {"approvers": ["marketing", "owner"], "escalation": ["owner"]},
	"influencer.contact": {"approvers": ["marketing", "owner"], "escalation": ["owner"]},
	"order.fulfill": {"approvers": ["operations", "finance", "owner"], "escalation": ["finance", "owner"]},
	"order.ship": {"approvers": ["operations", "owner"], "escalation": ["owner"]},
	"order.track": {"approvers": ["operations", "owner"], "escalation": ["owner"]},
	"order.hold": {"approvers": ["operations", "finance", "owner"], "escalation": ["owner"]},
	"order.release": {"approvers": ["finance", "owner"], "escalation": ["owner"]},
	"order.cancel": {"approvers": ["operations", "finance", "owner"], "escalation": ["finance", "owner"]},
	"expense.pay": {"approvers": ["finance", "owner"], "escalation": ["owner"]},
	"tax.report.file": {"approvers": ["finance", "owner"], "escalation": ["owner"]},
	"goal.set": {"approvers": ["owner"], "escalation": ["owner"]},
	"strategy.pivot": {"approvers": ["owner"], "escalation": ["owner"]},
	"market.enter": {"approvers": ["owner"], "escalation": ["owner"]},
	"policy.publish": {"approvers": ["finance", "owner"], "escalation": ["owner"]},
	"control.resume": {"approvers": ["operations", "finance", "owner"], "escalation": ["owner"]},
	"access.grant": {"approvers": ["owner", "finance"], "escalation": ["owner"]},
}

# The facts without which a type is HIGH.
needed := {
	"budget.adjust": {
		"action.amount_cents",
		"action.currency",
		"context.similar_24h_cents",
		"context.budget_overflow",
	},
	"ad.variant.start": {
		"action.amount_cents",
		"action.currency",
		"context.campaign_budget_left_cents",
		"context.budget_overflow",
	},
	"campaign.launch": {
		"action.amount_cents",
		"action.currency",
		"context.similar_24h_cents",
		"context.budget_overflow",
	},
	"campaign.scale": {
		"action.amount_cents",
		"action.currency",
		"context.similar_24h_cents",
		"context.budget_overflow",
	},
	"campaign.pause": set(),
	"inventory.restock": {
		"action.amount_cents",
		"action.currency",
		"context.similar_24h_cents",
		"context.budget_overflow",
		"context.supplier_known",
		"context.supplier_proven",
	},
	"inventory.set": {
		"action.quantity",
		"context.usual_quantity",
	},
	"price.change": {
		"action.new_price_cents",
		"action.cost_cents",
		"action.currency",
		"context.price_24h_ago_cents",
		"context.price_changes_24h",
	},
	"product.publish": {
		"action.new_price_cents",
		"action.cost_cents",
		"action.currency",
		"action.category",
		"confidence",
	},
	"product.unpublish": {
		"action.reason",
		"context.unpublished_24h",
	},
	"supplier.onboard": set(),
	"supplier.flag": set(),
	"support.reply": {"confidence"},
	"refund.issue": {
		"action.amount_cents",
		"action.currency",
		"context.similar_24h_cents",
		"context.budget_overflow",
		"context.order_paid_cents",
		"context.refunds_30d",
	},
	"compensation.offer": {
		"action.amount_cents",
		"action.currency",
		"context.similar_24h_cents",
		"context.budget_overflow",
		"context.order_paid_cents",
		"context.refunds_30d",
	},
	"review.request": {
		"action.recipients",
		"context.consented",
		"context.within_frequency",
	},
	"review.reply": set(),
	"email.send": {
		"action.recipients",
		"context.consented",
		"context.within_frequency",
	},
	"retention.offer": {
		"action.amount_cents",
		"action.currency",
		"action.recipients",
		"context.budget_overflow",
		"context.consented",
		"context.within_frequency",
		"context.offers_customer_cents",
	},
	"content.publish": set(),
	"influencer.contact": set(),
	"order.fulfill": {
		"action.amount_cents",
		"action.currency",
		"action.country",
		"context.budget_overflow",
		"context.fraud_band",
		"context.order_paid_cents",
	},
	"order.ship": {"context.order_held"},
	"order.track": set(),
	"order.hold": set(),
	"order.release": {"context.order_was_high"},
	"order.cancel": set(),
	"expense.pay": {
		"action.amount_cents",
		"action.currency",
		"context.similar_24h_cents",
		"context.budget_overflow",
	},
	"tax.report.file": set(),
	"goal.set": {
		"action.old_goal",
		"action.new_goal",
	},
	"strategy.pivot": set(),
	"market.enter": set(),
	"policy.publish": set(),
	"control.resume": set(),
	"access.grant": set(),
}

test_every_type_asks_those_who_are_meant if {
	{type: object.filter(row, ["approvers", "escalation"]) | some type, row in actions.rows} == asked
}

test_every_type_needs_the_facts_that_its_rules_read if {
	{type: facts(row) | some type, row in actions.rows} == needed
}

facts(row) := {concat(".", path) | some path in row.required}

# The lowest tier of each type, and whose job it is.
job := {
	"budget.adjust": {"rules": "marketing", "from": "LOW", "proposers": ["marketing", "finance", "ceo"]},
	"ad.variant.start": {"rules": "marketing", "from": "LOW", "proposers": ["marketing"]},
	"campaign.launch": {"rules": "marketing", "from": "MEDIUM", "proposers": ["marketing"]},
	"campaign.scale": {"rules": "marketing", "from": "LOW", "proposers": ["marketing"]},
	"campaign.pause": {"rules": "marketing", "from": "LOW", "proposers": ["marketing", "finance", "ceo"]},
	"inventory.restock": {"rules": "product", "from": "LOW", "proposers": ["product"]},
	"inventory.set": {"rules": "product", "from": "LOW", "proposers": ["product"]},
	"price.change": {"rules": "product", "from": "LOW", "proposers": ["product"]},
	"product.publish": {"rules": "product", "from": "MEDIUM", "proposers": ["product"]},
	"product.unpublish": {"rules": "product", "from": "LOW", "proposers": ["product", "ceo"]},
	"supplier.onboard": {"rules": "product", "from": "HIGH", "proposers": ["product"]},
	"supplier.flag": {"rules": "product", "from": "MEDIUM", "proposers": ["product"]},
	"support.reply": {"rules": "customer", "from": "LOW", "proposers": ["customer"]},
	"refund.issue": {"rules": "customer", "from": "LOW", "proposers": ["customer"]},
	"compensation.offer": {"rules": "customer", "from": "LOW", "proposers": ["customer"]},
	"review.request": {"rules": "customer", "from": "LOW", "proposers": ["customer"]},
	"review.reply": {"rules": "customer", "from": "LOW", "proposers": ["customer"]},
	"email.send": {"rules": "customer", "from": "LOW", "proposers": ["customer"]},
	"retention.offer": {"rules": "customer", "from": "LOW", "proposers": ["customer"]},
	"content.publish": {"rules": "marketing", "from": "MEDIUM", "proposers": ["marketing"]},
	"influencer.contact": {"rules": "marketing", "from": "CEO", "proposers": ["marketing"]},
	"order.fulfill": {"rules": "finance", "from": "LOW", "proposers": ["finance"]},
	"order.ship": {"rules": "finance", "from": "LOW", "proposers": ["finance"]},
	"order.track": {"rules": "finance", "from": "LOW", "proposers": ["finance"]},
	"order.hold": {"rules": "finance", "from": "LOW", "proposers": ["finance", "customer"]},
	"order.release": {"rules": "finance", "from": "MEDIUM", "proposers": ["finance"]},
	"order.cancel": {"rules": "finance", "from": "HIGH", "proposers": ["finance", "customer"]},
	"expense.pay": {"rules": "finance", "from": "LOW", "proposers": ["finance"]},
	"tax.report.file": {"rules": "finance", "from": "HIGH", "proposers": ["finance"]},
	"goal.set": {"rules": "steering", "from": "LOW", "proposers": ["ceo"]},
	"strategy.pivot": {"rules": "steering", "from": "HIGH", "proposers": ["ceo"]},
	"market.enter": {"rules": "steering", "from": "HIGH", "proposers": ["ceo"]},
	"policy.publish": {"rules": "steering", "from": "HIGH", "proposers": []},
	"control.resume": {"rules": "steering", "from": "HIGH", "proposers": []},
	"access.grant": {"rules": "steering", "from": "HIGH", "proposers": []},
}

test_every_type_is_the_job_of_those_who_are_meant if {
	{type: object.filter(row, ["rules", "from", "proposers"]) | some type, row in actions.rows} == job
}
