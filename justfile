# Recipes of this repository. Each is written out in the README too.

# Run the whole system on this machine; further flags go to the program.
run *flags:
    cargo run -- {{flags}}

# Everything that must hold before a change lands.
test:
    tests/run

# The API of a running system against its own document (needs Python 3).
contract:
    tests/contract

# The page: its own tests, its build, and the built page in a real browser (needs Node 20).
page:
    tests/page

# Style: formatting, lints as house rules.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Policies only: tiers, golden cases, interpreter against RVM.
policy:
    cargo nextest run -p policy

# Small mistakes in the rules, one at a time: every one has to be noticed by a test (minutes).
mutate-policy:
    cargo nextest run -p policy --run-ignored only --no-capture mutants

# The rules in Open Policy Agent (needs opa 1.x): the same tests, strict checks, its formatting.
opa:
    opa check --strict policies/royal
    opa fmt --fail --list policies/royal
    opa test policies/royal

# What is made from infra/catalog/catalog.toml, after a change of it: catalog.json and GRANTS.md.
catalog:
    cargo run -q -p catalog -- json
    cargo run -q -p catalog -- grants

# What is deployed: a zip of every function, the bundle of the rules, the page (needs cargo-lambda and Node 20).
# On a machine without the other target: `just build --x86-64`.
build *flags="--arm64":
    infra/build {{flags}}

# The CloudFormation templates, checked, into infra/aws/cdk.out (needs Node 20; no account, nothing built):
# `just synth --context assets=placeholder`; after `just build` without that flag, as they will be deployed.
synth *flags:
    npm ci --prefix infra/aws --no-audit --no-fund --silent
    cd infra/aws && npx cdk synth --quiet {{flags}}

# The templates: tests of every grant, cdk-nag, cfn-lint, cfn-guard with our own rules (needs Node 20 and Python 3).
check-infra:
    tests/infra

# Deploys what `just build` built to the account that the AWS credentials are of: `just deploy dev` (infra/README.md).
deploy env *flags:
    npm ci --prefix infra/aws --no-audit --no-fund --silent
    cd infra/aws && npx cdk deploy --all --context env={{env}} {{flags}}

# The templates and the zips of `just build --x86-64` on an AWS that is not ours (tests/cloud/README.md).
e2e-cloud:
    tests/cloud/run

# What journeys and schedules ask of AWS, counted: infra/costs/counts.json.
count-costs:
    REWRITE=1 cargo nextest run --workspace --test system -E 'test(what_work_asks_of_aws)'

# The cost tables of infra/README.md, from counted requests.
costs:
    python3 infra/costs/costs.py

# What is in each zip, as CycloneDX beside it (needs cargo-sbom).
sbom:
    infra/sbom

# How soon the binaries of `just build --x86-64` are ready, beside the least function (tests/bench/README.md).
bench-cold *flags:
    cargo lambda build --profile lambda --x86-64 --package hello
    cargo run --release -p cold --bin bench-cold -- {{flags}}

# What a gate costs: gates a second, latency, requests, bytes, the bill of a million (tests/bench/README.md).
bench-gates *flags:
    cargo run --release -p bench --features programs --bin bench-gates -- {{flags}}

# How fast the page is, beside a bare one (needs the release or debug program: ROYAL, and a Chromium).
bench-page:
    cargo build --package local --bin royal
    npm ci --prefix functions/dashboard --silent && npm run --prefix functions/dashboard --silent build
    npm ci --prefix tests/browser --silent && npm run --prefix tests/browser bench

# What taking a webhook costs beside a bare handler, with no and with a million stored ids: `just bench-webhooks 1000 3`
# for a thousand and three rounds.
bench-webhooks *sizes:
    cargo run --release -p webhooks --example measure -- {{sizes}}

# A thousand orders while everything outside fails and the process is killed: each bought once, each in the books, and how
# fast (tests/bench/README.md). `FAULTS=none just thousand` for how fast it is when nothing fails.
thousand orders="1000":
    ORDERS={{orders}} BATCH="${BATCH:-50}" cargo test --release --package tests --test system -- thousand --nocapture

# How lists and decisions hold with up to a million stored actions (needs 8 GB of disk for a while).
bench-growth *flags:
    cargo run --release -p bench --features programs --bin bench-growth -- {{flags}}

# What a decision of policy costs, and what loading one costs: instructions, allocations, time (needs valgrind).
bench-policy *only:
    cargo run --profile lambda -p policy --features measure --example measure -- {{only}}

# Licences, advisories, banned crates (needs cargo-deny).
deny:
    cargo deny check

# Unused dependencies (needs cargo-machete).
machete:
    cargo machete

# Call one function with a sample event (needs cargo-lambda and `cargo lambda watch` beside it).
invoke function event:
    cargo lambda invoke {{function}} --data-file {{event}}
