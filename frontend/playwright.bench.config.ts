import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** What people wait for in the browser: `cargo xtask bench pages` starts the server and names the file for the figures. */
export default defineConfig(base, {
  testMatch: 'bench.ts',
  timeout: 5 * 60_000,
  outputDir: 'test-results/bench',
  use: { trace: 'off' },
});
