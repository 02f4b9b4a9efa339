import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { When } from "~/ui/time";
import { useConfig } from "./config";
import { Failed } from "./failed";
import { signInBeside } from "./flow";
import { readAnew } from "./forget";
import style from "./session.module.css";
import { account, until } from "./token";
import { useWords } from "./words";

/** Asks to sign in again: quietly before the session ends, over the page once it has. */
export function Again({ ended }: { ended: boolean }) {
  const w = useWords();
  const [aside, setAside] = useState(!ended);
  const { busy, error, begin } = useSignInAgain();
  const button = (
    <Button kind={ended ? "primary" : "plain"} busy={busy} onClick={begin}>
      {busy ? w.waiting : ended ? w.again : w.goOn}
    </Button>
  );
  const failure = error === undefined ? null : <Failed error={error} />;
  const end = until();
  if (aside) {
    return (
      <div className={style.bar} role="status" data-ended={ended}>
        <span>
          {ended ? w.ended : w.soon}{" "}
          {!ended && end !== undefined && <When at={new Date(end).toISOString()} />}
        </span>
        {button}
        {failure}
      </div>
    );
  }
  return (
    <Dialog title={w.ended} onClose={() => setAside(true)} actions={button}>
      <p>{w.endedHint}</p>
      {failure}
    </Dialog>
  );
}

/** Signs in beside the page, and reads again what could not be read meanwhile. */
function useSignInAgain() {
  const client = useQueryClient();
  const where = useConfig();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const begin = () => {
    if (!where) return;
    const before = account();
    setBusy(true);
    setError(undefined);
    signInBeside(where)
      .then((done) => {
        if (!done) return;
        if (account() !== before) readAnew(client);
        else void client.invalidateQueries();
      })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return { busy: busy || !where, error, begin };
}
