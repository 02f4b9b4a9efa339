import type { Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { cents, fixed } from "~/ui/decimal";
import { Inert } from "~/ui/inert";
import { useWords } from "../words";
import style from "./modify.module.css";

type Room = Schema<"Room">;

/** What every budget would have left: used, this, and free, as a bar. Budgets are kept in euros. */
export function Rooms({ of }: { of: readonly Room[] }) {
  const words = useWords();
  if (of.length === 0) return null;
  return (
    <>
      <h4>{words.room}</h4>
      <ul className={style.rooms}>
        {of.map((room) => (
          <Bar key={`${room.budget} ${room.window}`} of={room} />
        ))}
      </ul>
    </>
  );
}

function Bar({ of }: { of: Room }) {
  const { money } = useLanguage();
  const words = useWords();
  const euros = (of: number) => money({ amount: fixed(cents(of), 2), currency: "EUR" });
  const { limitCents: limit, usedCents: used, leftCents: left } = of;
  const own = limit - used - left;
  const over = left < 0;
  return (
    <li data-over={over}>
      <div className={style.roomName}>
        <span>
          <Inert text={of.budget} most={120} /> · {words.roomLine(of.window)}
        </span>
        <strong>
          {over ? words.roomOver(euros(-left), euros(limit)) : words.roomLeft(euros(left), euros(limit))}
        </strong>
      </div>
      <div
        className={style.track}
        role="img"
        aria-label={words.roomMeans(euros(used), euros(own), euros(limit))}
      >
        <span className={style.used} style={{ width: share(used, limit, own + used) }} />
        <span className={style.own} style={{ width: share(own, limit, own + used) }} />
      </div>
    </li>
  );
}

/** How wide a part of the bar is: of the limit, or of what is over it. */
function share(part: number, limit: number, all: number): string {
  const whole = Math.max(limit, all, 1);
  return `${Math.max(0, (part / whole) * 100)}%`;
}
