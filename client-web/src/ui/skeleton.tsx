import { useTranslation } from 'react-i18next';
import { Card } from './card.tsx';

/** A bar where text will stand, of the text's own height. */
export const Bar = ({ width }: { width: string }) => (
  <span
    aria-hidden
    className={`block h-[1em] my-[0.275em] max-w-full rounded-1 bg-line motion-safe:animate-pulse ${width}`}
  />
);

/** A list of rows that is on its way, with the height that the rows will have. */
export const ListSkeleton = ({ rows = 3, lines = 2 }: { rows?: number; lines?: number }) => {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')} className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have nothing else and never move
        <div key={row} className="flex items-center gap-4 px-4 py-4 sm:px-6 [animation:appear_100ms_150ms_backwards]">
          <span aria-hidden className="size-9 flex-none rounded-2 bg-line motion-safe:animate-pulse" />
          <div className="grid flex-1 gap-1">
            <Bar width="w-40" />
            {lines > 1 ? <Bar width="w-64" /> : null}
            {lines > 2 ? <Bar width="w-52" /> : null}
          </div>
        </div>
      ))}
    </div>
  );
};

export const FactsSkeleton = ({ rows }: { rows: number }) => {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')} className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have nothing else and never move
          key={row}
          className="grid sm:grid-cols-[168px_minmax(0,1fr)] items-center gap-x-4 py-3 sm:py-2.5 min-h-[61px]"
        >
          <Bar width="w-24" />
          <div className="min-h-10 grid items-center">
            <Bar width="w-44" />
          </div>
        </div>
      ))}
    </div>
  );
};

export const CardSkeleton = ({ rows }: { rows: number }) => (
  <Card padded={false}>
    <ListSkeleton rows={rows} />
  </Card>
);
