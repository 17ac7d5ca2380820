/** Working code for this app, with its own ids filled in. */
import { Tabs } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { AppDetails } from './app-details.ts';
import { snippetsFor } from './snippets.ts';

export const QuickStart = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const snippets = snippetsFor(app, window.location.origin);
  const [first] = snippets;
  if (first === undefined) return null;
  return (
    <Tabs.Root defaultValue={first.name}>
      <Card
        title={t('quickStart.title')}
        actions={
          <Tabs.List aria-label={t('quickStart.languages')} className="flex flex-wrap gap-1">
            {snippets.map(({ name }) => (
              <Tabs.Trigger
                key={name}
                value={name}
                className="px-2.5 py-1 min-h-8 rounded-1 text-13 text-muted hover:text-text data-[state=active]:bg-sunken data-[state=active]:text-text data-[state=active]:font-[560]"
              >
                {name}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        }
      >
        {snippets.map(({ name, code, note }) => (
          <Tabs.Content key={name} value={name} className="grid gap-3 min-w-0">
            <p className="text-14 text-muted">{t(`quickStart.note.${note}`)}</p>
            {/* What scrolls must be reachable by keyboard (WCAG 2.1.1). */}
            <section
              // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
              tabIndex={0}
              aria-label={t('quickStart.codeFor', { name })}
              className="overflow-x-auto bg-sunken border border-line rounded-1"
            >
              <pre className="p-4 w-max font-mono text-13">
                <code>{code}</code>
              </pre>
            </section>
            <div>
              <CopyButton text={code} what={name} labelled />
            </div>
          </Tabs.Content>
        ))}
      </Card>
    </Tabs.Root>
  );
};
