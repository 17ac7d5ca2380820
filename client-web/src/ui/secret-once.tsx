import { CopyButton } from './copy-button.tsx';

/** A secret, the one time that it can be seen. */
export const SecretOnce = ({ id, secret, name, lead }: { id: string; secret: string; name: string; lead: string }) => (
  <section className="grid gap-3 p-4 rounded-1 bg-warn-soft" aria-label={name}>
    <p className="text-14 text-warn">{lead}</p>
    <div className="flex flex-wrap items-center gap-3">
      <code id={id} className="font-mono text-13 flex-[1_1_260px] p-3 bg-surface border border-line rounded-1">
        {secret}
      </code>
      <CopyButton text={secret} what={name} labelled />
    </div>
  </section>
);
