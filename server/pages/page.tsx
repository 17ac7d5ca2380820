/** The layout of the server's own pages: one column, one question, one answer. */
import type { ReactNode } from 'react';
import { BrandIcon } from './icons.tsx';
import type { Language } from './language.ts';

export interface GateProps {
  language: Language;
  title: string;
  serviceName: string;
  stylesheet: string;
  font: string;
  icon: string;
  /** The same page in the other language; none where the page cannot be asked for again. */
  otherLanguage: { tag: string; name: string; href: string } | null;
  /** Runs when everything before it is there. */
  script: { path: string; integrity: string } | null;
  /** Where the browser goes by itself where no script runs. */
  refreshTo: string | null;
  children: ReactNode;
}

/** Seconds that a page's frames have before the browser goes on; a script does not wait for as long. */
const refreshAfter = 2;

/** The whole document. */
export const Gate = (props: GateProps) => (
  <html lang={props.language}>
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="color-scheme" content="light dark" />
      {props.refreshTo !== null && <meta httpEquiv="refresh" content={`${refreshAfter}; url=${props.refreshTo}`} />}
      <title>{`${props.title} · ${props.serviceName}`}</title>
      <link rel="preload" href={props.font} as="font" type="font/woff2" crossOrigin="anonymous" />
      <link rel="stylesheet" href={props.stylesheet} />
      <link rel="icon" href={props.icon} type="image/svg+xml" />
    </head>
    <body className="gate">
      <main>{props.children}</main>
      {props.otherLanguage && (
        <footer>
          <a href={props.otherLanguage.href} lang={props.otherLanguage.tag} hrefLang={props.otherLanguage.tag}>
            {props.otherLanguage.name}
          </a>
        </footer>
      )}
      {props.script && <script src={props.script.path} integrity={props.script.integrity} />}
    </body>
  </html>
);

/** The box that holds the question, under the service's name. */
export const Panel = (props: { serviceName: string; title: string; lead?: ReactNode; children?: ReactNode }) => (
  <div className="panel">
    <header>
      <div className="brand">
        <BrandIcon />
        <span>{props.serviceName}</span>
      </div>
      <h1>{props.title}</h1>
      {props.lead && <p className="muted">{props.lead}</p>}
    </header>
    {props.children}
  </div>
);
