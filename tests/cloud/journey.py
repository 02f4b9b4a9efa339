"""Two journeys through the deployed functions: one that nobody has to look at, and one that waits for a person."""

import json
import sys
import time
import urllib.request
from datetime import UTC, datetime

import boto3

ENV = "dev"
HOUSE = f"royal-{ENV}"
PATIENCE_S = 240


class System:
    """The deployed system, seen from outside."""

    def __init__(self, sandbox: dict) -> None:
        self.sandbox = sandbox
        self.sqs = boto3.client("sqs")
        self.table = boto3.resource("dynamodb").Table(HOUSE)
        self.api = boto3.client("apigatewayv2")

    def wake(self, schedule: str) -> None:
        """What EventBridge Scheduler would send."""
        queue = self.sqs.get_queue_url(QueueName=f"{HOUSE}-{schedule.split('.')[0]}")["QueueUrl"]
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        message = {"wake": "schedule", "schedule": schedule, "at": at, "input": None}
        self.sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(message))

    def bodies(self, kind: str) -> list[dict]:
        """The states of all things of one kind."""
        rows = self.table.scan(ConsistentRead=True)["Items"]
        states = [row for row in rows if row["pk"].startswith(f"{kind}#") and row["sk"] == "STATE"]
        return [json.loads(row["body"]) | {"status": row.get("status")} for row in states if "body" in row]

    def journey(self, title: str) -> dict | None:
        """The journey of the product with this in its title."""
        found = [one for one in self.bodies("JOURNEY") if title in json.dumps(one.get("candidate", {}))]
        return found[0] if found else None

    def dead(self) -> dict[str, int]:
        """What no function could handle."""
        urls = self.sqs.list_queues(QueueNamePrefix=HOUSE).get("QueueUrls", [])
        name = "ApproximateNumberOfMessages"
        counts = {
            url.rsplit("/", 1)[-1]: int(self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"][name])
            for url in urls
            if url.endswith("-dead")
        }
        return {queue: count for queue, count in counts.items() if count}

    def shop(self) -> list[dict]:
        """The products in the sandbox shop."""
        return ask("GET", f"{self.sandbox['shop']}/sandbox/state")["products"]

    def ask(self, method: str, path: str, body: dict | None = None) -> dict:
        """Asks the HTTP API as the sandbox's owner."""
        token = ask("POST", f"{self.sandbox['api']}/token", {"role": "owner"})["token"]
        [api] = [one for one in self.api.get_apis()["Items"] if one["ProtocolType"] == "HTTP"]
        host = f"{api['ApiId']}.execute-api.localhost"
        headers = {"host": host, "authorization": f"Bearer {token}"}
        return ask(method, f"{self.sandbox['aws']}/api/v1/{path}", body, headers)


def ask(method: str, url: str, body: dict | None = None, headers: dict | None = None) -> dict:
    """One request with JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json", **(headers or {})}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def until(system: System, what: str, probe):
    """Looks until there is something, and fails with what is known if there never is."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := probe():
            print(f"ok: {what}", flush=True)
            return found
        time.sleep(0.5)
    stages = [(one.get("stage"), one["status"]) for one in system.bodies("JOURNEY")]
    actions = [one["status"] for one in system.bodies("ACTION")]
    sys.exit(f"tests/cloud: never happened: {what}; journeys {stages}; actions {actions}; dead {system.dead()}")


def main(sandbox: dict) -> None:
    """Both journeys."""
    system = System(sandbox)
    system.wake("product-scout.hourly")
    until(system, "the scout has begun both journeys", lambda: len(system.bodies("JOURNEY")) == 2)
    in_stage = lambda title, stage: (one := system.journey(title)) and one.get("stage") == stage
    until(system, "the board was published without a person", lambda: in_stage("board", "PUBLISHED"))
    until(system, "the board is in the shop", lambda: len(system.shop()) == 1)
    items = until(system, "the knife waits for a person", lambda: system.ask("GET", "approvals")["items"])
    card = items[0]
    system.ask("POST", f"approvals/{card['id']}/approve", {"digest": card["digest"]})
    until(system, "the knife was published once the owner had agreed", lambda: in_stage("knife", "PUBLISHED"))
    if dead := system.dead():
        sys.exit(f"tests/cloud: messages nobody could handle: {dead}")
    print("ok: every message was handled", flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
