import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { KINDS } from "~/views/actions/kinds";
import style from "./filters.module.css";
import { useMore } from "./more";
import { CLUSTERS, DUE, type InboxSearch, inboxSearch, ROLES, TIERS } from "./search";
import { onViews, removeView, savedViews, saveView } from "./views";

interface FiltersProps {
  search: InboxSearch;
  onClose: () => void;
}

/** Narrows the list at once, behind the dialog; what was chosen can be kept as a view. */
export default function Filters({ search, onClose }: FiltersProps) {
  const t = useMore();
  const navigate = useNavigate();
  const set = (name: keyof InboxSearch, value: unknown) => {
    const next = inboxSearch({ ...search, [name]: value });
    void navigate({ to: ".", search: next, replace: true });
  };
  const actions = (
    <>
      <Button onClick={() => navigate({ to: ".", search: {}, replace: true })}>{t.filter.clear}</Button>
      <Button kind="primary" onClick={onClose}>
        {t.filter.done}
      </Button>
    </>
  );
  return (
    <Dialog title={t.filter.title} onClose={onClose} actions={actions}>
      <div className={style.fields}>
        <Choices search={search} set={set} />
        <Bounds search={search} set={set} />
      </div>
      <Tick label={t.filter.mine} on={search.mine === true} onChange={(on) => set("mine", on || undefined)} />
      <Tick
        label={t.filter.grouped}
        on={search.grouped !== false}
        onChange={(on) => set("grouped", on ? undefined : false)}
      />
      <Kept search={search} />
    </Dialog>
  );
}

interface FieldsProps {
  search: InboxSearch;
  set: (name: keyof InboxSearch, value: unknown) => void;
}

function Choices({ search, set }: FieldsProps) {
  const { t: all } = useLanguage();
  const t = useMore();
  const { cluster, tier, role } = all.common;
  return (
    <>
      <Choice label={t.filter.cluster} value={search.cluster} onChange={(value) => set("cluster", value)}>
        {CLUSTERS.map((one) => [one, cluster[one]])}
      </Choice>
      <Choice label={t.filter.tier} value={search.tier} onChange={(value) => set("tier", value)}>
        {TIERS.map((one) => [one, tier[one]])}
      </Choice>
      <Choice label={t.filter.type} value={search.type} onChange={(value) => set("type", value)}>
        {KINDS.map((one) => [one, one])}
      </Choice>
      <Choice label={t.filter.role} value={search.role} onChange={(value) => set("role", value)}>
        {ROLES.map((one) => [one, role[one]])}
      </Choice>
      <Choice label={t.filter.due} value={search.due?.toString()} onChange={(value) => set("due", value)}>
        {DUE.map((hours) => [String(hours), t.filter.within(hours)])}
      </Choice>
    </>
  );
}

function Bounds({ search, set }: FieldsProps) {
  const t = useMore();
  return (
    <>
      <Field label={t.filter.agent}>
        <Late value={search.agent ?? ""} onChange={(value) => set("agent", value)} />
      </Field>
      <Field label={`${t.filter.amount}: ${t.filter.min}`}>
        <Late number value={search.min?.toString() ?? ""} onChange={(value) => set("min", value)} />
      </Field>
      <Field label={`${t.filter.amount}: ${t.filter.max}`}>
        <Late number value={search.max?.toString() ?? ""} onChange={(value) => set("max", value)} />
      </Field>
    </>
  );
}

function Kept({ search }: { search: InboxSearch }) {
  const { t: all } = useLanguage();
  const t = useMore();
  const views = useSyncExternalStore(onViews, savedViews);
  const [name, setName] = useState("");
  return (
    <form
      className={style.kept}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") saveView({ name: name.trim(), search });
        setName("");
      }}
    >
      <Field label={t.filter.save}>
        <input
          value={name}
          maxLength={40}
          placeholder={t.filter.name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Button type="submit" disabled={name.trim() === ""}>
        {all.common.save}
      </Button>
      {views.map((view) => (
        <Button
          key={view.name}
          kind="quiet"
          aria-label={t.filter.forget(view.name)}
          onClick={() => removeView(view.name)}
        >
          {view.name} ✕
        </Button>
      ))}
    </form>
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  children: readonly (readonly [value: string, word: string])[];
}

function Choice({ label, value = "", onChange, children }: ChoiceProps) {
  const t = useMore();
  return (
    <Field label={label}>
      <select value={value} onChange={({ target }) => onChange(target.value || undefined)}>
        <option value="">{t.filter.any}</option>
        {children.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A field that counts when somebody leaves it, or presses Enter. */
function Late({
  value,
  number,
  onChange,
}: {
  value: string;
  number?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <input
      key={value}
      defaultValue={value}
      maxLength={80}
      {...(number ? { type: "number", min: 0, step: 0.01, inputMode: "decimal" as const } : {})}
      onBlur={({ target }) => target.value !== value && onChange(target.value)}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is given
    <label className={style.field}>
      {label}
      {children}
    </label>
  );
}

function Tick({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className={style.tick}>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}
