/** What a file is, by the part of its type that a person would name. */
export type FileKind = "image" | "audio" | "video" | "document";

interface KnownType {
  /** The first is the one we write, the others mean the same. */
  contentTypes: readonly [string, ...string[]];
  extensions: readonly [string, ...string[]];
}

const OOXML = "application/vnd.openxmlformats-officedocument";

/** The types that some channel names, and those that customers send besides. */
export const FILE_TYPES = {
  jpeg: { contentTypes: ["image/jpeg", "image/jpg"], extensions: ["jpg", "jpeg"] },
  png: { contentTypes: ["image/png"], extensions: ["png"] },
  gif: { contentTypes: ["image/gif"], extensions: ["gif"] },
  webp: { contentTypes: ["image/webp"], extensions: ["webp"] },
  heic: { contentTypes: ["image/heic", "image/heif"], extensions: ["heic", "heif"] },
  avif: { contentTypes: ["image/avif"], extensions: ["avif"] },
  bmp: { contentTypes: ["image/bmp"], extensions: ["bmp"] },
  tiff: { contentTypes: ["image/tiff"], extensions: ["tiff", "tif"] },
  svg: { contentTypes: ["image/svg+xml"], extensions: ["svg"] },
  amr: { contentTypes: ["audio/amr", "audio/amr-nb", "audio/amr-wb"], extensions: ["amr"] },
  mp3: { contentTypes: ["audio/mpeg", "audio/mp3"], extensions: ["mp3"] },
  ogg: { contentTypes: ["audio/ogg", "audio/opus", "application/ogg"], extensions: ["oga", "ogg", "opus"] },
  aac: { contentTypes: ["audio/aac"], extensions: ["aac"] },
  m4a: { contentTypes: ["audio/mp4", "audio/x-m4a"], extensions: ["m4a"] },
  wav: { contentTypes: ["audio/vnd.wave", "audio/wav", "audio/x-wav"], extensions: ["wav"] },
  mp4: { contentTypes: ["video/mp4"], extensions: ["mp4", "m4v"] },
  mov: { contentTypes: ["video/quicktime"], extensions: ["mov"] },
  "3gp": { contentTypes: ["video/3gpp", "video/3gpp2", "audio/3gpp"], extensions: ["3gp", "3g2"] },
  webm: { contentTypes: ["video/webm", "audio/webm", "video/x-matroska"], extensions: ["webm", "mkv"] },
  avi: { contentTypes: ["video/x-msvideo"], extensions: ["avi"] },
  pdf: { contentTypes: ["application/pdf"], extensions: ["pdf"] },
  txt: { contentTypes: ["text/plain"], extensions: ["txt"] },
  html: { contentTypes: ["text/html", "application/xhtml+xml"], extensions: ["html", "htm", "xhtml"] },
  vcf: { contentTypes: ["text/vcard", "text/x-vcard"], extensions: ["vcf"] },
  rtf: { contentTypes: ["text/rtf", "application/rtf"], extensions: ["rtf"] },
  docx: { contentTypes: [`${OOXML}.wordprocessingml.document`], extensions: ["docx"] },
  xlsx: { contentTypes: [`${OOXML}.spreadsheetml.sheet`], extensions: ["xlsx"] },
  pptx: { contentTypes: [`${OOXML}.presentationml.presentation`], extensions: ["pptx"] },
  odt: { contentTypes: ["application/vnd.oasis.opendocument.text"], extensions: ["odt"] },
  ods: { contentTypes: ["application/vnd.oasis.opendocument.spreadsheet"], extensions: ["ods"] },
  odp: { contentTypes: ["application/vnd.oasis.opendocument.presentation"], extensions: ["odp"] },
  /** Office files of before 2007 are one container: which of them it is stands deep inside. */
  ole: {
    contentTypes: [
      "application/x-cfb",
      "application/msword",
      "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint",
      "application/vnd.ms-outlook",
    ],
    extensions: ["doc", "xls", "ppt", "msg"],
  },
  zip: { contentTypes: ["application/zip", "application/x-zip-compressed"], extensions: ["zip"] },
  gzip: {
    contentTypes: ["application/gzip", "application/x-gzip", "application/x-tgsticker"],
    extensions: ["gz", "tgs"],
  },
  "7z": { contentTypes: ["application/x-7z-compressed"], extensions: ["7z"] },
  rar: { contentTypes: ["application/vnd.rar", "application/x-rar-compressed"], extensions: ["rar"] },
  exe: {
    contentTypes: ["application/x-msdownload", "application/x-dosexec"],
    extensions: ["exe", "dll", "scr", "com"],
  },
  elf: { contentTypes: ["application/x-executable", "application/x-elf"], extensions: ["elf", "so"] },
  macho: { contentTypes: ["application/x-mach-binary"], extensions: ["dylib"] },
  script: {
    contentTypes: ["text/x-shellscript", "application/x-sh"],
    extensions: ["sh", "bat", "cmd", "ps1", "vbs", "js"],
  },
  apk: { contentTypes: ["application/vnd.android.package-archive"], extensions: ["apk"] },
  jar: { contentTypes: ["application/java-archive"], extensions: ["jar"] },
  msi: { contentTypes: ["application/x-msi"], extensions: ["msi"] },
} as const satisfies Record<string, KnownType>;

export type FileTypeName = keyof typeof FILE_TYPES;

const ALL: readonly (readonly [FileTypeName, KnownType])[] = Object.entries(FILE_TYPES).map(
  ([name, type]) => [name as FileTypeName, type] as const,
);

/** Programs: nobody needs one from a customer or an agent. */
export const PROGRAMS: readonly FileTypeName[] = ["exe", "elf", "macho", "script", "apk", "jar", "msi"];

/** Pages that run what they hold as soon as a browser shows them. */
export const ACTIVE_CONTENT: readonly FileTypeName[] = ["html", "svg"];

/** `Image/JPEG; charset=x` is `image/jpeg`. */
export const plainContentType = (contentType: string) => (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();

export function typeOfContent(contentType: string): FileTypeName | undefined {
  const plain = plainContentType(contentType);
  return ALL.find(([, { contentTypes }]) => contentTypes.includes(plain))?.[0];
}

export function extensionOf(filename: string): string | undefined {
  return /\.([a-z0-9]{1,8})$/i.exec(filename.trim())?.[1]?.toLowerCase();
}

export function typeOfName(filename: string): FileTypeName | undefined {
  const extension = extensionOf(filename);
  return extension ? ALL.find(([, { extensions }]) => extensions.includes(extension))?.[0] : undefined;
}

export function kindOf(contentType: string): FileKind {
  const family = plainContentType(contentType).split("/", 1)[0];
  return family === "image" || family === "audio" || family === "video" ? family : "document";
}
