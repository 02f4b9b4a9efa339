# METADATA
# title: Rights
# description: |
#   Who may do what through the API: for each verb the roles, and for each role the clusters whose
#   tasks and agents it steers. A verb that is not here is nobody's.
package royal.rights

verbs := {
	"actions.propose": ["owner", "finance", "operations", "marketing", "support", "agent"],
	"actions.read": ["owner", "finance", "operations", "marketing", "support", "auditor", "agent"],
	"actions.undo": ["owner", "finance", "operations", "marketing", "support"],
	"actions.withdraw": ["owner", "agent"],
	"activity.read": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"agents.heartbeat": ["agent"],
	"agents.pause": ["owner", "finance", "operations", "marketing", "support"],
	"agents.read": ["owner", "finance", "operations", "marketing", "support", "auditor", "agent"],
	"agents.resume": ["owner", "finance", "operations", "marketing", "support"],
	"approvals.comment": ["owner", "finance", "operations", "marketing", "support"],
	"approvals.decide": ["owner", "finance", "operations", "marketing", "support"],
	"approvals.delegate": ["owner", "finance", "operations", "marketing", "support"],
	"approvals.modify": ["owner", "finance", "operations", "marketing", "support"],
	"approvals.read": ["owner", "finance", "operations", "marketing", "support", "auditor", "agent"],
	"audit.export": ["owner", "auditor"],
	"audit.read": ["owner", "finance", "auditor"],
	"audit.verify": ["owner", "finance", "auditor"],
	"budgets.read": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"ceo.read": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"clusters.read": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"control.read": ["owner", "finance", "operations", "marketing", "support", "auditor", "agent"],
	"control.resume": ["owner", "finance", "operations"],
	"control.stop": ["owner", "finance", "operations", "marketing", "support"],
	"customers.erase": ["owner", "support"],
	"customers.read": ["owner", "support", "auditor"],
	"goals.propose": ["owner", "finance"],
	"journeys.read": ["owner", "finance", "operations", "marketing", "support", "auditor", "agent"],
	"live.subscribe": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"metrics.read": ["owner", "operations", "auditor", "agent"],
	"policies.backtest": ["owner", "finance", "auditor"],
	"policies.check": ["owner", "finance", "auditor"],
	"policies.propose": ["owner", "finance"],
	"policies.read": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"reports.read": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"tasks.create": ["owner", "finance", "operations", "marketing", "support"],
	"tasks.read": ["owner", "finance", "operations", "marketing", "support", "auditor", "agent"],
}

# Verbs that act on the agents, tasks or actions of one cluster.
of_a_cluster := [
	"actions.undo",
	"agents.pause",
	"agents.resume",
	"tasks.create",
]

clusters := {
	"owner": ["product", "marketing", "customer", "finance", "insight", "ceo"],
	"finance": ["finance", "marketing"],
	"operations": ["product", "finance", "insight"],
	"marketing": ["marketing"],
	"support": ["customer"],
	"auditor": [],
	"agent": [],
}
