/** Control characters, and those that turn or hide the text around them: people decide by what they read. */
export const isReadable = (text: string): boolean =>
  text.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u.test(text);
