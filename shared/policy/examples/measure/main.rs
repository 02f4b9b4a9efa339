//! `just bench-policy`: what a decision costs, and what loading a policy costs.

mod cases;
mod counted;
mod floor;
mod past;
mod report;
mod work;

fn main() -> std::process::ExitCode {
    report::main()
}
