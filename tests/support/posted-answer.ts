/** What a page that sends itself would bring to an app (OAuth 2.0 Form Post Response Mode). */
import type { Answer } from './test-browser.ts';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

const unescaped = (html: string): string =>
  html.replace(/&(\w+|#x27);/g, (entity, name: string) => entities[name] ?? entity);

export interface PostedAnswer {
  action: string;
  method: string;
  fields: Record<string, string>;
}

/** @throws where the page has not exactly one form */
export const postedAnswer = ({ status, body }: Pick<Answer, 'status' | 'body'>): PostedAnswer => {
  const forms = [...body.matchAll(/<form action="([^"]*)" method="([^"]*)">(.*?)<\/form>/gs)];
  const [form] = forms;
  if (form === undefined || forms.length > 1) throw new Error(`Not one form: ${status} ${body.slice(0, 2000)}`);
  const [, action = '', method = '', inside = ''] = form;
  const fields = [...inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, unescaped(value)],
  );
  return { action: unescaped(action), method, fields: Object.fromEntries(fields) };
};
