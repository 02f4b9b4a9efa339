import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { control } from "~/api/control";
import { useLanguage } from "~/i18n";
import { useLine } from "~/live";
import { useConfig } from "~/session/config";
import { SessionGuard } from "~/session/guard";
import { useToken } from "~/session/use-token";
import { Button } from "~/ui/button";
import { useFirstView, useLater } from "./later";
import { SECTIONS } from "./sections";
import style from "./shell.module.css";

const SignIn = lazy(() => import("~/session/sign-in").then((m) => ({ default: m.SignIn })));
const Settings = lazy(() => import("./settings").then((m) => ({ default: m.Settings })));

/** The frame of every view: what is true everywhere (sandbox, stop, connection, who you are), and where to go. */
export function Shell() {
  const { t } = useLanguage();
  const signedIn = useToken() !== undefined;
  const main = useRef<HTMLElement>(null);
  useFocusOnView(main);
  useFirstView();
  return (
    <div className={style.shell}>
      <a className={style.skip} href="#main">
        {t.nav.skip}
      </a>
      <Header />
      <StopBanner />
      {signedIn && <Navigation />}
      <main id="main" ref={main} tabIndex={-1} className={style.main}>
        <Suspense fallback={null}>{signedIn ? <Outlet /> : <SignIn />}</Suspense>
      </main>
      <SessionGuard />
    </div>
  );
}

/** Moves the focus to a view that was gone to, so that a keyboard and a screen reader start at its top. */
function useFocusOnView(main: React.RefObject<HTMLElement | null>) {
  const section = useRouterState({ select: (state) => state.location.pathname.split("/")[1] });
  const before = useRef(section);
  useEffect(() => {
    if (before.current !== section) main.current?.focus();
    before.current = section;
  }, [section, main]);
}

function Header() {
  const { t } = useLanguage();
  const sandbox = useConfig()?.sandbox;
  const later = useLater();
  return (
    <header className={style.header}>
      <Link to="/" className={style.brand}>
        <img src="/crown.svg" alt="" width="22" height="22" /> <span>Royal Equips</span>
      </Link>
      {sandbox && (
        <strong className={style.sandbox} title={t.nav.sandboxMeans}>
          {t.nav.sandbox}
        </strong>
      )}
      <span className={style.gap} />
      <LineMark />
      <Suspense fallback={null}>{later && <Settings />}</Suspense>
    </header>
  );
}

/** How old what is shown can be: always in sight, never in the way. */
function LineMark() {
  const { t } = useLanguage();
  const line = useLine();
  return (
    <span className={style.line} data-line={line} role="status" title={t.nav.liveMeans[line]}>
      {t.nav.live[line]}
    </span>
  );
}

function StopBanner() {
  const { t } = useLanguage();
  const signedIn = useToken() !== undefined;
  const { data } = useQuery({ ...control(), enabled: signedIn });
  const stops = data?.value.stops ?? [];
  if (stops.length === 0) return null;
  const all = stops.some((stop) => stop.scope === "all");
  return (
    <div className={style.stop} role="alert">
      <strong>{all ? t.nav.stopped : t.nav.stops(stops.length)}</strong>
      <Link to="/control">{t.nav.seeStop}</Link>
    </div>
  );
}

function Navigation() {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <nav className={style.nav} aria-label={t.nav.main} data-open={open}>
      <Button kind="quiet" className={style.menu} aria-expanded={open} onClick={() => setOpen(!open)}>
        ☰ {t.nav.menu}
      </Button>
      <ul>
        {SECTIONS.map(({ to, name }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: to === "/" }} onClick={() => setOpen(false)}>
              {t.nav[name]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
