package royal.risk_test

import data.royal.risk

scout := {"name": "product-publisher", "cluster": "product", "probation": false}

decided(tier, change) if {
	decision := risk.decision with input as object.union(
		{
			"action": {"type": "supplier.flag", "irreversible": false},
			"agent": scout,
			"context": {},
			"malformed": [],
			"topics": [],
		},
		change,
	)
	decision.tier == tier
}

test_the_worst_finding_wins if {
	decided("MEDIUM", {})
	decided("HIGH", {"agent": {"probation": true}})
}

test_an_unknown_type_is_high if decided("HIGH", {"action": {"type": "teleport"}})

test_an_empty_input_is_high if {
	decision := risk.decision with input as {}
	decision.tier == "HIGH"
	decision.consent.roles == ["owner"]
}

test_a_decision_has_somebody_to_ask if {
	decision := risk.decision with input as {"action": {"type": "refund.issue"}}
	"finance" in decision.consent.roles
	decision.consent.quorum >= 1
	decision.consent.hours >= 1
}
