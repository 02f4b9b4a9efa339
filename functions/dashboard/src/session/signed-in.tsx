import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Loading, Problem } from "~/ui/notice";
import { type Config, config } from "./config";
import { Failed } from "./failed";
import { finish, handOver, signIn } from "./flow";
import style from "./session.module.css";
import { useWords } from "./words";

type Outcome = { back: string } | { lost: true } | { error: unknown };
const outcomes = new Map<string, Promise<Outcome | undefined>>();

/** What came of one answer of the issuer; nothing where another window has it. An answer is good once. */
function outcomeOf(where: Config, search: string): Promise<Outcome | undefined> {
  const known = outcomes.get(search) ?? settle(where, search);
  outcomes.set(search, known);
  return known;
}

async function settle(where: Config, search: string): Promise<Outcome | undefined> {
  if (await handOver(search)) {
    window.close();
    return undefined;
  }
  window.name = "";
  return finish(where, search).then(
    (back) => (back === undefined ? { lost: true } : { back }),
    (error: unknown) => ({ error }),
  );
}

/** Comes back from signing in, to where one was. */
export function SignedIn() {
  const w = useWords();
  const { t } = useLanguage();
  const router = useRouter();
  const { data: where, error, refetch } = useQuery(config());
  const [search] = useState(() => location.search);
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    // The code is worth nothing any more, and has no place in the history.
    if (where) history.replaceState(history.state, "", "/signed-in");
    if (where) void outcomeOf(where, search).then(setOutcome);
  }, [where, search]);
  const back = outcome && "back" in outcome ? outcome.back : undefined;
  useEffect(() => {
    if (back !== undefined) router.history.replace(back);
  }, [back, router]);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!outcome || back !== undefined) return <Loading rows={2} />;
  return (
    <main className={style.door}>
      {where?.sandbox && <strong className={style.sandbox}>{t.nav.sandbox}</strong>}
      <Failed error={"error" in outcome ? outcome.error : undefined} />
      <Button kind="primary" onClick={() => where && void signIn(where)}>
        {w.startAgain}
      </Button>
    </main>
  );
}
