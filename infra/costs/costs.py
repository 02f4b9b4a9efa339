#!/usr/bin/env python3
"""What the system costs on AWS, from counted requests: prints the tables that infra/README.md holds (`just costs`).

`counts.json` is what the embedded AWS services counted: of whole journeys and of every schedule that finds nothing to do
(tests/system/costs.rs, which fails when they have changed), and of a gate alone (`just bench-gates`, tests/bench/README.md).
Prices are list prices of us-east-1 without free tiers, as published in November 2026.
"""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
BEGIN, END = "<!-- costs: made by `just costs` -->\n", "<!-- end of costs -->\n"
A_DAY = (1_000, 100_000, 10_000_000)
DAYS = 30

# Dollars for one.
PRICES = {
    "DynamoDB write units": 0.625e-6,
    "DynamoDB read units": 0.125e-6,
    "SQS requests": 0.40e-6,
    "EventBridge events": 1.00e-6,
    "Scheduler invocations": 1.00e-6,
    "Lambda invocations": 0.20e-6,
    "Lambda GB-seconds (arm64)": 13.3334e-6,
    "HTTP API requests": 1.00e-6,
    "log GB": 0.50,
    "X-Ray traces": 5.00e-6,
    "archive GB": 0.10,
    "table and backup GB-months": 0.25 + 0.20,
    "keys": 1.00,
    "secrets": 0.40,
    "custom metrics": 0.30,
    "metrics watched by alarms": 0.10,
    "CloudWatch dashboard": 3.00,
}

# Not counted: what the figures rest on.
ONE_IN = 10  # products of which one waits for a person
ORDERS = 4  # orders for each product that is taken up
GB_SECONDS = 0.020 * 0.25  # a call: 20 ms at 256 MB
LOG_GB = 2e-6  # of a call: 2 KB
TRACED = 0.05  # share of calls
EVENT_GB = 1e-6
ACTION_GB = 12e-6  # of an action with its record and indexes, kept; tests/bench
PAGE_READS = 10  # HTTP requests of a person around one decision
POLLS = 5 * 3 * 60 * 24  # a day for each queue: five pollers, each waits 20 seconds
METRICS = 100
WATCHED = 7  # metrics in alarms, for each function
OF_SYSTEM = 2  # the same, for each outside system
OF_ALL = 20  # the same, of table, bus, API, revenue


def load(name: str) -> dict:
    """A file of JSON beside this one."""
    return json.loads((HERE / name).read_text())


def usage(counts: dict) -> dict[str, float]:
    """What is billed of one counted piece of work."""
    requests = counts.get("http", 0) * PAGE_READS
    calls = counts["invocations"] + requests
    return {
        "DynamoDB write units": counts["writeUnits"],
        "DynamoDB read units": counts["readUnits"],
        # An event-source mapping of a queue receives a batch and deletes it.
        "SQS requests": counts["sends"] + 2 * counts["invocationsOfQueues"],
        "EventBridge events": counts["events"],
        "Lambda invocations": calls,
        "Lambda GB-seconds (arm64)": calls * GB_SECONDS,
        "HTTP API requests": requests,
        "log GB": calls * LOG_GB,
        "X-Ray traces": calls * TRACED,
        "archive GB": counts["events"] * EVENT_GB,
        "table and backup GB-months": counts.get("actions", 0) * ACTION_GB,
    }


def add(into: dict, what: dict, times: float) -> None:
    """Adds so many times `what`."""
    for name, count in what.items():
        into[name] = into.get(name, 0) + count * times


def runs_a_day(every: str) -> float:
    """How often a schedule wakes, by its expression; `cron` once a day at most."""
    found = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", every)
    if not found:
        return 1
    minutes = {"minute": 1, "hour": 60, "day": 1440}[found[2]]
    return 1440 / (int(found[1]) * minutes)


def standing(counts: dict, catalog: dict) -> dict[str, float]:
    """What a month costs in which nothing is to do."""
    month: dict[str, float] = {}
    for schedule in catalog["schedules"]:
        runs = runs_a_day(schedule["every"]) * DAYS
        if schedule["name"] in counts:
            add(month, usage(counts[schedule["name"]]), runs)
        add(month, {"Scheduler invocations": 1}, runs)
    queues = sum("queue" in function["wakes"] for function in catalog["functions"])
    fixed = {
        "SQS requests": queues * POLLS * DAYS,
        "keys": 3,
        "secrets": len(catalog["secrets"]),
        "custom metrics": METRICS,
        "metrics watched by alarms": WATCHED * len(catalog["functions"]) + OF_SYSTEM * len(catalog["systems"]) + OF_ALL,
        "CloudWatch dashboard": 1,
    }
    add(month, fixed, 1)
    return month


def piece(counts: dict) -> dict[str, float]:
    """What one task is billed, with its share of the journeys that it is part of."""
    one: dict[str, float] = {}
    times = {"journey": 1 - 1 / ONE_IN, "journeyWithPerson": 1 / ONE_IN, "order": ORDERS}
    tasks = sum(counts[name]["tasks"] * share for name, share in times.items())
    for name, share in times.items():
        add(one, usage(counts[name]), share / tasks)
    return one


def dollars(amount: float) -> str:
    """Two digits below ten dollars, none above."""
    return f"{amount:,.2f}" if amount < 10 else f"{amount:,.0f}"


def tables(counts: dict, catalog: dict) -> str:
    """Both tables, in Markdown."""
    lines = ["| counted | tasks | actions | write units | read units | SQS sends | events | calls |", "|---|" + "---|" * 7]
    names = {
        "gate": "a gate alone: proposed, decided, agreed to by a person, executed",
        "journey": "a product, from the feed to the shop",
        "journeyWithPerson": "one that waits for a person",
        "order": "an order, from the click to the door",
    }
    for key, one in counts.items():
        cells = [one.get("tasks", 0), one.get("actions", 0), one["writeUnits"], one["readUnits"], one["sends"]]
        cells += [one["events"], round(one["invocations"] + one.get("http", 0), 2)]
        lines.append(f"| {names.get(key, f'`{key}`, nothing to do')} | " + " | ".join(map(str, cells)) + " |")
    each, still = piece(counts), standing(counts, catalog)
    columns = " | ".join(f"{count:,} tasks a day" for count in A_DAY)
    lines += ["", f"| dollars a month | standing | {columns} |", "|---|---|" + "---|" * len(A_DAY)]
    sums = [0.0] * (1 + len(A_DAY))
    for name, price in PRICES.items():
        base = still.get(name, 0) * price
        costs = [base, *(base + each.get(name, 0) * price * count * DAYS for count in A_DAY)]
        sums = [total + cost for total, cost in zip(sums, costs, strict=True)]
        lines.append(f"| {name} | " + " | ".join(map(dollars, costs)) + " |")
    lines.append("| **sum** | " + " | ".join(f"**{dollars(total)}**" for total in sums) + " |")
    million = sum(price * each.get(name, 0) for name, price in PRICES.items()) * 1e6
    lines += ["", f"A million tasks: ${dollars(million)}."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the tables into the README; `--check` only says whether they are there."""
    made = tables(load("counts.json"), load("../catalog/catalog.json"))
    text = README.read_text()
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    if "--check" in sys.argv:
        sys.exit(0 if old == made else "infra/README.md holds other costs than `just costs` makes: run it")
    README.write_text(before + BEGIN + made + END + after)
    print(made, end="")


if __name__ == "__main__":
    main()
