/** The kinds of apps, and how each is shown. */
import { AppWindow, Cog, type LucideIcon, Monitor, Server } from 'lucide-react';
import type { AppType } from '../../graphql/generated/graphql.ts';

export const appTypes: readonly AppType[] = ['WEB', 'SPA', 'NATIVE', 'SERVICE'];

export const appTypeIcons: Readonly<Record<AppType, LucideIcon>> = {
  WEB: Server,
  SPA: AppWindow,
  NATIVE: Monitor,
  SERVICE: Cog,
};

/** Whether an app of this kind can keep a secret, unless it says otherwise. */
export const keepsSecret = (type: AppType): boolean => type === 'WEB' || type === 'SERVICE';

export const signsPeopleIn = (type: AppType): boolean => type !== 'SERVICE';
