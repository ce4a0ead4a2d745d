/** Photos before they go out: size, a small picture for the timeline, and a lighter copy of what a telephone's camera makes. */

export interface PreparedImage {
  blob: Blob;
  width: number;
  height: number;
  thumbnail: { blob: Blob; width: number; height: number } | null;
}

/** Photos above this many bytes are made lighter: a weak network should not carry 12 megapixels. */
const LIGHTEN_ABOVE_BYTES = 1_500_000;
/** Still enough to read a paper or to see a rash. */
const LIGHT_SIDE_MAX = 2_560;
const THUMBNAIL_SIDE_MAX = 640;
/** A picture this light is its own thumbnail. */
const THUMBNAIL_ABOVE_BYTES = 100_000;
const QUALITY = 0.86;

/** `null`: the browser cannot draw it; it then goes as a file. */
export async function prepareImage(file: Blob): Promise<PreparedImage | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return null;
  }
  try {
    const { width, height } = bitmap;
    const heavy = file.type === "image/jpeg" && file.size > LIGHTEN_ABOVE_BYTES;
    const light = heavy ? await draw(bitmap, LIGHT_SIDE_MAX) : null;
    const chosen = light !== null && light.blob.size < file.size ? light : { blob: file, width, height };
    const thumbnail =
      chosen.blob.size > THUMBNAIL_ABOVE_BYTES ? await draw(bitmap, THUMBNAIL_SIDE_MAX) : null;
    return { ...chosen, thumbnail };
  } finally {
    bitmap.close();
  }
}

/** Sides of a picture fitted into a square of `side`, never enlarged. */
export function fitted(width: number, height: number, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function draw(
  bitmap: ImageBitmap,
  side: number,
): Promise<{ blob: Blob; width: number; height: number } | null> {
  const size = fitted(bitmap.width, bitmap.height, side);
  const canvas = Object.assign(document.createElement("canvas"), size);
  const context = canvas.getContext("2d");
  if (context === null) return null;
  // A JPEG has no transparency: what is clear becomes paper.
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, size.width, size.height);
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return blob === null ? null : { blob, ...size };
}
