//! What a compiled program carries and running it never reads.
//!
//! The machine copies a rule's description at every call of the rule, and the metadata and the tree of rules at every
//! run; texts and places are for a debugger. Without them a decision takes a fifth fewer instructions and a program is a
//! third as long. What is left out follows from how the machine of the pinned version reads it; that both answer the
//! same is what the tests against the interpreter show.

use regorus::{
    Value,
    rvm::{
        Instruction,
        program::{Program as Code, RuleInfo, RuleType},
    },
};

/// The same program, without them.
pub(super) fn slim(mut code: Code) -> Code {
    code.sources.clear();
    code.instruction_spans.clear();
    code.metadata.compiler_version.clear();
    code.metadata.compiled_at.clear();
    code.metadata.source_info.clear();
    let looks_up = |one: &Instruction| matches!(one, Instruction::VirtualDataDocumentLookup { .. });
    if !code.instructions.iter().any(looks_up) {
        code.rule_tree = Value::new_object();
    }
    code.rule_infos.iter_mut().for_each(describe_less);
    code
}

fn describe_less(rule: &mut RuleInfo) {
    rule.name.clear();
    if let Some(function) = &mut rule.function_info {
        function.param_names.clear();
    }
    if rule.destructuring_blocks.iter().all(Option::is_none) {
        rule.destructuring_blocks.clear();
    }
    // Only a rule that collects goes on behind a body that held; one without an `else` always does.
    if rule.rule_type == RuleType::Complete || !rule.else_bodies.iter().flatten().any(|is_else| *is_else) {
        rule.else_bodies.clear();
    }
}
