/** Text that must not be printed as it is. */
export const hostileTexts = [
  "line\nbreak",
  "line\r\nbreak",
  "line\u2028and paragraph\u2029separator",
  "next\u0085line",
  "\u001b[31mred\u001b[0m",
  "\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "\u009b31mC1",
  "nul\0bell\u0007backspace\b\b\b",
  "\n::error::injected",
  "::error file=a.ts::injected",
  "::stop-commands::token",
  "x ::set-output name=a::b",
  ":\u200b:error::hidden",
  ":\u001b[0m:error::hidden",
  "##vso[task.setvariable variable=a]b",
  "x ##[error]injected",
  "#\u200b#vso[task.complete]",
  "###vso[task.complete]",
  "##teamcity[buildStatus status='SUCCESS']",
  "bidi \u202e\u2066 override \u200f",
  "zero\u200bwidth\ufeff",
  "tag \u{e0041}\u{e0001}",
  "<{%reset%}>colour<{%fg 1%}>",
  "<\u200b{%reset%}>",
  "lone \ud800 surrogate",
] as const;

/** A control or invisible character, or a command of a CI system or the CLI: no printed line may have one. */
export const harm = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^\s*::|::[a-z-]+( [^:]*)?::|##\w*\[|<\{%/iu;
