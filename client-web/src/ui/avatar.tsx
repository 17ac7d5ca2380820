import { classNames } from './class-names.ts';

/** The first letters of the first and the last word. */
const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/u);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
};

const sizes = { small: 'size-9 text-14', large: 'size-14 text-20' } as const;

/** Round for people, square for apps. */
export const Avatar = ({
  name,
  of,
  size = 'small',
}: {
  name: string;
  of: 'person' | 'app';
  size?: keyof typeof sizes;
}) => (
  <span
    aria-hidden
    className={classNames(
      'grid place-items-center flex-none bg-accent-soft text-accent font-[620]',
      sizes[size],
      of === 'person' ? 'rounded-full' : 'rounded-2',
    )}
  >
    {of === 'person' ? initialsOf(name) : ([...name.trim()][0] ?? '').toUpperCase()}
  </span>
);
