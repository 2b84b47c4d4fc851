/** The exports that the service has, put in when the page is built. */
declare const __EXPORTS__: readonly { readonly kind: string; readonly forms: readonly string[] }[];
