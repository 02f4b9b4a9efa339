package royal.risk.steering_test

import data.royal.risk.steering
import data.royal.thresholds

tiers(action, agent) := {finding.tier | some finding in findings} if {
	findings := steering.findings with input as {"action": action, "agent": agent, "context": {}}
}

ceo := {"name": "ceo", "cluster": "ceo"}

goal(before, after) := tiers({"type": "goal.set", "old_goal": before, "new_goal": after}, ceo)

test_a_goal_by_its_move_up_and_down if {
	low := thresholds.goal_set.low_up_to_percent * 100
	medium := thresholds.goal_set.medium_up_to_percent * 100
	every sign in [1, -1] {
		goal(10000, 10000 + (sign * low)) == set()
		goal(10000, 10000 + (sign * (low + 1))) == {"MEDIUM"}
		goal(10000, 10000 + (sign * medium)) == {"MEDIUM"}
		goal(10000, 10000 + (sign * (medium + 1))) == {"MEDIUM", "HIGH"}
	}
}

test_a_goal_from_nothing_goes_to_a_person if {
	"HIGH" in goal(0, 0)
	"HIGH" in goal(-100, -100)
}

test_an_agent_never_changes_the_rules if {
	every type in ["policy.publish", "access.grant"] {
		tiers({"type": type}, ceo) == {"DENIED"}
		tiers({"type": type}, {"name": "api", "cluster": "api"}) == set()
	}
}

moves(before, after) := {finding.value | some finding in findings; finding.code == "goal_moves"} if {
	strict := object.union(thresholds.goal_set, {"low_up_to_percent": 0})
	findings := steering.findings with input as {
		"action": {"type": "goal.set", "old_goal": before, "new_goal": after},
		"agent": ceo,
		"context": {},
	}
		with thresholds.goal_set as strict
}

test_a_move_is_rounded_up_to_whole_percent if {
	moves(10000, 10050) == {1}
	moves(1, 2) == {100}
}

test_a_goal_of_one_is_one if goal(1, 1) == set()
