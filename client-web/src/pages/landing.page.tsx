/** What a visitor sees who is not signed in. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignIn } from '../auth/signed-in.tsx';
import { serviceName } from '../service-name.ts';
import { Button } from '../ui/button.tsx';
import { Gate } from '../ui/gate.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTitle } from '../ui/page.tsx';

type Because = 'never-signed-in' | 'signed-out' | 'ended' | 'failed';

export const LandingPage = ({ because, returnTo }: { because: Because; returnTo: string }) => {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [leaving, setLeaving] = useState<'sign-in' | 'sign-up' | null>(null);
  const [unreachable, setUnreachable] = useState(false);
  useTitle(because === 'signed-out' ? t('landing.signedOut') : serviceName);
  const begin = async (kind: 'sign-in' | 'sign-up') => {
    setLeaving(kind);
    setUnreachable(false);
    try {
      await signIn.begin(kind, because === 'signed-out' ? '/' : returnTo);
    } catch {
      setLeaving(null);
      setUnreachable(true);
    }
  };
  return (
    <Gate>
      <div className="grid gap-3">
        <h1 className="text-36 text-balance">
          {because === 'signed-out' ? t('landing.signedOut') : t('landing.title', { service: serviceName })}
        </h1>
        <p className="text-muted">{because === 'signed-out' ? t('landing.signedOutLead') : t('landing.lead')}</p>
      </div>
      {because === 'ended' ? <Notice look="warn">{t('landing.ended')}</Notice> : null}
      {because === 'failed' ? <Notice look="danger">{t('landing.failed')}</Notice> : null}
      {unreachable ? <Notice look="danger">{t('problem.offline')}</Notice> : null}
      <div className="flex flex-wrap gap-3">
        <Button
          id="sign-in"
          look="primary"
          className="min-h-11 flex-[1_1_160px]"
          busy={leaving !== null}
          onClick={() => begin('sign-in')}
        >
          {t('landing.signIn')}
        </Button>
        <Button
          id="sign-up"
          className="min-h-11 flex-[1_1_160px]"
          busy={leaving !== null}
          onClick={() => begin('sign-up')}
        >
          {t('landing.signUp')}
        </Button>
      </div>
    </Gate>
  );
};
