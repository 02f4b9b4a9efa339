import { useSyncExternalStore } from "react";
import { words } from "~/i18n/words";
import { Dialog } from "~/ui/dialog";
import { useKeysOn } from ".";
import style from "./keys.module.css";
import { commands, onCommands, SCOPES, setKeys } from "./registry";

const useWords = words({ en: () => import("~/i18n/en/keys"), nl: () => import("~/i18n/nl/keys") }, "keys");

/** Which keys there are here, and the switch that turns them off. */
export default function Sheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const all = useSyncExternalStore(onCommands, commands);
  const on = useKeysOn();
  const scopes = SCOPES.map((scope) => ({ scope, of: all.filter((one) => one.scope === scope) }));
  return (
    <Dialog title={t.title} onClose={onClose} wide>
      <div className={style.sheet}>
        {scopes.map(({ scope, of }) =>
          of.length === 0 ? null : (
            <section key={scope}>
              <h3>{t.scope[scope]}</h3>
              <dl>
                {of.map(({ id, keys, label }) => (
                  <div key={id}>
                    <dt>
                      {keys.map((key) => (
                        <kbd key={key}>{t.named[key] ?? key}</kbd>
                      ))}
                    </dt>
                    <dd>{label}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ),
        )}
      </div>
      <label className={style.switch}>
        <input type="checkbox" checked={on} onChange={(event) => setKeys(event.target.checked)} />
        {t.on}
      </label>
      <p>{t.hint}</p>
    </Dialog>
  );
}
