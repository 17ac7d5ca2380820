import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** One subject of a page. Without a title it needs none: the page's own says it. */
export const Card = ({
  title,
  actions,
  children,
  padded = true,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  padded?: boolean;
}) => (
  <section className="min-w-0 bg-surface border border-line rounded-2">
    {title || actions ? (
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-6 border-b border-line min-h-[65px]">
        {typeof title === 'string' ? <h2>{title}</h2> : title}
        {actions}
      </header>
    ) : null}
    <div className={classNames('min-w-0', padded && 'p-4 sm:p-6')}>{children}</div>
  </section>
);

export const List = ({ label, children, busy }: { label: string; children: ReactNode; busy?: boolean }) => (
  <ul aria-label={label} aria-busy={busy || undefined} className="divide-y divide-line">
    {children}
  </ul>
);

/** A row: what it is, what is to be said of it, what can be done with it. */
export const ListRow = ({
  mark,
  actions,
  compact = false,
  children,
}: {
  mark: ReactNode;
  actions?: ReactNode;
  /** What can be done is one small button, which has room beside the words on a phone too. */
  compact?: boolean;
  children: ReactNode;
}) => (
  <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 sm:gap-x-4 gap-y-3 px-4 py-4 sm:px-6">
    {mark}
    <div className={classNames('grid min-w-0 gap-1', !compact && 'max-sm:col-span-2')}>{children}</div>
    {actions ? (
      <div
        className={classNames(
          'flex flex-wrap items-center gap-2 sm:gap-3',
          !compact && 'max-sm:col-start-2 max-sm:col-span-2',
        )}
      >
        {actions}
      </div>
    ) : null}
  </li>
);

/** Names and values under each other; beside each other where there is room. */
export const Facts = ({ children }: { children: ReactNode }) => <dl className="divide-y divide-line">{children}</dl>;

export const Fact = ({ name, children, action }: { name: ReactNode; children: ReactNode; action?: ReactNode }) => (
  <div className="grid sm:grid-cols-[168px_minmax(0,1fr)] items-center py-3 sm:py-2.5 min-h-[61px] gap-x-4">
    <dt className="text-14 text-muted">{name}</dt>
    <dd className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 min-w-0 min-h-10">
      <div className="min-w-0 flex-[1_1_7rem]">{children}</div>
      {action ? <div className="flex-none">{action}</div> : null}
    </dd>
  </div>
);
