import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** Every page and state as a picture: `cargo xtask screenshots DIR` starts the server and names the folder. */
export default defineConfig(base, {
  testMatch: 'screenshots.ts',
  timeout: 15 * 60_000,
  outputDir: 'test-results/screenshots',
  use: { trace: 'off', hasTouch: false },
});
