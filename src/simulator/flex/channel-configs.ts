const MB = 1024 * 1024;
const SMS = ["jpg", "jpeg", "png", "amr", "mp3", "mp4", "pdf", "heic"];

interface Attachments {
  number_of_attachments: number;
  max_file_size?: number;
  max_total_file_size?: number;
  accepted_extensions?: string[];
}

/** What Flex lets agents attach: https://www.twilio.com/docs/flex/developer/conversations/limits; `web` as an address type is unverified. */
const BY_ADDRESS_TYPE: Record<string, Attachments> = {
  web: {
    number_of_attachments: 1,
    max_file_size: 16 * MB,
    max_total_file_size: 64 * MB,
    accepted_extensions: [...SMS, "txt", "gif"],
  },
  sms: { number_of_attachments: 1, max_file_size: 2 * MB, max_total_file_size: 5 * MB, accepted_extensions: SMS },
  whatsapp: {
    number_of_attachments: 1,
    max_file_size: 16 * MB,
    max_total_file_size: 64 * MB,
    accepted_extensions: [...SMS, "oga"],
  },
  email: { number_of_attachments: 10, max_total_file_size: 150 * MB },
  messenger: {
    number_of_attachments: 1,
    max_file_size: 25 * MB,
    accepted_extensions: ["jpg", "jpeg", "png", "mp3", "mp4", "pdf"],
  },
};

export function channelConfigs() {
  return Object.entries(BY_ADDRESS_TYPE).map(([address_type, attachments]) => ({
    address_type,
    cbm_attachments: { enabled: true, ...structuredClone(attachments) },
  }));
}
