//! `catalog json | grants | check | names`: makes of the catalogue what the cloud templates and readers need.

fn main() -> std::process::ExitCode {
    catalog::run(&std::env::args().skip(1).collect::<Vec<_>>())
}
