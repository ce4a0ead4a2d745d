/** Start of the console. */
export {};
