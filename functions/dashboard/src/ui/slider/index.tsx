import { CSPProvider } from "@base-ui/react/csp-provider";
import { Slider as Base } from "@base-ui/react/slider";
import style from "./slider.module.css";

interface SliderProps {
  /** What it sets, for those who don't see the field beside it. */
  label: string;
  value: number;
  least: number;
  most: number;
  step: number;
  /** What was before: a mark on the track. */
  was?: number | undefined;
  /** The value in words. */
  said: (value: number) => string;
  onValue: (value: number) => void;
}

/**
 * A value that is dragged, or moved by arrow keys (Page Up and Down for larger steps). Import it from what is fetched
 * lazily only. It draws; what counts is the text in the field beside it.
 */
export function Slider({ label, value, least, most, step, was, said, onValue }: SliderProps) {
  const inside = (of: number) => Math.min(Math.max(of, least), most);
  const share = was === undefined || most === least ? undefined : (inside(was) - least) / (most - least);
  return (
    <CSPProvider disableStyleElements>
      <Base.Root
        className={style.slider}
        value={inside(value)}
        min={least}
        max={most}
        step={step}
        largeStep={step * 10}
        onValueChange={(next) => onValue(next)}
      >
        <Base.Control className={style.control}>
          <Base.Track className={style.track}>
            <Base.Indicator className={style.indicator} />
            {share !== undefined && (
              <span className={style.was} style={{ insetInlineStart: `${share * 100}%` }} />
            )}
            <Base.Thumb className={style.thumb} aria-label={label} getAriaValueText={(_, of) => said(of)} />
          </Base.Track>
        </Base.Control>
      </Base.Root>
    </CSPProvider>
  );
}
