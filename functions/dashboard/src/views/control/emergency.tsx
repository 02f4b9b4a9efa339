import { useState } from "react";
import { useMay } from "~/session/me";
import { Button } from "~/ui/button";
import { Panel } from "~/ui/page";
import { Quiet } from "~/ui/stack";
import { Choose } from "./choose";
import { Confirm } from "./confirm";
import { useScope } from "./scope";
import { useWords } from "./words";

/** How far stopping something is. */
type Step = { at: "choose" } | { at: "confirm"; scope: string } | { at: "done"; scope: string };

/** Stops something in two steps: what, and then why and surely. */
export function Emergency() {
  const w = useWords();
  const told = useScope();
  const may = useMay("control.stop");
  const [step, setStep] = useState<Step>({ at: "choose" });
  return (
    <Panel title={w.emergency}>
      <Quiet>{w.emergencyHint}</Quiet>
      {!may && <Quiet>{w.mayNot}</Quiet>}
      {may && step.at === "choose" && <Choose onChosen={(scope) => setStep({ at: "confirm", scope })} />}
      {may && step.at === "confirm" && (
        <Confirm
          scope={step.scope}
          onBack={() => setStep({ at: "choose" })}
          onDone={() => setStep({ at: "done", scope: step.scope })}
        />
      )}
      {step.at === "done" && (
        <div role="status">
          <p>
            <strong>{w.done(told(step.scope))}</strong>
          </p>
          <Button onClick={() => setStep({ at: "choose" })}>{w.again}</Button>
        </div>
      )}
    </Panel>
  );
}
