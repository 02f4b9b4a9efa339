# METADATA
# title: Live events
# description: |
#   Which roles are told of what, while they are connected. What is not listed here is told to nobody,
#   and machines are told nothing.
package royal.live

topics := {
	"action:executed": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"action:not-executed": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"agent:status": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"approval:decided": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"approval:required": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"ceo:decision": ["owner", "finance", "operations", "auditor"],
	"control:changed": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"journey:moved": ["owner", "operations", "marketing", "auditor"],
	"journey:stopped": ["owner", "operations", "marketing", "auditor"],
	"order:moved": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"policy:changed": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"task:completed": ["owner", "finance", "operations", "marketing", "support", "auditor"],
	"task:created": ["owner", "finance", "operations", "marketing", "support", "auditor"],
}

# METADATA
# title: What this caller may be told
# entrypoint: true
result := {
	"known": known,
	"heard": heard,
}

known contains topic if some topic, _ in topics

heard contains topic if {
	not is_machine
	some topic, roles in topics
	some role in input.caller.roles
	role in roles
}

is_machine if input.caller.machine

is_machine if "agent" in input.caller.roles
