import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouteComponent,
} from "@tanstack/react-router";
import { wordsThere } from "~/i18n/words";
import { inboxSearch } from "~/views/inbox/search";
import { Shell } from "./shell";
import { Crashed, NotFound, Pending } from "./states";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });

/** A view's component: its own chunk, fetched with its words when it is opened or about to be. */
function whole<Name extends string>(load: () => Promise<Record<Name, RouteComponent>>, name: NoInfer<Name>) {
  return lazyRouteComponent(async () => {
    const module = await load();
    await wordsThere();
    return module;
  }, name);
}

/** A view at its address. */
function view<const Path extends string, Name extends string>(
  path: Path,
  load: () => Promise<Record<Name, RouteComponent>>,
  name: NoInfer<Name>,
) {
  return createRoute({ getParentRoute: () => shell, path, component: whole(load, name) });
}

/** A text of the address, or nothing. */
const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

const signedIn = createRoute({
  getParentRoute: () => root,
  path: "/signed-in",
  validateSearch: (search) => ({
    code: text(search.code),
    state: text(search.state),
    error: text(search.error),
  }),
  component: lazyRouteComponent(() => import("~/session/signed-in"), "SignedIn"),
});

/** The list stays as it is while requests are opened beside it: they are one view. */
const inbox = createRoute({
  getParentRoute: () => shell,
  path: "/inbox",
  validateSearch: inboxSearch,
  component: whole(() => import("~/views/inbox"), "Inbox"),
});
const request = createRoute({ getParentRoute: () => inbox, path: "$id" });

const tree = root.addChildren([
  signedIn,
  shell.addChildren([
    view("/", () => import("~/views/overview"), "Overview"),
    inbox.addChildren([request]),
    view("/actions", () => import("~/views/actions"), "Actions"),
    view("/actions/$id", () => import("~/views/actions"), "Action"),
    view("/audit", () => import("~/views/audit"), "Audit"),
    view("/agents", () => import("~/views/agents"), "Agents"),
    view("/agents/$id", () => import("~/views/agents"), "Agent"),
    view("/policies", () => import("~/views/policies"), "Policies"),
    view("/goals", () => import("~/views/goals"), "Goals"),
    view("/budgets", () => import("~/views/budgets"), "Budgets"),
    view("/products", () => import("~/views/products"), "Products"),
    view("/orders", () => import("~/views/orders"), "Orders"),
    view("/orders/$id", () => import("~/views/orders"), "Order"),
    view("/finance", () => import("~/views/finance"), "Finance"),
    view("/marketing", () => import("~/views/marketing"), "Marketing"),
    view("/control", () => import("~/views/control"), "ControlView"),
  ]),
]);

/** The page's addresses. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultErrorComponent: Crashed,
  defaultPendingComponent: Pending,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
