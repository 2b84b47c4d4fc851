// Tests ask no service: whatever the page asks by itself finds nobody.
globalThis.fetch = () => Promise.reject(new TypeError("no service in these tests"));
