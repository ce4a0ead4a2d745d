/** A pretend server for looking at screens and for tests. Never imported by an app's own code. */
export {};
