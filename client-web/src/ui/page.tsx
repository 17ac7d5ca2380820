import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { serviceName } from '../service-name.ts';
import { classNames } from './class-names.ts';

/** Names the window after what it shows. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = title === serviceName ? title : `${title} · ${serviceName}`;
  }, [title]);
};

/** For when what had the focus is gone, such as the button of a row that was removed. */
export const focusPageHeading = (): void => {
  document.querySelector<HTMLElement>('h1')?.focus();
};

/** The path of the page that is shown; null until the first one is. */
let shownPath: string | null = null;

/** The heading takes the focus after a change of page, so that it is read out and the next Tab goes on from there. */
const PageHeading = ({ children }: { children: ReactNode }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // The first page is read out by the browser itself.
    if (shownPath !== null && shownPath !== pathname) heading.current?.focus({ preventScroll: true });
    shownPath = pathname;
  }, [pathname]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
};

export const Page = ({
  title,
  lead,
  mark,
  actions,
  back,
  wide = false,
  children,
}: {
  title: string;
  lead?: ReactNode;
  mark?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  wide?: boolean;
  children?: ReactNode;
}) => {
  useTitle(title);
  return (
    <div className={classNames('grid gap-6 content-start min-w-0', wide ? 'max-w-[1096px]' : 'max-w-[856px]')}>
      <header className="grid gap-3">
        {back ? (
          <Link
            to={back.to}
            className="inline-flex items-center gap-1 justify-self-start text-13 text-accent hover:underline"
          >
            <ChevronLeft aria-hidden className="size-4" />
            {back.label}
          </Link>
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-4">
          <div className="flex items-center gap-3 min-w-0">
            {mark}
            <div className="grid gap-1 min-w-0">
              <PageHeading>{title}</PageHeading>
              {lead ? <p className="text-muted">{lead}</p> : null}
            </div>
          </div>
          {actions}
        </div>
      </header>
      {children}
    </div>
  );
};
