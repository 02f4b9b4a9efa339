# METADATA
# title: Access
# description: |
#   What somebody may see and do through the API. Refused unless a rule allows it. A machine never
#   decides, and nobody decides what they wrote or changed: whichever way it is tried, by another
#   account, in bulk, or through somebody who stands in.
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
	"human": human,
	"on_behalf": on_behalf,
	"findings": refusals,
}

default allowed := false

allowed if {
	count(fitting) + count(lent) > 0
	count(refusals) == 0
}

# The role in which it is done, where it is allowed: the caller's own before a lent one, and among those
# the request's own order, or else the caller's.
default role := null

role := own[0] if {
	allowed
	count(own) > 0
} else := lent[0].role if {
	allowed
	count(lent) > 0
}

own := [name | some name in wanted; name in fitting]

wanted := input.request.roles if {
	verb == "approvals.decide"
} else := input.caller.roles

# Whom the caller stands in for, where none of the caller's own roles would do.
default on_behalf := null

on_behalf := lent[0].from if {
	allowed
	count(own) == 0
	count(lent) > 0
}

# --- people --------------------------------------------------------------------------------------

# The person behind the account: as the token names them, or as rights.rego does, or the account.
default human := ""

human := person(input.caller.human) if {
	input.caller.human
} else := person(input.caller.account)

person(name) := object.get(rights.same_person, lower(name), lower(name))

authors contains person(name) if some name in input.request.authors

# By whatever name the request's authors are kept.
is_author if human in authors

is_author if person(input.caller.account) in authors

# --- roles that fit ------------------------------------------------------------------------------

fitting contains name if {
	some name in input.caller.roles
	name in rights.verbs[verb]
	cluster_fits(name)
	request_fits(name)
}

cluster_fits(_) if not verb in rights.of_a_cluster

cluster_fits(name) if input.cluster in rights.clusters[name]

# Who speaks for a request is one of those who are asked about it.
request_fits(_) if not verb in {"approvals.decide", "approvals.delegate", "approvals.modify"}

request_fits(name) if asked(name)

# Who is away for some days lends a role without a request at hand.
request_fits(_) if {
	verb == "approvals.delegate"
	not input.request
}

asked(name) if {
	name in input.request.roles
	name in actions.rows[input.request.type].approvers
}

# --- roles that somebody else lends --------------------------------------------------------------

# To people who may decide something themselves, by people other than the request's authors.
lent := [{"from": from, "role": name} |
	verb == "approvals.decide"
	decides_something
	some delegation in input.delegations
	from := person(delegation.from_human)
	from != human
	not from in authors
	some name in input.request.roles
	name in delegation.roles
	name in rights.verbs[verb]
	asked(name)
]

decides_something if {
	some name in input.caller.roles
	name in rights.verbs["approvals.decide"]
}

# --- what refuses --------------------------------------------------------------------------------

refusals contains {"code": "verb_unknown", "value": input.verb} if not rights.verbs[verb]

refusals contains {"code": "role_missing", "value": input.verb} if {
	rights.verbs[verb]
	count(fitting) + count(lent) == 0
}

refusals contains {"code": "machine_decides"} if {
	verb in rights.of_people
	is_machine
}

is_machine if input.caller.machine

is_machine if "agent" in input.caller.roles

refusals contains {"code": "own_request"} if {
	verb in {"approvals.decide", "approvals.delegate"}
	is_author
}

# Staff takes back what they asked for; an owner, whatever is asked; an agent through its own door.
refusals contains {"code": "not_own_request"} if {
	verb == "actions.withdraw"
	not withdraws
}

withdraws if is_author

withdraws if {
	some name in input.caller.roles
	name in {"owner", "agent"}
}
