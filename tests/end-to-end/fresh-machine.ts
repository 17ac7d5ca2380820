/**
 * Everything that takes part, on an empty data folder: two nodes of the compiled server with their embedded database, the
 * built web client, two example applications and a real browser, each in a process and on a port of its own.
 */
import type { Browser, BrowserContext } from 'playwright-core';
import { build } from '../../bin/build.js';
import { launchChromium } from '../support/chromium.ts';
import { freePort, Product, type Running } from '../support/product.ts';
import { ExampleApplication } from './example-application.ts';

export class FreshMachine {
  readonly product: Product;
  readonly server: Running;
  readonly secondNode: Running;
  /** Where the second node listens; it speaks for the same issuer. */
  readonly secondOrigin: string;
  readonly browser: Browser;
  /** Registers itself, as `npm run example` does. */
  readonly example: ExampleApplication;
  /** Is given its credentials by a developer. */
  readonly forum: ExampleApplication;
  /** What no page may do: throw, or break its own content security policy. */
  readonly misdeeds: string[] = [];

  private constructor(parts: {
    product: Product;
    server: Running;
    secondNode: Running;
    secondOrigin: string;
    browser: Browser;
    example: ExampleApplication;
    forum: ExampleApplication;
  }) {
    this.product = parts.product;
    this.server = parts.server;
    this.secondNode = parts.secondNode;
    this.secondOrigin = parts.secondOrigin;
    this.browser = parts.browser;
    this.example = parts.example;
    this.forum = parts.forum;
  }

  static async start(): Promise<FreshMachine> {
    await build();
    const product = await Product.install();
    const [server, browser] = await Promise.all([product.start(), launchChromium()]);
    const port = await freePort();
    const secondNode = await product.start({ PORT: String(port), LATCHKEY_ISSUER: product.origin });
    return new FreshMachine({
      product,
      server,
      secondNode,
      secondOrigin: `http://localhost:${port}`,
      browser,
      example: await ExampleApplication.thatRegistersItself(product),
      forum: await ExampleApplication.thatIsConfigured(product),
    });
  }

  /** Another person's browser. */
  async newContext(): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      locale: 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(15_000);
    context.on('weberror', (error) => this.misdeeds.push(String(error.error())));
    context.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.misdeeds.push(message.text());
    });
    return context;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await Promise.all([this.example.stop(), this.forum.stop(), this.secondNode.stop()]);
    await this.server.stop();
    await this.product.remove();
  }
}
