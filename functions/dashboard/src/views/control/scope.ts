import { type Messages, useLanguage } from "~/i18n";
import { useWords } from "./words";

/** The kinds of stop, from the widest to the narrowest. */
export const KINDS = ["all", "spend", "cluster", "agent", "action"] as const;
export type Kind = (typeof KINDS)[number];

/** What a scope, such as `cluster:marketing`, covers, in words; one that is not known is shown as it is. */
export function useScope(): (scope: string) => string {
  const w = useWords();
  const { t } = useLanguage();
  return (scope) => {
    const [kind, name = ""] = scope.split(/:(.*)/s);
    if (kind === "all" || kind === "spend") return w.scope[kind];
    if (kind === "cluster") return w.scope.cluster(clusterName(name, t));
    if (kind === "agent" || kind === "action") return w.scope[kind](name);
    return scope;
  };
}

/** A cluster by its own word. */
export function clusterName(name: string, t: Messages): string {
  return name in t.common.cluster ? t.common.cluster[name as keyof typeof t.common.cluster] : name;
}
