/** Start of the patient app. */
export {};
