//! A draft that judges beside the policy in force. It decides nothing: what it would have said is kept beside what was
//! judged, and where the two part, that is listed.

use domain::{
    Decision, Digest, Record,
    decision::Consent,
    revision::{Disagreement, Judgement},
};
use runtime::Env;
use std::collections::BTreeSet;
use store::{CommitError, Tx};

/// Keeps what was judged; where a draft judges beside the policy, what it made of that as well.
pub(crate) fn judge(env: &Env, tx: &mut Tx<'_>, record: &Record, input: &str) -> Result<(), CommitError> {
    let (id, live) = (record.proposal.id, &record.decision);
    let judged = env.policy().shadow().map(|draft| draft.judge_seen(input, live.at));
    let said = judged.as_ref().and_then(|draft| Some((draft, told(draft)?, told(live)?)));
    let Some((draft, beside, decided)) = said else {
        return tx.keep_input(id, &live.input, input);
    };
    let agrees = (draft.tier, &draft.consent) == (live.tier, &live.consent);
    let dims = [("action_type", record.proposal.action.kind()), ("agrees", if agrees { "yes" } else { "no" })];
    env.metrics().count("shadow_decisions_total", 1, &dims);
    tracing::info!(
        action.id = %id,
        policy.revision = %decided.revision,
        shadow.revision = %beside.revision,
        tier = %decided.tier,
        shadow.tier = %beside.tier,
        agrees,
        "judged beside"
    );
    tx.keep_judged(id, &live.input, input, Some(&beside))?;
    if agrees { Ok(()) } else { tx.disagree(&disagreement(record, decided, beside)) }
}

/// What a revision said, in codes; nothing where it has no name, as when there is no policy at all.
fn told(decision: &Decision) -> Option<Judgement> {
    let revision = Digest::try_from(decision.revision.clone()).ok()?;
    let reasons: BTreeSet<String> = decision.reasons.iter().map(|reason| reason.code.clone()).collect();
    let Consent { roles, quorum, .. } = decision.consent.clone();
    Some(Judgement { revision, tier: decision.tier, roles, quorum, reasons: reasons.into_iter().collect() })
}

fn disagreement(record: &Record, live: Judgement, draft: Judgement) -> Disagreement {
    let proposal = &record.proposal;
    Disagreement {
        action: proposal.id,
        action_type: proposal.action.kind().to_owned(),
        agent: proposal.agent.clone(),
        at: record.decision.at,
        amount: proposal.action.amount(),
        live,
        draft,
    }
}
