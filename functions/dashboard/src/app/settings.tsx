import { useState, useSyncExternalStore } from "react";
import { chooseLocale, LOCALES, type Locale, useLanguage } from "~/i18n";
import { Person } from "~/session/person";
import { buttonClass } from "~/ui/button";
import { Field } from "~/ui/page";
import style from "./settings.module.css";
import { chooseTheme, type Theme, theme } from "./theme";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const never = () => () => {};

/** Language, theme, and who is signed in: behind one button each, wherever there is no room for more. */
export function Settings() {
  const { t } = useLanguage();
  return (
    <div className={style.settings}>
      <button type="button" className={`${buttonClass("quiet")} ${style.look}`} popoverTarget="look">
        <span aria-hidden="true">◐</span>
        <span className="hidden-visually">{t.nav.look}</span>
      </button>
      <div id="look" popover="auto" className={style.popover}>
        <ThemeChoice />
        <LanguageChoice />
      </div>
      <Person />
    </div>
  );
}

function ThemeChoice() {
  const { t } = useLanguage();
  const kept = useSyncExternalStore(never, theme);
  const [chosen, setChosen] = useState<Theme>(kept);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setChosen(next);
  };
  return (
    <Field label={t.nav.theme.label}>
      <select value={chosen} onChange={(event) => choose(event.target.value as Theme)}>
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {t.nav.theme[one]}
          </option>
        ))}
      </select>
    </Field>
  );
}

function LanguageChoice() {
  const { t, locale } = useLanguage();
  return (
    <Field label={t.nav.language}>
      <select value={locale} onChange={(event) => chooseLocale(event.target.value as Locale)}>
        {LOCALES.map((one) => (
          <option key={one} value={one}>
            {t.nav.languages[one]}
          </option>
        ))}
      </select>
    </Field>
  );
}
