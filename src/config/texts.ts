import * as z from "zod/mini";

/** An SMS of 1,600 characters is the longest Twilio sends: https://www.twilio.com/docs/conversations-classic/conversations-limits */
const sentence = z.string().check(z.minLength(1), z.maxLength(1600));

export const textsSchema = z.object({
  greeting: sentence,
  greetingAgain: sentence,
  menu: sentence,
  menuAgain: sentence,
  connecting: sentence,
  closed: sentence,
  trouble: sentence,
  gotFile: sentence,
  nobody: sentence,
  ended: sentence,
});

export type Texts = z.output<typeof textsSchema>;

/** What the Flows say, by language. The first is spoken where a customer's language is not known. */
export const defaultTexts: Record<string, Texts> = {
  en: {
    greeting: "Hello, and thank you for writing to us.",
    greetingAgain: "Welcome back.",
    menu: "What can we help you with? Reply 1 for sales or 2 for support.",
    menuAgain: "Sorry, we did not get that. Please reply 1 for sales or 2 for support.",
    connecting: "Thank you. A colleague will answer you here.",
    closed:
      "We are closed at the moment. Your message is with us, and a colleague will answer you here when we open again.",
    trouble:
      "Something went wrong on our side. Your message is safe; please write again in a minute and we will connect you.",
    gotFile: "Your file has reached us.",
    nobody: "We are sorry: nobody could answer you so far. Please write again, and we will try anew.",
    ended: "This chat was ended from the page.",
  },
  es: {
    greeting: "Hola, gracias por escribirnos.",
    greetingAgain: "Bienvenido de nuevo.",
    menu: "¿En qué podemos ayudarle? Responda 1 para ventas o 2 para soporte.",
    menuAgain: "Perdone, no le hemos entendido. Responda 1 para ventas o 2 para soporte.",
    connecting: "Gracias. Un compañero le responderá aquí.",
    closed: "Ahora mismo estamos cerrados. Hemos recibido su mensaje y le responderemos aquí cuando abramos.",
    trouble: "Algo ha fallado por nuestra parte. Su mensaje está a salvo; escríbanos de nuevo en un minuto.",
    gotFile: "Hemos recibido su archivo.",
    nobody: "Lo sentimos: nadie ha podido responderle. Escríbanos de nuevo y lo volveremos a intentar.",
    ended: "Este chat se ha terminado desde la página.",
  },
  de: {
    greeting: "Guten Tag und danke für Ihre Nachricht.",
    greetingAgain: "Schön, dass Sie wieder da sind.",
    menu: "Worum geht es? Antworten Sie mit 1 für Vertrieb oder 2 für Support.",
    menuAgain: "Das haben wir nicht verstanden. Bitte antworten Sie mit 1 für Vertrieb oder 2 für Support.",
    connecting: "Danke. Jemand aus unserem Team antwortet Ihnen hier.",
    closed: "Wir haben gerade geschlossen. Ihre Nachricht ist da, und wir antworten Ihnen hier, sobald wir öffnen.",
    trouble:
      "Bei uns ist etwas schiefgegangen. Ihre Nachricht ist da; bitte schreiben Sie uns in einer Minute noch einmal.",
    gotFile: "Ihre Datei ist angekommen.",
    nobody:
      "Leider konnte Ihnen noch niemand antworten. Bitte schreiben Sie uns noch einmal, dann versuchen wir es neu.",
    ended: "Dieser Chat wurde auf der Seite beendet.",
  },
};

/** The texts of a language such as `es` or `es-MX`, else those of `fallback`. */
export function textsFor(
  texts: Record<string, Texts>,
  language: string,
  fallback: string,
): { language: string; texts: Texts } {
  for (const tag of [language, language.split("-")[0] ?? "", fallback]) {
    const found = Object.hasOwn(texts, tag.toLowerCase()) ? texts[tag.toLowerCase()] : undefined;
    if (found) return { language: tag.toLowerCase(), texts: found };
  }
  const [first] = Object.entries(texts);
  if (!first) throw new Error("No texts in any language");
  return { language: first[0], texts: first[1] };
}
