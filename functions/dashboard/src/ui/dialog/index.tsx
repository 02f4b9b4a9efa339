import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import style from "./dialog.module.css";

interface DialogProps {
  title: string;
  /** Called when it is closed: by its button, by Escape, or from outside of it. */
  onClose: () => void;
  wide?: boolean;
  /** What has the focus first; without it, the first thing that can have it. */
  first?: RefObject<HTMLElement | null>;
  /** What is done with it, below what is read. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * Something that is asked over the page: it holds the focus, and gives it back. Import it from what is fetched
 * lazily only: it is not small.
 */
export function Dialog({ title, onClose, wide, first, actions, children }: DialogProps) {
  const { t } = useLanguage();
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={style.backdrop} />
        <Base.Popup initialFocus={first ?? true} className={`${style.popup} ${wide ? style.wide : ""}`}>
          <div className={style.head}>
            <Base.Title className={style.title}>{title}</Base.Title>
            <Base.Close render={<Button kind="quiet" icon aria-label={t.common.close} />}>✕</Base.Close>
          </div>
          <div className={style.body}>{children}</div>
          {actions && <div className={style.actions}>{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
