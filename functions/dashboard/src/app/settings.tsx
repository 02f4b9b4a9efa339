import { useState, useSyncExternalStore } from "react";
import { chooseLocale, LOCALES, type Locale, useLanguage } from "~/i18n";
import { Person } from "~/session/person";
import style from "./settings.module.css";
import { chooseTheme, type Theme, theme } from "./theme";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const never = () => () => {};

/** Language, theme, and who is signed in. */
export function Settings() {
  const { t, locale } = useLanguage();
  const kept = useSyncExternalStore(never, theme);
  const [chosen, setChosen] = useState<Theme>(kept);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setChosen(next);
  };
  return (
    <div className={style.settings}>
      <select aria-label={t.nav.theme.label} value={chosen} onChange={(e) => choose(e.target.value as Theme)}>
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {t.nav.theme[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={t.nav.language}
        value={locale}
        onChange={(e) => chooseLocale(e.target.value as Locale)}
      >
        {LOCALES.map((one) => (
          <option key={one} value={one}>
            {t.nav.languages[one]}
          </option>
        ))}
      </select>
      <Person />
    </div>
  );
}
