package royal.rights_test

import data.royal.rights

# Who may do what, told a second time: a right is not given or taken by a slip.

everybody := {"owner", "finance", "operations", "marketing", "support", "auditor", "agent"}

people := everybody - {"agent"}

staff := people - {"auditor"}

expected := {
	"actions.propose": {"owner", "finance", "operations", "marketing", "support", "agent"},
	"actions.read": everybody,
	"actions.undo": staff,
	"actions.withdraw": {"owner", "finance", "operations", "marketing", "support", "agent"},
	"activity.read": people,
	"agents.heartbeat": {"agent"},
	"agents.pause": staff,
	"agents.read": everybody,
	"agents.resume": staff,
	"approvals.comment": staff,
	"approvals.decide": staff,
	"approvals.delegate": staff,
	"approvals.modify": staff,
	"approvals.read": everybody,
	"audit.export": {"owner", "auditor"},
	"audit.read": {"owner", "finance", "auditor"},
	"audit.verify": {"owner", "finance", "auditor"},
	"budgets.read": people,
	"ceo.read": people,
	"clusters.read": people,
	"control.read": everybody,
	"control.resume": {"owner", "finance", "operations"},
	"control.stop": staff,
	"customers.erase": {"owner", "support"},
	"customers.read": {"owner", "support", "auditor"},
	"goals.propose": {"owner", "finance"},
	"journeys.read": everybody,
	"live.subscribe": people,
	"metrics.read": {"owner", "operations", "auditor", "agent"},
	"orders.confirm": {"owner", "finance", "operations"},
	"orders.read": people,
	"orders.slip": {"owner", "operations"},
	"orders.tax": {"owner", "finance"},
	"policies.backtest": {"owner", "finance", "auditor"},
	"policies.check": {"owner", "finance", "auditor"},
	"policies.explain": everybody,
	"policies.propose": {"owner", "finance"},
	"policies.read": people,
	"policies.replay": people,
	"policies.rollback": staff,
	"policies.shadow": {"owner", "finance"},
	"reports.read": people,
	"tasks.create": staff,
	"tasks.read": everybody,
}

as_set(list) := {item | some item in list}

test_each_verb_is_for_those_who_are_meant if {
	every verb, roles in expected {
		as_set(rights.verbs[verb]) == roles
	}
}

test_no_verb_is_for_somebody_who_is_not_meant if {
	object.keys(rights.verbs) == object.keys(expected)
}

test_no_role_is_listed_twice if {
	every roles in rights.verbs {
		count(roles) == count(as_set(roles))
	}
}

test_what_only_people_do if {
	as_set(rights.of_people) == {
		"actions.undo",
		"agents.resume",
		"approvals.comment",
		"approvals.decide",
		"approvals.delegate",
		"approvals.modify",
		"control.resume",
		"customers.erase",
		"goals.propose",
		"orders.confirm",
		"orders.slip",
		"orders.tax",
		"policies.propose",
		"policies.rollback",
		"policies.shadow",
	}
}

test_what_is_done_to_one_cluster if {
	as_set(rights.of_a_cluster) == {"actions.undo", "agents.pause", "agents.resume", "tasks.create"}
}

test_whose_clusters_are_whose if {
	{role: as_set(names) | some role, names in rights.clusters} == {
		"owner": {"product", "marketing", "customer", "finance", "insight", "ceo", "api"},
		"finance": {"finance", "marketing", "api"},
		"operations": {"product", "finance", "insight", "api"},
		"marketing": {"marketing"},
		"support": {"customer"},
		"auditor": set(),
		"agent": set(),
	}
}
