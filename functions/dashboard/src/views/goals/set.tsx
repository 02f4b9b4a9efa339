import { useState } from "react";
import { api, body, type Schema } from "~/api/client";
import { useWrite } from "~/api/write";
import { useMay } from "~/session/me";
import { Button } from "~/ui/button";
import { isDecimal } from "~/ui/decimal";
import { Problem } from "~/ui/notice";
import { Field, Panel } from "~/ui/page";
import { Quiet, Stack } from "~/ui/stack";
import { Asked } from "./asked";
import { useWords } from "./words";

const EMPTY = { goal: "", to: "", from: "", reason: "" };
type Wish = typeof EMPTY;

/** Asks for a goal, and shows what became of the asking. */
export function SetGoal() {
  const w = useWords();
  const may = useMay("goals.propose");
  const [asked, setAsked] = useState<string>();
  return (
    <Panel title={w.set}>
      {!may && <Quiet>{w.mayNot}</Quiet>}
      {may && !asked && <Form onAsked={setAsked} />}
      {asked && <Asked id={asked} again={() => setAsked(undefined)} />}
    </Panel>
  );
}

function Form({ onAsked }: { onAsked: (id: string) => void }) {
  const w = useWords();
  const [wish, setWish] = useState<Wish>(EMPTY);
  const [wrong, setWrong] = useState<Partial<Wish>>({});
  const propose = useWrite(
    (input: Schema<"NewGoal">, once) =>
      body(api.POST("/api/v1/ceo/goals", { params: { header: once }, body: input })),
    [["goals"], ["actions"], ["approvals"]],
  );
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    const found = faults(wish, w);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const { goal, to, from, reason } = wish;
    const input = { goal, to, reason, ...(from === "" ? {} : { from }) };
    propose.mutate(input, { onSuccess: (action) => onAsked(action.id) });
  };
  const field = (name: keyof Wish, label: string, hint?: string) => (
    <Field label={label}>
      <input
        value={wish[name]}
        maxLength={name === "reason" ? 2000 : 80}
        inputMode={name === "to" || name === "from" ? "decimal" : "text"}
        aria-invalid={wrong[name] !== undefined}
        onChange={(event) => setWish({ ...wish, [name]: event.target.value.trimStart() })}
      />
      {wrong[name] ? <span role="alert">{wrong[name]}</span> : hint && <span>{hint}</span>}
    </Field>
  );
  return (
    <form onSubmit={send} noValidate>
      <Stack>
        <Quiet>{w.setHint}</Quiet>
        {field("goal", w.name, w.nameHint)}
        {field("to", w.to)}
        {field("from", w.from, w.fromHint)}
        {field("reason", w.reason)}
        {propose.error && <Problem error={propose.error} />}
        <Button kind="primary" type="submit" busy={propose.isPending}>
          {w.send}
        </Button>
      </Stack>
    </form>
  );
}

function faults(wish: Wish, w: ReturnType<typeof useWords>): Partial<Wish> {
  return {
    ...(wish.goal === "" ? { goal: w.needName } : {}),
    ...(isDecimal(wish.to) ? {} : { to: w.needNumber }),
    ...(wish.from === "" || isDecimal(wish.from) ? {} : { from: w.needNumber }),
    ...(wish.reason.trim() === "" ? { reason: w.needReason } : {}),
  };
}
