# METADATA
# title: Risk of actions that steer the system itself
package royal.risk.steering

import data.royal.thresholds

findings := goals if {
	input.action.type == "goal.set"
} else := rules if {
	input.action.type in {"policy.publish", "access.grant"}
} else := set()

# --- goal.set ------------------------------------------------------------------------------------

before := input.action.old_goal

move := abs(input.action.new_goal - before) * 100

# Rounded up to whole percent.
move_percent := ((move + before) - 1 - (((move + before) - 1) % before)) / before if before > 0

goals contains {"tier": "HIGH", "code": "goal_not_positive"} if {
	before <= 0
}

goals contains {
	"tier": "MEDIUM",
	"code": "goal_moves",
	"limit": "goal_set.low_up_to_percent",
	"value": move_percent,
} if {
	move > thresholds.goal_set.low_up_to_percent * before
}

goals contains {
	"tier": "HIGH",
	"code": "goal_moves",
	"limit": "goal_set.medium_up_to_percent",
	"value": move_percent,
} if {
	move > thresholds.goal_set.medium_up_to_percent * before
}

# --- the rules themselves ------------------------------------------------------------------------

rules contains {"tier": "DENIED", "code": "agent_changes_rules", "value": input.agent.name} if {
	input.agent.name != "api"
}
