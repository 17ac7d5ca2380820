/** Sends the server's own pages: static markup, one stylesheet, no script but on one page, under a policy that allows nothing else. */
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Cookies } from '../http/cookies.ts';
import { type HttpFailure, httpFailure } from '../http/error-handler.ts';
import { requestId } from '../http/request-id.ts';
import { pagePolicy } from '../http/security-headers.ts';
import { isOwnPath } from '../urls.ts';
import type { Assets } from './assets.http.ts';
import { chooseLanguage, isLanguage, type Language, languages } from './language.ts';
import { MessagePage } from './message.page.tsx';
import { Gate } from './page.tsx';
import { type Texts, texts } from './texts.ts';

export interface Page {
  /** 200 unless given. */
  status?: number;
  title: string;
  language: Language;
  /** Where its forms may lead besides this server: see `formActionSource`. */
  formAction?: readonly string[];
  /** The form on it is sent as soon as it is there, where scripts run; see `Assets.submit`. */
  sendsItself?: boolean;
  /** The pages of others that it shows in frames. */
  frames?: readonly string[];
  /** The pictures of others that it shows. */
  pictures?: readonly string[];
  /** Where the browser goes once they are loaded; the page has a link `#continue` there too. */
  goesOnTo?: string | undefined;
  /** It says that its address is wrong, so nothing on it leads there again: a link could hold whatever somebody put into it. */
  refusesItsAddress?: boolean;
  /** What stands in `main`, most often a `Panel` and a line below it. */
  body: ReactNode;
}

/** The address that was asked for, as a URL that is surely ours. */
const ownAddress = (req: Request): URL => {
  const address = isOwnPath(req.originalUrl) ? req.originalUrl : '/';
  return new URL(address, 'http://own.invalid');
};

export class Pages {
  readonly serviceName: string;
  private readonly assets: Assets;
  private readonly cookies: Cookies;

  constructor(dependencies: { serviceName: string; assets: Assets; cookies: Cookies }) {
    this.serviceName = dependencies.serviceName;
    this.assets = dependencies.assets;
    this.cookies = dependencies.cookies;
  }

  /**
   * The language to speak: the one that was just chosen, else the one chosen before, else the first that is wished for.
   *
   * @param uiLocales of an authorization request (OpenID Connect Core §3.1.2.1), best first
   */
  language(req: Request, uiLocales: readonly string[] = []): Language {
    const chosen = [ownAddress(req).searchParams.get('lang'), this.cookies.language(req)].find(isLanguage);
    return (
      chosen ?? chooseLanguage(uiLocales) ?? chooseLanguage([req.acceptsLanguages([...languages]) || 'en']) ?? 'en'
    );
  }

  texts(language: Language): Texts {
    return texts[language];
  }

  send(req: Request, res: Response, page: Page): void {
    const { otherLanguage } = texts[page.language];
    const address = ownAddress(req);
    const chosen = address.searchParams.get('lang');
    if (isLanguage(chosen)) this.cookies.setLanguage(res, chosen);
    address.searchParams.set('lang', otherLanguage.tag);
    const markup = renderToStaticMarkup(
      <Gate
        language={page.language}
        title={page.title}
        serviceName={this.serviceName}
        stylesheet={this.assets.stylesheet}
        font={this.assets.font}
        icon={this.assets.icon}
        // A page that goes on by itself is given once.
        otherLanguage={
          page.sendsItself || page.goesOnTo !== undefined || page.refusesItsAddress
            ? null
            : { ...otherLanguage, href: address.pathname + address.search }
        }
        script={page.sendsItself ? this.assets.submit : page.goesOnTo === undefined ? null : this.assets.goOn}
        refreshTo={page.goesOnTo ?? null}
      >
        {page.body}
      </Gate>,
    );
    res
      .status(page.status ?? 200)
      .set({
        'Content-Security-Policy': pagePolicy({
          formAction: page.formAction,
          script: page.sendsItself === true || page.goesOnTo !== undefined,
          frames: page.frames,
          pictures: page.pictures,
        }),
        'Cache-Control': 'no-store',
        'Content-Language': page.language,
      })
      .type('html')
      .send(`<!doctype html>${markup}`);
  }

  /** A page that only says something. */
  sendMessage(
    req: Request,
    res: Response,
    message: {
      status?: number;
      title: string;
      text: string;
      action?: { href: string; label: string };
      requestId?: { label: string; value: string };
      refusesItsAddress?: boolean;
    },
  ): void {
    const { status = 200, refusesItsAddress = false, ...props } = message;
    this.send(req, res, {
      status,
      refusesItsAddress,
      title: message.title,
      language: this.language(req),
      body: <MessagePage serviceName={this.serviceName} {...props} />,
    });
  }

  /** Tells a person, in words, why there is no answer. */
  sendFailure(req: Request, res: Response, failure: HttpFailure): void {
    const words = texts[this.language(req)];
    const known: Readonly<Record<string, { title: string; text: string }>> = words.failures;
    const { title, text } = known[failure.code] ?? words.failures.malformed_request;
    res.set(failure.headers);
    const address = ownAddress(req);
    const openAgain = { href: address.pathname + address.search, label: words.openAgain };
    this.sendMessage(req, res, {
      status: failure.status,
      title,
      text,
      ...(failure.code === 'form_expired' ? { action: openAgain } : { refusesItsAddress: true }),
      ...(failure.status < 500 ? {} : { requestId: { label: words.requestId, value: requestId(req) } }),
    });
  }

  /** Last in a router of pages: whoever asks there is a person. */
  errors(): ErrorRequestHandler {
    return (error: unknown, req, res, next) => {
      if (res.headersSent) next(error);
      else this.sendFailure(req, res, httpFailure(res, error));
    };
  }
}
