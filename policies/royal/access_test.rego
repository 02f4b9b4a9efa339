package royal.access_test

import data.royal.access

caller(roles) := {"account": "ann", "roles": roles, "machine": false}

request := {"type": "product.publish", "roles": ["operations", "owner"], "authors": ["bob"]}

decide(roles, change) := result if {
	result := access.result with input as object.union(
		{"verb": "approvals.decide", "caller": caller(roles), "request": request},
		change,
	)
}

may(verb, roles) if {
	result := access.result with input as {"verb": verb, "caller": caller(roles)}
	result.allowed
}

in_cluster(verb, roles, cluster) if {
	result := access.result with input as {"verb": verb, "caller": caller(roles), "cluster": cluster}
	result.allowed
}

test_a_role_of_the_request_may_decide if {
	decide(["owner"], {}).allowed
	decide(["support", "operations"], {}).role == "operations"
}

test_another_role_may_not_decide if {
	not decide(["marketing"], {}).allowed
	not decide(["auditor"], {}).allowed
	not decide([], {}).allowed
}

test_a_role_that_the_type_never_had_may_not_decide if {
	widened := object.union(request, {"roles": ["support"]})
	not decide(["support"], {"request": widened}).allowed
}

test_a_machine_never_decides if {
	not decide(["owner"], {"caller": {"machine": true}}).allowed
	not decide(["owner", "agent"], {}).allowed
	not decide(["agent"], {}).allowed
}

test_nobody_decides_their_own if {
	not decide(["owner"], {"request": {"authors": ["bob", "ann"]}}).allowed
}

test_deciding_needs_a_request if not may("approvals.decide", ["owner"])

test_the_auditor_reads_and_nothing_else if {
	may("audit.read", ["auditor"])
	may("approvals.read", ["auditor"])
	not may("control.stop", ["auditor"])
	not may("actions.propose", ["auditor"])
	not may("approvals.comment", ["auditor"])
}

test_an_agent_proposes_and_reads if {
	may("actions.propose", ["agent"])
	may("approvals.read", ["agent"])
	not may("control.resume", ["agent"])
	not may("tasks.create", ["agent"])
}

test_everybody_on_the_staff_can_stop if {
	every role in ["owner", "finance", "operations", "marketing", "support"] {
		may("control.stop", [role])
	}
}

test_a_role_steers_its_own_clusters if {
	in_cluster("tasks.create", ["operations"], "product")
	not in_cluster("tasks.create", ["marketing"], "product")
	not may("tasks.create", ["operations"])
}

test_an_unknown_verb_is_nobodys if not may("everything.do", ["owner"])

test_an_empty_input_is_refused if {
	result := access.result with input as {}
	not result.allowed
}

test_a_role_that_the_request_was_not_opened_for_may_not_decide if {
	narrow := object.union(request, {"roles": ["owner"]})
	not decide(["operations"], {"request": narrow}).allowed
}

test_an_author_may_still_comment if {
	own := object.union(request, {"authors": ["ann"]})
	decide(["operations"], {"verb": "approvals.comment", "request": own}).allowed
}

test_outside_a_decision_the_first_fitting_role_acts if {
	decide(["auditor", "support", "owner"], {"verb": "control.stop"}).role == "support"
}
