/** The server does not answer at the start: nobody knows yet who is there. */
import { useTranslation } from 'react-i18next';
import { useSignIn } from '../auth/signed-in.tsx';
import { Button } from '../ui/button.tsx';
import { Gate } from '../ui/gate.tsx';
import { useTitle } from '../ui/page.tsx';

export const UnreachablePage = () => {
  const { t } = useTranslation();
  const signIn = useSignIn();
  useTitle(t('unreachable.title'));
  return (
    <Gate>
      <div className="grid gap-3">
        <h1>{t('unreachable.title')}</h1>
        <p className="text-muted">{t('problem.offline')}</p>
      </div>
      <Button look="primary" className="justify-self-start min-h-11" onClick={() => signIn.tryAgain()}>
        {t('tryAgain')}
      </Button>
    </Gate>
  );
};
