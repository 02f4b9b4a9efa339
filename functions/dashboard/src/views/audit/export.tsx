import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "~/api/problem";
import { useLanguage } from "~/i18n";
import { token } from "~/session/token";
import { Button } from "~/ui/button";
import { Problem } from "~/ui/notice";
import { Field, Filters, Panel } from "~/ui/page";
import { useWords } from "~/views/actions/words";

/** Fetches the records of some days, piece by piece, into one file. */
export function Export({ day }: { day: string }) {
  const w = useWords();
  const { number } = useLanguage();
  const [from, setFrom] = useState(day);
  const [to, setTo] = useState(day);
  const [lines, setLines] = useState(0);
  const fetching = useMutation({
    mutationFn: () => pieces(from, to, setLines),
    onSuccess: (parts) => keep(parts, `audit-${from}-${to}.jsonl`),
  });
  return (
    <Panel title={w.export}>
      <p>{w.exportHint}</p>
      <Filters>
        <Field label={w.from}>
          <input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </Field>
        <Field label={w.to}>
          <input type="date" value={to} min={from} onChange={(event) => setTo(event.target.value)} />
        </Field>
        <Button busy={fetching.isPending} onClick={() => fetching.mutate()}>
          {w.export}
        </Button>
      </Filters>
      <div aria-live="polite">
        {(fetching.isPending || fetching.isSuccess) && <p>{w.exporting(number(lines))}</p>}
        {fetching.error && <Problem error={fetching.error} retry={() => fetching.mutate()} />}
      </div>
    </Panel>
  );
}

/** The pieces of an export; each names the next in its `Link`. */
async function pieces(from: string, to: string, told: (lines: number) => void): Promise<string[]> {
  const parts: string[] = [];
  let lines = 0;
  let next: string | undefined = `/api/v1/audit/export?${new URLSearchParams({ from, to })}`;
  while (next !== undefined) {
    const response: Response = await fetch(next, {
      headers: { Authorization: `Bearer ${token()}` },
      credentials: "omit",
    }).catch((error: unknown) => {
      throw ApiError.from(error);
    });
    if (!response.ok) throw await ApiError.of(response);
    const piece = await response.text();
    parts.push(piece);
    lines += piece.split("\n").length - 1;
    told(lines);
    next = following(response.headers.get("Link"));
  }
  return parts;
}

/** The address of the next piece, on this origin only. */
function following(link: string | null): string | undefined {
  const target = link?.match(/<([^>]*)>;\s*rel="?next"?/)?.[1];
  if (target === undefined) return undefined;
  const url = new URL(target, location.href);
  return `${url.pathname}${url.search}`;
}

function keep(parts: string[], name: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type: "application/jsonl" }));
  const anchor = Object.assign(document.createElement("a"), { href: url, download: name });
  anchor.click();
  URL.revokeObjectURL(url);
}
