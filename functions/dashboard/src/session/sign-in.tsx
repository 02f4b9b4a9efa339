import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "~/ui/button";
import { Problem } from "~/ui/notice";
import { config } from "./config";
import { Failed } from "./failed";
import { signIn } from "./flow";
import { here } from "./pending";
import style from "./session.module.css";
import { useWords } from "./words";

/** Asks who is there. */
export function SignIn() {
  const w = useWords();
  const { data, error, refetch } = useQuery(config());
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const begin = () => {
    if (!data) return;
    setBusy(true);
    signIn(data).catch((failed: unknown) => {
      setFailure(failed);
      setBusy(false);
    });
  };
  return (
    <section className={style.door} aria-labelledby="sign-in">
      <img src="/crown.svg" alt="" width="44" height="44" />
      <h1 id="sign-in">{w.title}</h1>
      <p>{w.about}</p>
      {data?.sandbox && <p>{w.sandbox}</p>}
      {here() !== "/" && <p>{w.onwards}</p>}
      {failure !== undefined && <Failed error={failure} />}
      <Button kind="primary" busy={busy || !data} onClick={begin}>
        {data?.sandbox ? w.choose : w.signIn}
      </Button>
    </section>
  );
}
