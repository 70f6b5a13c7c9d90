// Colours that stay readable whatever colour a site chooses; contrast as WCAG 2 defines it.

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((channel) =>
    channel > 10 ? ((channel / 255 + 0.055) / 1.055) ** 2.4 : channel / 3295,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return a > b ? a / b : b / a;
}

/** The text colour for a ground of this colour: white wherever it reaches a contrast of 4.5, since it looks calmer; else black, which then does. */
export function onColor(hex: string): string {
  return luminance(hex) < 0.183 ? "#fff" : "#000";
}

/** The colour itself, moved towards black or white until it can be read as text on `ground`. */
export function inkOn(hex: string, ground: string): string {
  const target = luminance(ground) > 0.4 ? 0 : 255;
  let ink = hex;
  for (let share = 0.1; contrast(ink, ground) < 4.6 && share < 1; share += 0.1) {
    const mixed = channels(hex).map((channel) => Math.round(channel + (target - channel) * share));
    ink = `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
  }
  return ink;
}
