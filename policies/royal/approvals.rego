# METADATA
# title: Who approves
# description: |
#   Roles, number of people, deadline and escalation of a request, and how long an executed action
#   can be undone. The tables are in actions.rego (roles) and thresholds.rego (numbers).
package royal.approvals

import data.royal.actions
import data.royal.thresholds

type := input.action.type

row := actions.rows[type]

# METADATA
# title: Who has to agree, and until when
# entrypoint: true
desk := consent

consent := {
	"roles": roles,
	"quorum": quorum,
	"hours": hours,
	"escalation": escalation,
	"escalate_before_hours": escalate_before_hours,
}

default roles := ["owner"]

roles := row.approvers

default escalation := ["owner"]

escalation := row.escalation

quorum := object.get(thresholds.approval_people, type_or_none, thresholds.approval.people)

hours := object.get(thresholds.approval_hours, type_or_none, thresholds.approval.hours)

# Those who are asked first have half of the time at least.
escalate_before_hours := min([thresholds.approval.escalate_before_hours, (hours - (hours % 2)) / 2])

undo_minutes := object.get(thresholds.undo_minutes, type_or_none, 0)

default type_or_none := ""

type_or_none := type
