package royal.risk.common_test

import data.royal.risk.common
import data.royal.thresholds

codes(change) := {finding.code | some finding in findings} if {
	findings := common.findings with input as object.union(
		{
			"action": {"type": "expense.pay", "amount_cents": 1, "currency": "EUR", "irreversible": false},
			"agent": {"name": "finance-analyst", "cluster": "finance", "probation": false},
			"context": {"similar_24h_cents": 0, "budget_overflow": []},
			"malformed": [],
			"topics": [],
		},
		change,
	)
}

test_nothing_speaks_against_a_whole_small_one if codes({}) == {"lowest_tier"}

test_each_doubt_has_its_code if {
	every doubt in [
		{"code": "no_rate", "change": {"action": {"currency": "USD"}}},
		{"code": "irreversible", "change": {"action": {"irreversible": true}}},
		{"code": "probation", "change": {"agent": {"probation": true}}},
		{"code": "stopped", "change": {"context": {"stopped": true}}},
		{"code": "budget_overflow", "change": {"context": {"budget_overflow": ["store/day"]}}},
		{"code": "not_its_job", "change": {"agent": {"cluster": "marketing"}}},
		{"code": "field_malformed", "change": {"malformed": ["action.amount_cents"]}},
		{"code": "fact_missing", "change": {"context": {"similar_24h_cents": null}}},
	] {
		doubt.code in codes(doubt.change)
	}
}

test_a_person_may_propose_what_no_agent_may if {
	not "not_its_job" in codes({"agent": {"name": "api", "cluster": "api"}})
}

test_an_unknown_type_has_no_rule if "no_rule" in codes({"action": {"type": "teleport"}})

test_what_adds_up_is_summed if {
	sums := common.sums with input as {"action": {"amount_cents": 3}, "context": {"similar_24h_cents": 4}}
	{sum.cents | some sum in sums} == {3, 7}
	alone := common.sums with input as {"action": {"amount_cents": 3}, "context": {"similar_24h_cents": 0}}
	{sum.cents | some sum in alone} == {3}
}

test_what_a_person_rejected_is_not_asked_again_at_once if {
	pause := thresholds.approval.reject_cooldown_minutes
	"rejected_recently" in codes({"context": {"rejected_minutes_ago": 0}})
	"rejected_recently" in codes({"context": {"rejected_minutes_ago": pause - 1}})
	not "rejected_recently" in codes({"context": {"rejected_minutes_ago": pause}})
	not "rejected_recently" in codes({})
}

test_a_rejection_bars_no_way_out if {
	every type in ["control.resume", "policy.publish"] {
		change := {"action": {"type": type}, "context": {"rejected_minutes_ago": 0}}
		not "rejected_recently" in codes(change)
	}
}

test_a_cent_of_others_is_summed if {
	sums := common.sums with input as {"action": {"amount_cents": 3}, "context": {"similar_24h_cents": 1}}
	{sum.cents | some sum in sums} == {3, 4}
}

test_a_missing_fact_is_named if {
	findings := common.findings with input as {
		"action": {"type": "order.release"},
		"agent": {"cluster": "finance"},
		"context": {},
	}
	{finding.value | some finding in findings; finding.code == "fact_missing"} == {"context.order_was_high"}
}

test_an_unknown_type_is_nobodys_job if codes({"action": {"type": "teleport"}}) == {"no_rule"}
