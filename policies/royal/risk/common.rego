# METADATA
# title: What holds for every action
# description: Nothing here can lower a tier.
package royal.risk.common

import data.royal.actions
import data.royal.thresholds

row := actions.rows[input.action.type]

# The amount alone, and together with similar actions of the last 24 hours: every limit on an amount
# is held against both, so that many small actions cannot pass where one large one may not.
sums contains {
	"cents": input.action.amount_cents,
	"reaches": "amount_reaches_limit",
	"over": "amount_over_limit",
}

sums contains sum if {
	input.context.similar_24h_cents > 0
	sum := {
		"cents": input.action.amount_cents + input.context.similar_24h_cents,
		"reaches": "split_reaches_limit",
		"over": "split_over_limit",
	}
}

findings contains {"tier": row.from, "code": "lowest_tier", "value": input.action.type}

findings contains {"tier": "HIGH", "code": "no_rule"} if not row.rules

findings contains {"tier": "HIGH", "code": "fact_missing", "value": concat(".", path)} if {
	some path in row.required
	object.get(input, path, null) == null
}

findings contains {"tier": "HIGH", "code": "field_malformed", "value": field} if {
	some field in input.malformed
}

findings contains {"tier": "HIGH", "code": "no_rate", "value": input.action.currency} if {
	input.action.currency != "EUR"
}

findings contains {"tier": "HIGH", "code": "irreversible"} if input.action.irreversible

findings contains {"tier": "HIGH", "code": "probation", "value": input.agent.name} if input.agent.probation

findings contains {"tier": "HIGH", "code": "stopped"} if input.context.stopped

# An agent that was told no does not ask again at once. What only people ask for, and two others decide,
# is how a stop or a bad rule is got rid of: nothing bars that way.
findings contains {
	"tier": "DENIED",
	"code": "rejected_recently",
	"limit": "approval.reject_cooldown_minutes",
	"value": input.context.rejected_minutes_ago,
} if {
	input.context.rejected_minutes_ago < thresholds.approval.reject_cooldown_minutes
	not input.action.type in {"control.resume", "policy.publish"}
}

findings contains {"tier": "HIGH", "code": "budget_overflow", "value": budget} if {
	some budget in input.context.budget_overflow
}

findings contains {"tier": "HIGH", "code": "not_its_job", "value": input.action.type} if {
	row.rules
	not proposer_fits
}

proposer_fits if input.agent.cluster in row.proposers

# People propose through the API, which has asked access.rego what they may.
proposer_fits if input.agent.name == "api"
