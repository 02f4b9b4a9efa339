import { useMemo, useState } from "react";
import { type Messages, useLanguage } from "~/i18n";
import { NAMED } from "./characters";
import style from "./inert.module.css";
import { cut, type Mark, MOST_MARKS, type Piece, pieces } from "./pieces";

interface InertProps {
  text: string;
  /** Characters that are shown before it is cut. */
  most?: number;
  /** In one line and without a button, for places where nothing else may be pressed (a row that is a link). */
  brief?: boolean;
}

/** Characters, and marks, that each further press shows. */
const STEP = 20_000;
const MARKS = 1_000;

/**
 * Text from outside, as text: no markup, no links, nothing that turns direction, hides, piles up or floods. What is
 * not seen is shown as a mark with its code; long text is cut, and all of it can be asked for, part by part, so that
 * no text takes long to draw.
 */
export function Inert({ text, most = 600, brief }: InertProps) {
  const [steps, setSteps] = useState(0);
  const shown = useMemo(() => part(text, most, steps), [text, most, steps]);
  const short = shown.end < text.length;
  return (
    <bdi className={`${style.inert} ${brief ? style.brief : ""}`}>
      {shown.pieces.map((piece) =>
        piece.mark ? <Marked key={piece.at} of={piece} mark={piece.mark} /> : piece.text,
      )}
      {short && "…"}
      {!brief && (short || steps > 0) && (
        <More all={text.length} shown={shown.end} onMore={() => setSteps(short ? steps + 1 : 0)} />
      )}
    </bdi>
  );
}

function part(text: string, most: number, steps: number) {
  return steps === 0 ? pieces(cut(text, most), MOST_MARKS) : pieces(cut(text, steps * STEP), steps * MARKS);
}

function More({ all, shown, onMore }: { all: number; shown: number; onMore: () => void }) {
  const { t, number } = useLanguage();
  return (
    <>
      {" "}
      <button type="button" className={style.more} onClick={onMore}>
        {shown < all ? t.common.showRaw : t.common.hideRaw} (
        {shown < all ? t.common.shownOf(number(shown), number(all)) : number(all)})
      </button>
    </>
  );
}

function Marked({ of, mark }: { of: Piece; mark: Mark }) {
  const { t } = useLanguage();
  if (mark.kind === "alike") {
    const why = typeof mark.alike === "string" ? t.common.inert[mark.alike] : mark.alike.join(" + ");
    return (
      <span className={style.suspect}>
        {of.text}
        <span className={style.mark} title={t.common.inert.alike}>
          {why}
        </span>
      </span>
    );
  }
  return (
    <>
      <span className={style.mark} title={mark.kind === "hidden" ? meaning(mark.code, t) : undefined}>
        {label(mark, t)}
      </span>
      {mark.kind === "lines" && "\n"}
    </>
  );
}

function label(mark: Exclude<Mark, { kind: "alike" }>, t: Messages): string {
  if (mark.kind !== "hidden") return t.common.inert[mark.kind](mark.count);
  if (mark.code === "…") return t.common.inert.hidden(mark.count);
  return mark.count === 1 ? mark.code : `${mark.code} ×${mark.count}`;
}

function meaning(code: string, t: Messages): string {
  const name = code in NAMED ? NAMED[code as keyof typeof NAMED] : undefined;
  return name ? t.common.inert.named[name] : t.common.inert.unnamed;
}
