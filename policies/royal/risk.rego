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
decision := object.union(verdict, data.royal.approvals.desk)

# METADATA
# title: What was found, and the worst of it
# description: What differs from proposal to proposal; the rest of a decision follows from the type alone.
# entrypoint: true
verdict := {"tier": attended, "findings": findings} if {
	alone == set()
	lasting == set()
} else := {"tier": tier, "findings": (findings | alone) | lasting} if {
	count(alone | lasting) > 0
}

default tier := "HIGH"

tier := attended if lasting == set()

# --- the action itself ---------------------------------------------------------------------------

# What is said of every action, and what the file says that judges its type.
said := data.royal.risk.common.findings | of_its_type

rules := data.royal.risk.common.row.rules

of_its_type := data.royal.risk.product.findings if {
	rules == "product"
} else := data.royal.risk.marketing.findings if {
	rules == "marketing"
} else := data.royal.risk.customer.findings if {
	rules == "customer"
} else := data.royal.risk.finance.findings if {
	rules == "finance"
} else := data.royal.risk.steering.findings if {
	rules == "steering"
} else := set() if {
	not rules
}

findings := said if {
	not undoes
} else := {finding | some finding in said; stands(finding)} | {{"tier": "LOW", "code": "undo"}} if {
	undoes
}

tiers := {finding.tier | some finding in findings}

worst := "LOW" if {
	tiers == {"LOW"}
} else := "DENIED" if {
	"DENIED" in tiers
} else := "HIGH" if {
	"HIGH" in tiers
} else := "CEO" if {
	"CEO" in tiers
} else := "MEDIUM" if {
	"MEDIUM" in tiers
}

# --- a person undoes an executed action ----------------------------------------------------------

undoes if input.context.undo == true

# What is DENIED is never undone into, and a limit does not hold an undo back.
stands(finding) if finding.tier == "DENIED"

stands(finding) if {
	not finding.limit
	not finding.code in yielding
}

# Neither do facts that are not known, what is about limits without naming one, and the agent that
# once proposed it. A type that is a person's decision in any case stays one.
yielding := always_yielding if {
	actions.rows[input.action.type].from == "HIGH"
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

# Where nobody who may decide has been seen for long, or it is not known when, it takes a tier more.
alone := set() if {
	input.context.unwatched_hours >= 0
	input.context.unwatched_hours < thresholds.dead_man.after_hours
} else := set() if {
	undoes
} else := {{
	"tier": above[worst],
	"code": "nobody_watching",
	"limit": "dead_man.after_hours",
	"value": input.context.unwatched_hours,
}} if {
	above[worst]
	input.context.unwatched_hours >= 0
} else := {{"tier": above[worst], "code": "fact_missing", "value": "context.unwatched_hours"}} if {
	above[worst]
} else := set()

above := {
	"LOW": "MEDIUM",
	"MEDIUM": "HIGH",
	"CEO": "HIGH",
}

attended := worst if {
	alone == set()
} else := above[worst]

# --- nothing would undo it -----------------------------------------------------------------------

# People are told of what is MEDIUM, and can undo it for a while: that has to be true. The CEO function
# agrees to no more than that either, or a larger amount would need less consent than a smaller one.
lasting := set() if {
	attended in {"LOW", "HIGH", "DENIED"}
} else := {{"tier": "HIGH", "code": "no_inverse"}} if {
	attended in {"MEDIUM", "CEO"}
	data.royal.approvals.undo_minutes > 0
	not inverse_valid
} else := set()

inverse_valid if input.context.inverse_valid == true
