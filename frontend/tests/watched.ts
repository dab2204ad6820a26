import { expect, test as base, type BrowserContext } from '@playwright/test';

/** Collects what goes wrong unseen in the pages of a context. */
export function watch(context: BrowserContext, errors: string[]): void {
  context.on('weberror', (error) => {
    const { name, message, stack } = error.error();
    errors.push(`${error.page()?.url() ?? 'a page'}: ${name}: ${message}\n${stack ?? ''}`);
  });
}

/** A test fails when any page throws an error that nobody catches, also in contexts that it makes itself; those of another browser it gives to `watch`. */
export const test = base.extend<{ errors: string[] }>({
  errors: [
    async ({ browser }, use) => {
      const errors: string[] = [];
      const opened = (context: BrowserContext) => watch(context, errors);
      browser.on('context', opened);
      await use(errors);
      browser.off('context', opened);
      expect(errors, 'errors in pages').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };
