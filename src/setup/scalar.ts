/** A text as one YAML scalar: plain where that is sure to be the same text, else in double quotes, as JSON has it. */
export function scalar(text: string): string {
  const isPlain = /^[A-Za-z/._][\w/.@=-]*( [\w/.@=-]+)*$/.test(text) && !reserved.test(text);
  return isPlain ? text : JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
}

/** YAML takes these for something else. */
const reserved = /^(true|false|null|yes|no|on|off|y|n|~|\.inf|\.nan|\.)$/i;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
