// The addresses of the content manager.
import type { ContentType } from "@/api/content";
import { placeOf } from "@/app/content";

export const entryPlace = (type: ContentType, documentId: string): string => `${placeOf(type)}/${documentId}`;

/** Return what an address says besides the place, when one goes on in a language. */
export function inLocale(locale: string | undefined): () => never {
  return () => (locale ? { locale } : {}) as never; // The router knows the names in addresses of no page.
}

export const isLocalized = ({ pluginOptions }: ContentType): boolean => pluginOptions.i18n?.localized === true;

export const hasDrafts = ({ options }: ContentType): boolean => options.draftAndPublish === true;
