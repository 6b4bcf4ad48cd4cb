// Every address of the panel. A page is one line here; its code is loaded when it is opened.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { exchange, hasToken } from "@/api/session";
import { meQuery, myPermissionsQuery } from "@/app/me";
import { queries } from "@/app/queries";
import { Shell } from "@/app/Shell";
import { initQuery } from "@/features/project/api";
import { Failure, Missing, Waiting } from "./states";

const root = createRootRoute({ component: Outlet, errorComponent: Failure, notFoundComponent: Missing });

const entrance = createRoute({
  getParentRoute: () => root,
  id: "entrance",
  component: lazyRouteComponent(() => import("@/features/sessions/Entrance"), "Entrance"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: async ({ location }) => {
    if (hasToken() || (await exchange())) return;
    const { hasAdmin } = await queries.ensureQueryData(initQuery);
    if (!hasAdmin) throw redirect({ to: "/auth/register-admin" });
    throw redirect({ to: "/auth/login", search: location.href === "/" ? {} : { redirectTo: location.href } });
  },
  loader: () => Promise.all([queries.ensureQueryData(meQuery), queries.ensureQueryData(myPermissionsQuery)]),
  component: Shell,
});

type Loaded = Parameters<typeof lazyRouteComponent>[0];

function outer(path: string, load: Loaded, name: string) {
  return createRoute({ getParentRoute: () => entrance, path, component: lazyRouteComponent(load, name) });
}

function inner(path: string, load: Loaded, name: string) {
  return createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(load, name) });
}

const entrances = [
  outer("/auth/login", () => import("@/features/sessions/SignInPage"), "SignInPage"),
  outer("/auth/register-admin", () => import("@/features/sessions/RegisterPages"), "FirstAdministratorPage"),
  outer("/auth/register", () => import("@/features/sessions/RegisterPages"), "InvitationPage"),
  outer("/auth/forgot-password", () => import("@/features/sessions/RecoveryPages"), "ForgottenPage"),
  outer("/auth/reset-password", () => import("@/features/sessions/RecoveryPages"), "ResetPage"),
];

const pages = [
  inner("/", () => import("@/features/project/OverviewPage"), "OverviewPage"),
  inner("/me", () => import("@/features/users/ProfilePage"), "ProfilePage"),
  inner("/content-manager", () => import("@/features/content-manager/ContentHome"), "ContentHome"),
  inner("/content-manager/collection-types/$uid", () => import("@/features/content-manager/ListPage"), "ListPage"),
  inner(
    "/content-manager/collection-types/$uid/create",
    () => import("@/features/content-manager/EntryPage"),
    "NewEntryPage",
  ),
  inner(
    "/content-manager/collection-types/$uid/$documentId",
    () => import("@/features/content-manager/EntryPage"),
    "EntryPage",
  ),
  inner(
    "/content-manager/collection-types/$uid/$documentId/history",
    () => import("@/features/content-manager/HistoryPage"),
    "HistoryPage",
  ),
  inner(
    "/content-manager/single-types/$uid/history",
    () => import("@/features/content-manager/HistoryPage"),
    "HistoryPage",
  ),
  inner("/content-manager/single-types/$uid", () => import("@/features/content-manager/EntryPage"), "SinglePage"),
  inner("/content-type-builder", () => import("@/features/content-type-builder/BuilderPage"), "BuilderPage"),
  inner("/content-type-builder/$uid", () => import("@/features/content-type-builder/ModelPage"), "ModelPage"),
  inner("/media", () => import("@/features/media/LibraryPage"), "LibraryPage"),
  inner("/settings/admin-tokens", () => import("@/features/tokens/AdminTokensPage"), "AdminTokensPage"),
  inner("/settings/admin-tokens/create", () => import("@/features/tokens/AdminTokenPage"), "NewAdminTokenPage"),
  inner("/settings/admin-tokens/$id", () => import("@/features/tokens/AdminTokenPage"), "AdminTokenPage"),
  inner("/settings/api-tokens", () => import("@/features/tokens/ApiTokenPages"), "ApiTokensPage"),
  inner("/settings/api-tokens/create", () => import("@/features/tokens/ApiTokenPages"), "NewApiTokenPage"),
  inner("/settings/api-tokens/$id", () => import("@/features/tokens/ApiTokenPages"), "ApiTokenPage"),
  inner("/settings/transfer-tokens", () => import("@/features/tokens/TransferTokenPages"), "TransferTokensPage"),
  inner(
    "/settings/transfer-tokens/create",
    () => import("@/features/tokens/TransferTokenPages"),
    "NewTransferTokenPage",
  ),
  inner("/settings/transfer-tokens/$id", () => import("@/features/tokens/TransferTokenPages"), "TransferTokenPage"),
  inner("/settings/roles", () => import("@/features/roles/RolesPage"), "RolesPage"),
  inner("/settings/roles/$id", () => import("@/features/roles/RolePage"), "RolePage"),
  inner("/settings/users", () => import("@/features/users/UsersPage"), "UsersPage"),
  inner("/settings/users/$id", () => import("@/features/users/UserPage"), "UserPage"),
  inner("/settings/internationalization", () => import("@/features/locales/LocalesPage"), "LocalesPage"),
  inner("/settings/webhooks", () => import("@/features/webhooks/WebhooksPage"), "WebhooksPage"),
  inner("/settings/webhooks/create", () => import("@/features/webhooks/WebhookPage"), "NewWebhookPage"),
  inner("/settings/webhooks/$id", () => import("@/features/webhooks/WebhookPage"), "WebhookPage"),
];

export const router = createRouter({
  routeTree: root.addChildren([entrance.addChildren(entrances), inside.addChildren(pages)]),
  basepath: "/admin",
  pathParamsAllowedCharacters: [":"],
  // Words in an address stay words: the usual reading would make numbers of tokens that look like some.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => addressOf(search as Record<string, string | undefined>),
  defaultPreload: "intent",
  defaultPendingComponent: Waiting,
  defaultPendingMs: 80,
  defaultErrorComponent: Failure,
  defaultNotFoundComponent: Missing,
  scrollRestoration: true,
});

function addressOf(search: Record<string, string | undefined>): string {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value) told.set(name, value);
  return told.size > 0 ? `?${told}` : "";
}
