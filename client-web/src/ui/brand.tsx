export const BrandMark = () => (
  <svg
    aria-hidden="true"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2.2"
    strokeLinecap="round"
    strokeLinejoin="round"
    className="size-[26px] flex-none text-accent"
  >
    <rect x="3" y="3" width="18" height="18" rx="6" />
    <circle cx="12" cy="10" r="2.4" />
    <path d="M12 12.5V17" />
  </svg>
);
