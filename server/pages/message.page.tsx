/** A page that only says something. */
import type { ReactNode } from 'react';
import { Panel } from './page.tsx';

export interface MessagePageProps {
  serviceName: string;
  title: string;
  text: ReactNode;
  /** Where one can go from here, if anywhere. */
  action?: { href: string; label: string };
  /** For a fault of ours: what to name when reporting it. */
  requestId?: { label: string; value: string };
}

export const MessagePage = ({ serviceName, title, text, action, requestId }: MessagePageProps) => (
  <Panel serviceName={serviceName} title={title}>
    <p>{text}</p>
    {requestId && (
      <p className="muted small">
        {requestId.label} <span className="mono">{requestId.value}</span>
      </p>
    )}
    {action && (
      <a className="button wide" href={action.href}>
        {action.label}
      </a>
    )}
  </Panel>
);
