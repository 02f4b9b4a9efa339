# METADATA
# title: Access
# description: |
#   What somebody may see and do through the API. Refused unless a rule allows it. A machine never
#   decides, and nobody decides what they wrote or changed.
package royal.access

import data.royal.actions
import data.royal.rights

verb := input.verb

# METADATA
# title: May this caller do this
# entrypoint: true
result := {
	"allowed": allowed,
	"role": role,
	"findings": refusals,
}

default allowed := false

allowed if {
	count(fitting) > 0
	count(refusals) == 0
}

# The role in which it is done, where it is allowed: the request's own order, then the caller's.
default role := null

role := [name | some name in wanted; name in fitting][0] if allowed

wanted := input.request.roles if {
	verb == "approvals.decide"
} else := input.caller.roles

# --- roles that fit ------------------------------------------------------------------------------

fitting contains name if {
	some name in input.caller.roles
	name in rights.verbs[verb]
	cluster_fits(name)
	request_fits(name)
}

cluster_fits(name) if not verb in rights.of_a_cluster

cluster_fits(name) if input.cluster in rights.clusters[name]

request_fits(name) if verb != "approvals.decide"

request_fits(name) if {
	name in input.request.roles
	name in actions.rows[input.request.type].approvers
}

# --- what refuses --------------------------------------------------------------------------------

refusals contains {"code": "verb_unknown", "value": input.verb} if not rights.verbs[verb]

refusals contains {"code": "role_missing", "value": input.verb} if {
	rights.verbs[verb]
	count(fitting) == 0
}

decisions := {"approvals.decide", "approvals.delegate", "approvals.modify", "control.resume"}

refusals contains {"code": "machine_decides"} if {
	verb in decisions
	is_machine
}

is_machine if input.caller.machine

is_machine if "agent" in input.caller.roles

refusals contains {"code": "own_request"} if {
	verb == "approvals.decide"
	input.caller.account in input.request.authors
}
