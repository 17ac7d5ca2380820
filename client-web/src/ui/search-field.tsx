import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';

/** Searches while one types. What is searched for is in the address, so that it can be kept and gone back to. */
export const useSearch = (): { search: string; typed: string; type: (text: string) => void } => {
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const [typed, setTyped] = useState(search);
  useEffect(() => {
    if (typed.trim() === search) return;
    const timer = setTimeout(() => {
      setParameters(typed.trim() === '' ? {} : { search: typed.trim() }, { replace: true });
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, search, setParameters]);
  return { search, typed, type: setTyped };
};

export const SearchField = ({
  label,
  value,
  onType,
}: {
  label: string;
  value: string;
  onType: (text: string) => void;
}) => (
  <search className="relative">
    <Search aria-hidden className="absolute left-3 top-3.5 size-4 text-muted" />
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      maxLength={200}
      onChange={(event) => onType(event.target.value)}
      className="w-full min-h-11 pl-9 pr-3 py-2 border border-line-control rounded-1 bg-surface text-16 placeholder:text-muted focus:outline-2 focus:outline-accent focus:border-accent"
    />
  </search>
);
