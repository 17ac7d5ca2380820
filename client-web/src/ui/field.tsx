import { CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

export const controlClass =
  'w-full min-h-11 px-3 py-2 border border-line-control rounded-1 bg-surface text-text text-16 ' +
  'focus:outline-2 focus:outline-accent focus:outline-offset-0 focus:border-accent aria-invalid:border-danger';

export const FieldError = ({ id, children }: { id?: string; children: ReactNode }) => (
  <p id={id} className="flex items-start gap-1.5 text-13 text-danger">
    <CircleAlert aria-hidden className="mt-0.5 size-4" />
    <span>{children}</span>
  </p>
);

interface FieldWords {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** For where the label stands elsewhere already; it is still read out. */
  readonly labelHidden?: boolean;
}

/** The ids that tie a control to its words. */
const useFieldIds = (hint: ReactNode, error: string | undefined) => {
  const id = useId();
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter((part) => part !== null);
  return { id, describedBy: described.length > 0 ? described.join(' ') : undefined };
};

const FieldFrame = ({
  id,
  label,
  hint,
  error,
  labelHidden,
  children,
}: FieldWords & { id: string; children: ReactNode }) => (
  <div className="grid gap-1.5 min-w-0">
    <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-14 font-[540]'}>
      {label}
    </label>
    {children}
    {hint ? (
      <p id={`${id}-hint`} className="text-13 text-muted">
        {hint}
      </p>
    ) : null}
    <div aria-live="polite">{error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}</div>
  </div>
);

export const TextField = ({
  label,
  hint,
  error,
  labelHidden,
  className,
  ...rest
}: FieldWords & ComponentProps<'input'>) => {
  const { id, describedBy } = useFieldIds(hint, error);
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} labelHidden={labelHidden ?? false}>
      <input
        type="text"
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className={classNames(controlClass, className)}
      />
    </FieldFrame>
  );
};

/** Several lines. */
export const TextArea = ({
  label,
  hint,
  error,
  labelHidden,
  className,
  ...rest
}: FieldWords & ComponentProps<'textarea'>) => {
  const { id, describedBy } = useFieldIds(hint, error);
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} labelHidden={labelHidden ?? false}>
      <textarea
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className={classNames(controlClass, 'resize-y', className)}
      />
    </FieldFrame>
  );
};

export const SelectField = ({
  label,
  hint,
  error,
  labelHidden,
  className,
  ...rest
}: FieldWords & ComponentProps<'select'>) => {
  const { id, describedBy } = useFieldIds(hint, error);
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} labelHidden={labelHidden ?? false}>
      <select
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className={classNames(controlClass, className)}
      />
    </FieldFrame>
  );
};

/** Something to tick: the mark, its name beside it, and what is to be said of it below. */
const Tick = ({
  label,
  hint,
  error,
  ...rest
}: { label: ReactNode; hint?: ReactNode; error?: string | undefined } & ComponentProps<'input'>) => {
  const { id, describedBy } = useFieldIds(hint, error);
  return (
    <div className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 py-1">
      <input
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className="mt-0.5 size-5 accent-accent"
      />
      <label htmlFor={id} className="text-14 font-[540]">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="col-start-2 text-13 text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <div className="col-start-2" role="alert">
          <FieldError id={`${id}-error`}>{error}</FieldError>
        </div>
      ) : null}
    </div>
  );
};

export const Checkbox = (props: Omit<ComponentProps<typeof Tick>, 'type'>) => <Tick {...props} type="checkbox" />;

export const Radio = (props: Omit<ComponentProps<typeof Tick>, 'type'>) => <Tick {...props} type="radio" />;

/** Several things to tick, or to choose from, under one name. */
export const CheckboxGroup = ({
  legend,
  hint,
  error,
  columns = false,
  children,
}: {
  legend: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** Short ones stand beside each other where there is room. */
  columns?: boolean;
  children: ReactNode;
}) => {
  const { id, describedBy } = useFieldIds(hint, error);
  return (
    <fieldset className="grid gap-1 min-w-0" aria-describedby={describedBy}>
      <legend className="text-14 font-[540] mb-1.5">{legend}</legend>
      {hint ? (
        <p id={`${id}-hint`} className="text-13 text-muted mb-1">
          {hint}
        </p>
      ) : null}
      <div className={columns ? 'grid sm:grid-cols-2 gap-x-6' : 'grid gap-1'}>{children}</div>
      <div aria-live="polite">{error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}</div>
    </fieldset>
  );
};
