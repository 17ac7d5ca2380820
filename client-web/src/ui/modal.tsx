/**
 * A question above the page. The browser's own modal dialog: it keeps the focus inside, gives it back, closes on
 * Escape and makes the rest inert, without the injected style sheet that scroll-locking libraries need and our
 * Content-Security-Policy refuses.
 */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { ProblemNotice } from './problem-notice.tsx';

export const Modal = ({
  open,
  onClose,
  title,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (open && element?.open === false) element.showModal();
    if (!open && element?.open === true) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto w-[min(480px,calc(100vw-32px))] max-h-[calc(100dvh-32px)] overflow-y-auto overscroll-contain p-5 sm:p-6 bg-surface text-text border border-line rounded-3 shadow-panel"
    >
      {open ? (
        <div className="grid gap-4">
          <h2 id={titleId} className="text-16">
            {title}
          </h2>
          {children}
        </div>
      ) : null}
    </dialog>
  );
};

/** Asks before something that is not undone, and says what will happen. */
export const ConfirmModal = ({
  open,
  onClose,
  title,
  children,
  confirm,
  dangerous = true,
  onConfirm,
  error,
  typed,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  confirm: string;
  dangerous?: boolean;
  /** The dialog stays open, and busy, until it is done. */
  onConfirm: () => Promise<void>;
  error?: CombinedError | undefined;
  /** What has to be typed before the button works. */
  typed?: string;
}) => {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState('');
  const ready = typed === undefined || text.trim() === typed;
  useEffect(() => {
    if (open) setText('');
  }, [open]);
  const act = async () => {
    if (!ready) return;
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} onClose={onClose} title={title}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void act();
        }}
      >
        <div className="grid gap-2 text-14 text-muted">{children}</div>
        {typed === undefined ? null : (
          <TextField
            label={t('typeToConfirm', { text: typed })}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {error ? <ProblemNotice error={error} /> : null}
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look={dangerous ? 'danger-primary' : 'primary'} disabled={!ready} busy={busy}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
