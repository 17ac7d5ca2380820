import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

/** Copies, and answers: the mark changes, and it is said. `what` names it for those who do not see it. */
export const CopyButton = ({ text, what, labelled = false }: { text: string; what: string; labelled?: boolean }) => {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (answer === null) return;
    const timer = setTimeout(() => setAnswer(null), 2000);
    return () => clearTimeout(timer);
  }, [answer]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setAnswer('copied');
    } catch {
      setAnswer('failed');
    }
  };
  const Icon = answer === 'copied' ? Check : Copy;
  return (
    <>
      <Button
        look={labelled ? 'plain' : 'quiet'}
        compact
        aria-label={labelled ? undefined : t('copyThing', { what })}
        onClick={copy}
      >
        <Icon aria-hidden className={answer === 'copied' ? 'text-ok' : undefined} />
        {labelled ? (answer === 'copied' ? t('copied') : t('copy')) : null}
      </Button>
      <span role="status" className={answer === 'failed' ? 'text-13 text-danger' : 'sr-only'}>
        {answer === 'copied' ? t('copiedThing', { what }) : answer === 'failed' ? t('copyFailed') : ''}
      </span>
    </>
  );
};
