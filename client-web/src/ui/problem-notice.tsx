import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { type Problem, problemOf } from '../graphql/problem.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** What went wrong, in words. */
export const useProblemText = (): ((problem: Problem) => string) => {
  const { t } = useTranslation();
  return (problem) => {
    switch (problem.kind) {
      case 'offline':
        return t('problem.offline');
      case 'signed-out':
        return t('problem.signedOut');
      case 'forbidden':
        return t('problem.forbidden');
      case 'not-found':
        return t('problem.notFound');
      case 'rate-limited':
        return problem.retryAfter === null
          ? t('problem.rateLimited')
          : t('problem.rateLimitedFor', { count: problem.retryAfter });
      case 'refused':
        return problem.message;
      case 'internal':
        return problem.requestId === null
          ? t('problem.internal')
          : t('problem.internalWithId', { id: problem.requestId });
    }
  };
};

export const ProblemNotice = ({ error, onRetry }: { error: CombinedError; onRetry?: () => void }) => {
  const { t } = useTranslation();
  const text = useProblemText();
  return (
    <Notice
      look="danger"
      action={
        onRetry ? (
          <Button compact onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        ) : undefined
      }
    >
      {text(problemOf(error))}
    </Notice>
  );
};
