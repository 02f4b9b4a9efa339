# METADATA
# title: Risk tier of a proposed action
# description: |
#   Every rule adds a finding; the worst finding is the tier. An action about which no rule speaks is
#   HIGH, so a gap asks a person instead of acting. A finding says `tier` and `code`, and where it
#   compares, the `value` found and either the `limit` (its path in thresholds.rego) or the fact that
#   it was held against (`than`). After the findings about the action itself come three about how it
#   would be done: that a person undoes something, that nobody watches, and that nothing would undo it.
package royal.risk

import data.royal.actions
import data.royal.thresholds

# METADATA
# title: Decision
# entrypoint: true
decision := {
	"tier": tier,
	"findings": (findings | alone) | lasting,
	"consent": data.royal.approvals.consent,
	"undo_minutes": data.royal.approvals.undo_minutes,
}

default tier := "HIGH"

tier := "HIGH" if {
	count(lasting) > 0
} else := attended

# --- the action itself ---------------------------------------------------------------------------

row := actions.rows[input.action.type]

findings contains finding if {
	some finding in data.royal.risk.common.findings
	stands(finding)
}

findings contains finding if {
	row.rules == "marketing"
	some finding in data.royal.risk.marketing.findings
	stands(finding)
}

findings contains finding if {
	row.rules == "product"
	some finding in data.royal.risk.product.findings
	stands(finding)
}

findings contains finding if {
	row.rules == "customer"
	some finding in data.royal.risk.customer.findings
	stands(finding)
}

findings contains finding if {
	row.rules == "finance"
	some finding in data.royal.risk.finance.findings
	stands(finding)
}

findings contains finding if {
	row.rules == "steering"
	some finding in data.royal.risk.steering.findings
	stands(finding)
}

tiers contains finding.tier if some finding in findings

worst := "DENIED" if {
	"DENIED" in tiers
} else := "HIGH" if {
	"HIGH" in tiers
} else := "CEO" if {
	"CEO" in tiers
} else := "MEDIUM" if {
	"MEDIUM" in tiers
} else := "LOW" if {
	"LOW" in tiers
}

# --- a person undoes an executed action ----------------------------------------------------------

undoes if input.context.undo == true

findings contains {"tier": "LOW", "code": "undo"} if undoes

stands(_) if not undoes

# What is DENIED is never undone into, and a limit does not hold an undo back.
stands(finding) if finding.tier == "DENIED"

stands(finding) if {
	not finding.limit
	not finding.code in yielding
}

# Neither do facts that are not known, what is about limits without naming one, and the agent that
# once proposed it. A type that is a person's decision in any case stays one.
yielding := always_yielding if {
	row.from == "HIGH"
} else := always_yielding | {"lowest_tier"}

always_yielding := {
	"budget_overflow",
	"campaign_budget_spent",
	"ceo_review_missing",
	"fact_missing",
	"goal_not_positive",
	"more_than_paid",
	"no_rate",
	"not_its_job",
	"probation",
	"unpublish_reported",
}

# --- nobody watches ------------------------------------------------------------------------------

# The tier where nobody who may decide has been seen for long, or it is not known when.
above := {
	"LOW": "MEDIUM",
	"MEDIUM": "HIGH",
	"CEO": "HIGH",
}

alone contains {
	"tier": above[worst],
	"code": "nobody_watching",
	"limit": "dead_man.after_hours",
	"value": input.context.unwatched_hours,
} if {
	not undoes
	input.context.unwatched_hours >= thresholds.dead_man.after_hours
}

alone contains {"tier": above[worst], "code": "fact_missing", "value": "context.unwatched_hours"} if {
	not undoes
	not watch_known
}

watch_known if input.context.unwatched_hours >= 0

attended := above[worst] if {
	count(alone) > 0
} else := worst

# --- nothing would undo it -----------------------------------------------------------------------

# People are told of what is MEDIUM, and can undo it for a while: that has to be true. The CEO function
# agrees to no more than that either, or a larger amount would need less consent than a smaller one.
lasting contains {"tier": "HIGH", "code": "no_inverse"} if {
	attended in {"MEDIUM", "CEO"}
	data.royal.approvals.undo_minutes > 0
	not inverse_valid
}

inverse_valid if input.context.inverse_valid == true
