package royal.approvals_test

import data.royal.actions
import data.royal.approvals
import data.royal.thresholds

desk(type) := result if {
	result := approvals.desk.consent with input as {"action": {"type": type}}
}

test_rules_and_rights_need_two_people if {
	every type in ["policy.publish", "control.resume", "access.grant"] {
		desk(type).quorum >= 2
	}
}

test_what_is_not_listed_takes_the_default if {
	desk("price.change").quorum == thresholds.approval.people
	desk("price.change").hours == thresholds.approval.hours
}

test_an_unknown_type_goes_to_the_owner if {
	desk("teleport").roles == ["owner"]
	desk("teleport").escalation == ["owner"]
}

test_only_people_decide if {
	every row in actions.rows {
		count(row.approvers) > 0
		every role in row.approvers {
			not role in ["agent", "auditor"]
		}
	}
}

test_an_action_without_an_inverse_has_no_undo_window if {
	approvals.undo_minutes == 0 with input as {"action": {"type": "order.cancel"}}
	approvals.undo_minutes == thresholds.undo_minutes["price.change"] with input as {"action": {"type": "price.change"}}
}

test_others_are_asked_before_time_runs_out_and_not_at_once if {
	desk("price.change").escalation == actions.rows["price.change"].escalation
	desk("price.change").escalate_before_hours == thresholds.approval.escalate_before_hours
	desk("control.resume").escalate_before_hours < desk("control.resume").hours
	every type, _ in actions.rows {
		desk(type).escalate_before_hours * 2 <= desk(type).hours
	}
}

test_an_unknown_type_waits_as_anything_does if {
	desk("teleport").quorum == thresholds.approval.people
	desk("teleport").hours == thresholds.approval.hours
	desk("teleport").escalate_before_hours == thresholds.approval.escalate_before_hours
}

test_half_of_the_time_is_whole_hours if {
	odd := object.union(thresholds.approval, {"hours": 5, "escalate_before_hours": 4})
	result := approvals.desk.consent with input as {"action": {"type": "order.hold"}} with thresholds.approval as odd
	result.hours == 5
	result.escalate_before_hours == 2
}
