export interface ImageSize {
  width: number;
  height: number;
}

/** The size that a picture's own header tells; undefined for what is no picture, zero where it does not tell. */
export function imageSize(content: Buffer): ImageSize | undefined {
  const head = content.subarray(0, 12).toString("latin1");
  if (head.startsWith("\x89PNG") && content.length >= 24) {
    return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
  }
  if (head.startsWith("GIF8") && content.length >= 10) {
    return { width: content.readUInt16LE(6), height: content.readUInt16LE(8) };
  }
  if (head.startsWith("\xff\xd8\xff")) return jpegSize(content);
  const isOther = head.startsWith("\x89PNG") || head.startsWith("GIF8") || /^(RIFF.{4}WEBP|BM)/s.test(head);
  return isOther ? { width: 0, height: 0 } : undefined;
}

/** From the frame header, behind other segments: https://www.w3.org/Graphics/JPEG/itu-t81.pdf B.2 */
function jpegSize(content: Buffer): ImageSize {
  for (let at = 2; at + 9 < content.length && content[at] === 0xff; at += 2 + content.readUInt16BE(at + 2)) {
    const marker = content[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: content.readUInt16BE(at + 5), width: content.readUInt16BE(at + 7) };
  }
  return { width: 0, height: 0 };
}
