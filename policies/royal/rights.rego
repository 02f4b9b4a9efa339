# METADATA
# title: Rights
# description: |
#   Who may do what through the API: for each verb the roles, and for each role the clusters whose
#   tasks and agents it steers. A verb that is not here is nobody's. Then who is who, where somebody
#   has several accounts.
package royal.rights

# Accounts that belong to one person, and the name by which that person is known, both in lower case:
#   "ann.private@mail.example": "ann@shop.example",
# One person has one vote and never decides what they asked for, whatever account they use. A token
# that names the person itself (claim `person`) needs no line here.
same_person := {}

verbs := {
	"actions.propose": ["owner", "finance", "operations", "marketing", "support", "agent"],
	"actions.read": ["owner", "finance", "operations", "marketing", "support", "auditor", "agent"],
	"actions.undo": ["owner", "finance", "operations", "marketing", "support"],
	"actions.withdraw": ["owner", "finance", "operations", "marketing", "support", "agent"],
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
	"orders.confirm": ["owner", "finance", "operations"],
	"orders.read": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"orders.slip": ["owner", "operations"],
	"orders.tax": ["owner", "finance"],
	"policies.backtest": ["owner", "finance", "auditor"],
	"policies.check": ["owner", "finance", "auditor"],
	"policies.explain": ["owner", "finance", "operations", "marketing", "support", "auditor", "agent"],
	"policies.propose": ["owner", "finance"],
	"policies.read": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"policies.replay": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"policies.rollback": ["owner", "finance", "operations", "marketing", "support"],
	"policies.shadow": ["owner", "finance"],
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

# Verbs that no machine has, whatever roles its token carries.
of_people := [
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
]

# What people ask for themselves is of the cluster "api".
clusters := {
	"owner": ["product", "marketing", "customer", "finance", "insight", "ceo", "api"],
	"finance": ["finance", "marketing", "api"],
	"operations": ["product", "finance", "insight", "api"],
	"marketing": ["marketing"],
	"support": ["customer"],
	"auditor": [],
	"agent": [],
}
