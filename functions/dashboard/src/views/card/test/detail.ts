import type { Detail } from "../detail";

const AT = "2026-11-20T12:00:00Z";
const DIGEST = "9310c0de122e8d32fa0532db138e5af79b252fbc3cecb28fbfe395a2aef25d01";
const REVISION = "75b5777f511c3d7f756180e750638a69ad251bd600fd893deadeaf0b4e46a3c2";
const ID = "01a1fa11-a10d-7715-a288-df766be64c63";

/** A request in which every free field says `text`, and every list has two of it. */
export function detail(text: string, payload: object = { type: "expense.pay", payee: text }): Detail {
  const both = [text, `${text} `];
  const money = { amount: "12.95", currency: "EUR" };
  return {
    id: ID,
    status: "PENDING",
    agent: { id: text, name: text, cluster: text },
    actionType: "type" in payload ? String(payload.type) : text,
    willHappen: text,
    target: text,
    amount: money,
    tier: "HIGH",
    note: text,
    createdAt: AT,
    updatedAt: AT,
    payload: payload as Detail["payload"],
    executor: text,
    reversibility: text,
    inverse: { wouldHappen: text, payload: { type: text, payee: text } as unknown as Record<string, never> },
    undoMinutes: 60,
    authors: both,
    delegated: [{ at: AT, from: text, to: text, until: AT, reason: text }],
    comments: [{ account: text, at: AT, text }],
    digest: DIGEST,
    decision: {
      tier: "HIGH",
      at: AT,
      undoMinutes: 60,
      revision: REVISION,
      reasons: [{ code: text, tier: text, text, limit: text, threshold: text, value: text, line: 17 }],
    },
    premises: [
      { source: text, field: text, mustBe: text, found: text, holds: false, readAt: AT },
      { source: text, field: `${text}2`, mustBe: text },
    ],
    approval: {
      roles: both,
      quorum: 2,
      agreed: 1,
      escalation: both,
      escalatesAt: AT,
      openedAt: AT,
      deadline: AT,
      votes: [{ person: text, role: text, agrees: true, onBehalf: text, reason: text, at: AT }],
    },
    earlier: { id: ID, attempt: 1, status: text, note: text, by: text, at: AT },
    agentSays: {
      title: text,
      description: text,
      reasoning: text,
      dataSources: both,
      riskFactors: both,
      missing: both,
      confidencePercent: 95,
      impact: { estimatedCost: money, estimatedRevenue: money, estimatedRoiPercent: 1, marginPercent: 56 },
      alternatives: [{ description: text, pros: both, cons: both, estimatedImpact: money }],
    },
    refused: [{ person: text, roles: both, verb: text, refusal: text, status: text, at: AT }],
    history: {
      verified: false,
      broken: text,
      records: [
        {
          subject: text,
          seq: 1,
          at: AT,
          by: text,
          person: true,
          what: text,
          result: text,
          reasons: both,
          revision: REVISION,
          input: DIGEST,
        },
      ],
    },
    priority: "HIGH",
    policyChanged: true,
    you: { mayDecide: false, mayModify: false, because: text },
    similar: [{ id: ID, wouldHappen: text, status: text, decidedBy: both, at: AT }],
  };
}

/** A payload that has `text` in every place where a text can be. */
export function hostilePayload(text: string): object {
  return {
    type: "product.publish",
    [text.slice(0, 200)]: text,
    listing: {
      title: text,
      descriptionHtml: text,
      tags: [text, text],
      images: [{ url: text, alt: text }],
      product: { supplier: text, sku: text },
      variants: [
        { sku: text, options: [[text, text]], price: { amount: text, currency: text }, cost: text, stock: 3 },
      ],
    },
  };
}
