import type { Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Bar } from "~/ui/bar";
import { percentOf } from "~/ui/decimal";
import style from "./budgets.module.css";
import { parts, spent } from "./parts";
import { useWords } from "./words";

type Window = Schema<"BudgetWindow">;

/** A budget's hour, day and week, each as a bar and in words. */
export function Windows({ of }: { of: Schema<"Budget"> }) {
  const w = useWords();
  return (
    <dl className={style.windows}>
      {of.windows.map((window) => (
        <div key={window.window}>
          <dt>{w.window[window.window] ?? window.window}</dt>
          <dd>
            <One window={window} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function One({ window }: { window: Window }) {
  const w = useWords();
  const { money } = useLanguage();
  const { used, limit, left } = window;
  if (!limit || !left) {
    return (
      <small>
        {w.used}: {money(used)}. {w.noLimit}
      </small>
    );
  }
  const means = told(window, w, money);
  return (
    <>
      <Bar parts={parts(window)} means={means} />
      <small>{means}</small>
      {percentOf(left.amount, limit.amount) === 0 && <strong className={style.full}>{w.full}</strong>}
    </>
  );
}

function told(window: Window, w: ReturnType<typeof useWords>, money: (of: Window["used"]) => string): string {
  const { used, reserved, left, limit } = window;
  const [rest, most] = [left ? money(left) : "–", limit ? money(limit) : "–"];
  if (!reserved) return `${w.meansUnsplit(money(used), rest, most)}. ${w.noReserved}`;
  return w.means(money({ ...used, amount: spent(window) }), money(reserved), rest, most);
}
