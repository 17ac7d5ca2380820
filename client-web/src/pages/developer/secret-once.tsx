import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.tsx';

/** A secret, the one time that it can be seen. */
export const SecretOnce = ({ secret }: { secret: string }) => {
  const { t } = useTranslation();
  return (
    <section className="grid gap-3 p-4 rounded-1 bg-warn-soft" aria-label={t('app.secret')}>
      <p className="text-14 text-warn">{t('app.secretOnce')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <code
          id="client-secret"
          className="font-mono text-13 flex-[1_1_260px] p-3 bg-surface border border-line rounded-1"
        >
          {secret}
        </code>
        <CopyButton text={secret} what={t('app.secret')} labelled />
      </div>
    </section>
  );
};
