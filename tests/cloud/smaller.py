"""Takes out of synthesized templates what the emulator cannot make, and says what that was.

Only what no function works with may go: what watches, what keeps for later, and what wakes; `journey.py` wakes instead.
"""

import json
import sys
from collections import Counter
from pathlib import Path

# Its Scheduler sends `<aws.scheduler.scheduled-time>` as it stands instead of the time, which nobody can read.
WHOLE_TYPES = {"AWS::Events::Archive", "AWS::Scheduler::Schedule"}


def unknown(resource: dict) -> str | None:
    """What the emulator would stumble over, if it would."""
    kind = resource["Type"]
    if kind in WHOLE_TYPES:
        return kind
    if kind == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]:
        return f"{kind} over several metrics"
    return None


def reduce(template: dict) -> Counter:
    """Takes it out of one template."""
    gone = {name: why for name, one in template["Resources"].items() if (why := unknown(one))}
    for name in gone:
        del template["Resources"][name]
    for resource in template["Resources"].values():
        needs = resource.get("DependsOn", [])
        resource["DependsOn"] = [one for one in ([needs] if isinstance(needs, str) else needs) if one not in gone]
    left = json.dumps(template)
    for name in gone:
        if f'"Ref": "{name}"' in left or f'"Fn::GetAtt": ["{name}"' in left:
            sys.exit(f"tests/cloud: {name} cannot be left out: something refers to it")
    return Counter(gone.values())


def main(folder: Path) -> None:
    """Does so with every template of a synthesized app."""
    gone: Counter = Counter()
    for path in sorted(folder.glob("*.template.json")):
        template = json.loads(path.read_text())
        gone += reduce(template)
        path.write_text(json.dumps(template))
    for what, count in sorted(gone.items()):
        print(f"left out: {count} × {what}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
