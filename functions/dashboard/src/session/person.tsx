import { useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "~/i18n";
import { Button, buttonClass } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Facts } from "~/ui/page";
import { useConfig } from "./config";
import { leave, signIn } from "./flow";
import { forget } from "./forget";
import { type Me, useMe } from "./me";
import style from "./session.module.css";
import { until } from "./token";
import { useWords } from "./words";

/** Who is signed in, with what that means, and the way out. */
export function Person() {
  const w = useWords();
  const me = useMe();
  if (!me) return null;
  return (
    <>
      <button type="button" className={`${buttonClass("quiet")} ${style.person}`} popoverTarget="session">
        <span className="hidden-visually">{w.you}: </span>
        <Inert text={me.name ?? me.account} brief />
      </button>
      <div id="session" popover="auto" className={style.popover}>
        <About me={me} />
        <Leave />
      </div>
    </>
  );
}

function About({ me }: { me: Me }) {
  const w = useWords();
  const { t, moment } = useLanguage();
  const end = until();
  const words: Readonly<Record<string, string>> = t.common.role;
  const roles = me.roles.map((role) => words[role] ?? role).join(", ");
  return (
    <>
      <h2>
        <Inert text={me.name ?? me.account} />
      </h2>
      <Facts
        of={[
          [w.account, <Inert key="account" text={me.account} />],
          [w.roles, roles === "" ? w.noRoles : roles],
          [w.until, end !== undefined && moment(new Date(end).toISOString())],
        ]}
      />
      {me.roles.includes("agent") && <p>{w.machine}</p>}
    </>
  );
}

function Leave() {
  const w = useWords();
  const client = useQueryClient();
  const where = useConfig();
  const signOut = () => {
    leave();
    forget(client);
  };
  return (
    <div className={style.leave}>
      {where?.sandbox && <Button onClick={() => void signIn(where, true)}>{w.another}</Button>}
      <Button onClick={signOut}>{w.signOut}</Button>
    </div>
  );
}
