/**
 * What the site is served with. The policy needs `wasm-unsafe-eval` for DuckDB and inline styles for
 * charts and component frameworks; nothing else is allowed, and no other origin.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * The page's own besides: text becomes markup or the address of a script only through a policy by one of these names,
 * Svelte's and ours (`src/trustedTypes.ts`, `src/charts/drawing.ts`). Workers have no document in which text could
 * become markup.
 */
export const pagePolicy = [
  contentSecurityPolicy,
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html contrail-drawing default',
].join('; ')

const denied = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

const common: Record<string, string> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': denied.map((feature) => `${feature}=()`).join(', '),
  // Without subdomains, which may be somebody else's; no browser heeds it on a local address.
  'Strict-Transport-Security': 'max-age=31536000',
}

const withPolicy = (policy: string) => ({ 'Content-Security-Policy': policy, ...common })

/** Of whatever is no page and no script of the poller. */
export const productionHeaders = withPolicy(`${contentSecurityPolicy}; frame-ancestors 'none'`)

export const pageHeaders = withPolicy(`${pagePolicy}; frame-ancestors 'none'`)

/**
 * The poller's alone, which asks the sources that a person turned on, at any address of theirs; its own allow-list
 * lets through no other.
 */
export const pollerPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
].join('; ')

export const pollerHeaders = withPolicy(pollerPolicy)
