import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Agent } from "~/api/agents";
import { api, body } from "~/api/client";
import { useWrite } from "~/api/write";
import { useMay, useMe } from "~/session/me";
import { Button, buttonClass } from "~/ui/button";
import { Problem } from "~/ui/notice";
import { useAsked } from "~/views/control/asked";
import { useWords } from "./words";

const Pause = lazy(() => import("./pause").then((m) => ({ default: m.Pause })));

/** What a stop or its end touches. */
export const TOUCHED = [["agents"], ["control"], ["overview"], ["approvals"]] as const;

/** Stops an agent, or lets it run again: whichever the person may, and nothing where they may neither. */
export function Switch({ agent }: { agent: Agent }) {
  const paused = agent.status === "PAUSED";
  return paused ? <Resume agent={agent} /> : <Stop agent={agent} />;
}

function Stop({ agent }: { agent: Agent }) {
  const w = useWords();
  const may = useMay("agents.pause");
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={w.pauseTitle(agent.name)}>
        {w.pause}
      </Button>
      <Suspense fallback={null}>{open && <Pause agent={agent} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}

function Resume({ agent }: { agent: Agent }) {
  const w = useWords();
  const may = useMay("agents.resume");
  const me = useMe();
  // The request to end somebody else's stop; one's own has ended at once.
  const [sent, setAsked] = useState<string>();
  const waiting = useAsked(`agent:${agent.name}`);
  const asked = waiting ?? sent;
  const resume = useWrite(async (id: string, once) => {
    const path = { path: { id }, header: once };
    return body(api.POST("/api/v1/agents/{id}/resume", { params: path }));
  }, TOUCHED);
  if (agent.stop && agent.stop.scope !== `agent:${agent.name}`) {
    return (
      <Link to="/control" className={buttonClass("quiet")} title={w.wider}>
        {w.seeControl}
      </Link>
    );
  }
  if (asked) {
    return (
      <small role="status">
        {w.asked}{" "}
        <Link to="/inbox/$id" params={{ id: asked }}>
          {w.seeCard}
        </Link>
      </small>
    );
  }
  if (!may) return null;
  const own = agent.stop?.by === me?.account;
  return (
    <>
      <Button
        busy={resume.isPending}
        title={own ? w.resumeOwn : w.resumeOther}
        onClick={() =>
          resume.mutate(agent.id, { onSuccess: (answer) => "actionType" in answer && setAsked(answer.id) })
        }
      >
        {w.resume}
      </Button>
      {resume.error && <Problem error={resume.error} />}
    </>
  );
}
