import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const looks = {
  plain: 'bg-sunken text-muted border-line',
  ok: 'bg-ok-soft text-ok border-transparent',
  warn: 'bg-warn-soft text-warn border-transparent',
  danger: 'bg-danger-soft text-danger border-transparent',
  accent: 'bg-accent-soft text-accent border-transparent',
} as const;

export const Badge = ({ look = 'plain', children }: { look?: keyof typeof looks; children: ReactNode }) => (
  <span
    className={classNames(
      'inline-flex items-center min-h-[22px] px-2 rounded-full border text-12 font-[540] whitespace-nowrap',
      looks[look],
    )}
  >
    {children}
  </span>
);
