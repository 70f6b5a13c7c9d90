// Colours that stay readable whatever colour a site chooses; contrast as WCAG 2 defines it.

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return a > b ? a / b : b / a;
}

/** The text colour for a ground of this colour. White wins near a tie, since it looks calmer on a saturated ground. */
export function onColor(hex: string): string {
  return contrast(hex, "#ffffff") >= 4.5 ? "#ffffff" : "#14161c";
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
