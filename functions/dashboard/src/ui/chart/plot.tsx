import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useLanguage } from "~/i18n";
import type { Series } from ".";

interface PlotProps {
  days: readonly string[];
  series: readonly Series[];
  write: (value: number) => string;
}

/** The drawn part of a chart. It is drawn anew when its size or the theme changes. */
export function Plot({ days, series, write }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const { locale } = useLanguage();
  useEffect(() => {
    const into = box.current;
    if (!into) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      if (into.clientWidth > 0) plot = drawn(into, { days, series, write }, locale);
    };
    const size = new ResizeObserver(draw);
    size.observe(into);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    dark.addEventListener("change", draw);
    return () => {
      size.disconnect();
      theme.disconnect();
      dark.removeEventListener("change", draw);
      plot?.destroy();
    };
  }, [days, series, write, locale]);
  return <div ref={box} style={{ height: "100%" }} />;
}

function drawn(into: HTMLElement, { days, series, write }: PlotProps, locale: string): uPlot {
  const colours = resolver(into);
  const grid = { stroke: colours("--line"), width: 1 };
  const axis = {
    stroke: colours("--ink-2"),
    grid,
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const when = (seconds: number) => short.format(new Date(seconds * 1000));
  const options: uPlot.Options = {
    width: into.clientWidth,
    height: into.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
    scales: { y: { range: (_, __, most) => [0, Math.max(most, 1)] } },
    axes: [
      { ...axis, values: (_, at) => at.map(when), incrs: [1, 2, 5, 7, 14].map((d) => d * 86_400), space: 64 },
      {
        ...axis,
        values: (_, at) => at.map((value) => (Number.isInteger(value) ? write(value) : "")),
        size: 56,
      },
    ],
    series: [{}, ...series.map((one) => line(one, colours))],
  };
  const times = days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);
  return new uPlot(options, [times, ...series.map(({ values }) => [...values])], into);
}

function line({ colour, dashed }: Series, colours: (name: string) => string): uPlot.Series {
  const stroke = colours(colour);
  return {
    stroke,
    width: 2,
    ...(dashed ? { dash: [6, 4] } : {}),
    points: { show: true, size: 6, fill: stroke, stroke },
  };
}

/** A canvas knows no `light-dark()`: the colour that a token has here and now. */
function resolver(within: HTMLElement): (name: string) => string {
  return (name) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    within.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
