// Medians, percentiles and Markdown.
export function percentile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (!sorted.length) return NaN;
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}

export const median = (numbers) => percentile(numbers, 0.5);

/** `1.23 (1.10–1.40)`: the median, and between which a quarter is below and a quarter above. */
export function spread(numbers, digits = 0) {
  const show = (share) => percentile(numbers, share).toFixed(digits);
  return `${show(0.5)}（${show(0.25)}–${show(0.75)}）`;
}

/** `1.2 / 3.4`: the median, and what 99 in a hundred stay below. */
export const both = (numbers, digits = 1) => `${percentile(numbers, 0.5).toFixed(digits)} / ${percentile(numbers, 0.99).toFixed(digits)}`;

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, nth) => (nth ? "---:" : "---"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
