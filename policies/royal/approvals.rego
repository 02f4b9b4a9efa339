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
# title: Who has to agree and until when, and how long it can be undone
# description: Of an action this looks at its type and nothing else.
# entrypoint: true
desk := {"consent": consent, "undo_minutes": undo_minutes}

consent := {
	"roles": row.approvers,
	"quorum": object.get(thresholds.approval_people, type, thresholds.approval.people),
	"hours": hours,
	"escalation": row.escalation,
	"escalate_before_hours": escalate_before_hours,
} if {
	row
} else := {
	"roles": ["owner"],
	"quorum": thresholds.approval.people,
	"hours": thresholds.approval.hours,
	"escalation": ["owner"],
	"escalate_before_hours": thresholds.approval.escalate_before_hours,
}

hours := object.get(thresholds.approval_hours, type, thresholds.approval.hours)

# Those who are asked first have half of the time at least.
escalate_before_hours := min([thresholds.approval.escalate_before_hours, (hours - (hours % 2)) / 2])

default undo_minutes := 0

undo_minutes := thresholds.undo_minutes[type]
