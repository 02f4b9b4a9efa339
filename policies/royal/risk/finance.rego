# METADATA
# title: Risk of finance actions
package royal.risk.finance

import data.royal.lists
import data.royal.thresholds

findings := fulfilling | held if {
	input.action.type == "order.fulfill"
} else := paying if {
	input.action.type == "expense.pay"
} else := releasing if {
	input.action.type == "order.release"
} else := held if {
	input.action.type == "order.ship"
} else := set()

# --- order.fulfill -------------------------------------------------------------------------------

fulfilling contains {"tier": "DENIED", "code": "destination_sanctioned", "value": input.action.country} if {
	input.action.country in lists.sanctioned_countries
}

fulfilling contains {
	"tier": "HIGH",
	"code": "more_than_paid",
	"value": input.action.amount_cents,
	"than": input.context.order_paid_cents,
} if {
	input.action.amount_cents > input.context.order_paid_cents
}

fulfilling contains {"tier": "MEDIUM", "code": "fraud_checked"} if {
	input.context.fraud_band == "medium"
	input.context.fraud_checks_passed
}

fulfilling contains {"tier": "HIGH", "code": "fraud_checks_open"} if {
	input.context.fraud_band == "medium"
	not fraud_checks_passed
}

fraud_checks_passed if input.context.fraud_checks_passed

fulfilling contains {"tier": "HIGH", "code": "fraud_high"} if {
	input.context.fraud_band == "high"
}

fulfilling contains {"tier": "DENIED", "code": "fraud_blocked"} if {
	input.context.fraud_band == "blocked"
}

# --- order.release -------------------------------------------------------------------------------

releasing contains {"tier": "HIGH", "code": "fraud_was_high"} if {
	input.context.order_was_high
}

releasing contains {"tier": "HIGH", "code": "fraud_checks_open"} if {
	input.context.fraud_band == "medium"
	not fraud_checks_passed
}

# --- order.fulfill and order.ship ----------------------------------------------------------------

held contains {"tier": "DENIED", "code": "order_held"} if input.context.order_held

# --- expense.pay ---------------------------------------------------------------------------------

paying contains {
	"tier": "MEDIUM",
	"code": sum.over,
	"limit": "expense_pay.low_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.expense_pay.low_up_to_cents
}

paying contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "expense_pay.medium_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.expense_pay.medium_up_to_cents
}
