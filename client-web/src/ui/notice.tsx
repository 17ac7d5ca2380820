import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const looks = {
  danger: { className: 'bg-danger-soft text-danger', Icon: CircleAlert },
  warn: { className: 'bg-warn-soft text-warn', Icon: TriangleAlert },
  ok: { className: 'bg-ok-soft text-ok', Icon: CircleCheck },
} as const;

export const Notice = ({
  look,
  children,
  action,
}: {
  look: keyof typeof looks;
  children: ReactNode;
  action?: ReactNode;
}) => {
  const { className, Icon } = looks[look];
  return (
    <div
      role={look === 'danger' ? 'alert' : 'status'}
      className={classNames('flex flex-wrap items-center gap-3 px-4 py-3 rounded-1 text-14', className)}
    >
      <Icon aria-hidden />
      <div className="flex-[1_1_200px] min-w-0">{children}</div>
      {action}
    </div>
  );
};
