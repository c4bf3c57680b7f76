/** How bad each of Studio's codes is: https://www.twilio.com/docs/api/errors */
const levels = {
  81000: "warning",
  81001: "warning",
  81002: "warning",
  81005: "warning",
  81010: "error",
  81011: "error",
  81014: "error",
  81015: "error",
  81016: "error",
  81017: "error",
  81018: "warning",
  81020: "warning",
  81021: "error",
  81024: "error",
  81025: "warning",
  81026: "error",
  81027: "warning",
} as const;

export type StudioCode = keyof typeof levels;

export const levelOf = (code: StudioCode): "warning" | "error" => levels[code];
