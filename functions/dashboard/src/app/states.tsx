import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { ApiError } from "~/api/problem";
import { useLanguage } from "~/i18n";
import { Button, buttonClass } from "~/ui/button";
import { Empty, Loading, Problem } from "~/ui/notice";

/** A view that is being fetched. */
export function Pending() {
  return <Loading />;
}

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useLanguage();
  return (
    <Empty title={t.nav.notFound}>
      <p>{t.nav.notFoundHint}</p>
      <Link to="/" className={buttonClass()}>
        {t.nav.overview}
      </Link>
    </Empty>
  );
}

/** A view that failed: its part of the page only. */
export function Crashed({ error, reset }: ErrorComponentProps) {
  const { t } = useLanguage();
  if (error instanceof ApiError) return <Problem error={error} retry={reset} />;
  return (
    <Empty title={t.problems.crashed}>
      <p>{t.problems.crashedHint}</p>
      <Button onClick={() => location.reload()}>{t.common.retry}</Button>
    </Empty>
  );
}
