/** What the operator calls this service; the server writes it into the page. */
export const serviceName: string =
  document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content ?? 'Latchkey';
