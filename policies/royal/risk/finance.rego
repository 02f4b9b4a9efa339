# METADATA
# title: Risk of finance actions
package royal.risk.finance

import data.royal.lists
import data.royal.thresholds

type := input.action.type

# --- order.fulfill -------------------------------------------------------------------------------

findings contains {"tier": "DENIED", "code": "destination_sanctioned", "value": input.action.country} if {
	type == "order.fulfill"
	input.action.country in lists.sanctioned_countries
}

findings contains {
	"tier": "HIGH",
	"code": "more_than_paid",
	"value": input.action.amount_cents,
	"than": input.context.order_paid_cents,
} if {
	type == "order.fulfill"
	input.action.amount_cents > input.context.order_paid_cents
}

findings contains {"tier": "MEDIUM", "code": "fraud_checked"} if {
	type == "order.fulfill"
	input.context.fraud_band == "medium"
	input.context.fraud_checks_passed
}

findings contains {"tier": "HIGH", "code": "fraud_checks_open"} if {
	type == "order.fulfill"
	input.context.fraud_band == "medium"
	not fraud_checks_passed
}

fraud_checks_passed if input.context.fraud_checks_passed

findings contains {"tier": "HIGH", "code": "fraud_high"} if {
	type == "order.fulfill"
	input.context.fraud_band == "high"
}

findings contains {"tier": "DENIED", "code": "fraud_blocked"} if {
	type == "order.fulfill"
	input.context.fraud_band == "blocked"
}

# --- order.release -------------------------------------------------------------------------------

findings contains {"tier": "HIGH", "code": "fraud_was_high"} if {
	type == "order.release"
	input.context.order_was_high
}

# --- expense.pay ---------------------------------------------------------------------------------

findings contains {
	"tier": "MEDIUM",
	"code": sum.over,
	"limit": "expense_pay.low_up_to_cents",
	"value": sum.cents,
} if {
	type == "expense.pay"
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.expense_pay.low_up_to_cents
}

findings contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "expense_pay.medium_up_to_cents",
	"value": sum.cents,
} if {
	type == "expense.pay"
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.expense_pay.medium_up_to_cents
}
