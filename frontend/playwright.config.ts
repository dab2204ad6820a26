import { defineConfig } from '@playwright/test';

/** The browser tests run against a real server: `BUURTSIGNAAL_URL` says where it listens. */
export default defineConfig({
  testDir: 'tests',
  testMatch: '*.spec.ts',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  fullyParallel: false,
  workers: 1,
  reporter: 'list',
  use: {
    baseURL: process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080',
    viewport: { width: 1024, height: 768 },
    hasTouch: true,
    locale: 'nl-BE',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
