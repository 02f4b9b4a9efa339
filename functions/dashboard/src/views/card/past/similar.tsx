import { Inert } from "~/ui/inert";
import { Status } from "~/ui/status";
import { When } from "~/ui/time";
import type { Detail } from "../detail";
import style from "../facts/facts.module.css";
import { Section } from "../section";
import { useWords } from "../words";
import { ToAction } from "./link";

/** What became of the last ones of its kind. */
export function Similar({ of }: { of: Detail["similar"] }) {
  const words = useWords();
  return (
    <Section title={words.similar}>
      {of.length === 0 ? (
        <p className={style.note}>{words.similarNone}</p>
      ) : (
        <ul className={style.rows}>
          {of.map((one) => (
            <li key={one.id}>
              <Status of={one.status} />
              <div>
                <Inert text={one.wouldHappen} most={200} />
                <p className={style.note}>
                  <When at={one.at} />
                  {one.decidedBy.length > 0 && ` ${words.decidedBy} `}
                  {one.decidedBy.map((who) => (
                    <Inert key={who} text={brief(who)} most={120} />
                  ))}{" "}
                  · <ToAction id={one.id} />
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** `policy 75b5…` with as much of the revision as can be read. */
function brief(who: string): string {
  return who.replace(/^(policy [0-9a-f]{8})[0-9a-f]{56}$/, "$1");
}
