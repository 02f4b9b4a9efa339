import { useMutation } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import style from "~/views/actions/timeline.module.css";
import { useWords } from "~/views/actions/words";

/** Checks the record of a thing, or of a day against its seal, when asked to. */
export function Verify({ subject, day }: { subject: string | undefined; day: string }) {
  const w = useWords();
  const check = useMutation({
    mutationFn: () => {
      const query = subject === undefined ? { day } : { subject };
      return body(api.GET("/api/v1/audit/verify", { params: { query } }));
    },
  });
  return (
    <Panel title={w.verification}>
      <p>{w.verificationHint}</p>
      <div>
        <Button busy={check.isPending} onClick={() => check.mutate()}>
          {check.isPending ? w.verifying : subject === undefined ? w.verify : w.verifySubject}
        </Button>
      </div>
      <div aria-live="polite">
        {check.error && <Problem error={check.error} retry={() => check.mutate()} />}
        {check.data && <Found verdict={check.data} />}
      </div>
    </Panel>
  );
}

function Found({ verdict }: { verdict: Schema<"Verdict"> }) {
  const w = useWords();
  const { number } = useLanguage();
  return (
    <>
      <p className={verdict.holds ? style.whole : style.broken}>
        <strong>{verdict.holds ? w.holds(number(verdict.records), number(verdict.chains)) : w.fails}</strong>
      </p>
      {verdict.unsealed > 0 && <p>{w.unsealed(number(verdict.unsealed))}</p>}
      {verdict.faults.map((fault) => (
        <p key={JSON.stringify(fault)}>
          <Inert text={Object.values(fault).join(" · ")} />
        </p>
      ))}
      {verdict.seals.map((seal) => (
        <p key={seal.date}>
          {seal.date} {w.root} <code>{seal.root}</code>
        </p>
      ))}
    </>
  );
}
