// `mockpin run` names its proxy in HTTPS_PROXY. The browser uses it and accepts the certificate of the run.
export default {
  testMatch: "tag.spec.mjs",
  use: {
    proxy: { server: process.env.HTTPS_PROXY ?? "http://127.0.0.1:1", bypass: "127.0.0.1,localhost" },
    ignoreHTTPSErrors: true,
    launchOptions: { executablePath: process.env.CHROMIUM || undefined },
  },
};
