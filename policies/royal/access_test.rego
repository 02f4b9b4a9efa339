package royal.access_test

import data.royal.access
import data.royal.rights

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

test_nobody_decides_their_own_by_another_account if {
	not decide(["owner"], {"request": {"authors": ["Ann"]}}).allowed
	not decide(["owner"], {"caller": {"human": "bob"}}).allowed
	not decide(["owner"], {"caller": {"human": "Bob"}}).allowed
	decide(["owner"], {"caller": {"human": "cid"}}).allowed
	by_table := decide(["owner"], {"caller": {"account": "Ann.Private"}}) with rights.same_person as {"ann.private": "bob"}
	not by_table.allowed
	by_table.human == "bob"
	by_author := decide(["owner"], {"request": {"authors": ["ann.private"]}}) with rights.same_person as {"ann.private": "ann"}
	not by_author.allowed
}

# The token names her otherwise than whoever wrote the request down did.
test_nobody_decides_their_own_by_another_name if {
	not decide(["owner"], {"caller": {"human": "p-1"}, "request": {"authors": ["ann"]}}).allowed
}

test_an_answer_says_who_it_was if {
	decide(["owner"], {}).human == "ann"
	decide(["owner"], {"caller": {"human": "P-1"}}).human == "p-1"
	decide(["owner"], {}).on_behalf == null
}

# --- roles that somebody lends -------------------------------------------------------------------

lent(from, names) := {"delegations": [{"from_human": from, "roles": names}]}

test_a_delegate_decides_in_the_role_of_whom_they_stand_in_for if {
	answer := decide(["support"], lent("cid", ["operations"]))
	answer.allowed
	answer.role == "operations"
	answer.on_behalf == "cid"
	answer.human == "ann"
}

test_an_own_role_comes_before_a_lent_one if {
	answer := decide(["owner"], lent("cid", ["operations"]))
	answer.role == "owner"
	answer.on_behalf == null
}

test_a_lent_role_has_to_fit_the_request if {
	not decide(["support"], lent("cid", ["marketing", "auditor"])).allowed
	not decide(["support"], {"delegations": []}).allowed
}

test_an_author_lends_nobody_a_voice if {
	not decide(["support"], lent("bob", ["operations"])).allowed
	not decide(["support"], lent("Bob", ["operations"])).allowed
	not decide(["support"], object.union(lent("cid", ["owner"]), {"request": {"authors": ["ann"]}})).allowed
	next := {"delegations": [{"from_human": "bob", "roles": ["owner"]}, {"from_human": "cid", "roles": ["owner"]}]}
	decide(["support"], next).on_behalf == "cid"
}

test_nobody_borrows_from_themselves if {
	not decide(["support"], lent("ann", ["operations"])).allowed
}

test_who_decides_nothing_stands_in_for_nobody if {
	not decide(["auditor"], lent("cid", ["operations"])).allowed
	not decide(["agent"], lent("cid", ["operations"])).allowed
	not decide(["support"], object.union(lent("cid", ["owner"]), {"caller": {"machine": true}})).allowed
}

test_a_lent_role_decides_and_does_nothing_else if {
	every verb in ["approvals.modify", "approvals.delegate"] {
		not decide(["support"], object.union(lent("cid", ["operations"]), {"verb": verb})).allowed
	}
}

# --- other words about a request -----------------------------------------------------------------

test_who_may_decide_may_change_or_pass_on if {
	every verb in ["approvals.modify", "approvals.delegate"] {
		decide(["operations"], {"verb": verb}).allowed
		not decide(["marketing"], {"verb": verb}).allowed
	}
}

test_an_author_may_change_and_not_pass_on if {
	own := {"request": {"authors": ["ann"]}}
	decide(["operations"], object.union(own, {"verb": "approvals.modify"})).allowed
	not decide(["operations"], object.union(own, {"verb": "approvals.delegate"})).allowed
}

test_who_is_away_lends_without_a_request_at_hand if {
	may("approvals.delegate", ["finance"])
	not may("approvals.delegate", ["auditor"])
	not may("approvals.modify", ["finance"])
}

test_what_is_of_people_no_machine_does if {
	every verb in rights.of_people {
		not decide(["owner"], {"verb": verb, "cluster": "product", "caller": {"machine": true}}).allowed
		not decide(["owner", "agent"], {"verb": verb, "cluster": "product"}).allowed
	}
}

test_staff_takes_back_their_own_and_an_owner_anything if {
	own := {"verb": "actions.withdraw", "request": {"authors": ["ann"]}}
	decide(["support"], own).allowed
	not decide(["support"], {"verb": "actions.withdraw"}).allowed
	decide(["owner"], {"verb": "actions.withdraw"}).allowed
	decide(["agent"], {"verb": "actions.withdraw", "caller": {"machine": true}}).allowed
	not decide(["auditor"], own).allowed
}

test_the_record_is_for_those_who_answer_for_it if {
	every role in ["support", "marketing", "operations", "agent"] {
		not may("audit.export", [role])
		not may("audit.verify", [role])
	}
	may("audit.export", ["auditor"])
	may("audit.verify", ["finance"])
}

test_customers_are_for_support_and_the_owner if {
	may("customers.erase", ["support"])
	not may("customers.erase", ["auditor"])
	may("customers.read", ["auditor"])
	not may("customers.read", ["marketing"])
}

test_goals_and_rules_are_proposed_by_those_who_answer_for_money if {
	every verb in ["goals.propose", "policies.propose"] {
		may(verb, ["finance"])
		not may(verb, ["operations"])
		not may(verb, ["agent"])
	}
}

test_a_machine_beats_reads_and_explains if {
	every verb in ["agents.heartbeat", "policies.explain", "actions.propose", "control.read"] {
		may(verb, ["agent"])
	}
	every verb in ["budgets.read", "clusters.read", "live.subscribe", "customers.read", "audit.read", "ceo.read"] {
		not may(verb, ["agent"])
	}
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

# --- what is said ------------------------------------------------------------------------------------
said(roles, change) := {finding.code | some finding in decide(roles, change).findings}

test_each_refusal_says_why if {
	said(["owner"], {}) == set()
	said(["owner"], {"verb": "everything.do"}) == {"verb_unknown"}
	said(["marketing"], {}) == {"role_missing"}
	said(["owner"], {"caller": {"machine": true}}) == {"machine_decides"}
	said(["owner"], {"request": {"authors": ["ann"]}}) == {"own_request"}
	said(["support"], {"verb": "actions.withdraw"}) == {"not_own_request"}
}

test_what_is_refused_is_done_in_no_role if {
	decide(["owner"], {"request": {"authors": ["ann"]}}).role == null
	refused := decide(["support"], object.union(lent("cid", ["operations"]), {"request": {"authors": ["ann"]}}))
	refused.role == null
	refused.on_behalf == null
}

test_a_request_is_decided_in_the_role_that_it_names_first if {
	decide(["owner", "operations"], {}).role == "operations"
}

test_a_lent_role_that_the_type_never_had_may_not_decide if {
	widened := object.union(request, {"roles": ["support"]})
	not decide(["marketing"], object.union(lent("cid", ["support"]), {"request": widened})).allowed
}
