import { useState } from "react";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import type { Detail } from "./detail";
import style from "./facts/facts.module.css";
import { ToAction } from "./past/link";
import { useWords } from "./words";

/** What a decision is bound to, short, and whole to be copied. */
export function Digest({ of }: { of: Detail }) {
  const { t } = useLanguage();
  const words = useWords();
  const [copied, setCopied] = useState(false);
  const { digest } = of;
  const copy = () => void navigator.clipboard.writeText(digest ?? "").then(() => setCopied(true));
  return (
    <p className={style.prints}>
      {digest && (
        <>
          <span title={words.digestMeans}>
            {words.digest} <code>{digest.slice(0, 12)}…</code>
          </span>
          <Button kind="quiet" aria-label={words.copyDigest} onClick={copy}>
            {copied ? t.common.copied : t.common.copy}
          </Button>
        </>
      )}
      <ToAction id={of.id} />
    </p>
  );
}
