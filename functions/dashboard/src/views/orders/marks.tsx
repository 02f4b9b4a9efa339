import { Word } from "~/ui/word";
import style from "./marks.module.css";
import { useWords } from "./words";

/** Where an order is: its colour, its shape, its word. */
export function StageMark({ of }: { of: string }) {
  const w = useWords();
  return (
    <span className={style.mark} data-stage={of}>
      <Word of={of} among={w.stages} />
    </span>
  );
}

/** Band of a fraud score: its colour, its shape, its word. Without one, that nobody has looked. */
export function BandMark({ of }: { of: string | null | undefined }) {
  const w = useWords();
  if (!of) return <span className={style.quiet}>{w.unchecked}</span>;
  return (
    <span className={style.mark} data-band={of}>
      <Word of={of} among={w.bands} />
    </span>
  );
}

/** Where a parcel is. */
export function ParcelMark({ of }: { of: string }) {
  const w = useWords();
  return (
    <span className={style.mark} data-parcel={of}>
      <Word of={of} among={w.parcelStates} />
    </span>
  );
}
