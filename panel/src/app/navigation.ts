// Where one can go. A page of the settings is one line here and one route.
import {
  IconApi,
  IconArrowsExchange,
  IconBoxModel2,
  IconFeather,
  IconHome,
  IconKey,
  IconLanguage,
  IconPhoto,
  IconShieldLock,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Can } from "./me";
import { texts } from "./texts";

export interface Place {
  to: string;
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  action?: string; // the right without which the place is not shown
}

export interface Area {
  label: string | null;
  places: readonly Place[];
}

const AREAS: readonly Area[] = [
  {
    label: null,
    places: [
      { to: "/", label: texts.nav.overview, icon: IconHome },
      { to: "/content-manager", label: texts.content.manager, icon: IconFeather },
      {
        to: "/content-type-builder",
        label: texts.builder.title,
        icon: IconBoxModel2,
        action: "plugin::content-type-builder.read",
      },
      { to: "/media", label: texts.media.title, icon: IconPhoto, action: "plugin::upload.read" },
    ],
  },
  {
    label: texts.nav.administration,
    places: [
      {
        to: "/settings/admin-tokens",
        label: texts.nav.adminTokens,
        icon: IconKey,
        action: "admin::admin-tokens.access",
      },
      { to: "/settings/roles", label: texts.nav.roles, icon: IconShieldLock, action: "admin::roles.read" },
      { to: "/settings/users", label: texts.nav.users, icon: IconUsers, action: "admin::users.read" },
    ],
  },
  {
    label: texts.nav.global,
    places: [
      { to: "/settings/api-tokens", label: texts.nav.apiTokens, icon: IconApi, action: "admin::api-tokens.access" },
      {
        to: "/settings/internationalization",
        label: texts.nav.locales,
        icon: IconLanguage,
        action: "plugin::i18n.locale.read",
      },
      { to: "/settings/webhooks", label: texts.nav.webhooks, icon: IconWebhook, action: "admin::webhooks.read" },
      {
        to: "/settings/transfer-tokens",
        label: texts.nav.transferTokens,
        icon: IconArrowsExchange,
        action: "admin::transfer.tokens.access",
      },
    ],
  },
];

/** Return the places that somebody may see. */
export function areasFor(can: Can): Area[] {
  const shown = AREAS.map((area) => ({ ...area, places: area.places.filter(({ action }) => !action || can(action)) }));
  return shown.filter((area) => area.places.length > 0);
}
