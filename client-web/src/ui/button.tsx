import type { ComponentProps, ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';
import { classNames } from './class-names.ts';

type Look = 'plain' | 'primary' | 'danger' | 'danger-primary' | 'quiet';

const looks: Record<Look, string> = {
  plain: 'border-line-strong bg-surface text-text hover:bg-sunken',
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  danger: 'border-line-strong bg-surface text-danger hover:bg-danger-soft',
  'danger-primary': 'border-transparent bg-danger text-on-accent hover:bg-danger-hover',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-sunken hover:text-text',
};

const buttonClass = (look: Look, compact: boolean, className?: string): string =>
  classNames(
    'inline-flex items-center justify-center gap-2 border rounded-1 font-[560] no-underline select-none [overflow-wrap:normal]',
    'aria-disabled:opacity-60 aria-disabled:cursor-default disabled:opacity-60 motion-safe:transition-colors duration-100',
    'pointer-coarse:min-h-11',
    compact ? 'min-h-8 px-3 py-1 text-13' : 'min-h-10 px-4 py-1.5 text-14',
    looks[look],
    className,
  );

interface ButtonLook {
  readonly look?: Look;
  readonly compact?: boolean;
}

interface ButtonProps extends ComponentProps<'button'>, ButtonLook {
  /** Its work is under way: it keeps its focus and its place, and does nothing when pressed again. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export const Button = ({ look = 'plain', compact = false, busy = false, className, onClick, ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    aria-disabled={busy || undefined}
    aria-busy={busy || undefined}
    onClick={busy ? (event) => event.preventDefault() : onClick}
    className={buttonClass(look, compact, className)}
  />
);

export const LinkButton = ({
  look = 'plain',
  compact = false,
  className,
  ...rest
}: LinkProps & ButtonLook & { className?: string }) => (
  <Link {...rest} className={buttonClass(look, compact, className)} />
);
