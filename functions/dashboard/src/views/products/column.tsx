import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Schema } from "~/api/client";
import { journeys } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Quiet, Row } from "~/ui/stack";
import { When } from "~/ui/time";
import style from "./products.module.css";
import type { Stage } from "./stages";
import { useWords } from "./words";

interface ColumnProps {
  stage: Stage;
  count: string | undefined;
  /** Whether it is the one that a narrow page shows. */
  shown: boolean;
}

/** The products that are in one stage, the latest first, page by page. */
export function Column({ stage, count, shown }: ColumnProps) {
  const w = useWords();
  const { t } = useLanguage();
  const found = useInfiniteQuery(journeys({ stage, limit: 20 }));
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const name = w.stage[stage] ?? stage;
  return (
    <section
      className={style.column}
      data-shown={shown}
      data-empty={found.data && rows.length === 0}
      aria-label={`${name}: ${w.count(count ?? "?")}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard
      tabIndex={0}
    >
      <div className={style.head}>
        <h2>{name}</h2>
        <strong>{count}</strong>
      </div>
      <Quiet>{w.stageMeans[stage]}</Quiet>
      {found.isPending && <Loading rows={2} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <Quiet>{w.none}</Quiet>}
      {rows.map((row) => (
        <Card key={row.id} of={row} />
      ))}
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.common.more}
        </Button>
      )}
    </section>
  );
}

function Card({ of }: { of: Schema<"Journey"> }) {
  const w = useWords();
  const { number, percent, list } = useLanguage();
  const { ending, marginPercent: margin } = of;
  return (
    <article className={style.card}>
      <h3>
        <Inert text={of.title} most={90} brief />
      </h3>
      <small>
        <Inert text={of.product} most={90} brief />
      </small>
      <Row>
        <small>
          {w.score(number(of.score))}
          {typeof margin === "number" && ` · ${w.margin(percent(margin))}`}
          {of.round > 1 && ` · ${w.round(of.round)}`}
        </small>
      </Row>
      {ending && (
        <div className={style.ending}>
          <strong>{w.stoppedIn(w.stage[ending.stage] ?? ending.stage)}</strong>
          <p>
            <Inert text={ending.reason} most={240} brief />
          </p>
          {ending.missing.length > 0 && <p>{w.missing(list(ending.missing))}</p>}
        </div>
      )}
      <Row>
        {of.action && (
          <Link to={of.stage === "DECIDING" ? "/inbox/$id" : "/actions/$id"} params={{ id: of.action }}>
            {w.toAction}
          </Link>
        )}
        <small>
          {w.changed} <When at={of.updated} />
        </small>
      </Row>
    </article>
  );
}
