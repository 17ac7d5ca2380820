/** Script: writes the table of settings into docs/operation.md. */
import { type Setting, settings } from './config.ts';
import { writeBlock } from './emit-block.ts';

const row = ({ name, about, expected, otherwise, secret }: Setting): string => {
  const names = secret ? `\`${name}\` or \`${name}_FILE\`` : `\`${name}\``;
  return `| ${names} | ${about} | ${expected} | ${otherwise} |`.replaceAll('\n', ' ');
};

const table = [
  '| name | what it is | expected | otherwise |',
  '|---|---|---|---|',
  ...Object.values(settings).map(row),
].join('\n');

await writeBlock('docs/operation.md', 'settings', table);
