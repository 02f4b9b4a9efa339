import { lazy, Suspense } from "react";
import { usePhase } from "./use-token";

const Again = lazy(() => import("./again").then((m) => ({ default: m.Again })));

/** Says ahead that the session ends, and has one sign in again over the page when it has. */
export function SessionGuard() {
  const phase = usePhase();
  if (phase !== "soon" && phase !== "ended") return null;
  return (
    <Suspense fallback={null}>
      <Again key={phase} ended={phase === "ended"} />
    </Suspense>
  );
}
