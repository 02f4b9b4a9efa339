import type { JourneyFilter } from "~/api/queries";

/** Where a journey can be. */
export type Stage = NonNullable<JourneyFilter["stage"]>;

/** The stages in the order of a journey; what ended early stands last. */
export const STAGES: readonly Stage[] = [
  "VETTING",
  "PRICING",
  "REVIEW",
  "PUBLISHING",
  "DECIDING",
  "PUBLISHED",
  "STOPPED",
];
