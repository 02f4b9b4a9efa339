# METADATA
# title: Risk tier of a proposed action
# description: |
#   Every rule adds a finding; the worst finding is the tier. An action about which no rule speaks is
#   HIGH, so a gap asks a person instead of acting. A finding says `tier` and `code`, and where it
#   compares, the `value` found and either the `limit` (its path in thresholds.rego) or the fact that
#   it was held against (`than`).
package royal.risk

import data.royal.actions

# METADATA
# title: Decision
# entrypoint: true
decision := {
	"tier": tier,
	"findings": findings,
	"consent": data.royal.approvals.consent,
	"undo_minutes": data.royal.approvals.undo_minutes,
}

default tier := "HIGH"

tier := "DENIED" if {
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

tiers contains finding.tier if some finding in findings

rules := actions.rows[input.action.type].rules

findings contains finding if some finding in data.royal.risk.common.findings

findings contains finding if {
	rules == "marketing"
	some finding in data.royal.risk.marketing.findings
}

findings contains finding if {
	rules == "product"
	some finding in data.royal.risk.product.findings
}

findings contains finding if {
	rules == "customer"
	some finding in data.royal.risk.customer.findings
}

findings contains finding if {
	rules == "finance"
	some finding in data.royal.risk.finance.findings
}

findings contains finding if {
	rules == "steering"
	some finding in data.royal.risk.steering.findings
}
