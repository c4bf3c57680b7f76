import { rfc2822 } from "../server/rfc-2822";
import type { MediaRow, MessageRow, MessagingServiceRow, PhoneNumberRow } from "./rows";
import { messageSegments } from "./segments";

const MESSAGING = "https://messaging.twilio.com/v1";
const isoDate = (value: Date) => `${value.toISOString().slice(0, 19)}Z`;

/** The JSON of Programmable Messaging's resources: only here are its wire names written. */
export function messagingWire(accountSid: string) {
  const root = `/2010-04-01/Accounts/${accountSid}`;
  const messageUri = (sid: string) => `${root}/Messages/${sid}`;
  return {
    message: (row: MessageRow) => ({
      sid: row.sid,
      account_sid: accountSid,
      api_version: "2010-04-01",
      messaging_service_sid: row.messagingServiceSid,
      from: row.from,
      to: row.to,
      body: row.body,
      status: row.status,
      direction: row.direction,
      num_media: String(row.media.length),
      // 0 while a Messaging Service chooses: https://www.twilio.com/docs/messaging/api/message-resource
      num_segments: row.status === "accepted" ? "0" : String(messageSegments(row)),
      error_code: row.errorCode || null,
      error_message: row.errorCode ? `Error ${row.errorCode}` : null,
      price: null,
      price_unit: null,
      date_created: rfc2822(row.createdAt),
      date_sent: row.sentAt && rfc2822(row.sentAt),
      date_updated: rfc2822(row.updatedAt),
      subresource_uris: { media: `${messageUri(row.sid)}/Media.json` },
      uri: `${messageUri(row.sid)}.json`,
    }),
    media: (row: MediaRow, messageSid: string) => ({
      sid: row.sid,
      account_sid: accountSid,
      parent_sid: messageSid,
      content_type: row.contentType,
      date_created: rfc2822(row.createdAt),
      date_updated: rfc2822(row.createdAt),
      uri: `${messageUri(messageSid)}/Media/${row.sid}.json`,
    }),
    phoneNumber: ({ settings, ...row }: PhoneNumberRow) => ({
      sid: row.sid,
      account_sid: accountSid,
      phone_number: row.phoneNumber,
      friendly_name: row.friendlyName,
      sms_url: settings.SmsUrl,
      sms_method: settings.SmsMethod,
      sms_fallback_url: settings.SmsFallbackUrl,
      sms_fallback_method: settings.SmsFallbackMethod,
      status_callback: settings.StatusCallback,
      status_callback_method: settings.StatusCallbackMethod,
      voice_url: settings.VoiceUrl,
      voice_method: settings.VoiceMethod,
      voice_fallback_url: settings.VoiceFallbackUrl,
      voice_fallback_method: settings.VoiceFallbackMethod,
      date_created: rfc2822(row.createdAt),
      date_updated: rfc2822(row.updatedAt),
      uri: `${root}/IncomingPhoneNumbers/${row.sid}.json`,
      ...unchangeable,
    }),
    service: (row: MessagingServiceRow) => {
      const url = `${MESSAGING}/Services/${row.sid}`;
      return {
        sid: row.sid,
        account_sid: accountSid,
        friendly_name: row.friendlyName,
        inbound_request_url: row.inboundRequestUrl,
        inbound_method: row.inboundMethod,
        fallback_url: row.fallbackUrl,
        fallback_method: row.fallbackMethod,
        status_callback: row.statusCallback,
        sticky_sender: row.stickySender,
        mms_converter: row.mmsConverter,
        smart_encoding: row.smartEncoding,
        scan_message_content: row.scanMessageContent,
        fallback_to_long_code: row.fallbackToLongCode,
        area_code_geomatch: row.areaCodeGeomatch,
        validity_period: row.validityPeriod,
        synchronous_validation: row.synchronousValidation,
        usecase: row.usecase,
        us_app_to_person_registered: false,
        use_inbound_webhook_on_number: row.useInboundWebhookOnNumber,
        date_created: isoDate(row.createdAt),
        date_updated: isoDate(row.updatedAt),
        url,
        links: {
          phone_numbers: `${url}/PhoneNumbers`,
          short_codes: `${url}/ShortCodes`,
          alpha_senders: `${url}/AlphaSenders`,
          channel_senders: `${url}/ChannelSenders`,
          destination_alpha_senders: `${url}/DestinationAlphaSenders`,
          messages: `${url}/Messages`,
          us_app_to_person: `${url}/Compliance/Usa2p`,
          us_app_to_person_usecases: `${url}/Compliance/Usa2p/Usecases`,
        },
      };
    },
    pooledNumber: ({ sid, phoneNumber }: PhoneNumberRow, serviceSid: string, addedAt: Date) => ({
      sid,
      account_sid: accountSid,
      service_sid: serviceSid,
      phone_number: phoneNumber,
      country_code: "US",
      capabilities: ["SMS", "MMS", "Voice"],
      date_created: isoDate(addedAt),
      date_updated: isoDate(addedAt),
      url: `${MESSAGING}/Services/${serviceSid}/PhoneNumbers/${sid}`,
    }),
  };
}

/** What the simulator's numbers are and stay. */
const unchangeable = {
  api_version: "2010-04-01",
  origin: "twilio",
  beta: false,
  status: "in-use",
  capabilities: { voice: true, sms: true, mms: true, fax: false },
  address_requirements: "none",
  address_sid: null,
  identity_sid: null,
  bundle_sid: null,
  trunk_sid: null,
  sms_application_sid: null,
  voice_application_sid: null,
  voice_caller_id_lookup: false,
  voice_receive_mode: "voice",
  emergency_status: "Inactive",
  emergency_address_sid: null,
  emergency_address_status: "unregistered",
};
