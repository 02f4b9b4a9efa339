import { lazy, type RefObject, Suspense } from "react";
import { type Sight, useHappenings } from "./happenings";
import { useUndo } from "./undo";

const UndoBar = lazy(() => import("./undo-bar"));

interface LiveProps {
  sight: RefObject<Sight>;
  onMany: () => void;
}

/** Follows what happens, and offers to undo what was just executed. */
export default function Happenings({ sight, onMany }: LiveProps) {
  useHappenings(sight, onMany);
  const undo = useUndo();
  return <Suspense fallback={null}>{undo.length > 0 && <UndoBar offers={undo} />}</Suspense>;
}
