package royal.live_test

import data.royal.live
import data.royal.rights

heard(roles) := result.heard if {
	result := live.result with input as {"caller": {"account": "ann", "roles": roles, "machine": false}}
}

test_the_owner_and_the_auditor_hear_everything if {
	heard(["owner"]) == live.result.known with input as {"caller": {"roles": []}}
	heard(["auditor"]) == heard(["owner"])
}

test_support_hears_of_requests_and_not_of_the_ceo if {
	"approval:required" in heard(["support"])
	not "ceo:decision" in heard(["support"])
	not "journey:moved" in heard(["support"])
}

test_two_roles_hear_what_either_hears if {
	heard(["support", "marketing"]) == heard(["support"]) | heard(["marketing"])
}

test_who_has_no_role_hears_nothing if {
	heard([]) == set()
	heard(["janitor"]) == set()
}

test_a_machine_hears_nothing if {
	heard(["agent"]) == set()
	heard(["owner", "agent"]) == set()
	result := live.result with input as {"caller": {"account": "bot", "roles": ["owner"], "machine": true}}
	result.heard == set()
}

test_only_who_may_connect_is_listed if {
	every roles in live.topics {
		every role in roles {
			role in rights.verbs["live.subscribe"]
		}
	}
}

test_each_topic_is_for_those_who_are_meant if {
	everybody := {"owner", "finance", "operations", "marketing", "support", "auditor"}
	told := {topic: {role | some role in roles} | some topic, roles in live.topics}
	told == {
		"action:executed": everybody,
		"action:not-executed": everybody,
		"agent:status": everybody,
		"approval:decided": everybody,
		"approval:required": everybody,
		"ceo:decision": {"owner", "finance", "operations", "auditor"},
		"control:changed": everybody,
		"journey:moved": {"owner", "operations", "marketing", "auditor"},
		"journey:stopped": {"owner", "operations", "marketing", "auditor"},
		"order:moved": everybody,
		"policy:changed": everybody,
		"task:completed": everybody,
		"task:created": everybody,
	}
}
