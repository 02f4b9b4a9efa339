import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { action } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Button, buttonClass } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Facts } from "~/ui/page";
import { Row } from "~/ui/stack";
import { Status } from "~/ui/status";
import { Tier } from "~/ui/tier";
import { useWords } from "./words";

/** What became of a goal that was asked for: its tier, and where it waits. */
export function Asked({ id, again }: { id: string; again: () => void }) {
  const w = useWords();
  const { t } = useLanguage();
  // The gate takes a moment; until it has judged, there is no such action.
  const found = useQuery({ ...action(id), retry: 20, retryDelay: 500 });
  const judged = found.data?.value;
  const tier = judged?.tier ?? undefined;
  return (
    <div role="status">
      <h3>{w.asked}</h3>
      {!judged && <p>{found.isError ? t.problems.title.slow : w.judging}</p>}
      {judged && (
        <>
          <p>
            <Inert text={judged.willHappen} most={300} />
          </p>
          <Facts
            of={[
              [w.tier, tier && <Tier key="tier" of={tier} />],
              [w.waits, <Status key="status" of={judged.status} />],
            ]}
          />
        </>
      )}
      <Row>
        {judged?.status === "PENDING" ? (
          <Link to="/inbox/$id" params={{ id }} className={buttonClass("primary")}>
            {w.seeCard}
          </Link>
        ) : (
          <Link to="/actions/$id" params={{ id }} className={buttonClass()}>
            {w.seeAction}
          </Link>
        )}
        <Button kind="quiet" onClick={again}>
          {w.another}
        </Button>
      </Row>
    </div>
  );
}
