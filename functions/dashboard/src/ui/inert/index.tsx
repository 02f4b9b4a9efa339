import { useMemo, useState } from "react";
import { useLanguage } from "~/i18n";
import style from "./inert.module.css";
import { cut, pieces } from "./pieces";

interface InertProps {
  text: string;
  /** Characters that are shown before it is cut. */
  most?: number;
}

/**
 * Text from outside, as text: no markup, no links, nothing that turns direction or hides. Characters that are
 * not seen are shown as marks with their code; long text is cut, and all of it can be asked for.
 */
export function Inert({ text, most = 600 }: InertProps) {
  const { t, number } = useLanguage();
  const [raw, setRaw] = useState(false);
  const shown = useMemo(() => pieces(raw ? text : cut(text, most)), [text, most, raw]);
  const long = text.length > most;
  return (
    <bdi className={style.inert}>
      {shown.map((piece) =>
        piece.hidden === undefined ? (
          piece.text
        ) : (
          <span key={piece.at} className={style.mark} title={piece.hidden}>
            {piece.hidden}
          </span>
        ),
      )}
      {long && (
        <>
          {!raw && "… "}
          <button type="button" className={style.more} onClick={() => setRaw(!raw)}>
            {raw ? t.common.hideRaw : t.common.showRaw} ({number(text.length)})
          </button>
        </>
      )}
    </bdi>
  );
}
