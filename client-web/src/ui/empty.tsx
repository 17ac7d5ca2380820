import type { ReactNode } from 'react';

/** What stands in the place of a list without anything in it: what would be here, and what to do. */
export const Empty = ({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) => (
  <div className="grid justify-items-center gap-3 px-6 py-12 text-center">
    <span className="grid place-items-center size-12 rounded-full bg-sunken text-muted" aria-hidden>
      {icon}
    </span>
    <h2>{title}</h2>
    <p className="max-w-[46ch] text-14 text-muted">{children}</p>
    {action}
  </div>
);
